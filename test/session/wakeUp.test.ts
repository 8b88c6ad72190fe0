import { describe, expect, test } from "vitest";
import { type GuildId, id, type SessionId, type WakeUpId } from "../../src/kernel/ids.ts";
import { minutes, seconds } from "../../src/kernel/units.ts";
import { openSession } from "../../src/session/openSession.ts";
import { restoreSession } from "../../src/session/restore.ts";
import { DEFAULT_RULES, WHOLE_TIMER } from "../../src/session/rules.ts";
import type { WakeUpStarted } from "../../src/session/wakeUp.ts";
import { ana, attic, bo, chat, lounge, sessionFixture, soundQueued } from "./sessionFixture.ts";

const due = (fullAt: number, more: Partial<WakeUpStarted> = {}): WakeUpStarted => ({
  type: "wakeUpStarted",
  by: ana,
  wakeUp: id<WakeUpId>("w"),
  request: soundQueued("birds").request,
  fullAt,
  channel: lounge,
  panel: chat,
  ...more,
});

/** A session in which it is silent, and a wake-up begins that has risen ten minutes later. */
const waking = () => {
  const room = sessionFixture("rain", { volumeDb: -18 });
  room.dispatch({ type: "paused" });
  room.commands();
  room.dispatch(due(room.now() + minutes(10)));
  return room;
};

describe("a wake-up", () => {
  test("rises from silence to normal, stays for half an hour, and ends", () => {
    const room = waking();
    const began = room.now();
    expect(room.commands()).toMatchObject([
      { type: "fadeOut", over: 0 },
      { type: "setVolume", gainDb: 0 },
      { type: "play" },
      { type: "resume" },
      { type: "fadeIn", over: minutes(10) },
    ]);
    expect(room.view()).toMatchObject({
      status: "playing",
      now: { title: "birds" },
      loop: "one",
      wakeUp: { by: ana, fullAt: began + minutes(10) },
      sleepTimer: { endsAt: began + minutes(40) },
    });
    room.pass(minutes(39));
    expect(room.commands()).toEqual([{ type: "fadeOut", over: minutes(1) }]);
    room.pass(minutes(1));
    expect(room.view()).toMatchObject({ status: "over", endReason: "woken" });
  });

  test("where something is heard, takes its place and rises from there", () => {
    const room = sessionFixture("rain", { volumeDb: -18 });
    room.commands();
    room.dispatch(due(room.now() + minutes(10)));
    expect(room.commands()).toMatchObject([{ type: "setVolume", gainDb: 0, over: minutes(10) }, { type: "play" }]);
  });

  test("never rises above the ceiling", () => {
    const room = sessionFixture("rain", { rules: { ceilingDb: -6 } });
    room.dispatch(due(room.now() + minutes(5)));
    expect(room.commands().find(({ type }) => type === "setVolume")).toMatchObject({ gainDb: -6 });
  });

  test("opens a session where there is none, and plays to the first who is there", () => {
    const init = { id: id<SessionId>("s"), guild: id<GuildId>("1"), volumeDb: -18, rules: DEFAULT_RULES } as const;
    const { session, effects } = openSession(init, due(minutes(10)), 0);
    expect(session).toMatchObject({
      status: "waiting",
      coming: { title: "birds" },
      volumeDb: 0,
      riseOver: minutes(10),
    });
    expect(effects.map((effect) => ("command" in effect ? effect.command.type : effect.type))).toContain("join");
  });

  test("ends when nobody is left", () => {
    const room = waking();
    room.dispatch({ type: "listenersChanged", listeners: [] });
    expect(room.view()).toMatchObject({ status: "over", endReason: "woken" });
    expect(room.commands().at(-1)).toMatchObject({ type: "leave" });
  });

  test("has no silence after it, whatever the guild's nights have", () => {
    const room = sessionFixture("rain", { rules: { grace: minutes(10), timerEnd: "take-along" } });
    room.dispatch(due(room.now()));
    room.pass(minutes(30));
    expect(room.view()).toMatchObject({ status: "over", endReason: "woken" });
    expect(room.effects()).toEqual([]);
  });

  test("comes out of the silence after a timer", () => {
    const room = sessionFixture("rain", { rules: { grace: minutes(10) } });
    room.dispatch({ type: "sleepRequested", endsAt: room.now() + minutes(1) });
    room.pass(minutes(1));
    room.commands();
    room.dispatch(due(room.now() + minutes(5)));
    expect(room.commands().at(-1)).toEqual({ type: "fadeIn", over: minutes(5) });
    expect(room.view()).toMatchObject({ status: "playing", volume: "normal" });
  });

  test("that is started late still rises, and one that would be over is refused", () => {
    const room = sessionFixture();
    room.dispatch({ type: "paused" });
    room.dispatch(due(room.now() - minutes(5)));
    expect(room.commands().at(-1)).toEqual({ type: "fadeIn", over: seconds(20) });
    expect(() => room.dispatch(due(room.now() - minutes(30)))).toThrow(/already over/);
  });

  test("in another channel is refused while somebody listens here", () => {
    const room = sessionFixture();
    expect(() => room.dispatch(due(room.now(), { channel: attic }))).toThrow();
  });

  test("joins one that is on: the sound of the first stays, and lasts as long as both", () => {
    const room = waking();
    const { now } = room.view();
    room.commands();
    room.dispatch(due(room.now() + minutes(15), { by: bo, wakeUp: id<WakeUpId>("other") }));
    expect(room.commands()).toEqual([]);
    expect(room.view()).toMatchObject({ now: { title: now?.title }, sleepTimer: { endsAt: room.now() + minutes(45) } });
  });
});

