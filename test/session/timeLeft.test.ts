import { expect, test } from "vitest";
import { minutes, seconds } from "../../src/kernel/units.ts";
import { BAR_PARTS, timeLeftParts } from "../../src/session/timeLeft.ts";
import { ana, sessionFixture } from "./sessionFixture.ts";

const shown = (room: ReturnType<typeof sessionFixture>) => timeLeftParts(room.view(), room.now());

test("the bar is empty as soon as the timer has ended, and full again when the sound comes back", () => {
  const room = sessionFixture("rain", { rules: { grace: minutes(5), fade: minutes(1) } });
  room.dispatch({ type: "sleepRequested", endsAt: room.now() + minutes(40) });
  expect(shown(room)).toBe(BAR_PARTS);
  room.pass(minutes(35));
  expect(shown(room)).toBe(2);
  room.pass(minutes(5));
  expect(room.view().sleepTimer?.grace).toBeDefined();
  expect(shown(room)).toBe(0);
  room.dispatch({ type: "resumed", by: ana });
  expect(room.view().status).toBe("playing");
  expect(shown(room)).toBe(BAR_PARTS);
});

test("a timer that was set to the end of a paused sound has a bar once the sound plays, and pauses don't count", () => {
  const room = sessionFixture("rain", { rules: { fade: seconds(1) } });
  room.dispatch({ type: "paused" });
  room.dispatch({ type: "sleepAfterThisRequested" });
  room.pass(minutes(20));
  room.dispatch({ type: "resumed" });
  expect(shown(room)).toBe(BAR_PARTS);
  room.pass(minutes(1));
  room.dispatch({ type: "paused" });
  room.pass(minutes(20));
  room.dispatch({ type: "resumed" });
  const { since = 0, endsAt = 0 } = room.view().sleepTimer ?? {};
  expect([endsAt - room.now(), endsAt - since]).toEqual([minutes(1), minutes(2)]);
});

test("before its first packet a sound and a timer that ends with it stand still", () => {
  const room = sessionFixture("rain", { manualStart: true });
  room.dispatch({ type: "sleepAfterThisRequested" });
  room.pass(minutes(10));
  expect(room.view()).toMatchObject({ status: "playing", now: { position: 0, heard: false } });
  room.report({ type: "soundStarted", entry: room.view().now!.entry });
  expect(room.view().sleepTimer?.endsAt).toBe(room.now() + minutes(2));
});
