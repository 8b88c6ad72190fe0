import type { Settings } from "../host/ports.ts";
import type { GuildId } from "../kernel/ids.ts";
import type { Log } from "../kernel/log.ts";
import type { Language, Say } from "../kernel/text.ts";
import { languageOf, sayIn } from "../languages/languages.ts";

/** Speaks the language of what a whole room sees. */
export interface RoomSay {
  /** As the guild has chosen, where that is known already; otherwise as its Discord is set. */
  by(guild: GuildId, chosen: Language | undefined): Say;
  /** Looks the choice up. Never rejects: a database that does not answer chooses nothing. */
  of(guild: GuildId): Promise<Say>;
}

/** @param localeOf Discord's name of the language that a guild prefers */
export const createRoomSay = (
  localeOf: (guild: GuildId) => string | undefined,
  settings: Pick<Settings, "of"> | undefined,
  log: Log,
): RoomSay => {
  const by: RoomSay["by"] = (guild, chosen) => {
    const usual = languageOf(localeOf(guild) ?? "en-US");
    // English is spelt as the guild's Discord spells it.
    const isSpelling = chosen === "en" && usual === "en-US";
    return sayIn(chosen === undefined || isSpelling ? usual : chosen);
  };
  return {
    by,
    async of(guild) {
      try {
        return by(guild, (await settings?.of(guild))?.language);
      } catch (error) {
        log.warn("A guild's language could not be read", { guild, error });
        return by(guild, undefined);
      }
    },
  };
};
