import { afterAll, beforeAll, expect, test } from "vitest";
import { type Discord, openDiscord } from "../../src/discord/client.ts";
import { type ChannelId, type GuildId, id, type UserId } from "../../src/kernel/ids.ts";
import { silentLog } from "../../src/kernel/log.ts";
import { openEvening } from "../../src/rehearsal/evening.ts";
import type { Evening, Member } from "../../src/rehearsal/scenario.ts";

let evening: Evening;
let discord: Discord;
let ana: Member;
let bo: Member;
let cy: Member;

beforeAll(async () => {
  evening = await openEvening();
  ana = evening.member("ana");
  bo = evening.member("bo");
  cy = evening.member("cy");
  const { token, apiBase } = evening;
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
  await evening.close();
});

const guild = () => id<GuildId>(evening.guild);
const voiceChannelOf = (name: string) => evening.people().find((person) => person.name === name)?.voice?.channel;
const everybody = () => [ana, bo].map((member) => id<UserId>(member.id));
const voiceStatesArrived = () =>
  evening.until("the bot has heard where they sit", () =>
    [ana, bo].every((member) => discord.voiceChannels.channelOf(guild(), id<UserId>(member.id)) !== undefined),
  );

test("without the right to move members nobody is touched", async () => {
  for (const member of [ana, bo]) await member.join("lounge");
  await voiceStatesArrived();
  await discord.voiceMembers.disconnect(guild(), id<UserId>(ana.id));
  await discord.voiceMembers.moveAtTimerEnd(guild(), id<ChannelId>(evening.channel("lounge").id), everybody());
  expect([voiceChannelOf("ana"), voiceChannelOf("bo")]).toEqual(["lounge", "lounge"]);
});

test("at the end of a timer, who agreed to it is out, the others are in the AFK channel, and nobody elsewhere is touched", async () => {
  evening.grantBot("MOVE_MEMBERS");
  await cy.join("loft");
  evening.channel("quiet");
  evening.setAfkChannel("quiet");
  const lounge = id<ChannelId>(evening.channel("lounge").id);
  await evening.until("they are where they should be", () => {
    void discord.voiceMembers.moveAtTimerEnd(guild(), lounge, [...everybody(), id<UserId>(cy.id)]);
    return voiceChannelOf("ana") === undefined && voiceChannelOf("bo") === "quiet";
  });
  expect(voiceChannelOf("cy")).toBe("loft");
});

test("one member who asked for it is sent away alone", async () => {
  await discord.voiceMembers.disconnect(guild(), id<UserId>(cy.id));
  expect([voiceChannelOf("cy"), voiceChannelOf("bo")]).toEqual([undefined, "quiet"]);
  expect(evening.violations).toEqual([]);
});
