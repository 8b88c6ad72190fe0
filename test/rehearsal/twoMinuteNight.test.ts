import { afterAll, beforeAll, expect, test } from "vitest";
import { seconds } from "../../src/kernel/units.ts";
import { TWO_MINUTE_NIGHT, type TwoMinuteNightStep } from "../../src/rehearsal/twoMinuteNight.ts";
import { openRehearsal, type Rehearsal } from "../e2e/openRehearsal.ts";

let rehearsal: Rehearsal;

beforeAll(async () => {
  rehearsal = await openRehearsal({ sounds: ["rain-window", "ocean"] });
  await rehearsal.member("you").join("lounge");
});
afterAll(() => rehearsal.close());

const act = (step: TwoMinuteNightStep) =>
  TWO_MINUTE_NIGHT[step].act({ companion: (name) => rehearsal.member(name), channel: "lounge" });
const panelSays = (words: RegExp, limit = seconds(15)) =>
  rehearsal.waitUntil(
    `the panel says ${words}`,
    () => words.test(rehearsal.messages("general").at(-1)?.text ?? ""),
    limit,
  );

test("every step of the night in two minutes is something that the bot does", async () => {
  await act("comesIn");
  await act("plays");
  await panelSays(/Rain on Glass/);
  await act("joins");
  await act("queues");
  await act("votes");
  await panelSays(/^### \*\*Slow Shore/);
  await act("avoids");
  await act("speaks");
  await act("setsTimer");
  await panelSays(/Silent at <t/, seconds(5));
  await act("isAwake");
  await act("hurries");
  await act("fallsSilent");
  await act("leaves");
  expect(rehearsal.violations).toEqual([]);
});
