import fc from "fast-check";
import { expect, test } from "vitest";
import { type EntryId, type GuildId, id, type SessionId, type UserId } from "../../src/kernel/ids.ts";
import { plain } from "../../src/kernel/text.ts";
import { framesIn, hours, type Millis, minutes, seconds } from "../../src/kernel/units.ts";
import { nextDeadline } from "../../src/session/deadlines.ts";
import type { Effect } from "../../src/session/effects.ts";
import type { SessionEvent } from "../../src/session/events.ts";
import { LOUDNESS_STEPS } from "../../src/session/loudness.ts";
import type { PlayerCommand } from "../../src/session/protocol.ts";
import { reduce } from "../../src/session/reduce.ts";
import { ceilingOf, openSession } from "../../src/session/room.ts";
import { DEFAULT_RULES } from "../../src/session/rules.ts";
import { comingOf, LOOPS, type Session, trackOf } from "../../src/session/session.ts";
import type { Step } from "../../src/session/step.ts";
import { viewOf } from "../../src/session/view.ts";
import { ana, bo, lounge, playable, queued } from "./evening.ts";

/** What may happen next; what depends on the session (its entries) is filled in when it happens. */
type Happening =
  | { readonly kind: "event"; readonly event: SessionEvent }
  | { readonly kind: "queue"; readonly when: "now" | "next" | "last" }
  | { readonly kind: "sleep"; readonly duration: Millis }
  | { readonly kind: "pass"; readonly duration: Millis }
  /** The oldest sound that is being prepared is ready, or cannot be made. */
  | { readonly kind: "prepared"; readonly well: boolean }
  | { readonly kind: "engine"; readonly report: "passEnding" | "soundFailed" | "fadeEnded" | "positionAdvanced" }
  | { readonly kind: "late"; readonly entry: number };

const by = fc.constantFrom<UserId>(ana, bo);
const place = fc.integer({ min: -1, max: 8 });
const duration = fc.oneof(
  fc.integer({ min: 1, max: seconds(20) }),
  fc.integer({ min: seconds(1), max: minutes(20) }),
  fc.constantFrom(0, -1, Number.NaN, Number.POSITIVE_INFINITY, hours(12), hours(13)),
);
const event = <E extends SessionEvent>(shape: { [K in keyof E]: fc.Arbitrary<E[K]> }): fc.Arbitrary<Happening> =>
  fc.record(shape).map((value) => ({ kind: "event", event: value as unknown as SessionEvent }));
const wish = (type: SessionEvent["type"]) => event({ type: fc.constant(type), by } as never);

/** What leaves every sound in its place: the rest may take sounds out. */
const gentle: fc.Arbitrary<Happening>[] = [
  fc.record({ kind: fc.constant("queue" as const), when: fc.constantFrom("now", "next", "last") }),
  fc.record({ kind: fc.constant("sleep" as const), duration }),
  fc.record({ kind: fc.constant("pass" as const), duration: fc.integer({ min: 0, max: minutes(6) }) }),
  fc.record({ kind: fc.constant("prepared" as const), well: fc.constant(true) }),
  fc.record({
    kind: fc.constant("engine" as const),
    report: fc.constantFrom("passEnding", "fadeEnded", "positionAdvanced"),
  }),
  fc.record({ kind: fc.constant("late" as const), entry: fc.integer({ min: 0, max: 20 }) }),
  ...(["wentBack", "paused", "resumed", "sleepAfterThisRequested", "sleepCancelled"] as const).map(wish),
  event({ type: fc.constant("queueMoved" as const), by, from: place, to: place }),
  event({ type: fc.constant("queueShuffled" as const), by, seed: fc.integer() }),
  event({ type: fc.constant("sleepExtended" as const), by, extra: duration }),
  event({ type: fc.constant("loudnessChanged" as const), by, loudness: fc.constantFrom(...LOUDNESS_STEPS) }),
  event({
    type: fc.constant("settingsChanged" as const),
    rules: fc.record({
      ceilingDb: fc.constantFrom(0, -6, -9, -12, -30),
      fade: fc.constantFrom(0, seconds(10), minutes(3), minutes(30)),
      eyesClosed: fc.boolean(),
      timerEnd: fc.constant("leave" as const),
      duckingDb: fc.constantFrom(0, 9),
      votes: fc.boolean(),
    }),
  }),
  event({ type: fc.constant("listenersChanged" as const), listeners: fc.subarray([ana, bo]) }),
  event({
    type: fc.constant("playerReported" as const),
    report: fc.constantFrom(
      { type: "interrupted", why: "reconnecting" } as const,
      { type: "connected", channel: lounge } as const,
    ),
  }),
];
const phase = (name: "settle" | "deepen" | "dissolve", fromDb: number, toDb: number) => {
  const { wanted } = queued(name);
  return { name, minutes: 4, fromDb, toDb, title: name, layers: wanted.layers };
};
const rough: fc.Arbitrary<Happening>[] = [
  ...gentle,
  event({
    type: fc.constant("programmeStarted" as const),
    by,
    programme: fc.record({
      id: fc.constant("sleep"),
      title: fc.constant("Drift Off"),
      phases: fc.subarray([phase("settle", 0, -1), phase("deepen", -1, -8), phase("dissolve", -8, -18)]),
      ends: fc.constantFrom("silence", "never"),
    }),
    channel: fc.constant(lounge),
    panel: fc.constant(lounge),
  }),
  ...(["skipped", "queueCleared"] as const).map(wish),
  event({ type: fc.constant("loopChanged" as const), by, loop: fc.constantFrom(...LOOPS) }),
  event({ type: fc.constant("queueRemoved" as const), by, place }),
  fc.record({ kind: fc.constant("prepared" as const), well: fc.boolean() }),
  fc.constant({ kind: "engine", report: "soundFailed" }),
];
const final: fc.Arbitrary<Happening>[] = [
  ...rough,
  wish("stopped"),
  event({
    type: fc.constant("playerReported" as const),
    report: fc.constantFrom({ type: "left", why: "disconnected" } as const),
  }),
];

