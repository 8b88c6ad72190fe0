import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PermissionFlagsBits } from "discord-api-types/v10";
import { EVERYONE_PERMISSIONS, type Member, type Recording } from "discord-emulator";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Programme } from "../../src/catalogue/programmes.ts";
import { type BreathName, breathAt, breathSeconds } from "../../src/kernel/breath.ts";
import { type GuildId, id, type SoundId, type UserId } from "../../src/kernel/ids.ts";
import { hours, type Millis, minutes, seconds } from "../../src/kernel/units.ts";
import { openStorage } from "../../src/storage/openStorage.ts";
import { chosenOptions } from "../support/chosenOptions.ts";
import { openTimeMachine } from "../support/timeMachine.ts";
import { inTime } from "./inTime.ts";
import { openRehearsal, type Rehearsal } from "./openRehearsal.ts";

/** From half past eleven at night to the morning after, by the bot's clock. */
let rehearsal: Rehearsal;
let machine: Awaited<ReturnType<typeof openTimeMachine>>;
let data: string;
let ana: Member;
let bo: Member;
let hana: Member;

/** Half an hour of noise: this test is not about the sound. */
const short: Programme = {
  id: "own-short",
  title: "Short",
  description: "Noise.",
  goal: "sleep",
  ends: "silence",
  phases: [
    {
      name: "dissolve",
      minutes: 30,
      fromDb: 0,
      toDb: -12,
      mix: [{ sound: id<SoundId>("brown-noise"), gainDb: 0, place: "centre" }],
    },
  ],
};

const DAY = hours(24);
const untilHalfPastEleven = (23.5 * hours(1) - (Date.now() % DAY) + DAY) % DAY;

beforeAll(async () => {
  machine = await openTimeMachine(untilHalfPastEleven);
  data = await mkdtemp(join(tmpdir(), "lull-night-"));
  rehearsal = await openRehearsal({
    sounds: ["brown-noise", "pink-noise", "breath-swell"],
    environment: { ...machine.environment, LULL_DATA: data, TIME_ZONE: "UTC" },
  });
  rehearsal.grantBot("MOVE_MEMBERS");
  rehearsal.setAfkChannel("loft");
  ana = await rehearsal.member("ana").join("lounge");
  bo = await rehearsal.member("bo").join("lounge");
  hana = rehearsal.member("hana", { permissions: EVERYONE_PERMISSIONS | PermissionFlagsBits.ManageGuild });
});
afterAll(async () => {
  await rehearsal?.close();
  await machine?.close();
  await rm(data, { recursive: true, force: true });
});

const jump = (by: Millis) => machine.jump(rehearsal.bot(), by);
const said = async (member: Member, path: string, options: Parameters<Member["slash"]>[1] = {}) => {
  const answer = await member.slash(path, options);
  await rehearsal.waitUntil("the answer is there", () => answer.latest().text !== "");
  return answer.latest().text;
};
const panel = () => rehearsal.messages("general").at(-1)?.text ?? "";
const shows = (what: RegExp) => rehearsal.waitUntil(`the panel shows ${what}`, () => what.test(panel()));
const seatOf = (name: string) => rehearsal.members().find((person) => person.name === name)?.voice?.channel;
const gone = () => rehearsal.waitUntil("the bot has left", () => rehearsal.botChannel() === undefined);
const choose = async (key: string, value: string, told: RegExp) => {
  await hana.slash("settings");
  const changed = await hana.select(`lull:settings:${key}`, [value]);
  // A select shows what is chosen; no text repeats it.
  await rehearsal.waitUntil(`the page shows ${told}`, () => told.test(chosenOptions(changed.latest()).join("\n")));
};
/** Waits until ana hears the sound between two levels. */
const heardBetween = async (softest: number, loudest: number) => {
  let lufs = Number.NEGATIVE_INFINITY;
  for (let tries = 0; tries < 15 && !(lufs > softest && lufs < loudest); tries++)
    ({ lufs } = await rehearsal.listen(seconds(1), { as: "ana" }));
  expect(lufs).toBeGreaterThan(softest);
  expect(lufs).toBeLessThan(loudest);
};

