import { Events, type Interaction, MessageFlags, PermissionFlagsBits, type VoiceChannelEffect } from "discord.js";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { openPlainBot } from "./support/plainBot.ts";

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

const guild = () => plain.client.guilds.cache.get(plain.emulator.guildId)!;

test("a role is created, given with what it permits, and taken back", async () => {
  const { emulator } = plain;
  answer = async (call) => {
    if (!call.isChatInputCommand()) return;
    const roles = call.member.roles.cache.map(({ name }) => name);
    const may = call.memberPermissions.has(PermissionFlagsBits.MoveMembers);
    await call.reply({ content: `${roles.sort()} ${may}`, flags: MessageFlags.Ephemeral });
  };
  const host = emulator.role("host", { permissions: ["MOVE_MEMBERS"] });
  expect(emulator.role("host")).toEqual(host);
  await emulator.waitUntil("the bot knows it", () => guild().roles.cache.has(host.id));
  const ana = emulator.member("ana");
  expect((await ana.slash("go")).text).toBe("@everyone false");
  ana.addRole(host);
  expect((await ana.slash("go")).text).toBe("@everyone,host true");
  ana.removeRole(host);
  expect((await ana.slash("go")).text).toBe("@everyone false");
});

test("those who sleep are moved to the AFK channel, or disconnected, by a bot that may", async () => {
  const { emulator } = plain;
  const ana = await emulator.member("ana").join("lounge");
  emulator.setAfkChannel("loft");
  await emulator.waitUntil("the bot knows it", () => guild().afkChannel?.name === "loft");
  const member = await guild().members.fetch(ana.id);
  await expect(member.voice.setChannel(guild().afkChannelId)).rejects.toMatchObject({ code: 50_013 });
  emulator.grantBot("MOVE_MEMBERS");
  await member.voice.setChannel(guild().afkChannelId);
  const place = () => emulator.members().find(({ id }) => id === ana.id)?.voice?.channel;
  expect(place()).toBe("loft");
  await member.voice.disconnect();
  expect(place()).toBeUndefined();
});

test("a moon and a microphone that is switched off reach the bot", async () => {
  const { emulator, client } = plain;
  const effects: (string | null | undefined)[] = [];
  client.on(Events.VoiceChannelEffectSend, ({ emoji }: VoiceChannelEffect) => effects.push(emoji?.name));
  const ana = await emulator.member("ana").join("lounge");
  ana.sendVoiceEffect("🌙");
  ana.setSelfMute(true);
  await emulator.waitUntil("both are there", () => guild().voiceStates.cache.get(ana.id)?.selfMute === true);
  expect(effects).toEqual(["🌙"]);
});

test("a guild sends the bot away, and lets it in again", async () => {
  const { emulator, client } = plain;
  const joined: string[] = [];
  client.on(Events.GuildCreate, ({ name }) => joined.push(name));
  emulator.faults.kickBot();
  await emulator.waitUntil("it has gone", () => guild() === undefined);
  await expect(emulator.member("ana").slash("go")).rejects.toThrow("not in the guild");
  emulator.faults.inviteBot();
  await emulator.waitUntil("it is back", () => guild() !== undefined);
  expect(joined).toEqual(["Test Server"]);
});
