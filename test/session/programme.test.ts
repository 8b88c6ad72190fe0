import { describe, expect, test } from "vitest";
import { plain } from "../../src/i18n/message.ts";
import { type ChannelId, id, type SoundId } from "../../src/kernel/ids.ts";
import { minutes, seconds } from "../../src/kernel/units.ts";
import { openSession, type SessionInit } from "../../src/session/openSession.ts";
import { type ProgrammeStarted, phaseLevel } from "../../src/session/programme.ts";
import { restoreSession } from "../../src/session/restore.ts";
import { DEFAULT_RULES } from "../../src/session/rules.ts";
import { comingOf, trackOf } from "../../src/session/session.ts";
import { viewOf } from "../../src/session/view.ts";
import { ana, bo, chat, lounge, playable, sessionFixture } from "./sessionFixture.ts";

const phase = (name: "settle" | "deepen" | "dissolve", sound: string, fromDb: number, toDb: number) => ({
  name,
  minutes: 10,
  fromDb,
  toDb,
  title: sound,
  layers: [{ sound: { id: id<SoundId>(sound), title: sound }, gainDb: 0, place: "centre" as const }],
});

const started = (more: Partial<ProgrammeStarted["programme"]> = {}): ProgrammeStarted => ({
  type: "programmeStarted",
  by: ana,
  programme: {
    id: "sleep",
    title: "Drift Off",
    ends: "silence",
    phases: [phase("settle", "fire", 0, 0), phase("deepen", "sea", 0, -10), phase("dissolve", "brown", -10, -18)],
    ...more,
  },
  channel: lounge,
  panel: chat,
});

const gains = (commands: readonly { type: string }[]) =>
  commands.flatMap((command) =>
    command.type === "setVolume" ? [(command as never as { gainDb: number }).gainDb] : [],
  );

test("a programme plays its phases one after the other, each for its minutes, and ends in silence", () => {
  const room = sessionFixture("rain");
  const start = room.now();
  room.dispatch(started());
  expect(room.view().now?.title).toBe("fire");
  expect(room.view().programme).toMatchObject({ title: "Drift Off", phase: 0 });
  room.pass(minutes(10) + seconds(1));
  expect(room.view().now?.title).toBe("sea");
  room.pass(minutes(10));
  expect(room.view().now?.title).toBe("brown");
  expect(room.view().programme?.phase).toBe(2);
  expect(room.view().sleepTimer?.endsAt).toBe(start + minutes(30));
  room.pass(minutes(10));
  expect(room.view()).toMatchObject({ status: "over", endReason: "slept" });
});

test("it grows softer slowly: by less than a decibel each half minute, and never louder than the room", () => {
  const room = sessionFixture("rain", { volumeDb: -6 });
  room.dispatch(started());
  room.pass(minutes(10) + seconds(1));
  room.commands();
  room.pass(minutes(10) - seconds(2));
  const told = gains(room.commands());
  expect(told.length).toBeGreaterThan(12);
  expect(told).toEqual(told.toSorted((a, b) => b - a));
  expect(told[0]).toBeLessThanOrEqual(-6);
  expect(told.at(-1)).toBeCloseTo(-16, 0);
  for (const [i, gain] of told.entries()) expect(Math.abs(gain - (told[i - 1] ?? -6))).toBeLessThan(1);
});

test("who turns the room down in the middle keeps the curve below that", () => {
  const room = sessionFixture("rain");
  room.dispatch(started());
  room.pass(minutes(20) + seconds(1));
  room.pass(seconds(10));
  room.commands();
  room.dispatch({ type: "volumeChanged", volume: "quiet" });
  expect(gains(room.commands())[0]).toBeCloseTo(-22, 0);
});

test("what is played in between is heard at the room's own loudness, and the programme goes on after it", () => {
  const room = sessionFixture("rain");
  room.dispatch(started());
  room.pass(minutes(15));
  room.commands();
  const layers = [{ sound: { id: id<SoundId>("bell"), title: "bell" }, gainDb: 0, place: "centre" as const }];
  room.dispatch({
    type: "soundQueued",
    request: { title: "bell", layers },
    when: "now",
    channel: lounge,
    panel: chat,
  });
  room.pass(seconds(5));
  expect(gains(room.commands()).at(-1)).toBe(0);
  expect(room.view().programme?.phase).toBeUndefined();
  room.passEnds();
  expect(room.view().now?.title).toBe("brown");
});