const [SCHEDULED, ACTIVE] = [1, 2];
type Event = { readonly id: string; readonly status: number };
const events = async (): Promise<readonly Event[]> => {
  const path = `${rehearsal.apiBase}/v10/guilds/${rehearsal.guildId}/scheduled-events`;
  return (await (
    await fetch(path, { headers: { authorization: `Bot ${rehearsal.token}` } })
  ).json()) as readonly Event[];
};
/** Waits until Discord's events satisfy the test. */
const eventsAre = async (description: string, fits: (events: readonly Event[]) => boolean) => {
  for (let tries = 0; tries < 150; tries++) {
    const found = await events();
    if (fits(found)) return found;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`In vain: ${description}.`);
};

test("/doctor names the one missing permission, and where to grant it", async () => {
  rehearsal.channel("lounge").denyBot("SPEAK");
  expect(await said(ana, "doctor")).toMatch(/Speak/);
  rehearsal.channel("lounge").allowBot("SPEAK");
  expect(await said(ana, "doctor")).toMatch(/All good/);
});

/** How alike two series are, from −1 to 1. */
const correlation = (one: readonly number[], other: readonly number[]): number => {
  const mean = (values: readonly number[]) => values.reduce((sum, x) => sum + x, 0) / values.length;
  const [a, b] = [one, other].map((values) => values.map((x) => x - mean(values))) as [number[], number[]];
  const dot = (x: readonly number[], y: readonly number[]) => x.reduce((sum, each, i) => sum + each * y[i]!, 0);
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
};

/** How well what is heard swells and ebbs as one breathes in this way, wherever in a breath it begins. */
const fits = ({ levels }: Recording, name: BreathName): number => {
  // Over a quarter of a second; without the frames that the recording may cut off or has missed.
  const smooth = levels
    .slice(1, -1)
    .map((level, i, all) => Math.max(level, all[i - 1] ?? -60, -60))
    .map((_, i, all) => 10 * Math.log10(all.slice(i, i + 13).reduce((sum, level) => sum + 10 ** (level / 10), 0)))
    .slice(0, -13);
  const phases = Array.from({ length: 10 * breathSeconds(name) }, (_, i) => i / 10);
  return Math.max(
    ...phases.map((phase) =>
      correlation(
        smooth,
        smooth.map((_, i) => breathAt(name, phase + i * 0.02).full),
      ),
    ),
  );
};

const largestStep = (samples: Float32Array) =>
  samples.reduce((most, sample, i) => Math.max(most, Math.abs(sample - (samples[i - 1] ?? sample))), 0);