/** An engine that believes what it is told, and objects to what makes no sense. */
const engine = () => {
  let held = false;
  let fading = false;
  let gone = false;
  let gainDb = 0;
  let playing: EntryId | undefined;
  return {
    state: () => ({ held, fading, gone, gainDb, playing }),
    obey(command: PlayerCommand) {
      expect(gone, `${command.type} after the end`).toBe(false);
      switch (command.type) {
        case "play":
          expect(command.from).toBeGreaterThanOrEqual(0);
          expect(command.from).toBeLessThan(Number.MAX_SAFE_INTEGER);
          playing = command.entry;
          break;
        case "pause":
        case "resume":
          expect(held, command.type).toBe(command.type === "resume");
          held = command.type === "pause";
          break;
        case "fadeOut":
          expect(command.over).toBeGreaterThanOrEqual(0);
          expect(command.over).toBeLessThanOrEqual(hours(13));
          fading = true;
          break;
        case "fadeIn":
          expect(fading, "fadeIn without a fade").toBe(true);
          fading = false;
          break;
        case "setLoudness":
          gainDb = command.gainDb;
          break;
        case "leave":
          gone = true;
          break;
        case "join":
        case "stop":
        case "seek":
          break;
      }
    },
  };
};

/** Lives through one evening, and looks after every step whether all is as it must be. */
const live = (happenings: readonly Happening[]) => {
  let now: Millis = 1_000_000_000;
  let count = 0;
  const unprepared: Extract<Effect, { type: "prepareSound" }>[] = [];
  const sound = engine();
  const opening = {
    id: id<SessionId>("s"),
    guild: id<GuildId>("1"),
    loudnessDb: 0,
    rules: { ...DEFAULT_RULES, ceilingDb: -3 },
  };
  let session: Session = openSession(opening, queued("sound 0"), now).session;

  const check = () => {
    const { held, fading, gone, gainDb, playing } = sound.state();
    expect(gainDb).toBeLessThanOrEqual(ceilingOf(session));
    const entries = [...session.queue, ...[comingOf(session) ?? []].flat(), ...[trackOf(session)?.entry ?? []].flat()];
    expect(new Set(entries.map((entry) => entry.id)).size).toBe(entries.length);
    const deadline = nextDeadline(session, now);
    if (session.status === "over") return expect(deadline).toBeUndefined();
    expect(gone).toBe(false);
    if (session.status === "playing" || session.status === "paused") {
      expect(playing).toBe(session.track.entry.id);
      expect(held).toBe(session.status === "paused");
    }
    if (session.status === "playing") expect(session.aloneSince).toBeUndefined();
    if (session.timer) {
      expect(session.timer.endsAt - now).toBeLessThanOrEqual(hours(12) + minutes(1));
      expect(session.timer.fade).toBeLessThanOrEqual(
        Math.max(session.timer.endsAt - session.startedAt, session.rules.fade),
      );
      if (session.timer.kind === "at") expect(deadline, "a timer was lost").toBeLessThanOrEqual(session.timer.endsAt);
    }
    return expect(fading).toBe(session.timer?.fading ?? false);
  };

  const take = (step: Step) => {
    if (step.refusal) {
      expect(step.session).toBe(session);
      expect(step.effects).toEqual([]);
      expect(step.refusal.message).toMatch(/^[^!]{10,140}\.$/);
    }
    session = step.session;
    for (const effect of step.effects) {
      if (effect.type === "tellPlayer") sound.obey(effect.command);
      if (effect.type === "prepareSound") unprepared.push(effect);
    }
    JSON.stringify(viewOf(session));
    check();
  };
  const hear = (event: SessionEvent) => take(reduce(session, event, now));

  const pass = (duration: Millis) => {
    const until = now + duration;
    for (let ticks = 0; ; ticks++) {
      const next = nextDeadline(session, now);
      if (next === undefined || next > until) break;
      expect(ticks, "the clock ticks on the spot").toBeLessThan(10);
      if (next > now) ticks = 0;
      now = Math.max(now, next);
      hear({ type: "clockTicked" });
    }
    now = until;
  };

  const happen = (happening: Happening) => {
    switch (happening.kind) {
      case "event":
        return hear(happening.event);
      case "queue":
        count++;
        return hear(queued(`sound ${count}`, { when: happening.when, channel: session.channel }));
      case "sleep":
        return hear({ type: "sleepRequested", by: ana, endsAt: now + happening.duration });
      case "pass":
        return pass(happening.duration);
      case "prepared": {
        const effect = unprepared.shift();
        if (effect === undefined) return undefined;
        return happening.well
          ? hear({ type: "soundPrepared", entry: effect.entry, sound: playable(effect.sound) })
          : hear({ type: "preparationFailed", entry: effect.entry, sound: effect.sound, reason: plain("It is gone.") });
      }
      case "late":
        return hear({
          type: "playerReported",
          report: { type: "passEnding", entry: id<EntryId>(`${happening.entry}`) },
        });
      case "engine": {
        const entry = trackOf(session)?.entry.id ?? id<EntryId>("none");
        const position = framesIn(seconds(90));
        const reports = {
          passEnding: { type: "passEnding", entry },
          soundFailed: { type: "soundFailed", entry, reason: "EIO" },
          fadeEnded: { type: "fadeEnded" },
          positionAdvanced: { type: "positionAdvanced", entry, position },
        } as const;
        return hear({ type: "playerReported", report: reports[happening.report] });
      }
    }
  };

  take(openSession(opening, queued("sound 0"), now));
  for (const happening of happenings) happen(happening);
  return { session: () => session, pass, queuedCount: () => count + 1 };
};

