import { setTimeout as sleep } from "node:timers/promises";
import type { Member, Recording } from "discord-emulator";
import { afterAll, beforeAll, expect, test } from "vitest";
import { seconds } from "../../src/kernel/units.ts";
import { openRehearsal, type Rehearsal } from "./openRehearsal.ts";

let rehearsal: Rehearsal;
let ana: Member;
let bo: Member;
let cy: Member;

beforeAll(async () => {
  rehearsal = await openRehearsal({ sounds: ["brown-noise", "ocean", "pink-noise"] });
  rehearsal.grantBot("MOVE_MEMBERS");
  ana = await rehearsal.member("ana").join("lounge");
  bo = await rehearsal.member("bo").join("lounge");
  cy = await rehearsal.member("cy").join("lounge");
});
afterAll(() => rehearsal.close());

const said = async (member: Member, path: string, options: Parameters<Member["slash"]>[1] = {}) => {
  const answer = await member.slash(path, options);
  await rehearsal.waitUntil("the answer is there", () => answer.latest().text !== "");
  return answer.latest().text;
};
const panel = () => rehearsal.messages("general").at(-1)?.text ?? "";
const shows = (what: RegExp, limit?: number) =>
  rehearsal.waitUntil(`the panel shows ${what}`, () => what.test(panel()), limit);
const largestStep = ({ left }: Recording) =>
  left.reduce((most, sample, i) => Math.max(most, Math.abs(sample - (left[i - 1] ?? sample))), 0);
const seatOf = (name: string) => rehearsal.members().find((person) => person.name === name)?.voice?.channel;
/** Waits until everyone hears the sound, however busy the machine is. */
const heard = async (member: string) => {
  for (let tries = 0; tries < 20; tries++) {
    const { lufs } = await rehearsal.listen(seconds(1), { as: member });
    if (lufs > -45) return lufs;
  }
  throw new Error(`${member} hears nothing.`);
};