test("/breathe paces the breath, is at its place after a kill, and what played before comes back, all on ramps", async () => {
  await said(ana, "play", { sound: "brown-noise" });
  await heardBetween(-45, -28);
  for (const refused of [{ minutes: 0 }, { minutes: 21 }, { pattern: "5-5" }])
    await expect(ana.slash("breathe", refused)).rejects.toThrow(/out of bounds|choice/);
  const begins = await inTime(rehearsal, async (listen) => {
    const [begun, answer] = await Promise.all([
      listen(seconds(3), { as: "ana" }),
      said(ana, "breathe", { minutes: 1 }),
    ]);
    expect(answer).toMatch(/Slow Swell.*in 4 s · out 6 s\.\nAfter that comes \*\*Deep Brown/s);
    return begun;
  });
  expect(largestStep(begins.left)).toBeLessThan(0.05);
  await shows(/### \*\*Slow Swell\*\*\nBreath: in 4 s · out 6 s[\s\S]*Next: \*\*Deep Brown/);
  const heard = await rehearsal.listen(seconds(16), { as: "ana" });
  // A breath takes 10 s, neither 16 nor 19.
  expect(fits(heard, "4-6")).toBeGreaterThan(0.85);
  for (const other of ["box", "4-7-8"] as const) expect(fits(heard, other)).toBeLessThan(fits(heard, "4-6") - 0.05);
  await rehearsal.restart("kill");
  await heardBetween(-50, -28);
  // Of 56 s it has played more than 19: from its beginning, it would not be over yet.
  let left = seconds(38);
  const ends = await inTime(rehearsal, async (listen) => {
    if (!panel().includes("### **Slow Swell")) await said(ana, "breathe", { minutes: 1 });
    await shows(/### \*\*Slow Swell/);
    await jump(left);
    left = minutes(1);
    return listen(seconds(5), { as: "ana" });
  });
  expect(largestStep(ends.left)).toBeLessThan(0.05);
  await shows(/### \*\*Deep Brown/);
  await said(ana, "stop");
  await gone();
});

test("Wind Down guides on the panel in the server's language, and paces the breath by sound", async () => {
  await choose("language", "de", /Deutsch/);
  await said(ana, "evening start", { programme: "wind-down" });
  await shows(/Zur Ruhe kommen, .*1 .*5.*\nEin Glas Wasser und einmal langsam strecken/);
  // Its first sound need not be rendered for what comes next.
  await said(ana, "skip");
  await shows(/Atme ein, während der Klang anschwillt.*\nAtem: ein 4 s · aus 6 s/);
  await heardBetween(-50, -28);
  expect(fits(await rehearsal.listen(seconds(12), { as: "ana" }), "4-6")).toBeGreaterThan(0.85);
  await jump(minutes(4));
  await shows(/Lass einen Teil nach dem anderen schwer werden/);
  await said(ana, "stop");
  await gone();
  await choose("language", "discord", /Discord/);
});

test("/settings is for hosts, and what is chosen there is applied", async () => {
  expect(await said(ana, "settings")).toMatch(/host role/);
  await choose("end", "take-along", /move listeners/);
  await hana.click("Quiet hours");
  const written = { from: "22:00", to: "6:00", zone: "UTC", timer: "90m", softer: "6" };
  const kept = await hana.submit("lull:settings-quiet", written);
  await rehearsal.waitUntil("the page says so", () => /22:00 to 06:00/.test(kept.latest().text));
});

test("during quiet hours the volume is lower, and there is a timer that nobody set", async () => {
  await said(ana, "play", { sound: "brown-noise" });
  await shows(/### \*\*Deep Brown\*\*[\s\S]*silent at <t:\d+:t>/);
  // Stored at −32 LUFS, and 6 LU softer.
  await heardBetween(-42, -35);
});

test("without Move Members, /sleep me says so at once rather than at night", async () => {
  rehearsal.revokeBot("MOVE_MEMBERS");
  expect(await said(bo, "sleep me", { duration: "5s" })).toMatch(/Move Members/);
  rehearsal.grantBot("MOVE_MEMBERS");
  expect(panel()).not.toMatch(/Move Members/);
});

test("at the end, members who agreed are disconnected, the others are in the AFK channel, and the bot has left", async () => {
  await said(ana, "privacy allow", { what: "disconnect", answer: "yes" });
  await said(ana, "privacy allow", { what: "named", answer: "yes" });
  await jump(minutes(25));
  expect(await said(ana, "sleep in", { duration: "5s" })).toMatch(/<t:/);
  await shows(/Silent since <t:\d+:t>\. Still awake\?/);
  expect(rehearsal.botChannel()).toBe("lounge");
  expect([seatOf("ana"), seatOf("bo")]).toEqual(["lounge", "lounge"]);
  await jump(minutes(10) + seconds(1));
  await shows(/Fell silent/);
  await rehearsal.waitUntil("ana is out, and bo is away", () => seatOf("ana") === undefined && seatOf("bo") === "loft");
  await gone();
});

test("in the morning the panel says once how long and how many rested, and names those who agreed", async () => {
  await jump(hours(7) + minutes(10));
  await shows(/Good morning\. Two of you rested here for 25 minutes/);
  expect(panel()).toContain(`<@${ana.id}>`);
  expect(panel()).not.toContain(`<@${bo.id}>`);
  expect(panel().match(/Good morning/g)).toHaveLength(1);
});

test("left alone, it waits and leaves after ten minutes", async () => {
  await ana.join("lounge");
  await said(ana, "play", { sound: "brown-noise" });
  await heardBetween(-45, -25);
  await ana.leave();
  await shows(/Paused until someone comes back/);
  await jump(minutes(9));
  // A message that would be too early appears at once.
  await rehearsal.listen(seconds(1), { as: "bo" });
  expect(rehearsal.botChannel()).toBe("lounge");
  await jump(minutes(1) + seconds(1));
  await shows(/Everyone had gone/);
  await gone();
});

test("an evening to which nobody comes starts on time, waits for ten minutes, and ends its event", async () => {
  const storage = await openStorage({ path: join(data, "lull.sqlite") });
  const { id: _, ...programme } = short;
  await storage.programmes.save(id<GuildId>(rehearsal.guildId), programme, id<UserId>(hana.id));
  await storage.close();
  const begins = Math.ceil((machine.now() + minutes(2)) / minutes(1)) * minutes(1);
  const at = new Date(begins).toISOString().slice(11, 16);
  const lounge = rehearsal.channel("lounge").id;
  await said(hana, "evening schedule", { programme: "Short", at, channel: lounge, zone: "UTC" });
  const [planned] = await eventsAre("the event is there", ([event]) => event?.status === SCHEDULED);
  await jump(begins - machine.now() + seconds(1));
  await rehearsal.waitUntil("the bot comes by itself", () => rehearsal.botChannel() === "lounge");
  await eventsAre("its event is open", ([event]) => event?.id === planned!.id && event.status === ACTIVE);
  await jump(minutes(10) + seconds(1));
  await gone();
  await eventsAre("the next event is there", ([event]) => event?.status === SCHEDULED && event.id !== planned!.id);
});

/** The next full minute of the bot's clock that is at least so long away, as a time that members type. */
const clockIn = (ahead: Millis) => {
  const at = Math.ceil((machine.now() + ahead) / minutes(1)) * minutes(1);
  return { at, time: new Date(at).toISOString().slice(11, 16) };
};

test("a wake-up comes by itself, rises from silence, is silent while ana snoozes, and leaves when nobody is left", async () => {
  await ana.join("lounge");
  const { at, time } = clockIn(minutes(30));
  expect(await said(ana, "wake at", { time: "25:00" })).toMatch(/didn’t understand that time/);
  expect(await said(ana, "wake at", { time, sound: "brown-noise", rise: 5, zone: "UTC" })).toMatch(
    /I’ll wake everyone/,
  );
  expect(rehearsal.botChannel()).toBeUndefined();
  await jump(at - seconds(18) - machine.now());
  await rehearsal.waitUntil("the bot comes by itself", () => rehearsal.botChannel() === "lounge");
  await shows(/Waking you: the sound rises until <t:\d+:t>/);
  const first = await rehearsal.listen(seconds(3), { as: "ana" });
  await rehearsal.listen(seconds(13), { as: "ana" });
  const risen = await rehearsal.listen(seconds(3), { as: "ana" });
  expect(first.lufs).toBeLessThan(risen.lufs - 8);
  expect(risen.lufs).toBeGreaterThan(-42);
  expect(risen.lufs).toBeLessThan(-28);
  ana.setSelfMute(true);
  await shows(/Nine more minutes: silent until/);
  await rehearsal.listen(seconds(1), { as: "ana" });
  expect((await rehearsal.listen(seconds(1), { as: "ana" })).packets).toBe(0);
  await jump(minutes(9));
  await shows(/Waking you/);
  await ana.leave();
  await gone();
  await shows(/The wake-up ended at <t:\d+:t>\. Good morning/);
});

test("a morning follows a night: an evening with a wake-up plays, falls silent, and wakes those who are there", async () => {
  await ana.join("lounge");
  const evening = clockIn(minutes(1));
  const morning = clockIn(minutes(50));
  const plan = { programme: "Short", at: evening.time, channel: rehearsal.channel("lounge").id, zone: "UTC" };
  expect(await said(hana, "evening schedule", { ...plan, wake: "25:00" })).toMatch(/didn’t understand/);
  expect(await said(hana, "evening schedule", { ...plan, wake: morning.time })).toContain(morning.time);
  await jump(evening.at + seconds(1) - machine.now());
  await rehearsal.waitUntil("the evening begins", () => rehearsal.botChannel() === "lounge");
  await shows(/### \*\*Deep Brown\*\*/);
  expect(await said(ana, "wake list")).toContain(`<t:${morning.at / seconds(1)}:`);
  await said(ana, "sleep in", { duration: "5s" });
  await shows(/Silent since <t:\d+:t>/);
  await jump(minutes(10) + seconds(1));
  await gone();
  // She has agreed to be disconnected at the end, and sleeps in the channel again.
  await ana.join("lounge");
  await jump(morning.at - minutes(10) + seconds(1) - machine.now());
  await rehearsal.waitUntil("the bot comes back for the morning", () => rehearsal.botChannel() === "lounge");
  await shows(/Waking you: the sound rises until <t:\d+:t>/);
  // At its very beginning it is all but silent.
  const { lufs } = await rehearsal.listen(seconds(2), { as: "ana" });
  expect(lufs).toBeLessThan(-50);
  await said(ana, "stop");
  await gone();
});

test("a sound that is laid over once comes and goes on a ramp, and what played before stays as it was", async () => {
  await said(ana, "play", { sound: "brown-noise" });
  await heardBetween(-45, -28);
  const power = (samples: Float32Array) => samples.reduce((sum, each) => sum + each * each, 0);
  const lean = ({ left, right }: Recording) => power(left) / power(right);
  const before = await rehearsal.listen(seconds(1.5), { as: "ana" });
  const [ramp] = await Promise.all([
    rehearsal.listen(seconds(3), { as: "ana" }),
    said(ana, "mix once", { sound: "pink-noise", place: "left" }),
  ]);
  const over = await rehearsal.listen(seconds(1.5), { as: "ana" });
  expect(lean(over)).toBeGreaterThan(lean(before) * 1.2);
  expect(over.lufs).toBeGreaterThan(before.lufs + 0.5);
  // It comes without a step that it does not have itself.
  expect(largestStep(ramp.left)).toBeLessThan(Math.max(...[before, over].map(({ left }) => largestStep(left))) * 1.3);
  await shows(/Pink Hush/);
  await jump(seconds(20));
  const after = await rehearsal.listen(seconds(3), { as: "ana" });
  expect(largestStep(after.left)).toBeLessThan(largestStep(over.left) * 1.3);
  await rehearsal.waitUntil("the panel shows that it is over", () => !panel().includes("Pink Hush"));
  const alone = await rehearsal.listen(seconds(1.5), { as: "ana" });
  expect(lean(alone)).toBeLessThan(lean(before) * 1.1);
  expect(Math.abs(alone.lufs - before.lufs)).toBeLessThan(1.5);
  await said(ana, "stop");
  await gone();
});

test("if the timer is not to end the sound, it continues at a whisper", async () => {
  await choose("end", "whisper", /continue at whisper volume/);
  await ana.join("lounge");
  await said(ana, "play", { sound: "brown-noise" });
  await heardBetween(-36, -28);
  await said(ana, "sleep in", { duration: "5s" });
  await shows(/Fading out/);
  await rehearsal.waitUntil("the timer is over", () => !/<t:\d+:t>/.test(panel()) && /\nPause\n/.test(panel()));
  await heardBetween(-56, -46);
  expect(rehearsal.botChannel()).toBe("lounge");
  expect(rehearsal.violations).toEqual([]);
});