describe("muting yourself while it wakes", () => {
  const mute = (room: ReturnType<typeof waking>) =>
    room.dispatch({ type: "listenerStirred", listener: ana, muted: true });

  test("is nine minutes of silence, and then it rises again", () => {
    const room = waking();
    const { endsAt } = room.view().sleepTimer!;
    room.pass(minutes(12));
    room.commands();
    mute(room);
    expect(room.commands()).toEqual([{ type: "pause" }]);
    expect(room.view()).toMatchObject({
      pauseReason: "snoozed",
      wakeUp: { snoozedUntil: room.now() + minutes(9) },
      sleepTimer: { endsAt: endsAt + minutes(9) },
    });
    room.pass(minutes(9) - 1);
    expect(room.commands()).toEqual([]);
    room.pass(1);
    expect(room.commands()).toEqual([
      { type: "fadeOut", over: 0 },
      { type: "resume" },
      { type: "fadeIn", over: minutes(1) },
    ]);
    expect(room.view().status).toBe("playing");
  });

  test("works three times, not for strangers, and not by unmuting or a moon", () => {
    const room = waking();
    room.dispatch({ type: "listenerStirred", listener: bo, muted: true });
    room.dispatch({ type: "listenerStirred", listener: ana, muted: false });
    expect(room.view().status).toBe("playing");
    for (let times = 0; times < 3; times++) {
      mute(room);
      expect(room.view().pauseReason).toBe("snoozed");
      room.dispatch({ type: "resumed" });
    }
    mute(room);
    expect(room.view().status).toBe("playing");
  });
});

describe("killed while it wakes", () => {
  const restored = (room: ReturnType<typeof waking>, away: number) =>
    restoreSession(room.session(), room.now(), room.now() + away);

  test("it rises again over what is left of its time", () => {
    const room = waking();
    room.pass(minutes(4));
    const step = restored(room, minutes(1));
    expect(step?.session).toMatchObject({ status: "waiting", riseOver: minutes(5), wakeUp: { id: "w" } });
    const commands = step?.effects.flatMap((effect) => ("command" in effect ? [effect.command] : []));
    expect(commands).toContainEqual({ type: "fadeOut", over: 0 });
  });

  test("in the silence that a listener asked for, it keeps its end", () => {
    const room = waking();
    room.dispatch({ type: "listenerStirred", listener: ana, muted: true });
    const step = restored(room, minutes(1));
    expect(step?.session).toMatchObject({ status: "paused", why: "snoozed", cold: true });
    expect(step?.session.wakeUp?.snoozedUntil).toBe(room.now() + minutes(9));
  });

  test("it is over where it would have ended meanwhile", () => {
    const room = waking();
    expect(restored(room, minutes(41))?.session).toMatchObject({ status: "over", why: "woken" });
  });
});

describe("the end of a wake-up", () => {
  test("that comes while it is snoozed is not undone by the rise: it stays silent", () => {
    const room = waking();
    room.pass(minutes(11));
    room.dispatch({ type: "listenerStirred", listener: ana, muted: true });
    room.dispatch({ type: "sleepRequested", endsAt: room.now() + minutes(9) + seconds(30) });
    room.commands();
    room.pass(minutes(9));
    expect(room.commands().map(({ type }) => type)).not.toContain("fadeIn");
    room.pass(seconds(30));
    expect(room.view()).toMatchObject({ status: "over", endReason: "woken" });
  });

  test("fades for a minute, however long the guild’s fades are", () => {
    const room = sessionFixture("rain", { rules: { fade: WHOLE_TIMER } });
    room.dispatch(due(room.now() + minutes(10)));
    room.dispatch({ type: "sleepExtended", extra: minutes(15) });
    const { endsAt, fadesAt } = room.view().sleepTimer!;
    expect(endsAt - fadesAt).toBe(minutes(1));
  });
});
