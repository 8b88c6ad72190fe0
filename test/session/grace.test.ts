import { describe, expect, test } from "vitest";
import { FLOOR } from "../../src/audio/ramp.ts";
import { minutes, seconds } from "../../src/kernel/units.ts";
import { FADE_FLOOR } from "../../src/session/protocol.ts";
import { restoreSession } from "../../src/session/restore.ts";
import { WHOLE_TIMER } from "../../src/session/rules.ts";
import { attic, bo, sessionFixture, soundQueued } from "./sessionFixture.ts";

/** A session whose timer has just run out. */
const silent = (rules = {}) => {
  const room = sessionFixture("rain", { rules: { grace: minutes(10), ...rules } });
  room.dispatch({ type: "sleepRequested", endsAt: room.now() + minutes(5) });
  room.pass(minutes(5));
  return room;
};

const BACK = [{ type: "setVolume", gainDb: -18 }, { type: "resume" }, { type: "fadeIn", over: seconds(20) }];

describe("after the timer", () => {
  test("the bot stays in silence for ten minutes, and then leaves", () => {
    const room = silent();
    expect(room.commands().at(-1)).toEqual({ type: "pause" });
    const fellSilentAt = room.now();
    expect(room.view()).toMatchObject({
      status: "paused",
      pauseReason: "grace",
      sleepTimer: { endsAt: fellSilentAt, grace: { until: fellSilentAt + minutes(10), eyesClosed: true } },
    });
    room.pass(minutes(10) - 1);
    expect(room.commands()).toEqual([]);
    room.pass(1);
    expect(room.commands()).toEqual([{ type: "leave", over: seconds(2) }]);
    expect(room.view()).toMatchObject({ status: "over", endReason: "slept", endedAt: fellSilentAt });
  });

  test("a listener who stirs brings the sound back at a whisper, on a slow ramp, for 15 minutes", () => {
    const room = silent();
    room.pass(minutes(9));
    room.commands();
    room.dispatch({ type: "listenerStirred", listener: room.view().listeners[0]! });
    expect(room.commands()).toMatchObject(BACK);
    expect(room.view()).toMatchObject({
      status: "playing",
      volume: "whisper",
      sleepTimer: { endsAt: room.now() + minutes(15), fading: false },
    });
    room.pass(minutes(15));
    expect(room.view()).toMatchObject({ pauseReason: "grace" });
    expect(room.commands().map(({ type }) => type)).toEqual(["fadeOut", "pause"]);
  });

  test("neither a stranger nor a guild that has chosen otherwise is listened to", () => {
    const room = silent();
    room.dispatch({ type: "listenerStirred", listener: bo });
    expect(room.view().pauseReason).toBe("grace");
    const closed = silent({ eyesClosed: false });
    closed.dispatch({ type: "listenerStirred", listener: closed.view().listeners[0]! });
    expect(closed.view()).toMatchObject({ pauseReason: "grace", sleepTimer: { grace: { eyesClosed: false } } });
    closed.commands();
    closed.dispatch({ type: "resumed" });
    expect(closed.commands()).toMatchObject(BACK);
  });

  test.each([
    ["resumed", { type: "resumed" } as const, 15],
    ["extended by half an hour", { type: "sleepExtended", extra: minutes(30) } as const, 30],
    ["given another sound", soundQueued("ocean"), 15],
    ["brought back and skipped", { type: "skipped" } as const, 15],
  ])("%s, it comes back the same way", (_, request, left) => {
    const room = silent();
    room.commands();
    if (request.type === "skipped") room.dispatch(soundQueued("ocean"));
    room.dispatch(request);
    expect(room.commands().slice(0, 3)).toMatchObject(BACK);
    expect(room.view().sleepTimer?.endsAt).toBe(room.now() + minutes(left));
  });

  test("a timer that is cancelled there leaves the sound on, at a whisper", () => {
    const room = silent();
    room.dispatch({ type: "sleepCancelled" });
    expect(room.view()).toMatchObject({ status: "playing", volume: "whisper" });
    expect(room.view().sleepTimer).toBeUndefined();
  });

  test.each([
    ["sleepExtended by nothing", { type: "sleepExtended", extra: 0 } as const],
    ["sleepExtended by 13 hours", { type: "sleepExtended", extra: minutes(780) } as const],
    ["paused", { type: "paused" } as const],
    ["sleepRequested for yesterday", { type: "sleepRequested", endsAt: 1 } as const],
  ])("%s is refused, and the silence stays", (_, request) => {
    const room = silent();
    room.commands();
    expect(() => room.dispatch(request)).toThrow();
    expect(room.commands()).toEqual([]);
    expect(room.view().pauseReason).toBe("grace");
  });

  test("nobody who returns to the channel is met with sound, nor is it left sooner", () => {
    const room = silent();
    room.commands();
    room.dispatch({ type: "listenersChanged", listeners: [] });
    room.pass(minutes(9));
    room.dispatch({ type: "listenersChanged", listeners: [bo] });
    expect(room.commands()).toEqual([]);
    expect(room.view().pauseReason).toBe("grace");
  });

  test("a request for another channel ends it", () => {
    const room = silent();
    expect(() => room.dispatch(soundQueued("ocean", { channel: attic }))).toThrow();
    room.commands();
    room.dispatch({ type: "neededElsewhere" });
    expect(room.commands()).toMatchObject([{ type: "leave" }]);
  });

  test("the listeners are moved only when the bot leaves", () => {
    const room = silent({ timerEnd: "take-along" });
    expect(room.effects()).toEqual([]);
    room.pass(minutes(10));
    expect(room.effects()).toMatchObject([{ type: "moveListeners" }]);
  });

  test("without a fade the sound is held, and comes back as slowly", () => {
    const room = silent({ fade: 0 });
    room.commands();
    room.dispatch({ type: "resumed" });
    expect(room.commands()).toMatchObject([BACK[0], { type: "fadeOut", over: 0 }, ...BACK.slice(1)]);
  });
});

