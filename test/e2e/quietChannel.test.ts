import { PermissionFlagsBits } from "discord-api-types/v10";
import { EVERYONE_PERMISSIONS, type Member, type Recording } from "discord-emulator";
import { afterAll, beforeAll, expect, test } from "vitest";
import { minutes, seconds } from "../../src/kernel/units.ts";
import { openTimeMachine } from "../support/timeMachine.ts";
import { openRehearsal, type Rehearsal } from "./openRehearsal.ts";

/** A channel that sleeps: nobody types `/play`. */
let rehearsal: Rehearsal;
let machine: Awaited<ReturnType<typeof openTimeMachine>>;
let ana: Member;
let bo: Member;

beforeAll(async () => {
  machine = await openTimeMachine(0);
  rehearsal = await openRehearsal({ sounds: ["brown-noise"], environment: machine.environment });
  ana = rehearsal.member("ana");
  bo = rehearsal.member("bo");
});
afterAll(async () => {
  await rehearsal?.close();
  await machine?.close();
});

const isThere = () => rehearsal.waitUntil("the bot is in the lounge", () => rehearsal.botChannel() === "lounge");
const hear = (time: number, as = "ana") => rehearsal.listen(seconds(time), { as });
/** The level of one second of a recording, in dBFS. */
const levelIn = ({ left }: Recording, second: number): number => {
  const part = left.subarray(second * 48_000, (second + 1) * 48_000);
  return 10 * Math.log10(part.reduce((sum, sample) => sum + sample * sample, 1e-12) / part.length);
};
const shown = () => rehearsal.messages("lounge").at(-1)?.text ?? "";
const shows = (what: RegExp) => rehearsal.waitUntil(`the panel shows ${what}`, () => what.test(shown()));

test("a host chooses a quiet channel, and the bot waits there in silence, also after kill -9", async () => {
  const hana = rehearsal.member("hana", { permissions: EVERYONE_PERMISSIONS | PermissionFlagsBits.ManageGuild });
  const page = await hana.slash("settings");
  await rehearsal.waitUntil("the page is there", () => page.latest().text !== "");
  await hana.click("Quiet channel");
  const kept = await hana.submit("lull:settings-quiet-channel", {
    channel: [rehearsal.channel("lounge").id],
    plays: "Deep Brown",
    hours: "",
    zone: "UTC",
    stay: "yes",
  });
  await rehearsal.waitUntil("the page says so", () => /plays \*\*Deep Brown\*\* all day/.test(kept.latest().text));
  await isThere();
  await rehearsal.restart("kill");
  await isThere();
  expect(rehearsal.messages("lounge")).toEqual([]);
});

test("sound begins with the first who enters, and rises slowly", async () => {
  await ana.join("lounge");
  const [risen] = await Promise.all([hear(14), shows(/### \*\*Deep Brown\*\*/).then(() => bo.join("lounge"))]);
  const levels = Array.from({ length: 14 }, (_, second) => levelIn(risen, second));
  // By 6 dB a second, from what no codec can tell from silence; when it begins is up to how busy the machine is.
  const begins = levels.findIndex((level) => level > -60);
  const [first, third, fifth] = [0, 2, 4].map((more) => levels[begins + more]!);
  expect(begins, levels.join(" ")).toBeGreaterThan(1);
  for (const [before, after] of [
    [first, third],
    [third, fifth],
  ] as const) {
    expect(after! - before!, levels.join(" ")).toBeGreaterThan(8);
    expect(after! - before!, levels.join(" ")).toBeLessThan(16);
  }
});

test("kill -9 while it plays: it comes back to those who are there, at its level", async () => {
  await rehearsal.restart("kill");
  await isThere();
  await shows(/### \*\*Deep Brown\*\*/);
  await hear(3, "bo");
  const [one, other] = await Promise.all([hear(1), hear(1, "bo")]);
  // Stored at −32 LUFS.
  expect(one.lufs).toBeGreaterThan(-34);
  expect(one.lufs).toBeLessThan(-30);
  expect(Math.abs(one.lufs - other.lufs)).toBeLessThan(1);
});

test("it rests when the last has left, and the bot is still there in silence when they are gone for long", async () => {
  await ana.leave();
  expect((await hear(1, "bo")).packets).toBeGreaterThan(40);
  await bo.leave();
  await shows(/Paused until someone comes back/);
  await machine.jump(rehearsal.bot(), minutes(10) + seconds(1));
  await shows(/Everyone had gone/);
  await isThere();
  expect(shown()).toMatch(/Everyone had gone/);
});

test("what somebody stops stays silent while they are there, and the bot waits again once they have left", async () => {
  await ana.join("lounge");
  await shows(/### \*\*Deep Brown\*\*/);
  await ana.slash("stop");
  await rehearsal.waitUntil("the bot has left", () => rehearsal.botChannel() === undefined);
  expect((await hear(1)).packets).toBe(0);
  await ana.leave();
  await isThere();
  expect(rehearsal.violations).toEqual([]);
});
