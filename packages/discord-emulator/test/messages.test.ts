import {
  type APIMessageTopLevelComponent,
  ComponentType,
  GatewayIntentBits,
  MessageFlags,
  type TextChannel,
} from "discord.js";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openPlainBot } from "./support/plainBot.ts";

const text = (content: string): APIMessageTopLevelComponent => ({ type: ComponentType.TextDisplay, content });
const v2 = (...components: APIMessageTopLevelComponent[]) => ({
  flags: MessageFlags.IsComponentsV2 as const,
  components,
});

let plain: Awaited<ReturnType<typeof openPlainBot>>;
let general: TextChannel;
beforeAll(async () => {
  const { Guilds, GuildVoiceStates, GuildMessages } = GatewayIntentBits;
  plain = await openPlainBot({ client: { intents: [Guilds, GuildVoiceStates, GuildMessages] } });
  general = plain.client.channels.cache.get(plain.emulator.channel("general").id) as TextChannel;
});
afterAll(() => plain.close());

test("a message is posted, edited, read again and deleted", async () => {
  const message = await general.send("good evening");
  await message.edit("good night");
  expect(plain.emulator.messages("general").map((each) => each.text)).toEqual(["good night"]);
  expect((await general.messages.fetch({ message: message.id, force: true })).content).toBe("good night");
  await message.delete();
  expect(plain.emulator.messages("general")).toEqual([]);
  await expect(message.edit("again")).rejects.toMatchObject({ code: 10_008 });
});

test("a message that is sent again under its nonce is there once", async () => {
  const once = { content: "only once", nonce: "evening-1", enforceNonce: true };
  const [first, second] = [await general.send(once), await general.send(once)];
  expect(second.id).toBe(first.id);
  expect(plain.emulator.messages("general").filter(({ text: said }) => said === "only once")).toHaveLength(1);
});

test("what members write is heard of, but its content is not for a bot without that intent", async () => {
  const heard = new Promise<string>((resolve) => {
    plain.client.once("messageCreate", (message) => resolve(`${message.author.username}: ${message.content}`));
  });
  plain.emulator.member("ana").send("a secret");
  expect(await heard).toBe("ana: ");
  expect(plain.emulator.messages("general").at(-1)?.text).toBe("a secret");
});

test("components of version 2 are numbered, and their texts can be read", async () => {
  const container: APIMessageTopLevelComponent = {
    type: ComponentType.Container,
    components: [
      { type: ComponentType.TextDisplay, content: "**Rain**" },
      { type: ComponentType.Separator },
      {
        type: ComponentType.ActionRow,
        components: [{ type: ComponentType.Button, style: 1, custom_id: "pause", label: "Pause" }],
      },
    ],
  };
  const message = await general.send(v2(container));
  const [seen] = plain.emulator.messages("general").slice(-1);
  expect(seen?.text).toBe("**Rain**\nPause");
  expect(seen?.flags).toBe(MessageFlags.IsComponentsV2);
  expect(message.components[0]?.id).toBe(1);
});

test.each([
  ["content beside components of version 2", { ...v2(text("a")), content: "b" }],
  ["components of version 2 without their flag", { components: [text("a")] }],
  ["41 components", v2(...Array.from({ length: 41 }, (_, i) => text(String(i))))],
  ["more than 4,000 characters of text", v2(text("a".repeat(3_000)), text("b".repeat(1_001)))],
  ["2,001 characters", { content: "a".repeat(2_001) }],
  ["a mention that could ping", { content: "<@1180000000000000002> good night" }],
  ["a picture that is not there", v2({ type: ComponentType.File, file: { url: "attachment://rain.ogg" } })],
])("a message with %s is refused, and held against the bot", async (_, body) => {
  const { emulator, client } = await openPlainBot();
  const sent = client.rest.post(`/channels/${emulator.channel("general").id}/messages`, { body });
  await expect(sent).rejects.toMatchObject({ status: 400, code: 50_035 });
  expect(emulator.violations).toHaveLength(1);
  await client.destroy();
  await expect(emulator.close()).rejects.toThrow(/broke Discord's rules/);
});

test("a mention is fine where the bot has said that it pings nobody", async () => {
  await general.send({ content: "<@1180000000000000002> good night", allowedMentions: { parse: [] } });
  expect(plain.emulator.violations).toEqual([]);
});

test("where the bot may not look, write or read back, it is told so", async () => {
  const den = plain.emulator.channel("den", { kind: "text" });
  const url = `/channels/${den.id}/messages` as const;
  den.denyBot("SEND_MESSAGES");
  await expect(plain.client.rest.post(url, { body: { content: "a" } })).rejects.toMatchObject({ code: 50_013 });
  den.denyBot("VIEW_CHANNEL");
  await expect(plain.client.rest.get(url)).rejects.toMatchObject({ code: 50_001 });
  den.allowBot("VIEW_CHANNEL", "SEND_MESSAGES");
  await plain.client.rest.post(url, { body: { content: "a" } });
  den.delete();
  await expect(plain.client.rest.get(url)).rejects.toMatchObject({ code: 10_003 });
  expect(() => den.denyBot("SING")).toThrow(/no permission "SING"/);
});
