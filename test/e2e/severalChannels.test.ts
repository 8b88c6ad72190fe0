import type { Member, Recording } from "discord-emulator";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Millis, seconds } from "../../src/kernel/units.ts";
import { openRehearsal, type Rehearsal } from "./openRehearsal.ts";

/** One guild with one helper: sound in two voice channels at once. */
let rehearsal: Rehearsal;
let helper: string;
let ana: Member;
let bo: Member;
let cleo: Member;

beforeAll(async () => {
  rehearsal = await openRehearsal({ sounds: ["brown-noise", "pink-noise"], helpers: 1 });
  helper = rehearsal.helpers[0]!.name;
  rehearsal.channel("cellar");
  ana = await rehearsal.member("ana").join("lounge");
  bo = await rehearsal.member("bo").join("loft");
  cleo = await rehearsal.member("cleo").join("cellar");
});
afterAll(() => rehearsal?.close());

const said = async (member: Member, path: string, options: Parameters<Member["slash"]>[1] = {}) => {
  const answer = await member.slash(path, options);
  await rehearsal.waitUntil("the answer is there", () => answer.latest().text !== "");
  return answer.latest().text;
};
const panels = () => rehearsal.messages("general").filter(({ text }) => /Pause|Resume/.test(text));
const panelOf = (title: string) => panels().find(({ text }) => text.includes(`### **${title}**`));
const shows = (title: string) =>
  rehearsal.waitUntil(`a panel shows ${title}`, () => /Pause/.test(panelOf(title)?.text ?? ""));
const areIn = (own: string | undefined, other: string | undefined) =>
  rehearsal.waitUntil(
    `Lull is in ${own} and the helper in ${other}`,
    () => rehearsal.botChannel() === own && rehearsal.botChannel(helper) === other,
    20_000,
  );
const SILENCE = -60;
/** Listens in both channels at the same time, until both are heard. */
const bothHear = async (duration: Millis): Promise<readonly [Recording, Recording]> => {
  for (let tries = 0; tries < 15; tries++) {
    const heard = await Promise.all(["ana", "bo"].map((as) => rehearsal.listen(duration, { as })));
    if (heard.every(({ lufs }) => lufs > SILENCE)) return [heard[0]!, heard[1]!];
  }
  throw new Error("One of the two channels stays silent.");
};
/** The level above 1 kHz relative to that below 500 Hz, in decibels. */
const brightness = ({ spectrum }: Recording) => {
  const power = (fits: (hertz: number) => boolean) =>
    spectrum.filter(({ hertz }) => fits(hertz)).reduce((sum, { db }) => sum + 10 ** (db / 10), 0);
  return 10 * Math.log10(power((hertz) => hertz > 1_000) / power((hertz) => hertz < 500));
};
/** Brown noise falls by 6 dB an octave, pink noise by 3. */
const expectBoth = async () => {
  const [brown, pink] = await bothHear(seconds(1));
  expect(brightness(pink)).toBeGreaterThan(brightness(brown) + 6);
};

test("two voice channels hear different sounds at the same time, and a third is told where", async () => {
  expect(await said(ana, "play", { sound: "brown-noise" })).toContain("<#");
  await said(bo, "play", { sound: "pink-noise" });
  await areIn("lounge", "loft");
  await shows("Deep Brown");
  await shows("Pink Hush");
  await expectBoth();
  const refusal = await said(cleo, "play", { sound: "brown-noise" });
  expect(refusal).toMatch(/^All of my voices on this server are playing: in <#\d+> and <#\d+>\. Join there/);
  expect(rehearsal.bot().lines.join("\n")).toContain(`${helper} helps, and only speaks. Invite it with https://`);
});

test("each panel is for those in its own channel; a command is for the channel one is in", async () => {
  expect((await ana.click("Pause", panelOf("Pink Hush"))).text).toMatch(/<#\d+>/);
  expect((await rehearsal.listen(seconds(1), { as: "bo" })).lufs).toBeGreaterThan(SILENCE);
  await said(bo, "pause");
  await rehearsal.waitUntil("its panel says so", () => /Resume/.test(panelOf("Pink Hush")?.text ?? ""));
  await rehearsal.waitUntil("it is silent", () => rehearsal.botChannel(helper) === "loft");
  const [heard, silent] = [
    await rehearsal.listen(seconds(1), { as: "ana" }),
    await rehearsal.listen(seconds(1), { as: "bo" }),
  ];
  expect(heard.lufs).toBeGreaterThan(SILENCE);
  expect(silent.lufs).toBeLessThan(SILENCE);
  expect(panelOf("Deep Brown")?.text).toMatch(/Pause/);
  await said(bo, "resume");
  await shows("Pink Hush");
});

test("kill −9 brings both back, each with the bot that spoke", async () => {
  await rehearsal.restart("kill");
  await areIn("lounge", "loft");
  await expectBoth();
  expect(panels()).toHaveLength(2);
});

test("what ends in one channel goes on in the other, and leaves a voice for the third", async () => {
  await rehearsal.leaveAtOnce();
  await said(ana, "stop");
  await areIn(undefined, "loft");
  await said(cleo, "play", { sound: "brown-noise" });
  await areIn("cellar", "loft");
  expect((await rehearsal.listen(seconds(1), { as: "bo" })).lufs).toBeGreaterThan(SILENCE);
  expect(rehearsal.violations).toEqual([]);
});
