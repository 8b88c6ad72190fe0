import { expect, test } from "vitest";
import { english } from "../../src/i18n/english.ts";
import { minutes } from "../../src/kernel/units.ts";
import { panelOf } from "../../src/panel/panelView.ts";
import type { EndReason } from "../../src/session/session.ts";
import { readableText } from "../commands/commandHarness.ts";
import { sessionFixture, soundQueued } from "../session/sessionFixture.ts";

const shown = (tonight: ReturnType<typeof sessionFixture>) => {
  const components = panelOf(tonight.view(), english);
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
  expect(shown(tonight).text).toMatch(/Pause\nSkip\nSleep in 30 min\nFavourite\nStop\nTingle$/);
  expect(shown(tonight).json).toContain('"lull:pause:s"');
  tonight.dispatch({ type: "paused" });
  tonight.dispatch({ type: "sleepRequested", endsAt: tonight.now() + minutes(30) });
  expect(shown(tonight).text).toMatch(/Resume\nSkip\n\+15 min\nFavourite\nStop\nTingle$/);
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
  const tonight = sessionFixture("rain");
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
  expect(readableText(panelOf(view, english))).toMatch(/^-# .+\.$/);
});

test("a title cannot style the panel", () => {
  expect(shown(sessionFixture("# **[rain](https://evil.example)** <@&1>")).text).toContain(
    "### **\\# \\*\\*\\[rain\\](https\\://evil.example)\\*\\* \\<\\@&1\\>**",
  );
});
