import { expect, test } from "vitest";
import { framesIn, hours, minutes, seconds } from "../../src/kernel/units.ts";
import { bo, sessionFixture, soundQueued } from "./sessionFixture.ts";

const asleepIn = (room: ReturnType<typeof sessionFixture>, duration: number) =>
  room.dispatch({ type: "sleepRequested", endsAt: room.now() + duration });

test("the room fades over the last three minutes, and then the bot leaves", () => {
  const room = sessionFixture();
  room.commands();
  expect(asleepIn(room, minutes(30)).sleepTimer).toMatchObject({ kind: "at", endsAt: room.now() + minutes(30) });
  room.pass(minutes(27) - 1);
  expect(room.commands()).toEqual([]);
  room.pass(1);
  expect(room.commands()).toEqual([{ type: "fadeOut", over: minutes(3) }]);
  room.pass(minutes(3));
  expect(room.commands()).toMatchObject([{ type: "leave" }]);
  expect(room.view()).toMatchObject({ status: "over", endReason: "slept" });
});

test("a timer shorter than the fade fades all the way", () => {
  const room = sessionFixture();
  room.commands();
  expect(asleepIn(room, minutes(1)).sleepTimer?.fading).toBe(true);
  expect(room.commands()).toEqual([{ type: "fadeOut", over: minutes(1) }]);
});

test("the engine's silence ends the session, an early one does not", () => {
  const room = sessionFixture();
  asleepIn(room, minutes(1));
  room.pass(seconds(30));
  room.report({ type: "fadeEnded" });
  expect(room.view().status).toBe("playing");
  room.pass(seconds(29.5));
  room.commands();
  room.report({ type: "fadeEnded" });
  expect(room.commands()).toEqual([{ type: "leave", over: 0 }]);
  expect(room.view().endReason).toBe("slept");
});

test("a later request replaces the shared timer, no matter who makes it", () => {
  const room = sessionFixture();
  room.commands();
  asleepIn(room, minutes(30));
  room.pass(minutes(10));
  room.dispatch({ type: "sleepRequested", by: bo, endsAt: room.now() + minutes(30) });
  room.pass(minutes(26));
  expect(room.commands()).toEqual([]);
  room.pass(minutes(4));
  expect(room.commands().map(({ type }) => type)).toEqual(["fadeOut", "leave"]);
});

test("extending during the fade brings the sound back on a ramp and schedules the fade again", () => {
  const room = sessionFixture();
  asleepIn(room, minutes(5));
  room.pass(minutes(4));
  room.commands();
  const view = room.dispatch({ type: "sleepExtended", extra: minutes(15) });
  expect(view.sleepTimer).toMatchObject({ endsAt: room.now() + minutes(16), fading: false });
  expect(room.commands()).toEqual([{ type: "fadeIn", over: seconds(5) }]);
  room.pass(minutes(13) - 1);
  expect(room.commands()).toEqual([]);
  room.pass(1);
  expect(room.commands()).toEqual([{ type: "fadeOut", over: minutes(3) }]);
});

test("a short extension during the fade still brings the sound back for a while", () => {
  const room = sessionFixture();
  asleepIn(room, minutes(5));
  room.pass(minutes(4));
  room.commands();
  room.dispatch({ type: "sleepExtended", extra: minutes(1) });
  expect(room.commands()).toMatchObject([{ type: "fadeIn" }]);
  room.pass(minutes(1));
  expect(room.commands()).toEqual([{ type: "fadeOut", over: minutes(1) }]);
});

test("cancelling during the fade brings the sound back, and it stays", () => {
  const room = sessionFixture();
  asleepIn(room, minutes(3));
  room.pass(minutes(1));
  room.commands();
  expect(room.dispatch({ type: "sleepCancelled" }).sleepTimer).toBeUndefined();
  expect(room.commands()).toMatchObject([{ type: "fadeIn" }]);
  room.pass(hours(1));
  expect(room.commands()).toEqual([]);
});

test("sounds queued or skipped to during the fade do not break it", () => {
  const room = sessionFixture();
  asleepIn(room, minutes(3));
  room.pass(minutes(1));
  room.commands();
  room.dispatch(soundQueued("ocean"));
  room.dispatch({ type: "skipped" });
  expect(room.commands().map(({ type }) => type)).toEqual(["play"]);
  room.pass(minutes(2));
  expect(room.view().endReason).toBe("slept");
});

