import type { Member, Recording } from "discord-emulator";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type GuildId, id } from "../../src/kernel/ids.ts";
import { seconds } from "../../src/kernel/units.ts";
import { inTime } from "./inTime.ts";
import { openRehearsal, type Rehearsal } from "./openRehearsal.ts";

/** What has ended long voice sessions elsewhere, done to a session with listeners. */
let rehearsal: Rehearsal;
let ana: Member;
let guild: GuildId;

beforeAll(async () => {
  rehearsal = await openRehearsal({ sounds: ["brown-noise"] });
  guild = id<GuildId>(rehearsal.guildId);
  ana = await rehearsal.member("ana").join("lounge");
  await begin();
});
afterAll(() => rehearsal.close());

const begin = async () => {
  await ana.slash("play", { sound: "brown-noise" });
  await rehearsal.waitUntil("the bot has come", () => rehearsal.botChannel() !== undefined);
  await hears();
};
/** A session that has failed often backs off longer and longer: a new one starts afresh. */
const beginAgain = async () => {
  await ana.slash("stop");
  await rehearsal.waitUntil("the bot has left", () => rehearsal.botChannel() === undefined);
  await begin();
};
const panel = () => rehearsal.messages("general").at(-1)?.text ?? "";
/** On a busy machine, a frame may get lost on the way to the listener. */
const heardAtTheEnd = ({ levels }: Recording) => levels.slice(-25).filter((level) => level > -60).length >= 20;
/** Listens second by second until sound is there. */
const hears = async (limit = seconds(20)) => {
  for (let listened = seconds(1); ; listened += seconds(1)) {
    const heard = await rehearsal.listen(seconds(1), { as: "ana" });
    expect(heard.statistics.unencrypted).toBe(0);
    if (heardAtTheEnd(heard) || listened >= limit) return heard;
  }
};
/**
 * Sound is back within five seconds, and nothing was sent unencrypted. A busy machine gets up to
 * three times as long again: exact times are tested in test/rehearsal, where the clock is set
 * forward.
 */
const isBackWithin5s = async () => {
  // What was sent before is heard for a moment.
  await rehearsal.listen(seconds(1), { as: "ana" });
  const heard = await hears(seconds(19));
  expect(heardAtTheEnd(heard), rehearsal.bot().lines.slice(-30).join("\n")).toBe(true);
  return heard;
};
const attempts = () => rehearsal.voice.statistics.identifyAttempts;

test.each([4006, 4009, 4015])("voice close %i: sound is back within 5 s, without a storm of joins", async (code) => {
  const before = attempts();
  rehearsal.voice.faults.closeSocket(guild, code);
  await isBackWithin5s();
  expect(attempts() - before).toBeLessThanOrEqual(2);
});

test("a session that can't be resumed is replaced within 5 s", async () => {
  rehearsal.voice.faults.rejectResume(true);
  rehearsal.voice.faults.closeSocket(guild, 4015);
  await isBackWithin5s();
  rehearsal.voice.faults.rejectResume(false);
});

test("a voice server that refuses twice is tried again with back-off", async () => {
  await beginAgain();
  const before = attempts();
  rehearsal.voice.faults.rejectIdentify(4006, 2);
  rehearsal.voice.faults.closeSocket(guild, 4006);
  await isBackWithin5s();
  expect(attempts() - before).toBeLessThanOrEqual(4);
});

test("after a region change there is one new session, and sound within 5 s", async () => {
  const before = attempts();
  await rehearsal.faults.changeVoiceServer();
  await isBackWithin5s();
  expect(attempts() - before).toBe(1);
});

test("without a voice server for a moment, it waits, and plays within 5 s of the next one", async () => {
  await beginAgain();
  rehearsal.faults.withholdEndpoint(seconds(1));
  await rehearsal.faults.changeVoiceServer();
  await isBackWithin5s();
});

test("a gateway that drops and resumes causes no gap", async () => {
  const heard = await inTime(rehearsal, (listen) => {
    rehearsal.faults.closeGateway(4000);
    return listen(seconds(4));
  });
  expect(heard.gaps.filter((gap) => gap > 100)).toEqual([]);
  expect(heard.levels.filter((level) => level < -80)).toEqual([]);
});

test("a lost IP discovery packet is sent again", async () => {
  await beginAgain();
  rehearsal.voice.faults.dropDiscovery(2);
  rehearsal.voice.faults.closeSocket(guild, 4006);
  await isBackWithin5s();
});

test("an invalid MLS welcome is answered, and listeners hear sound again within 5 s", async () => {
  rehearsal.voice.faults.corruptDave();
  const bo = await rehearsal.member("bo").join("lounge");
  await rehearsal.listen(seconds(1), { as: "ana" });
  await isBackWithin5s();
  await bo.leave();
});

test("while the keys are missing, nothing is sent unencrypted", async () => {
  await beginAgain();
  rehearsal.voice.faults.delayDave(seconds(2));
  rehearsal.voice.faults.closeSocket(guild, 4006);
  const waiting = await rehearsal.listen(seconds(2), { as: "ana" });
  expect(waiting.statistics.unencrypted).toBe(0);
  rehearsal.voice.faults.delayDave(0);
  await isBackWithin5s();
});

test("muted by a moderator, it holds within 1 s and says so; unmuted, it continues", async () => {
  rehearsal.faults.serverMuteBot(true);
  await rehearsal.listen(seconds(1));
  const muted = await rehearsal.listen(seconds(1));
  expect(muted.packets).toBe(0);
  await rehearsal.waitUntil("the panel says so", () => /muted/.test(panel()));
  rehearsal.faults.serverMuteBot(false);
  await isBackWithin5s();
});

test("moved to another channel, it continues there for those who follow", async () => {
  await ana.join("loft");
  rehearsal.faults.moveBot("loft");
  await rehearsal.waitUntil("the bot is there", () => rehearsal.botChannel() === "loft");
  await isBackWithin5s();
});

test("both transport encryptions work", async () => {
  await beginAgain();
  // Of the two that are offered, it takes the cheaper one.
  expect(rehearsal.voice.connection(guild)?.mode).toBe("aead_xchacha20_poly1305_rtpsize");
  rehearsal.voice.faults.offerModes(["aead_aes256_gcm_rtpsize"]);
  rehearsal.voice.faults.closeSocket(guild, 4006);
  const heard = await isBackWithin5s();
  expect(rehearsal.voice.connection(guild)?.mode).toBe("aead_aes256_gcm_rtpsize");
  expect(heard.statistics.undecryptable).toBe(0);
});

test("disconnected by a moderator, it stays out, and the panel says how to bring it back", async () => {
  rehearsal.faults.disconnectBot();
  await rehearsal.waitUntil("the panel says so", () => /disconnected.*Use \/play to bring me back/.test(panel()));
  await new Promise((resolve) => setTimeout(resolve, 2_000));
  expect(rehearsal.botChannel()).toBeUndefined();
});

test("a call that requires what the library can't do is given up at once, with a message", async () => {
  const before = attempts();
  rehearsal.voice.faults.rejectIdentify(4017);
  await ana.slash("play", { sound: "brown-noise" });
  await rehearsal.waitUntil("the panel says so", () => /lost the voice connection/.test(panel()));
  expect(attempts() - before).toBe(1);
});