describe("killed in the silence", () => {
  const restoredAfter = (away: number) => {
    const room = silent();
    return { room, step: restoreSession(room.session(), room.now(), room.now() + away) };
  };

  test("it is as silent as before, and keeps its end", () => {
    const { room, step } = restoredAfter(minutes(2));
    expect(step?.session).toMatchObject({ status: "paused", why: "grace", cold: true });
    expect(step?.effects.map((effect) => "command" in effect && effect.command.type)).not.toContain("play");
    expect(step?.session.timer?.endsAt).toBe(room.now());
  });

  test("it is over where it would have ended meanwhile", () => {
    const { room, step } = restoredAfter(minutes(11));
    expect(step).toMatchObject({ session: { status: "over", why: "slept", endedAt: room.now() }, effects: [] });
  });
});

describe("killed before the silence", () => {
  const killed = (before: number, away: number, rules = {}) => {
    const room = sessionFixture("rain", { rules: { grace: minutes(10), ...rules } });
    room.dispatch({ type: "sleepRequested", endsAt: room.now() + minutes(20) });
    room.pass(minutes(20) - before);
    const step = restoreSession(room.session(), room.now(), room.now() + away)!;
    return { room, step, commands: step.effects.map((effect) => "command" in effect && effect.command.type) };
  };

  test("while it faded, it is back in silence, which has begun now", () => {
    const { room, step, commands } = killed(minutes(2), seconds(10));
    expect(step.session).toMatchObject({ status: "paused", why: "grace", cold: true });
    expect(step.session.timer).toMatchObject({ endsAt: room.now() + seconds(10), fading: false });
    expect(commands).toContain("join");
    expect(commands).not.toContain("play");
  });

  test("where the timer has run out meanwhile, the silence has begun then", () => {
    const { room, step, commands } = killed(minutes(1), minutes(4));
    expect(step.session).toMatchObject({ status: "paused", why: "grace" });
    expect(step.session.timer?.endsAt).toBe(room.now() + minutes(1));
    expect(commands).not.toContain("play");
  });

  test("a fade as long as its timer goes on where it had come to; in its second half, it is back in silence", () => {
    const killedAfter = (time: number, timerEnd: "leave" | "whisper" = "leave") => {
      const room = sessionFixture("rain", { rules: { grace: minutes(10), fade: minutes(60), timerEnd } });
      const endsAt = room.now() + minutes(60);
      room.dispatch({ type: "sleepRequested", endsAt });
      room.pass(time);
      const step = restoreSession(room.session(), room.now(), room.now() + seconds(10))!;
      const fades = step.effects.flatMap((effect) =>
        effect.type === "sendToPlayer" && effect.command.type === "fadeOut" ? [effect.command] : [],
      );
      return { step, fades, endsAt };
    };
    const early = killedAfter(minutes(20) - seconds(10));
    expect(early.step.session).toMatchObject({ status: "waiting", timer: { endsAt: early.endsAt, fading: true } });
    // A third of the way to silence, at −45 dB; the rest of the way begins with the sound.
    expect(early.fades).toEqual([{ type: "fadeOut", over: 0, to: expect.closeTo(FADE_FLOOR / 3, 3) }]);
    const whisper = killedAfter(minutes(20) - seconds(10), "whisper").fades[0];
    expect(whisper?.to).toBeCloseTo(-18 / 3, 3);
    const late = killedAfter(minutes(31));
    expect(late.step.session).toMatchObject({ status: "paused", why: "grace", cold: true });
    expect(late.fades).toEqual([]);
  });

  test("the level at which a fade ends is the one at which the engine is silent", () => {
    expect(FADE_FLOOR).toBe(FLOOR);
  });

  test("it is over where the silence is over too, or there is none", () => {
    const over = { status: "over", why: "slept" };
    const late = killed(minutes(1), minutes(12));
    expect(late.step).toMatchObject({ session: { ...over, endedAt: late.room.now() + minutes(1) }, effects: [] });
    expect(killed(minutes(1), minutes(4), { grace: 0 }).step).toMatchObject({ session: over, effects: [] });
    expect(killed(minutes(1), minutes(4), { timerEnd: "whisper" }).step).toMatchObject({ session: over, effects: [] });
  });
});

test("a fade can be as long as the timer, and a programme keeps its own curve", () => {
  const room = sessionFixture("rain", { rules: { fade: WHOLE_TIMER } });
  room.commands();
  room.dispatch({ type: "sleepRequested", endsAt: room.now() + minutes(90) });
  expect(room.commands()).toEqual([{ type: "fadeOut", over: minutes(90) }]);
  room.dispatch({ type: "listenerStirred", listener: room.view().listeners[0]! });
  // Who mutes themselves at the beginning of the night does not ask for more time.
  expect(room.commands()).toEqual([]);
  room.pass(minutes(75));
  room.dispatch({ type: "listenerStirred", listener: room.view().listeners[0]! });
  expect(room.view().sleepTimer).toMatchObject({ endsAt: room.now() + minutes(30), fading: false });
});
