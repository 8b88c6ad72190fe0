import { expect, test } from "vitest";
import { id, type UserId } from "../../src/kernel/ids.ts";
import { minutes, seconds } from "../../src/kernel/units.ts";
import { ana, bo, lounge, sessionFixture, soundQueued } from "./sessionFixture.ts";

const cy = id<UserId>("300");

const sessionOfThree = (rules = {}) => {
  const room = sessionFixture("rain", { rules });
  room.dispatch({ type: "listenersChanged", listeners: [ana, bo, cy] });
  room.dispatch(soundQueued("ocean", { by: bo }));
  room.commands();
  return room;
};

test("who queued a sound skips it; others need more than half of those who listen", () => {
  const room = sessionOfThree();
  expect(room.dispatch({ type: "skipped", by: bo })).toMatchObject({
    now: { title: "rain" },
    votes: { to: "skip", have: 1, need: 2 },
  });
  expect(room.dispatch({ type: "skipped", by: bo }).votes).toMatchObject({ have: 1 });
  expect(room.dispatch({ type: "skipped", by: cy })).toMatchObject({ now: { title: "ocean" } });
  expect(room.view().votes).toBeUndefined();
  room.dispatch(soundQueued("fire"));
  expect(room.dispatch({ type: "skipped", by: bo }).now?.title).toBe("fire");
});

test("a vote of one who has left counts no more", () => {
  const room = sessionOfThree();
  room.dispatch({ type: "stopped", by: bo });
  room.dispatch({ type: "listenersChanged", listeners: [ana, cy] });
  expect(room.dispatch({ type: "stopped", by: cy })).toMatchObject({ status: "playing", votes: { have: 1, need: 2 } });
});

test("the host decides alone, and so does everyone where there are no votes", () => {
  expect(sessionOfThree().dispatch({ type: "stopped", by: cy, asHost: true }).status).toBe("over");
  expect(sessionOfThree({ votes: false }).dispatch({ type: "skipped", by: cy }).now?.title).toBe("ocean");
});

test("anyone turns it down; louder is for the one who queued it", () => {
  const room = sessionOfThree();
  expect(room.dispatch({ type: "volumeChanged", by: cy, volume: "quiet" }).volume).toBe("quiet");
  expect(() => room.dispatch({ type: "volumeChanged", by: cy, volume: "soft" })).toThrow(/Anyone can turn it down/);
  expect(room.dispatch({ type: "volumeChanged", by: ana, volume: "soft" }).volume).toBe("soft");
});

test("what others have queued stays in the queue", () => {
  const room = sessionOfThree();
  room.dispatch(soundQueued("fire", { by: cy }));
  expect(() => room.dispatch({ type: "queueRemoved", by: cy, place: 1 })).toThrow(/the person who queued it/);
  expect(room.dispatch({ type: "queueCleared", by: cy }).queue).toMatchObject([{ title: "ocean" }]);
});

test("with eyes closed: a listener who stirs during the fade gives 15 minutes more, and at no other time", () => {
  const room = sessionOfThree();
  room.dispatch({ type: "sleepRequested", endsAt: room.now() + minutes(10) });
  room.dispatch({ type: "listenerStirred", listener: bo });
  expect(room.view().sleepTimer?.endsAt).toBe(room.now() + minutes(10));
  room.pass(minutes(8));
  room.commands();
  const { endsAt } = room.view().sleepTimer!;
  room.dispatch({ type: "listenerStirred", listener: id<UserId>("999") });
  expect(room.view().sleepTimer).toMatchObject({ endsAt, fading: true });
  room.dispatch({ type: "listenerStirred", listener: bo });
  expect(room.view().sleepTimer).toMatchObject({ endsAt: endsAt + minutes(15), fading: false });
  expect(room.commands()).toMatchObject([{ type: "fadeIn" }]);
});

