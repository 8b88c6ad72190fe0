import { expect, test } from "vitest";
import { minutes, seconds } from "../../src/kernel/units.ts";
import { ana, bo, playable, sessionFixture, soundQueued } from "./sessionFixture.ts";

const leaves = { type: "listenersChanged", listeners: [] } as const;
const comesBack = { type: "listenersChanged", listeners: [bo] } as const;

test("alone, the bot holds the sound at once, and goes on when somebody returns", () => {
  const room = sessionFixture();
  room.commands();
  expect(room.dispatch(leaves)).toMatchObject({ status: "paused", pauseReason: "alone" });
  room.pass(minutes(9));
  expect(room.dispatch(comesBack)).toMatchObject({ status: "playing", listeners: [bo] });
  expect(room.commands()).toMatchObject([{ type: "pause" }, { type: "resume" }]);
  room.pass(minutes(5));
  expect(room.view().status).toBe("playing");
});

test("after ten minutes alone it leaves", () => {
  const room = sessionFixture();
  room.dispatch(leaves);
  room.commands();
  room.pass(minutes(10) - 1);
  expect(room.commands()).toEqual([]);
  room.pass(1);
  expect(room.view()).toMatchObject({ status: "over", endReason: "alone" });
  expect(room.commands()).toMatchObject([{ type: "leave" }]);
});

test("a pause that was asked for stays one when people go and come", () => {
  const room = sessionFixture();
  room.dispatch({ type: "paused" });
  room.dispatch(leaves);
  expect(room.dispatch(comesBack)).toMatchObject({ status: "paused", pauseReason: "asked" });
});

test("one of two may go without a change of the sound", () => {
  const room = sessionFixture();
  room.dispatch({ type: "listenersChanged", listeners: [ana, bo] });
  room.commands();
  room.dispatch({ type: "listenersChanged", listeners: [bo] });
  expect(room.commands()).toEqual([]);
});

test("what gets ready while nobody is there waits for the first who comes", () => {
  const room = sessionFixture("rain", { manualPreparation: true });
  room.dispatch(leaves);
  room.commands();
  room.dispatch({ type: "soundPrepared", entry: room.view().coming!.entry, sound: playable("rain") });
  expect(room.commands()).toEqual([]);
  room.dispatch(comesBack);
  expect(room.commands()).toMatchObject([{ type: "play", crossfade: seconds(2) }]);
});

test("nobody outside can start a sound in an empty channel; a member who queues one is there", () => {
  const room = sessionFixture();
  room.dispatch(leaves);
  for (const type of ["skipped", "resumed", "wentBack"] as const)
    expect(() => room.dispatch({ type })).toThrow(expect.objectContaining({ code: expect.stringMatching(/nobody/) }));
  expect(room.dispatch(soundQueued("ocean", { when: "now" }))).toMatchObject({
    status: "playing",
    now: { title: "ocean" },
  });
});

test.each(["disconnected", "channel-gone", "no-permission", "unreachable"] as const)(
  "out of the channel (%s), the session ends without another command",
  (why) => {
    const room = sessionFixture();
    room.commands();
    room.report({ type: "left", why });
    expect(room.view()).toMatchObject({ status: "over", endReason: why });
    room.pass(minutes(20));
    expect(room.commands()).toEqual([]);
  },
);
