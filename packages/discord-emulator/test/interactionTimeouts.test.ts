import { setTimeout as pause } from "node:timers/promises";
import { expect, test } from "vitest";
import { openPlainBot } from "./support/plainBot.ts";

const commands = [{ name: "go", description: "Go" }];

test("an answer after 3 s is an unknown interaction, and the member has been told", async () => {
  const plain = await openPlainBot({
    commands,
    async answer(interaction) {
      await pause(3_200);
      if (interaction.isChatInputCommand()) await interaction.reply("too late");
    },
  });
  await expect(plain.emulator.member("ana").slash("go")).rejects.toThrow("did not respond within 3 s");
  await plain.emulator.waitUntil("the bot was refused", () => plain.errors.length > 0);
  expect(plain.errors[0]).toMatchObject({ code: 10_062 });
  expect(plain.emulator.messages()).toEqual([]);
  await expect(plain.close()).rejects.toThrow(/no answer within 3 s[\s\S]*10062/);
});

test("a second answer is refused with 40060", async () => {
  const plain = await openPlainBot({
    commands,
    async answer(interaction) {
      if (!interaction.isChatInputCommand()) return;
      await interaction.reply("once");
      await interaction.client.rest.post(`/interactions/${interaction.id}/${interaction.token}/callback`, {
        body: { type: 4, data: { content: "twice" } },
        auth: false,
      });
    },
  });
  await plain.emulator.member("ana").slash("go");
  await plain.emulator.waitUntil("the bot was refused", () => plain.errors.length > 0);
  expect(plain.errors[0]).toMatchObject({ status: 400, code: 40_060 });
  expect(plain.emulator.messages().map(({ text }) => text)).toEqual(["once"]);
  await expect(plain.close()).rejects.toThrow(/40060/);
});

test("a follow-up with a token that never was, or before an answer, is refused", async () => {
  const plain = await openPlainBot({ commands });
  const { rest, application } = plain.client;
  const sent = rest.post(`/webhooks/${application.id}/nonsense`, { body: { content: "hello" }, auth: false });
  await expect(sent).rejects.toMatchObject({ status: 401, code: 50_027 });
  await plain.close();
});