test("a guild that does not want that is not given it", () => {
  const room = sessionOfThree({ eyesClosed: false });
  room.dispatch({ type: "sleepRequested", endsAt: room.now() + minutes(2) });
  room.pass(seconds(30));
  const before = room.view().sleepTimer;
  room.dispatch({ type: "listenerStirred", listener: bo });
  expect(room.view().sleepTimer).toEqual(before);
});

test("at its end the timer may take the listeners along", () => {
  const room = sessionOfThree({ timerEnd: "take-along" });
  room.dispatch({ type: "sleepRequested", endsAt: room.now() + minutes(5) });
  room.pass(minutes(6));
  expect(room.view()).toMatchObject({ status: "over", endReason: "slept" });
  expect(room.effects()).toEqual([{ type: "moveListeners", channel: lounge, listeners: [ana, bo, cy] }]);
});

test("or whisper on: the fade goes to a whisper, and the room's loudness takes it over", () => {
  const room = sessionOfThree({ timerEnd: "whisper" });
  room.dispatch({ type: "sleepRequested", endsAt: room.now() + minutes(5) });
  room.pass(minutes(4));
  expect(room.commands()).toMatchObject([{ type: "fadeOut", to: -18 }]);
  room.pass(minutes(2));
  expect(room.view()).toMatchObject({ status: "playing", volume: "whisper" });
  expect(room.view().sleepTimer).toBeUndefined();
  expect(room.commands()).toMatchObject([{ type: "setVolume", gainDb: -18 }, { type: "fadeIn" }]);
});

test("one member's own timer sends that member away alone, and the room plays on", () => {
  const room = sessionOfThree();
  room.dispatch({ type: "departureSet", by: bo, at: room.now() + minutes(40) });
  room.dispatch({ type: "departureSet", by: cy, at: room.now() + minutes(50) });
  room.dispatch({ type: "departureSet", by: cy });
  room.pass(minutes(60));
  expect(room.effects()).toEqual([{ type: "disconnectMember", user: bo }]);
  expect(room.view()).toMatchObject({ status: "playing", departures: [] });
  expect(() => room.dispatch({ type: "departureSet", by: cy })).toThrow(/sleep me/);
});

test("who has left already is not sent away", () => {
  const room = sessionOfThree();
  room.dispatch({ type: "departureSet", by: bo, at: room.now() + minutes(40) });
  room.dispatch({ type: "listenersChanged", listeners: [ana] });
  room.pass(minutes(60));
  expect(room.effects()).toEqual([]);
});

const NINE_PM_IN_BERLIN = Date.UTC(2026, 10, 23, 20, 0);
const quiet = { from: 23 * 60, to: 7 * 60, timeZone: "Europe/Berlin", timer: minutes(60), softerBy: 6 };

test("in the quiet hours the ceiling drops and every room has a timer; in the morning it is as before", () => {
  const room = sessionFixture("rain", { rules: { quiet }, now: NINE_PM_IN_BERLIN });
  expect(room.view()).toMatchObject({ volume: "normal" });
  room.commands();
  room.pass(minutes(119));
  expect(room.view().sleepTimer).toBeUndefined();
  room.pass(minutes(2));
  expect(room.view()).toMatchObject({ volume: "soft", sleepTimer: { endsAt: NINE_PM_IN_BERLIN + minutes(180) } });
  expect(room.commands()).toMatchObject([{ type: "setVolume", gainDb: -6, over: seconds(10) }]);
  expect(() => room.dispatch({ type: "volumeChanged", volume: "normal" })).toThrow(/loudest setting is “soft”/);
  room.dispatch({ type: "sleepCancelled" });
  room.pass(minutes(9 * 60));
  expect(room.view().sleepTimer).toBeUndefined();
  expect(room.dispatch({ type: "volumeChanged", volume: "normal" }).volume).toBe("normal");
});

test("a room that opens within the quiet hours has a timer from the start", () => {
  const room = sessionFixture("rain", { rules: { quiet }, now: NINE_PM_IN_BERLIN + minutes(150) });
  expect(room.view()).toMatchObject({ volume: "soft", sleepTimer: { endsAt: NINE_PM_IN_BERLIN + minutes(210) } });
});