test("a second programme takes the place of the first; what members queued stays", () => {
  const room = sessionFixture("rain");
  room.dispatch(started());
  const layers = [{ sound: { id: id<SoundId>("bell"), title: "bell" }, gainDb: 0, place: "centre" as const }];
  room.dispatch({
    type: "soundQueued",
    request: { title: "bell", layers },
    when: "last",
    channel: lounge,
    panel: chat,
  });
  room.dispatch(started({ id: "calm", title: "Slow Water", phases: [phase("settle", "brook", 0, 0)] }));
  expect(room.view().programme?.title).toBe("Slow Water");
  expect(room.view().now?.title).toBe("brook");
  expect(room.view().queue.map(({ title }) => title)).toEqual(["bell"]);
});

test("one that never ends goes round, without a timer", () => {
  const room = sessionFixture("rain");
  room.dispatch({ type: "sleepRequested", endsAt: room.now() + minutes(60) });
  const phases = [phase("settle", "work", 0, 0), phase("deepen", "pause", -4, -4)];
  room.dispatch(started({ ends: "never", phases }));
  expect(room.view().sleepTimer).toBeUndefined();
  const heard = Array.from({ length: 4 }, () => {
    const title = room.view().now?.title;
    room.pass(minutes(10) + seconds(1));
    return title;
  });
  expect(heard).toEqual(["work", "pause", "work", "pause"]);
  expect(room.view().status).toBe("playing");
});

test("it does not take a room from those who listen elsewhere", () => {
  const room = sessionFixture("rain");
  expect(() => room.dispatch({ ...started(), channel: id<ChannelId>("11") })).toThrow(/already playing/);
});

const opening: SessionInit = { id: id("s"), guild: id("1"), volumeDb: 0, rules: DEFAULT_RULES };

test("it can begin in an empty room: it waits for the first who comes, and goes after ten minutes", () => {
  const now = 1_000_000;
  const step = openSession(opening, started(), now);
  expect(step.session).toMatchObject({ status: "waiting", aloneSince: now, listeners: [] });
  expect(step.effects.map((effect) => (effect.type === "sendToPlayer" ? effect.command.type : effect.type))).toEqual([
    "setVolume",
    "setCeiling",
    "setDucking",
    "join",
    "prepareSound",
    "prepareSound",
  ]);
});

test("after a restart it is in the phase where it was, as soft as it was", () => {
  const room = sessionFixture("rain");
  room.dispatch(started());
  room.pass(minutes(15));
  const before = room.session();
  const step = restoreSession(JSON.parse(JSON.stringify(before)), room.now(), room.now() + seconds(8));
  const view = viewOf(step!.session);
  expect(view.programme).toMatchObject({ title: "Drift Off", phase: 1 });
  expect(view.coming?.title).toBe("sea");
  const [first] = gains(step!.effects.flatMap((effect) => (effect.type === "sendToPlayer" ? [effect.command] : [])));
  expect(first).toBeCloseTo(before.programme!.levelDb, 5);
  expect(trackOf(before)?.entry.phase).toBe(1);
});

test("a curve begins and ends slowly, and stays between its ends", () => {
  const curve = { name: "deepen", minutes: 10, fromDb: -2, toDb: -12 } as const;
  expect(phaseLevel(curve, 0)).toBe(-2);
  expect(phaseLevel(curve, minutes(5))).toBeCloseTo(-7);
  expect(phaseLevel(curve, minutes(10))).toBe(-12);
  expect(phaseLevel(curve, minutes(99))).toBe(-12);
  expect(phaseLevel(curve, minutes(1))).toBeGreaterThan(-3);
  expect(phaseLevel({ ...curve, fromDb: 6, toDb: 6 }, 0)).toBe(0);
});

test("who leaves and returns finds the programme where it stood", () => {
  const room = sessionFixture("rain");
  room.dispatch(started());
  room.pass(minutes(12));
  room.dispatch({ type: "listenersChanged", listeners: [] });
  room.pass(minutes(3));
  room.dispatch({ type: "listenersChanged", listeners: [bo] });
  expect(room.view()).toMatchObject({ status: "playing", programme: { phase: 1 } });
});

