import type { REST } from "discord.js";
import { expect, test } from "vitest";
import { commands } from "../../src/commands/all.ts";
import { register, registrationOf, sameCommands } from "../../src/discord/registration.ts";

const wanted = registrationOf(commands);

type Json = Record<string, unknown>;

/** What Discord answers with: ids and defaults filled in, empty things as null, in its own order. */
const asDiscordHasThem = (list: readonly object[]): Json[] =>
  (JSON.parse(JSON.stringify(list)) as Json[])
    .map((command, index) => ({
      id: String(index),
      application_id: "1",
      version: "7",
      dm_permission: false,
      default_member_permissions: null,
      nsfw: false,
      type: 1,
      ...command,
      options: (command.options as Json[] | undefined)?.map((option) => ({ required: false, ...option })) ?? [],
    }))
    .reverse();

/** A REST client that remembers what it was asked. */
const restWith = (there: readonly object[]) => {
  const puts: unknown[] = [];
  const rest = {
    get: async () => there,
    put: async (_route: string, { body }: { body: unknown }) => {
      puts.push(body);
    },
  };
  return { rest: rest as unknown as REST, puts };
};

test("commands that Discord has already are not sent again", async () => {
  const { rest, puts } = restWith(asDiscordHasThem(wanted));
  expect(await register(rest, "1", commands)).toBe(false);
  expect(puts).toEqual([]);
});

test("on the first start, all commands are sent at once, for guilds alone", async () => {
  const { rest, puts } = restWith([]);
  expect(await register(rest, "1", commands)).toBe(true);
  expect(puts).toEqual([wanted]);
  expect(wanted).toHaveLength(commands.length);
  for (const command of wanted) expect(command).toMatchObject({ contexts: [0], integration_types: [0] });
});

test.each([
  ["a description", (list: Json[]) => Object.assign(list[0]!, { description: "Another one" })],
  ["a word in one language", (list: Json[]) => Object.assign(list[0]!.name_localizations as Json, { ja: "別" })],
  ["a missing command", (list: Json[]) => list.pop()],
  ["a command too many", (list: Json[]) => list.push({ name: "old", description: "Old" })],
  ["an option", (list: Json[]) => (list.find(({ name }) => name === "play")!.options as Json[]).pop()],
  [
    "whether an option is required",
    (list: Json[]) => {
      const [option] = list.find(({ name }) => name === "play")!.options as Json[];
      Object.assign(option!, { required: false });
    },
  ],
])("a difference in %s is seen", (_what, change) => {
  const there = asDiscordHasThem(wanted);
  expect(sameCommands(there, wanted)).toBe(true);
  change(there);
  expect(sameCommands(there, wanted)).toBe(false);
});

/** As Discord adds it when activities are switched on for an application. */
const discordsEntryPoint = { id: "9", type: 4, name: "launch", description: "Launch an activity", handler: 2 };

test("an entry point that Discord has added stays in the list, or Discord refuses it", async () => {
  const { rest, puts } = restWith([...asDiscordHasThem(wanted).slice(1), discordsEntryPoint]);
  expect(await register(rest, "1", commands)).toBe(true);
  expect(puts).toEqual([[...wanted, discordsEntryPoint]]);
  const unchanged = restWith([...asDiscordHasThem(wanted), discordsEntryPoint]);
  expect(await register(unchanged.rest, "1", commands)).toBe(false);
});

test("where the activity is on, the entry point is ours, under the id of the one that is there", async () => {
  const { rest, puts } = restWith([...asDiscordHasThem(wanted), discordsEntryPoint]);
  expect(await register(rest, "1", commands, [], true)).toBe(true);
  const ours = (puts[0] as Json[]).at(-1);
  expect(ours).toMatchObject({ id: "9", type: 4, handler: 2, name_localizations: { de: "öffnen" } });
  const again = restWith(asDiscordHasThem(puts[0] as Json[]));
  expect(await register(again.rest, "1", commands, [], true)).toBe(false);
});
