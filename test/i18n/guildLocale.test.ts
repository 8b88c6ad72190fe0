import { expect, test } from "vitest";
import { createGuildLocale } from "../../src/i18n/guildLocale.ts";
import { languageOf } from "../../src/i18n/languages.ts";
import { type GuildId, id } from "../../src/kernel/ids.ts";
import { silentLog } from "../../src/kernel/log.ts";
import { DEFAULT_SETTINGS } from "../../src/ports/defaultSettings.ts";

const guild = id<GuildId>("1");
const chosen = (locale: string | undefined) => ({
  of: async () => ({ ...DEFAULT_SETTINGS, ...(locale && { language: languageOf(locale) }) }),
  change: async () => DEFAULT_SETTINGS,
});

test("a room speaks as its Discord is set, until its guild has chosen", async () => {
  const room = createGuildLocale(() => "ja", chosen(undefined), silentLog);
  expect((await room.forGuild(guild)).language).toBe("ja");
  expect(room.withLanguage(guild, languageOf("fr")).language).toBe("fr");
  expect((await createGuildLocale(() => "ja", chosen("de"), silentLog).forGuild(guild)).language).toBe("de");
});

test("English that was chosen is spelt as the guild's Discord spells it", () => {
  expect(createGuildLocale(() => "en-US", undefined, silentLog).withLanguage(guild, languageOf("en-GB")).language).toBe(
    "en-US",
  );
  expect(createGuildLocale(() => "de", undefined, silentLog).withLanguage(guild, languageOf("en-GB")).language).toBe(
    "en",
  );
});

test("where the choice cannot be read, the room is spoken to all the same", async () => {
  const broken = { of: () => Promise.reject(new Error("disk")), change: () => Promise.reject(new Error("disk")) };
  expect((await createGuildLocale(() => "es-ES", broken, silentLog).forGuild(guild)).language).toBe("es");
});