test("a mix is built while it plays, every listener hears it, and /mix save brings it back", async () => {
  await said(ana, "play", { sound: "brown-noise" });
  await shows(/### \*\*Deep Brown\*\*/);
  const alone = await heard("bo");
  expect(await said(bo, "mix add", { sound: "ocean", place: "left" })).toMatch(/Slow Shore.*left/);
  await shows(/Deep Brown \+ Slow Shore \(left\)/);
  await sleep(2_000);
  const both = await rehearsal.listen(seconds(3), { as: "cy" });
  expect(both.lufs).toBeGreaterThan(alone);
  expect(both.lufs).toBeLessThan(-22);
  const power = (samples: Float32Array) => samples.reduce((sum, each) => sum + each * each, 0);
  expect(power(both.left)).toBeGreaterThan(1.2 * power(both.right));
  expect(await said(ana, "mix save", { name: "Cabin by the sea" })).toMatch(/to favou?rites/);
  await said(cy, "mix remove", { layer: "ocean" });
  await shows(/### \*\*Deep Brown\*\*\nQueued/);
  await said(ana, "play", { sound: "Cabin by the sea", when: "now" });
  await shows(/### \*\*Cabin by the sea\*\*/);
});

test("skipping another member's sound takes more than half of the listeners; anyone can turn it down", async () => {
  await said(bo, "play", { sound: "pink-noise" });
  expect(await said(bo, "skip")).toMatch(/1 of 2 votes/);
  await shows(/votes to skip/);
  expect(await said(cy, "skip")).toMatch(/Pink Hush/);
  await shows(/### \*\*Pink Hush\*\*/);
  expect(await said(cy, "loudness", { step: "quiet" })).toMatch(/quiet/);
  expect(await said(ana, "loudness", { step: "normal" })).toMatch(/Anyone can turn it down/);
});

test("muting yourself during the fade gives everyone 15 more minutes", async () => {
  await said(ana, "sleep in", { duration: "1m" });
  await shows(/Fading out/);
  cy.setSelfMute(true);
  await shows(/fades from/);
  await said(ana, "sleep in", { duration: "1m" });
  await shows(/Fading out/);
  bo.sendVoiceEffect("🌙");
  await shows(/fades from/);
  expect(await said(ana, "sleep cancel")).toMatch(/off/);
});

test("after the end the bot stays in silence, and a listener who mutes themselves brings the sound back at a whisper", async () => {
  const before = await heard("ana");
  await said(ana, "sleep in", { duration: "5s" });
  await shows(/Silent since <t:\d+:t>\. Still awake\?/);
  await rehearsal.listen(seconds(1), { as: "bo" });
  expect((await rehearsal.listen(seconds(1), { as: "bo" })).packets).toBe(0);
  expect(rehearsal.botChannel()).toBe("lounge");
  bo.setSelfMute(true);
  await shows(/silent at <t:\d+:t>/);
  const rising = await rehearsal.listen(seconds(6), { as: "bo" });
  expect(largestStep(rising)).toBeLessThan(0.02);
  expect(rising.lufs).toBeLessThan(before - 15);
  await rehearsal.listen(seconds(13), { as: "bo" });
  const back = await rehearsal.listen(seconds(2), { as: "bo" });
  expect(back.lufs).toBeGreaterThan(rising.lufs + 6);
  // From quiet to a whisper: 6 dB.
  expect(back.lufs).toBeGreaterThan(before - 10);
  expect(back.lufs).toBeLessThan(before - 3);
  await said(ana, "sleep cancel");
  await said(ana, "play", { sound: "brown-noise", when: "now" });
  await shows(/### \*\*Deep Brown\*\*/);
  expect(await said(ana, "loudness", { step: "normal" })).toMatch(/normal/);
});

test("for whom it is too much, it gets softer for all on a ramp, or they leave, and nobody else sees that they asked", async () => {
  await heard("ana");
  const before = await rehearsal.listen(seconds(1.5), { as: "ana" });
  const answer = await cy.click("Too much for me", rehearsal.messages("general").at(-1));
  await rehearsal.waitUntil("it is answered", () => answer.latest().text !== "");
  expect(answer.latest()).toMatchObject({ ephemeral: true, text: expect.stringContaining("Only you can see this") });
  const offered = JSON.stringify(answer.latest().raw);
  const button = (action: string) => new RegExp(`"(lull:too-much-${action}:[^"]*)"`).exec(offered)?.[1] ?? "";
  const [ramp] = await Promise.all([rehearsal.listen(seconds(2.5), { as: "ana" }), cy.click(button("softer"))]);
  // No step that the noise itself does not have.
  expect(largestStep(ramp)).toBeLessThan(largestStep(before) * 1.3);
  const softer = (await rehearsal.listen(seconds(1.5), { as: "ana" })).lufs - before.lufs;
  expect(softer).toBeGreaterThan(-8);
  expect(softer).toBeLessThan(-4);

  await cy.click(button("leave"));
  await rehearsal.waitUntil("cy is out", () => seatOf("cy") === undefined);
  expect([seatOf("ana"), seatOf("bo")]).toEqual(["lounge", "lounge"]);
  const seen = [...rehearsal.messages("general"), ...ana.messages("general"), ...bo.messages("general")];
  expect(JSON.stringify(seen.map(({ raw }) => raw))).not.toMatch(/Only you can see|for everyone/);
  await cy.join("lounge");
  expect(await said(ana, "loudness", { step: "normal" })).toMatch(/normal/);
});

test("a member who asked to leave is disconnected alone, and the session continues for the others", async () => {
  expect(await said(bo, "sleep me", { duration: "5s" })).toMatch(/disconnect you at/);
  await rehearsal.waitUntil("bo is out", () => seatOf("bo") === undefined, seconds(30));
  expect(seatOf("ana")).toBe("lounge");
  expect(await heard("ana")).toBeGreaterThan(-50);
});

test("while a member speaks the sound is lowered, and it comes back", async () => {
  const before = await heard("ana");
  const speaking = cy.listener()!.speak(seconds(3));
  await sleep(1_000);
  const during = await rehearsal.listen(seconds(1.5), { as: "ana" });
  await speaking;
  expect(during.lufs).toBeLessThan(before - 5);
  let after = during;
  for (let tries = 0; tries < 10 && after.lufs < before - 2; tries++)
    after = await rehearsal.listen(seconds(1), { as: "ana" });
  expect(after.lufs).toBeGreaterThan(before - 2);
});

test("the sound pauses with the last to leave and resumes with the first to return; Discord's rules are kept", async () => {
  await cy.leave();
  await ana.leave();
  await shows(/Paused until someone comes back/);
  await cy.join("lounge");
  await shows(/\nPause\n/);
  expect(await heard("cy")).toBeGreaterThan(-50);
  expect(rehearsal.violations).toEqual([]);
});