const evenings = (
  happenings: fc.Arbitrary<Happening>[],
  numRuns: number,
  look: (evening: ReturnType<typeof live>) => void,
) =>
  fc.assert(
    fc.property(fc.array(fc.oneof(...happenings), { maxLength: 40 }), (all) => look(live(all))),
    { numRuns },
  );

test("whatever happens in an evening, the room stays under its ceiling, and nothing sounds after the end", () => {
  evenings(final, 10_000, () => {});
});

test("every timer that is not cancelled ends the evening at its time", () => {
  evenings(rough, 10_000, ({ session, pass }) => {
    const { timer } = session();
    if (session().status === "over" || timer?.kind !== "at") return;
    pass(hours(13));
    const ended = session();
    expect(ended).toMatchObject({ status: "over" });
    if (ended.status === "over") expect(ended.endedAt).toBeLessThanOrEqual(timer.endsAt);
  });
});

test("no sound that was queued gets lost, and none is doubled", () => {
  evenings(gentle, 10_000, ({ session, queuedCount }) => {
    const end = session();
    if (end.status === "over") return;
    const all = [...end.history, ...end.queue, trackOf(end)?.entry, comingOf(end)].filter(
      (entry) => entry !== undefined,
    );
    expect(all.map(({ title }) => title).toSorted()).toEqual(
      Array.from({ length: queuedCount() }, (_, i) => `sound ${i}`).toSorted(),
    );
  });
});
