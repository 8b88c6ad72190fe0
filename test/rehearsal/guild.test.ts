import { Events, type Interaction, MessageFlags, PermissionFlagsBits, type VoiceChannelEffect } from "discord.js";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { openPlainBot } from "../support/plainBot.ts";

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

const guild = () => plain.client.guilds.cache.get(plain.evening.guild)!;

test("a role is created, given with what it permits, and taken back", async () => {
  const { evening } = plain;
  answer = async (call) => {
    if (!call.isChatInputCommand()) return;
    const roles = call.member.roles.cache.map(({ name }) => name);
    const may = call.memberPermissions.has(PermissionFlagsBits.MoveMembers);
    await call.reply({ content: `${roles.sort()} ${may}`, flags: MessageFlags.Ephemeral });
  };
  const host = evening.role("host", { permissions: ["MOVE_MEMBERS"] });
  expect(evening.role("host")).toEqual(host);
  await evening.until("the bot knows it", () => guild().roles.cache.has(host.id));
  const ana = evening.member("ana");
  expect((await ana.slash("go")).text).toBe("@everyone false");
  ana.give(host);
  expect((await ana.slash("go")).text).toBe("@everyone,host true");
  ana.take(host);
  expect((await ana.slash("go")).text).toBe("@everyone false");
});

test("those who sleep are moved to the AFK channel, or disconnected, by a bot that may", async () => {
  const { evening } = plain;
  const ana = await evening.member("ana").join("lounge");
  evening.setAfkChannel("loft");
  await evening.until("the bot knows it", () => guild().afkChannel?.name === "loft");
  const member = await guild().members.fetch(ana.id);
  await expect(member.voice.setChannel(guild().afkChannelId)).rejects.toMatchObject({ code: 50_013 });
  evening.grantBot("MOVE_MEMBERS");
  await member.voice.setChannel(guild().afkChannelId);
  const place = () => evening.people().find(({ id }) => id === ana.id)?.voice?.channel;
  expect(place()).toBe("loft");
  await member.voice.disconnect();
  expect(place()).toBeUndefined();
});

test("a moon and a microphone that is switched off reach the bot", async () => {
  const { evening, client } = plain;
  const effects: (string | null | undefined)[] = [];
  client.on(Events.VoiceChannelEffectSend, ({ emoji }: VoiceChannelEffect) => effects.push(emoji?.name));
  const ana = await evening.member("ana").join("lounge");
  ana.sendEffect("🌙");
  ana.setSelfMute(true);
  await evening.until("both are there", () => guild().voiceStates.cache.get(ana.id)?.selfMute === true);
  expect(effects).toEqual(["🌙"]);
});

test("a guild sends the bot away, and lets it in again", async () => {
  const { evening, client } = plain;
  const joined: string[] = [];
  client.on(Events.GuildCreate, ({ name }) => joined.push(name));
  evening.faults.kickBot();
  await evening.until("it has gone", () => guild() === undefined);
  await expect(evening.member("ana").slash("go")).rejects.toThrow("not in the guild");
  evening.faults.inviteBot();
  await evening.until("it is back", () => guild() !== undefined);
  expect(joined).toEqual(["Pillow Fort"]);
});
