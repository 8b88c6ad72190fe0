import { expect, test } from "vitest";
import { BREATHS, type BreathName, breathSeconds } from "../../../src/kernel/breath.ts";
import { framesIn, minutes, seconds } from "../../../src/kernel/units.ts";
import { CROSSFADE } from "../../../src/session/timing.ts";
import { ana, bo, lounge } from "../../session/sessionFixture.ts";
import { openCommandHarness, SOUNDS, sound } from "../commandHarness.ts";

const sounds = [
  ...SOUNDS,
  sound("breath-swell", "Slow Swell", "noise", { risks: ["breath"] }),
  sound("breath-box", "Even Swell", "noise", { risks: ["breath"] }),
  sound("breath-4-7-8", "Long Swell", "noise", { risks: ["breath"] }),
  sound("breath-sigh", "Double Swell", "noise", { risks: ["breath"] }),
];

test("/breathe joins, paces the breath, and says how and what comes after", async () => {
  const harness = await openCommandHarness({ sounds });
  const { text: answer, replies } = await harness.slash("breathe");
  expect(replies.at(-1)).toMatchObject({
    files: [{ name: "breathing-light.gif", description: expect.stringContaining("petals") }],
  });
  expect(answer).toBe(
    [
      "**Slow Swell** in <#10> for 5 min: in 4 s · out 6 s.",
      "After that it is silent.",
      "-# Breathe as it suits you. If you feel dizzy, breathe as usual.",
    ].join("\n"),
  );
  expect(harness.view()).toMatchObject({ channel: lounge, now: { title: "Slow Swell", interlude: true } });
  await harness.slash("play", { sound: "ocean", when: "now" });
  const { text } = await harness.slash("breathe", { pattern: "sigh", minutes: 2 });
  expect(text).toContain("in 3 s · 1 s more · out 6 s.\nAfter that comes **Slow Shore**.");
});

test.each(Object.keys(BREATHS) as BreathName[])("%s lasts as many whole breaths as come nearest", async (pattern) => {
  const harness = await openCommandHarness({ sounds });
  for (const count of [1, 7, 20]) {
    await harness.slash("breathe", { pattern, minutes: count });
    const whole = harness.view()!.now!.length + CROSSFADE;
    expect(whole % seconds(breathSeconds(pattern))).toBe(0);
    expect(Math.abs(whole - minutes(count))).toBeLessThanOrEqual(seconds(breathSeconds(pattern)) / 2);
    expect(framesIn(whole)).toBeGreaterThan(0);
  }
});

test("/breathe keeps to avoid lists, and needs a voice channel", async () => {
  const harness = await openCommandHarness({ sounds });
  expect((await harness.slash("breathe", {}, bo)).text).toMatch(/voice channel/);
  await harness.storage.avoidLists.set(bo, { triggers: [], risks: ["breath"], mode: "always" });
  harness.seat(ana, bo);
  expect((await harness.slash("breathe")).text).toContain("it’s skipped");
  expect(harness.view()).toBeUndefined();
});
