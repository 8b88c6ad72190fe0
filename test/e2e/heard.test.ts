import type { Member, Recording } from "discord-emulator";
import { afterAll, beforeAll, expect, test } from "vitest";
import { seconds } from "../../src/kernel/units.ts";
import { inTime } from "./inTime.ts";
import { openRehearsal, type Rehearsal } from "./openRehearsal.ts";

let rehearsal: Rehearsal;
let ana: Member;

beforeAll(async () => {
  rehearsal = await openRehearsal({ sounds: ["brown-noise", "pink-noise"] });
  ana = await rehearsal.member("ana").join("lounge");
});
afterAll(() => rehearsal.close());

const panel = () => rehearsal.messages("general").at(-1);
/** The first and the last may be cut off by the recording. */
const silentFrames = ({ levels }: Recording) => levels.slice(1, -1).filter((level) => level < -80).length;
/** Mean level of a range of frames, given as fractions of the whole. */
const level = ({ levels }: Recording, from: number, to: number) => {
  const part = levels.slice(Math.floor(levels.length * from), Math.floor(levels.length * to));
  return 10 * Math.log10(part.reduce((sum, each) => sum + 10 ** (each / 10), 0) / part.length);
};
/** The largest step between neighbouring samples, which shows clicks. */
const largestStep = ({ left }: Recording) =>
  left.reduce((most, sample, i) => Math.max(most, Math.abs(sample - (left[i - 1] ?? sample))), 0);

test("/play is heard at its loudness, without a gap, and only by those who share the key", async () => {
  const answer = await ana.slash("play", { sound: "brown-noise" });
  expect(answer).toMatchObject({ ephemeral: true, text: expect.stringMatching(/Deep Brown/) });
  await rehearsal.waitUntil("the panel shows it", () => /Deep Brown/.test(panel()?.text ?? ""));
  const start = await rehearsal.listen(seconds(4), { as: "ana" });
  expect(largestStep(start)).toBeLessThan(0.05);
  const heard = await inTime(rehearsal, (listen) => listen(seconds(5)));
  expect(heard.lufs).toBeGreaterThan(-33.5);
  expect(heard.lufs).toBeLessThan(-30.5);
  expect(silentFrames(heard)).toBe(0);
  expect(heard.statistics).toMatchObject({ unencrypted: 0, undecryptable: 0, lost: 0, reordered: 0 });
  expect(rehearsal.voice.connection(rehearsal.guildId as never)).toMatchObject({ daveVersion: 1, speaking: true });
});

test("the panel pings nobody and makes no sound of its own", () => {
  const { flags, raw } = panel()!;
  expect(flags & (1 << 12)).not.toBe(0);
  expect(flags & (1 << 15)).not.toBe(0);
  expect(raw.mentions).toEqual([]);
});

test("/pause fades to silence, and /resume continues from the same position", async () => {
  const pausing = ana.slash("pause");
  const away = await rehearsal.listen(seconds(2));
  expect((await pausing).text).toMatch(/paused/i);
  expect(level(away, 0.6, 1)).toBe(Number.NEGATIVE_INFINITY);
  expect(away.silencePackets).toBe(5);
  expect(largestStep(away)).toBeLessThan(0.05);
  const resuming = ana.slash("resume");
  const back = await rehearsal.listen(seconds(3));
  await resuming;
  expect(level(back, 0.7, 1)).toBeGreaterThan(-38);
  expect(largestStep(back)).toBeLessThan(0.05);
});

test("/loudness lowers the volume by its step, and restores it", async () => {
  const before = await rehearsal.listen(seconds(3));
  expect((await ana.slash("loudness", { step: "quiet" })).text).toContain("quiet");
  await rehearsal.listen(seconds(2));
  const quiet = await rehearsal.listen(seconds(3));
  expect(before.lufs - quiet.lufs).toBeGreaterThan(10.5);
  expect(before.lufs - quiet.lufs).toBeLessThan(13.5);
  await ana.slash("loudness", { step: "normal" });
});

test("/skip crossfades to the next sound without a moment of silence", async () => {
  const heard = await inTime(rehearsal, async (listen) => {
    expect((await ana.slash("play", { sound: "pink-noise", when: "next" })).text).toMatch(/next/);
    const skipping = ana.slash("skip");
    const heard = await listen(seconds(6));
    expect((await skipping).text).toMatch(/Pink Hush/);
    return heard;
  });
  expect(silentFrames(heard)).toBe(0);
  // Twice that of pink noise at this level; a click is many times that.
  expect(largestStep(heard)).toBeLessThan(0.15);
  await rehearsal.waitUntil("the panel shows it", () => /### \*\*Pink Hush/.test(panel()?.text ?? ""));
  // It is the other sound: brown noise has little above 2 kHz.
  const bright = heard.spectrum.filter(({ hertz }) => hertz > 2_000).map(({ db }) => db);
  expect(Math.max(...bright)).toBeGreaterThan(-75);
});

test("a listener who joins late hears it too, and the keys change without a gap", async () => {
  const afterwards = await inTime(rehearsal, async (listen) => {
    const bo = await rehearsal.member("bo").join("lounge");
    await bo.listener()?.ready();
    const heard = await rehearsal.listen(seconds(2), { as: "bo" });
    expect(heard.lufs).toBeGreaterThan(-45);
    expect(heard.statistics.unencrypted).toBe(0);
    await bo.leave();
    return listen(seconds(2));
  });
  expect(silentFrames(afterwards)).toBe(0);
});

test("when the last listener leaves it pauses, and the first to return hears it within 5 s", async () => {
  await ana.leave();
  await rehearsal.waitUntil("the panel says so", () => /Paused until someone comes back/.test(panel()?.text ?? ""));
  await ana.join("lounge");
  const heard = await rehearsal.listen(seconds(5));
  expect(level(heard, 0.8, 1)).toBeGreaterThan(-55);
});

test("the sleep timer fades evenly; extended in the fade, the sound comes back", async () => {
  await ana.slash("sleep in", { duration: "8s" });
  const fading = await rehearsal.listen(seconds(5));
  const [first, middle, last] = [level(fading, 0, 0.2), level(fading, 0.4, 0.6), level(fading, 0.8, 1)];
  expect(first - middle).toBeGreaterThan(5);
  expect(middle - last).toBeGreaterThan(5);
  expect((await ana.slash("sleep extend", { by: "30m" })).text).toMatch(/silent at/);
  await rehearsal.listen(seconds(4));
  const back = await rehearsal.listen(seconds(2));
  expect(back.lufs).toBeGreaterThan(-35);
});

test("at the end of the timer there is silence, the bot leaves, and the panel says good night", async () => {
  await rehearsal.leaveAtOnce();
  await ana.slash("sleep in", { duration: "6s" });
  const heard = await rehearsal.listen(seconds(9));
  expect(level(heard, 0.85, 1)).toBe(Number.NEGATIVE_INFINITY);
  expect(largestStep(heard)).toBeLessThan(0.05);
  await rehearsal.waitUntil("the bot has left", () => rehearsal.botChannel() === undefined);
  await rehearsal.waitUntil("the panel says so", () => /Good night/.test(panel()?.text ?? ""));
  expect(panel()?.raw.components).toHaveLength(1);
});

test("nothing that was sent broke any of Discord's rules", () => {
  expect(rehearsal.violations).toEqual([]);
});
