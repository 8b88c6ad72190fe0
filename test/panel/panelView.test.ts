import { expect, test } from "vitest";
import { english } from "../../src/i18n/english.ts";
import { minutes, seconds } from "../../src/kernel/units.ts";
import { panelOf } from "../../src/panel/panelView.ts";
import type { EndReason } from "../../src/session/session.ts";
import { readableText } from "../commands/commandHarness.ts";
import { sessionFixture, soundQueued } from "../session/sessionFixture.ts";

const shown = (tonight: ReturnType<typeof sessionFixture>) => {
  const components = panelOf(tonight.view(), english, { now: tonight.now() });
  return { text: readableText(components), json: JSON.stringify(components) };
};

test("the panel says what plays, who queued it, and what comes next", () => {
  const tonight = sessionFixture("rain");
  tonight.report({ type: "soundStarted", entry: tonight.view().now!.entry });
  expect(shown(tonight).text).toContain("### **rain**\nQueued by <@100>\nLoops until you queue something else.");
  tonight.dispatch(soundQueued("ocean"));
  tonight.dispatch(soundQueued("fire"));
  expect(shown(tonight).text).toContain("Next: **ocean**, then 1 more");
});

test("its buttons carry the session, and offer what can be done", () => {
  const tonight = sessionFixture("rain");
  expect(shown(tonight).text).toMatch(/Pause\nSkip\nSleep in 30 min\nFavourite\nStop\nTingle\nToo much for me$/);
  expect(shown(tonight).json).toContain('"lull:pause:s"');
  tonight.dispatch({ type: "paused" });
  tonight.dispatch({ type: "sleepRequested", endsAt: tonight.now() + minutes(30) });
  expect(shown(tonight).text).toMatch(/Resume\nSkip\n\+15 min\nFavourite\nStop\nTingle\nToo much for me$/);
});

test("it shows when the timer falls silent, and that it fades", () => {
  const tonight = sessionFixture("rain");
  const endsAt = tonight.now() + minutes(30);
  tonight.dispatch({ type: "sleepRequested", endsAt });
  expect(shown(tonight).text).toContain(`silent at <t:${endsAt / 1_000}:t>`);
  tonight.pass(minutes(28));
  expect(shown(tonight).text).toContain("Fading out");
});

test("while a sound is prepared, and while nobody may hear it, it says so", () => {
  const tonight = sessionFixture("rain", { manualPreparation: true });
  expect(shown(tonight).text).toContain("Getting it ready");
  const muted = sessionFixture("rain");
  muted.report({ type: "interrupted", why: "muted" });
  expect(shown(muted).text).toContain("I’m muted here");
});

test("until a packet of the first sound has gone out, it says that it is connecting", () => {
  const tonight = sessionFixture("rain", { manualStart: true });
  expect(shown(tonight).text).toContain("Connecting.");
  tonight.report({ type: "joinWaiting", duration: minutes(1) });
  expect(shown(tonight).text).toContain(
    `start by about <t:${Math.round((tonight.now() + minutes(1)) / seconds(1))}:t>`,
  );
  tonight.report({ type: "connected", channel: tonight.view().channel });
  expect(shown(tonight).text).toContain("Connecting.");
  tonight.report({ type: "soundStarted", entry: tonight.view().now!.entry });
  expect(shown(tonight).text).not.toContain("Connecting.");
  tonight.dispatch({ ...soundQueued("ocean"), when: "now" });
  expect(shown(tonight).text).toContain("### **ocean**");
  expect(shown(tonight).text).not.toContain("Connecting.");
});

test("when the session is over, one quiet line without buttons is left", () => {
  const tonight = sessionFixture("rain");
  tonight.dispatch({ type: "sleepRequested", endsAt: tonight.now() + minutes(5) });
  tonight.pass(minutes(5));
  const { text, json } = shown(tonight);
  expect(text).toMatch(/^-# Fell silent at <t:\d+:t>\. Good night\.$/);
  expect(json).not.toContain("custom_id");
});

const ENDINGS: readonly EndReason[] = [
  "slept",
  "stopped",
  "alone",
  "quiet",
  "disconnected",
  "channel-gone",
  "no-permission",
  "unreachable",
];

test.each(ENDINGS)("a session that is over because of %s has its sentence", (overWhy) => {
  const view = { ...sessionFixture("rain").view(), status: "over" as const, overWhy, endedAt: 1_000 };
  expect(readableText(panelOf(view, english, { now: 0 }))).toMatch(/^-# .+\.$/);
});

test("a title cannot style the panel", () => {
  expect(shown(sessionFixture("# **[rain](https://evil.example)** <@&1>")).text).toContain(
    "### **\\# \\*\\*\\[rain\\](https\\://evil.example)\\*\\* \\<\\@&1\\>**",
  );
});

test("a bar shows what is left of the timer, and changes at most every three minutes", () => {
  const tonight = sessionFixture("rain", { now: minutes(3_000) });
  const bar = () => /[▰▱]+/.exec(shown(tonight).text)?.[0];
  expect(bar()).toBeUndefined();
  tonight.dispatch({ type: "sleepRequested", endsAt: tonight.now() + minutes(30) });
  expect(bar()).toBe("▰".repeat(10));
  tonight.pass(minutes(2.9));
  expect(bar()).toBe("▰".repeat(10));
  tonight.pass(minutes(12.1));
  expect(bar()).toBe("▰▰▰▰▰▱▱▱▱▱");
  tonight.dispatch({ type: "sleepExtended", extra: minutes(15) });
  expect(bar()).toBe("▰▰▰▰▰▰▰▱▱▱");
  const changes = new Set<string | undefined>();
  const short = sessionFixture("rain", { now: minutes(3_000) });
  short.dispatch({ type: "sleepRequested", endsAt: short.now() + minutes(8) });
  for (let i = 0; i < 47; i++) {
    changes.add(/[▰▱]+/.exec(shown(short).text)?.[0]);
    short.pass(minutes(1 / 6));
  }
  expect(changes.size).toBe(3);
});

test("a picture stands beside what plays, with its description", () => {
  const face = { name: "rain-on-window.webp", alt: "Candle" };
  const panel = panelOf(sessionFixture("rain").view(), english, { face, now: 0 });
  expect(JSON.stringify(panel)).toContain(
    '"accessory":{"type":11,"media":{"url":"attachment://rain-on-window.webp"},"description":"Candle"}',
  );
});
