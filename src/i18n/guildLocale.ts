import type { GuildId } from "../kernel/ids.ts";
import type { Log } from "../kernel/log.ts";
import { languageOf, sayIn } from "./languages.ts";
import type { Language, Say } from "./say.ts";

/** Speaks the language of what a whole room sees. */
export interface GuildLocale {
  /** As the guild has chosen, where that is known already; otherwise as its Discord is set. */
  withLanguage(guild: GuildId, chosen: Language | undefined): Say;
  /** Looks the choice up. Never rejects: a database that does not answer chooses nothing. */
  forGuild(guild: GuildId): Promise<Say>;
}

/** Where a guild's chosen language is looked up. */
interface LanguageSetting {
  of(guild: GuildId): Promise<{ readonly language?: Language | undefined }>;
}

/** @param localeOf Discord's name of the language that a guild prefers */
export const createGuildLocale = (
  localeOf: (guild: GuildId) => string | undefined,
  settings: LanguageSetting | undefined,
  log: Log,
): GuildLocale => {
  const withLanguage: GuildLocale["withLanguage"] = (guild, chosen) => {
    const usual = languageOf(localeOf(guild) ?? "en-US");
    // English is spelt as the guild's Discord spells it.
    const isSpelling = chosen === "en" && usual === "en-US";
    return sayIn(chosen === undefined || isSpelling ? usual : chosen);
  };
  return {
    withLanguage,
    async forGuild(guild) {
      try {
        return withLanguage(guild, (await settings?.of(guild))?.language);
      } catch (error) {
        log.warn("A guild's language could not be read", { guild, error });
        return withLanguage(guild, undefined);
      }
    },
  };
};
