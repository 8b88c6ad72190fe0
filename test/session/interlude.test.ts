import { expect, test } from "vitest";
import { framesIn, type Millis, minutes, seconds } from "../../src/kernel/units.ts";
import { restoreSession } from "../../src/session/restore.ts";
import { MAX_QUEUE, type Session } from "../../src/session/session.ts";
import { CROSSFADE, MAX_IDLE } from "../../src/session/timing.ts";
import { lounge, playable, sessionFixture, soundQueued } from "./sessionFixture.ts";

const interlude = (lasts: Millis, name = "breath") =>
  soundQueued(name, {
    when: "now",
    request: { ...soundQueued(name).request, lasts: framesIn(lasts), interlude: true },
  });

test("what an interlude interrupts continues after it, at its position and on a crossfade", () => {
  const room = sessionFixture();
  room.plays(seconds(50));
  room.pass(seconds(3));
  room.commands();
  expect(room.dispatch(interlude(minutes(5)))).toMatchObject({ now: { title: "breath", interlude: true } });
  expect(room.view().queue).toMatchObject([{ title: "rain" }]);
  expect(room.commands()).toMatchObject([{ type: "play", from: 0 }]);
  room.pass(minutes(5));
  expect(room.view()).toMatchObject({ now: { title: "rain" }, queue: [] });
  expect(room.commands()).toMatchObject([{ type: "play", from: framesIn(seconds(53)), crossfade: CROSSFADE }]);
});

test("a phase of a programme has what was left of it, and the queue is as it was", () => {
  const room = sessionFixture();
  const { layers } = soundQueued("settle").request;
  const phase = { name: "settle", minutes: 10, fromDb: 0, toDb: 0, title: "settle", layers } as const;
  room.dispatch({
    type: "programmeStarted",
    programme: { id: "own", title: "Own", phases: [phase, { ...phase, title: "deepen" }], ends: "never" },
    channel: lounge,
    panel: lounge,
  });
  room.pass(minutes(4));
  room.dispatch(interlude(minutes(5)));
  expect(room.view().queue.map(({ title }) => title)).toEqual(["settle", "deepen"]);
  room.pass(minutes(5));
  expect(room.view()).toMatchObject({ now: { title: "settle" }, programme: { phase: 0 } });
  room.pass(minutes(6) + seconds(1));
  expect(room.view()).toMatchObject({ now: { title: "deepen" }, programme: { phase: 1 } });
});

test("where nothing played, it ends in silence on a ramp, and the bot stays for a while", () => {
  const room = sessionFixture("breath", { first: interlude(minutes(5)) });
  room.pass(minutes(5) - seconds(1));
  room.commands();
  expect(room.view().status).toBe("playing");
  room.pass(seconds(1));
  expect(room.view().status).toBe("quiet");
  expect(room.commands()).toEqual([{ type: "stop", over: CROSSFADE }]);
  room.pass(MAX_IDLE - seconds(1));
  expect(room.view().status).toBe("quiet");
  room.pass(seconds(1));
  expect(room.view()).toMatchObject({ status: "over", endReason: "quiet" });
});

test("it is heard once, however the queue is repeated, and is not gone back to", () => {
  for (const loop of ["one", "all"] as const) {
    const room = sessionFixture();
    room.dispatch({ type: "loopChanged", loop });
    room.dispatch(interlude(minutes(2)));
    room.pass(minutes(2));
    expect(room.view()).toMatchObject({ now: { title: "rain" }, queue: [], canGoBack: false });
  }
});

test("skipping it, or going back, returns to what it interrupted", () => {
  for (const type of ["skipped", "wentBack"] as const) {
    const room = sessionFixture();
    room.plays(seconds(30));
    room.dispatch(interlude(minutes(5)));
    room.commands();
    expect(room.dispatch({ type })).toMatchObject({ now: { title: "rain" }, queue: [], canGoBack: false });
    expect(room.commands()).toMatchObject([{ type: "play", from: framesIn(seconds(30)) }]);
  }
});

test("one interlude takes the place of another, prepared or not, and what the first interrupted continues", () => {
  const room = sessionFixture();
  room.dispatch(interlude(minutes(5)));
  expect(room.dispatch(interlude(minutes(5), "box"))).toMatchObject({ now: { title: "box" } });
  expect(room.view().queue.map(({ title }) => title)).toEqual(["rain"]);
  const slow = sessionFixture("rain", { manualPreparation: true });
  slow.dispatch({ type: "soundPrepared", entry: slow.view().coming!.entry, sound: playable("rain") });
  slow.dispatch(interlude(minutes(5)));
  slow.dispatch(interlude(minutes(5), "box"));
  expect(slow.view()).toMatchObject({ now: { title: "rain" }, coming: { title: "box" }, queue: [] });
});

test("what was laid over once, a paused sound and one still being prepared are treated alike", () => {
  const paused = sessionFixture();
  paused.plays(seconds(40));
  paused.dispatch({ type: "paused" });
  paused.commands();
  paused.dispatch(interlude(minutes(2)));
  expect(paused.commands().map(({ type }) => type)).toEqual(["play", "resume"]);
  paused.pass(minutes(2));
  expect(paused.commands()).toMatchObject([{ type: "play", from: framesIn(seconds(40)) }]);
  const waiting = sessionFixture("rain", { manualPreparation: true });
  waiting.dispatch(interlude(minutes(2)));
  expect(waiting.view()).toMatchObject({ status: "waiting", coming: { title: "breath" }, queue: [{ title: "rain" }] });
});

test("after a restart it continues at its place, and so does what it interrupted", () => {
  const room = sessionFixture();
  room.plays(seconds(50));
  room.dispatch(interlude(minutes(5)));
  room.plays(minutes(2));
  const stored = JSON.parse(JSON.stringify(room.session())) as Session;
  const { session } = restoreSession(stored, room.now(), room.now() + seconds(10))!;
  expect(session).toMatchObject({
    status: "waiting",
    coming: { title: "breath", interlude: true },
    from: framesIn(minutes(2) + seconds(2.5)),
    queue: [{ title: "rain", resumesAt: framesIn(seconds(50)) }],
  });
});

test("a full queue has no room for what it would interrupt", () => {
  const room = sessionFixture();
  for (let i = 0; i < MAX_QUEUE; i++) room.dispatch(soundQueued(`sound ${i}`));
  expect(() => room.dispatch(interlude(minutes(5)))).toThrow(/queue/i);
  expect(room.view().now?.title).toBe("rain");
});