test("what is resumed in the middle of the fade fades over what is left", () => {
  const room = sessionFixture();
  asleepIn(room, minutes(10));
  room.dispatch({ type: "paused" });
  room.pass(minutes(8));
  room.commands();
  room.dispatch({ type: "resumed" });
  expect(room.commands()).toEqual([{ type: "resume" }, { type: "fadeOut", over: minutes(2) }]);
});

test("a room that is paused is left at its time all the same", () => {
  const room = sessionFixture();
  asleepIn(room, minutes(10));
  room.dispatch({ type: "paused" });
  room.pass(minutes(10));
  expect(room.view().endReason).toBe("slept");
});

test("after this: the fade lies over the end of the sound, and the queue does not go on", () => {
  const room = sessionFixture("rain", { rules: { fade: seconds(30) } });
  room.dispatch(soundQueued("ocean"));
  room.plays(seconds(60));
  room.commands();
  const { sleepTimer } = room.dispatch({ type: "sleepAfterThisRequested" });
  expect(sleepTimer).toMatchObject({ kind: "afterThis", endsAt: room.now() + seconds(60), fading: false });
  room.pass(seconds(20));
  room.plays(seconds(70)); // the engine has stood still for ten seconds
  room.pass(seconds(19));
  expect(room.commands()).toEqual([]);
  room.pass(seconds(1));
  expect(room.commands()).toEqual([{ type: "fadeOut", over: seconds(30) }]);
  room.passEnds();
  expect(room.commands()).toEqual([]);
  room.pass(seconds(30));
  expect(room.view()).toMatchObject({ endReason: "slept", queue: [{ title: "ocean" }] });
});

test("after this stands still while the sound is paused", () => {
  const room = sessionFixture("rain", { rules: { fade: seconds(30) } });
  room.dispatch({ type: "sleepAfterThisRequested" });
  room.pass(seconds(60));
  room.dispatch({ type: "paused" });
  room.pass(hours(1));
  expect(room.view()).toMatchObject({ status: "paused", sleepTimer: { held: true } });
  room.dispatch({ type: "resumed" });
  expect(room.view().sleepTimer?.endsAt).toBe(room.now() + seconds(60));
  room.pass(seconds(60));
  expect(room.view().endReason).toBe("slept");
});

test("after this goes with the room to another sound, and becomes a deadline when extended", () => {
  const room = sessionFixture("rain", { rules: { fade: seconds(30) } });
  room.dispatch({ type: "sleepAfterThisRequested" });
  room.pass(seconds(60));
  expect(room.dispatch(soundQueued("ocean", { when: "now" })).sleepTimer?.endsAt).toBe(room.now() + minutes(2));
  const extended = room.dispatch({ type: "sleepExtended", extra: minutes(15) });
  expect(extended.sleepTimer).toMatchObject({ kind: "at", endsAt: room.now() + minutes(17) });
});

test.each([
  [0, "duration-too-short"],
  [-1, "duration-too-short"],
  [Number.NaN, "duration-too-short"],
  [hours(30 * 24), "duration-too-long"],
  [Number.POSITIVE_INFINITY, "duration-too-long"],
])("a timer of %d ms is refused, and the one that was set stays", (duration, code) => {
  const room = sessionFixture();
  asleepIn(room, minutes(30));
  const { sleepTimer } = room.view();
  expect(() => asleepIn(room, duration)).toThrow(expect.objectContaining({ code }));
  expect(room.view().sleepTimer).toEqual(sleepTimer);
});

test("no extension goes beyond twelve hours", () => {
  const room = sessionFixture();
  asleepIn(room, hours(11));
  expect(() => room.dispatch({ type: "sleepExtended", extra: hours(2) })).toThrow(/12 hours/);
  expect(() => room.dispatch({ type: "sleepExtended", extra: 0 })).toThrow();
});

test("while the connection is being mended the sound stands still, and so does after this", () => {
  const room = sessionFixture("rain", { rules: { fade: seconds(10) } });
  room.plays(seconds(60));
  room.report({ type: "interrupted", why: "reconnecting" });
  room.pass(seconds(20));
  expect(room.view()).toMatchObject({ interrupted: "reconnecting" });
  room.report({ type: "connected", channel: room.view().channel });
  expect(room.session()).toMatchObject({ track: { position: framesIn(seconds(60)) } });
  room.pass(seconds(20));
  expect(room.session()).toMatchObject({ track: { position: framesIn(seconds(60)) } });
  expect(room.view().interrupted).toBe("reconnecting");
  room.report({ type: "soundStarted", entry: room.view().now!.entry });
  expect(room.view().interrupted).toBeUndefined();
});