describe("a phase that is left out", () => {
  const reason = plain("Something was left out tonight.");
  type Room = ReturnType<typeof sessionFixture>;
  const leaveOut = (room: Room, sound: string) => {
    const session = room.session();
    const entries = [trackOf(session)?.entry, comingOf(session), ...session.queue];
    const entry = entries.find((one) => one?.layers.some((layer) => layer.sound.id === sound));
    room.dispatch({ type: "preparationFailed", entry: entry!.id, sound: id<SoundId>(sound), reason });
  };

  test("lets the next one begin early, on a ramp to its own level; the last goes on until the programme's time is over", () => {
    const room = sessionFixture("rain");
    const start = room.now();
    room.dispatch(started());
    leaveOut(room, "sea");
    expect(room.view()).toMatchObject({ note: reason, programme: { phase: 0 } });
    room.pass(minutes(10) + seconds(1));
    expect(room.view()).toMatchObject({ now: { title: "brown" }, programme: { phase: 2 } });
    room.commands();
    room.pass(minutes(10));
    const told = gains(room.commands());
    expect(told).toEqual(told.toSorted((a, b) => b - a));
    expect(told.at(-1)).toBeCloseTo(-18, 1);
    room.pass(minutes(5));
    expect(room.view()).toMatchObject({ status: "playing", now: { title: "brown" } });
    expect(room.view().sleepTimer?.endsAt).toBe(start + minutes(30));
    room.pass(minutes(5));
    expect(room.view()).toMatchObject({ status: "over", endReason: "slept" });
  });

  test("as the first one is not waited for, and as the last one leaves the one before it playing to the end", () => {
    const room = sessionFixture("rain", { manualPreparation: true });
    room.dispatch(started());
    leaveOut(room, "fire");
    expect(room.view().coming?.title).toBe("sea");
    leaveOut(room, "brown");
    room.dispatch({ type: "soundPrepared", entry: comingOf(room.session())!.id, sound: playable("sea") });
    room.pass(minutes(29));
    expect(room.view()).toMatchObject({ status: "playing", now: { title: "sea" }, programme: { phase: 1 } });
    room.pass(minutes(1) + seconds(1));
    expect(room.view()).toMatchObject({ status: "over", endReason: "slept" });
  });

  test("while it plays, because of somebody who has come, makes room for the next; one without a next stays", () => {
    const room = sessionFixture("rain");
    room.dispatch(started());
    room.pass(minutes(3));
    leaveOut(room, "fire");
    expect(room.view().now?.title).toBe("sea");
    leaveOut(room, "brown");
    leaveOut(room, "sea");
    expect(room.view().now?.title).toBe("sea");
  });

  test("in part is heard without that layer, for all of its minutes", () => {
    const room = sessionFixture("rain");
    const both = [
      ...phase("deepen", "sea", 0, 0).layers,
      { sound: { id: id<SoundId>("gulls"), title: "gulls" }, gainDb: -6, place: "left" as const },
    ];
    const mixed = { ...phase("deepen", "sea", 0, 0), layers: both };
    room.dispatch(started({ phases: [phase("settle", "fire", 0, 0), mixed, phase("dissolve", "brown", 0, 0)] }));
    leaveOut(room, "gulls");
    room.pass(minutes(10) + seconds(1));
    expect(trackOf(room.session())?.entry.layers.map(({ sound }) => sound.id)).toEqual(["sea"]);
    room.pass(minutes(9));
    expect(room.view().now?.title).toBe("sea");
    room.pass(minutes(1) + seconds(1));
    expect(room.view().now?.title).toBe("brown");
  });

  test("as all of them are, there is nothing to be heard, and the room is left at the programme's end at the latest", () => {
    const room = sessionFixture("rain", { manualPreparation: true });
    room.dispatch(started());
    for (const sound of ["rain", "brown", "sea", "fire"]) leaveOut(room, sound);
    expect(room.view()).toMatchObject({ status: "quiet", note: reason });
    room.pass(minutes(30));
    expect(room.view().status).toBe("over");
  });
});
