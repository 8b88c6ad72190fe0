import type { Emulator, Member } from "discord-emulator";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Discord, openDiscord } from "../../src/discord/client.ts";
import { type ChannelId, type GuildId, id, type UserId } from "../../src/kernel/ids.ts";
import { silentLog } from "../../src/kernel/log.ts";
import { openLullEmulator } from "../../src/rehearsal/lullEmulator.ts";

let emulator: Emulator;
let discord: Discord;
let ana: Member;
let bo: Member;
let cy: Member;

beforeAll(async () => {
  emulator = await openLullEmulator();
  ana = emulator.member("ana");
  bo = emulator.member("bo");
  cy = emulator.member("cy");
  const { token, apiBase } = emulator;
  discord = await openDiscord({
    token,
    apiBase,
    consentsToDisconnect: async (_guild, users) => users.filter((user) => user === ana.id),
    log: silentLog,
    onRefused() {},
  });
});
afterAll(async () => {
  await discord.close();
  await emulator.close();
});

const guild = () => id<GuildId>(emulator.guildId);
const voiceChannelOf = (name: string) => emulator.members().find((person) => person.name === name)?.voice?.channel;
const everybody = () => [ana, bo].map((member) => id<UserId>(member.id));
const voiceStatesArrived = () =>
  emulator.waitUntil("the bot has heard where they sit", () =>
    [ana, bo].every((member) => discord.voiceChannels.channelOf(guild(), id<UserId>(member.id)) !== undefined),
  );

test("without the right to move members nobody is touched", async () => {
  for (const member of [ana, bo]) await member.join("lounge");
  await voiceStatesArrived();
  await discord.voiceMembers.disconnect(guild(), id<UserId>(ana.id));
  await discord.voiceMembers.moveAtTimerEnd(guild(), id<ChannelId>(emulator.channel("lounge").id), everybody());
  expect([voiceChannelOf("ana"), voiceChannelOf("bo")]).toEqual(["lounge", "lounge"]);
});

test("at the end of a timer, who agreed to it is out, the others are in the AFK channel, and nobody elsewhere is touched", async () => {
  emulator.grantBot("MOVE_MEMBERS");
  await cy.join("loft");
  emulator.channel("quiet");
  emulator.setAfkChannel("quiet");
  const lounge = id<ChannelId>(emulator.channel("lounge").id);
  await emulator.waitUntil("they are where they should be", () => {
    void discord.voiceMembers.moveAtTimerEnd(guild(), lounge, [...everybody(), id<UserId>(cy.id)]);
    return voiceChannelOf("ana") === undefined && voiceChannelOf("bo") === "quiet";
  });
  expect(voiceChannelOf("cy")).toBe("loft");
});

test("one member who asked for it is sent away alone", async () => {
  await discord.voiceMembers.disconnect(guild(), id<UserId>(cy.id));
  expect([voiceChannelOf("cy"), voiceChannelOf("bo")]).toEqual([undefined, "quiet"]);
  expect(emulator.violations).toEqual([]);
});
