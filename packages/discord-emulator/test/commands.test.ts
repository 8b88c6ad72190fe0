import { ApplicationCommandOptionType as Option } from "discord.js";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openEmulator } from "../src/emulator.ts";
import { type Commands, openPlainBot } from "./support/plainBot.ts";

const commands: Commands = [
  {
    name: "play",
    name_localizations: { de: "spielen" },
    description: "Play a sound",
    options: [
      { type: Option.String, name: "sound", description: "Which", required: true, autocomplete: true },
      {
        type: Option.String,
        name: "when",
        description: "Where",
        choices: [
          { name: "Now", value: "now" },
          { name: "Last", value: "last" },
        ],
      },
      { type: Option.Integer, name: "times", description: "How often", min_value: 1, max_value: 5 },
      { type: Option.User, name: "for", description: "Whom" },
    ],
  },
  {
    name: "sleep",
    description: "Sleep",
    options: [
      {
        type: Option.SubcommandGroup,
        name: "timer",
        description: "Timer",
        options: [{ type: Option.Subcommand, name: "show", description: "Show it" }],
      },
      { type: Option.Subcommand, name: "cancel", description: "Cancel" },
    ],
  },
  { name: "clear", description: "For moderators", default_member_permissions: "8192" },
];

let plain: Awaited<ReturnType<typeof openPlainBot>>;
beforeAll(async () => {
  plain = await openPlainBot({
    commands,
    async answer(interaction) {
      if (interaction.isAutocomplete()) {
        const typed = interaction.options.getFocused();
        return interaction.respond(
          ["rain", "river", "fire"].filter((each) => each.startsWith(typed)).map((name) => ({ name, value: name })),
        );
      }
      if (!interaction.isChatInputCommand()) return;
      const { options, member, locale, appPermissions } = interaction;
      const path = [interaction.commandName, options.getSubcommandGroup(false), options.getSubcommand(false)];
      const whom = interaction.commandName === "play" ? options.getMember("for") : null;
      const said = [
        path.filter(Boolean).join(" "),
        ...(interaction.commandName === "play" ? [options.getString("sound"), options.getInteger("times")] : []),
        whom?.user.username,
        `by ${member.user.username}`,
        locale,
        appPermissions.has("Connect") ? "may connect" : "may not connect",
      ];
      await interaction.reply(said.filter((each) => each !== null && each !== undefined).join(", "));
    },
  });
});
afterAll(() => plain.close());

test("commands are listed as they were registered, with their translations when these are asked for", async () => {
  const { application } = plain.client;
  expect(plain.emulator.commands().map(({ name }) => name)).toEqual(["play", "sleep", "clear"]);
  const bare = (await plain.client.rest.get(`/applications/${application.id}/commands`)) as readonly object[];
  expect(bare[0]).not.toHaveProperty("name_localizations");
  const whole = await application.commands.fetch({ withLocalizations: true });
  expect(whole.find(({ name }) => name === "play")?.nameLocalizations).toEqual({ de: "spielen" });
});

test("a guild's commands are apart from everybody's, and can be changed and taken away", async () => {
  const { commands: own } = plain.client.guilds.cache.get(plain.emulator.guildId)!;
  const made = await own.create({ name: "here", description: "Only here" });
  expect((await plain.client.application.commands.fetch()).has(made.id)).toBe(false);
  expect((await own.fetch()).map(({ name }) => name)).toEqual(["here"]);
  await made.edit({ description: "Only here, and changed" });
  expect(plain.emulator.commands().find(({ name }) => name === "here")).toMatchObject({
    id: made.id,
    description: "Only here, and changed",
  });
  await made.delete();
  expect(plain.emulator.commands().some(({ name }) => name === "here")).toBe(false);
});

test("a command arrives with its options, the people it names, and who asked", async () => {
  const bo = plain.emulator.member("bo");
  const ana = plain.emulator.member("ana", { locale: "de" });
  const answer = await ana.slash("play", { sound: "rain", times: 2, for: bo.id });
  expect(answer.text).toBe("play, rain, 2, bo, by ana, de, may connect");
});

test("subcommands arrive in their groups", async () => {
  const ana = plain.emulator.member("bea");
  expect((await ana.slash("sleep timer show")).text).toContain("sleep timer show,");
  expect((await ana.slash("sleep cancel")).text).toContain("sleep cancel,");
});

test("what is typed is completed by the bot", async () => {
  const choices = await plain.emulator.member("ana").autocomplete("play", "sound", "r");
  expect(choices.map(({ value }) => value)).toEqual(["rain", "river"]);
});

test.each([
  ["dance", {}, /no command \/dance/],
  ["play", {}, /needs the option "sound"/],
  ["play", { sound: "rain", colour: "blue" }, /no option "colour"/],
  ["play", { sound: 3 }, /takes a string/],
  ["play", { sound: "rain", when: "later" }, /not one of its choices/],
  ["play", { sound: "rain", times: 6 }, /out of bounds/],
  ["play", { sound: "rain", times: 1.5 }, /whole number/],
  ["play", { sound: "rain", for: "nobody" }, /nobody and nothing/],
  ["sleep", {}, /needs a subcommand/],
  ["sleep late", {}, /no subcommand "late"/],
  ["clear", {}, /does not see \/clear/],
] as const)("/%s with %o is not let through", async (path, options, why) => {
  await expect(plain.emulator.member("ana").slash(path, options)).rejects.toThrow(why);
});

test("who may is shown the command", async () => {
  const mod = plain.emulator.member("mod", { permissions: 8192n });
  expect((await mod.slash("clear")).text).toContain("by mod");
});

test("before the bot has been online nobody can ask it anything", async () => {
  const emulator = await openEmulator();
  await expect(emulator.member("ana").slash("play", { sound: "rain" })).rejects.toThrow(/registered no command/);
  await emulator.close();
});

test.each([
  ["a name in capitals", { name: "Play", description: "x" }],
  ["no description", { name: "play", description: "" }],
  [
    "an optional option before a required one",
    {
      name: "play",
      description: "x",
      options: [
        { type: Option.String, name: "a", description: "x" },
        { type: Option.String, name: "b", description: "x", required: true },
      ],
    },
  ],
] as [string, Commands[number]][])("a command with %s is refused, and held against the bot", async (_, command) => {
  const { emulator, client } = await openPlainBot({ commands: [{ name: "kept", description: "Stays" }] });
  const sent = client.rest.put(`/applications/${client.application.id}/commands`, { body: [command] });
  await expect(sent).rejects.toMatchObject({ status: 400, code: 50_035 });
  expect(emulator.commands().map(({ name }) => name)).toEqual(["kept"]);
  await client.destroy();
  await expect(emulator.close()).rejects.toThrow(/Invalid Form Body/);
});
