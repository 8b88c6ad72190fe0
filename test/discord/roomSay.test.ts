import { expect, test } from "vitest";
import { createRoomSay } from "../../src/discord/roomSay.ts";
import { DEFAULT_SETTINGS } from "../../src/host/defaults.ts";
import { type GuildId, id } from "../../src/kernel/ids.ts";
import { silentLog } from "../../src/kernel/log.ts";
import type { Language } from "../../src/kernel/text.ts";

const guild = id<GuildId>("1");
const chosen = (language: Language | undefined) => ({
  of: async () => ({ ...DEFAULT_SETTINGS, ...(language && { language }) }),
  change: async () => DEFAULT_SETTINGS,
});

test("a room speaks as its Discord is set, until its guild has chosen", async () => {
  const room = createRoomSay(() => "ja", chosen(undefined), silentLog);
  expect((await room.of(guild)).language).toBe("ja");
  expect(room.by(guild, "fr").language).toBe("fr");
  expect((await createRoomSay(() => "ja", chosen("de"), silentLog).of(guild)).language).toBe("de");
});

test("English that was chosen is spelt as the guild's Discord spells it", () => {
  expect(createRoomSay(() => "en-US", undefined, silentLog).by(guild, "en").language).toBe("en-US");
  expect(createRoomSay(() => "de", undefined, silentLog).by(guild, "en").language).toBe("en");
});

test("where the choice cannot be read, the room is spoken to all the same", async () => {
  const broken = { of: () => Promise.reject(new Error("disk")), change: () => Promise.reject(new Error("disk")) };
  expect((await createRoomSay(() => "es-ES", broken, silentLog).of(guild)).language).toBe("es");
});
