import {
  ActionRowBuilder,
  type APIModalInteractionResponseCallbackData,
  ButtonBuilder,
  ButtonStyle,
  ComponentType,
  type Interaction,
  MessageFlags,
  StringSelectMenuBuilder,
  TextInputStyle,
  UserSelectMenuBuilder,
} from "discord.js";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { openPlainBot } from "./support/plainBot.ts";

const row = (button: string) =>
  new ActionRowBuilder<ButtonBuilder>().addComponents(
    new ButtonBuilder().setCustomId(button).setLabel("Pause").setStyle(ButtonStyle.Primary),
  );
const modal: APIModalInteractionResponseCallbackData = {
  custom_id: "naming",
  title: "A name",
  components: [
    {
      type: ComponentType.Label,
      label: "Name",
      component: { type: ComponentType.TextInput, custom_id: "name", style: TextInputStyle.Short, max_length: 10 },
    },
  ],
};

let plain: Awaited<ReturnType<typeof openPlainBot>>;
let answer: (interaction: Interaction<"cached">) => Promise<unknown> = async () => {};
beforeAll(async () => {
  plain = await openPlainBot({
    commands: [{ name: "go", description: "Go" }],
    answer: (interaction) => answer(interaction),
  });
});
afterEach(() => plain.errors.splice(0));
afterAll(() => plain.close());

const onCommand = (
  run: (call: Extract<Interaction<"cached">, { commandName: string; reply: unknown }>) => Promise<unknown>,
) => {
  answer = async (interaction) => {
    if (interaction.isChatInputCommand()) await run(interaction);
  };
};

test("an answer can be edited and followed up, and is seen by all", async () => {
  onCommand(async (call) => {
    await call.reply("first");
    await call.editReply("second");
    await call.followUp({ content: "third", flags: MessageFlags.Ephemeral });
  });
  const answered = await plain.emulator.member("ana").slash("go");
  expect(answered).toMatchObject({ kind: "message", ephemeral: false, text: "first", channel: "general" });
  expect(answered.responseTime).toBeLessThan(3_000);
  await plain.emulator.waitUntil(
    "all is said",
    () => plain.emulator.member("ana").messages("general").at(-1)?.text === "third",
  );
  expect(answered.latest().text).toBe("second");
  expect(plain.emulator.messages("general").map(({ text }) => text)).toEqual(["second"]);
  expect(
    plain.emulator
      .member("bo")
      .messages("general")
      .map(({ text }) => text),
  ).toEqual(["second"]);
  expect(plain.errors).toEqual([]);
});

test("an ephemeral answer is seen by the one who asked, and can be taken away", async () => {
  onCommand(async (call) => {
    await call.reply({ content: "for you", flags: MessageFlags.Ephemeral });
  });
  const answered = await plain.emulator.member("cy").slash("go");
  expect(answered.ephemeral).toBe(true);
  expect(plain.emulator.member("cy").messages("general").at(-1)?.text).toBe("for you");
  expect(
    plain.emulator
      .member("bo")
      .messages("general")
      .some(({ text }) => text === "for you"),
  ).toBe(false);
  onCommand(async (call) => {
    await call.reply({ content: "gone soon", flags: MessageFlags.Ephemeral });
    await call.deleteReply();
  });
  await plain.emulator.member("cy").slash("go");
  await plain.emulator.waitUntil(
    "it is gone",
    () => plain.emulator.member("cy").messages("general").at(-1)?.text === "for you",
  );
  expect(() => plain.emulator.member("bo").dismiss(answered)).toThrow("no ephemeral message of theirs");
  plain.emulator.member("cy").dismiss(answered);
  expect(
    plain.emulator
      .member("cy")
      .messages("general")
      .some(({ text }) => text === "for you"),
  ).toBe(false);
});

