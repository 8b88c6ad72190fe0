import { expect, test } from "vitest";
import { applyChanges } from "../src/page/client/guildChanges.ts";
import { guildChanges, knowGuild } from "../src/page/guildDiff.ts";
import type { GuildView } from "../src/page/protocol.ts";

const member = (id: string, name: string) => ({ id, name, bot: false, online: true });
const message = (id: string, content: string) => ({ id, ephemeral: false, raw: { id, content } });
const guild: GuildView = {
  user: { id: "1", name: "you", locale: "de", isModerator: true },
  isListening: false,
  botPermissions: [],
  channels: [{ id: "10", name: "general", kind: "text", userLimit: 0 }],
  members: [member("1", "you"), member("2", "ana")],
  roles: [],
  messages: { general: [message("20", "one"), message("21", "two"), message("22", "three")] },
};
const change = (after: GuildView) => guildChanges(knowGuild(guild), knowGuild(after), after);

test("nothing is sent where nothing has changed", () => {
  expect(change(structuredClone(guild))).toBeUndefined();
});

test.each<[string, Partial<GuildView>]>([
  [
    "a message is edited",
    { messages: { general: [message("20", "one"), message("21", "2"), message("22", "three")] } },
  ],
  [
    "the oldest goes and one comes",
    { messages: { general: [...guild.messages.general!.slice(1), message("23", "four")] } },
  ],
  ["a list changes its order", { members: [member("2", "ana"), member("1", "you")] }],
  ["a channel comes and one goes", { messages: { garden: [] }, channels: [] }],
  ["the user hears", { isListening: true, user: { ...guild.user, locale: "fr" } }],
])("%s: the changes lead to the guild as it is", (_, parts) => {
  const after = { ...guild, ...parts };
  const changes = change(after);
  expect(applyChanges(guild, changes!)).toEqual(after);
});

test("what does not change is the same object as before", () => {
  const after = { ...guild, messages: { general: [...guild.messages.general!, message("23", "four")] } };
  const changes = change(after);
  expect(JSON.stringify(changes).length).toBeLessThan(150);
  const next = applyChanges(guild, changes!);
  expect(next.messages.general![0]).toBe(guild.messages.general![0]);
  expect(next.members).toBe(guild.members);
});