test("a deferred answer is filled in by the first follow-up", async () => {
  onCommand(async (call) => {
    await call.deferReply();
    await call.followUp("at last");
  });
  const answered = await plain.emulator.member("ana").slash("go");
  expect(answered.flags & MessageFlags.Loading).toBe(MessageFlags.Loading);
  await plain.emulator.waitUntil("it is filled in", () => answered.latest().text === "at last");
  expect(answered.latest().flags & MessageFlags.Loading).toBe(0);
});

test("the answer can be asked back with the callback", async () => {
  let told: unknown;
  onCommand(async (call) => {
    const { resource, interaction } = await call.reply({ content: "here", withResponse: true });
    told = [resource?.message?.content, interaction.responseMessageId === resource?.message?.id];
  });
  await plain.emulator.member("ana").slash("go");
  await plain.emulator.waitUntil("it came back", () => told !== undefined);
  expect(told).toEqual(["here", true]);
});

test("a button updates its message, by its label or its id", async () => {
  answer = async (interaction) => {
    if (interaction.isChatInputCommand()) await interaction.reply({ content: "playing", components: [row("pause")] });
    if (interaction.isButton()) {
      await interaction.update({ content: `paused by ${interaction.user.username}`, components: [row("resume")] });
    }
  };
  const panel = await plain.emulator.member("ana").slash("go");
  const pressed = await plain.emulator.member("bo").click("Pause");
  expect(pressed).toMatchObject({ kind: "update", id: panel.id });
  expect(pressed.text).toContain("paused by bo");
  expect((await plain.emulator.member("ana").click("resume", panel)).kind).toBe("update");
  await expect(plain.emulator.member("ana").click("pause", panel)).rejects.toThrow(/no button "pause" on the message/);
});

test("selects send what was chosen, people among it", async () => {
  answer = async (interaction) => {
    if (interaction.isChatInputCommand()) {
      const options = ["rain", "fire"].map((name) => ({ label: name, value: name }));
      const text = new StringSelectMenuBuilder().setCustomId("sounds").addOptions(options);
      const people = new UserSelectMenuBuilder().setCustomId("people").setMaxValues(2);
      await interaction.reply({
        content: "choose",
        components: [
          new ActionRowBuilder<StringSelectMenuBuilder>().addComponents(text),
          new ActionRowBuilder<UserSelectMenuBuilder>().addComponents(people),
        ],
      });
    }
    if (interaction.isStringSelectMenu()) await interaction.reply(`chose ${interaction.values.join()}`);
    if (interaction.isUserSelectMenu()) await interaction.reply(interaction.users.map((each) => each.username).join());
  };
  const [ana, bo] = [plain.emulator.member("ana"), plain.emulator.member("bo")];
  await ana.slash("go");
  expect((await ana.select("sounds", ["fire"])).text).toBe("chose fire");
  expect((await ana.select("people", [ana.id, bo.id])).text).toBe("ana,bo");
  await expect(ana.select("sounds", ["thunder"])).rejects.toThrow(/no value "thunder"/);
  await expect(ana.select("sounds", ["rain", "fire"])).rejects.toThrow(/takes 1 to 1 values/);
});

test("a modal is shown, filled in and answered; what is missing or too long is not let through", async () => {
  answer = async (interaction) => {
    if (interaction.isChatInputCommand()) await interaction.showModal(modal);
    if (interaction.isModalSubmit()) await interaction.reply(`named ${interaction.fields.getTextInputValue("name")}`);
  };
  const ana = plain.emulator.member("ana");
  const shown = await ana.slash("go");
  expect(shown).toMatchObject({ kind: "modal" });
  expect(shown.text).toBe("A name\nName");
  await expect(ana.submit("naming", {})).rejects.toThrow(/"name" must be filled in/);
  await expect(ana.submit("naming", { name: "much too long a name" })).rejects.toThrow(/out of bounds/);
  await expect(ana.submit("naming", { title: "x" })).rejects.toThrow(/no field "title"/);
  expect((await ana.submit("naming", { name: "Pillow" })).text).toBe("named Pillow");
  await expect(ana.submit("naming", { name: "Pillow" })).rejects.toThrow(/sees no modal/);
});
