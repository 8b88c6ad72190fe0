import fc from "fast-check";
import { id, type SoundId, type UserId } from "../../src/kernel/ids.ts";
import { PLACEMENTS } from "../../src/kernel/placement.ts";
import { hours, type Millis, minutes, seconds } from "../../src/kernel/units.ts";
import type { SessionEvent } from "../../src/session/events.ts";
import { TIMER_END_ACTIONS, WHOLE_TIMER } from "../../src/session/rules.ts";
import { LOOP_MODES } from "../../src/session/session.ts";
import { VOLUMES } from "../../src/session/volume.ts";
import { ana, attic, bo, lounge, soundQueued, soundRef } from "./sessionFixture.ts";

/** What may happen next; what depends on the session (its entries) is filled in when it happens. */
export type SimulationStep =
  | { readonly kind: "event"; readonly event: SessionEvent }
  | { readonly kind: "queue"; readonly when: "now" | "next" | "last" }
  | { readonly kind: "sleep"; readonly duration: Millis }
  /** Something is played for so long in between. */
  | { readonly kind: "interlude"; readonly by: UserId; readonly lasts: Millis }
  /** A wake-up is due, and is to have risen so long after. */
  | { readonly kind: "wakeUp"; readonly rise: Millis; readonly by: UserId }
  /** A wake-up is due, is heard, and is silenced for a while; then the process may be killed. */
  | { readonly kind: "morning"; readonly by: UserId; readonly killed: boolean }
  /** Somebody has come into the quiet channel, if the session is there. */
  | { readonly kind: "visit"; readonly by: UserId; readonly programme: boolean }
  | { readonly kind: "depart"; readonly by: UserId; readonly duration: Millis }
  | { readonly kind: "pass"; readonly duration: Millis }
  /** The process is killed, and starts again so long after. */
  | { readonly kind: "killed"; readonly away: Millis }
  /** The oldest sound that is being prepared is ready, or cannot be made. */
  | { readonly kind: "prepared"; readonly well: boolean }
  | {
      readonly kind: "engine";
      readonly report: "passEnding" | "soundFailed" | "layerFailed" | "fadeEnded" | "positionAdvanced";
    }
  | { readonly kind: "late"; readonly entry: number };

const cy = id<UserId>("300");

const by = fc.constantFrom<UserId>(ana, bo, cy);
const place = fc.integer({ min: -1, max: 8 });
const duration = fc.oneof(
  fc.integer({ min: 1, max: seconds(20) }),
  fc.integer({ min: seconds(1), max: minutes(20) }),
  fc.constantFrom(0, -1, Number.NaN, Number.POSITIVE_INFINITY, hours(12), hours(13)),
);
const event = <E extends SessionEvent>(shape: { [K in keyof E]: fc.Arbitrary<E[K]> }): fc.Arbitrary<SimulationStep> =>
  fc.record(shape).map((value) => ({ kind: "event", event: value as unknown as SessionEvent }));
const memberRequest = (type: SessionEvent["type"]) => event({ type: fc.constant(type), by } as never);
const asHost = fc.boolean();
const memberDecision = (type: SessionEvent["type"]) => event({ type: fc.constant(type), by, asHost } as never);

/** Sounds that are laid over others. */
const layer = fc.constantFrom("rain", "fire", "sea").map(soundRef);
const layerId = fc.constantFrom(...["rain", "fire", "sea", "sound 0"].map((name) => id<SoundId>(name)));
const layerGain = fc.constantFrom(0, -6, -12, 6, Number.NaN, -99);
const layerAdded = {
  type: fc.constant("layerAdded" as const),
  by,
  sound: layer,
  gainDb: layerGain,
  place: fc.constantFrom(...PLACEMENTS),
};
const mixes: fc.Arbitrary<SimulationStep>[] = [
  event(layerAdded),
  event({ ...layerAdded, once: fc.constantFrom(seconds(20), seconds(1)) }),
  event({
    type: fc.constant("layerChanged" as const),
    by,
    sound: layerId,
    gainDb: layerGain,
    place: fc.constantFrom(...PLACEMENTS),
  }),
  event({ type: fc.constant("layerRemoved" as const), by, sound: layerId }),
];

/** In UTC, the evenings of the test begin at 13:46; these hours are on already, come soon, or come late. */
const quiet = fc.record({
  from: fc.constantFrom(13 * 60, 13 * 60 + 50, 14 * 60, 23 * 60),
  to: fc.constantFrom(13 * 60 + 48, 15 * 60, 7 * 60),
  timeZone: fc.constant("UTC"),
  timer: fc.constantFrom(minutes(10), hours(2)),
  softerBy: fc.constantFrom(0, 6),
});
const rules = {
  ceilingDb: fc.constantFrom(0, -6, -9, -12, -30),
  fade: fc.constantFrom(0, seconds(10), minutes(3), minutes(30), WHOLE_TIMER),
  grace: fc.constantFrom(0, minutes(2), minutes(10)),
  eyesClosed: fc.boolean(),
  timerEnd: fc.constantFrom(...TIMER_END_ACTIONS),
  duckingDb: fc.constantFrom(0, 9),
  votes: fc.boolean(),
};

/** Most of an evening of the test lies within these hours, or none of it. */
const quietChannel = fc.record(
  {
    channel: fc.constantFrom(lounge, attic),
    stay: fc.boolean(),
    hours: fc.record({
      from: fc.constantFrom(13 * 60, 14 * 60, 23 * 60),
      to: fc.constantFrom(13 * 60 + 50, 7 * 60),
      timeZone: fc.constant("UTC"),
    }),
  },
  { requiredKeys: ["channel", "stay"] },
);

/** What leaves every sound in its place: the rest may take sounds out. */
export const gentleSteps: readonly fc.Arbitrary<SimulationStep>[] = [
  fc.record({ kind: fc.constant("queue" as const), when: fc.constantFrom("now", "next", "last") }),
  fc.record({ kind: fc.constant("sleep" as const), duration }),
  fc.record({
    kind: fc.constant("interlude" as const),
    by,
    lasts: fc.constantFrom(seconds(56), minutes(5), minutes(20)),
  }),
  fc.record({ kind: fc.constant("pass" as const), duration: fc.integer({ min: 0, max: minutes(6) }) }),
  fc.record({ kind: fc.constant("prepared" as const), well: fc.constant(true) }),
  fc.record({
    kind: fc.constant("engine" as const),
    report: fc.constantFrom("passEnding", "fadeEnded", "positionAdvanced"),
  }),
  fc.record({ kind: fc.constant("late" as const), entry: fc.integer({ min: 0, max: 20 }) }),
  ...(
    ["wentBack", "paused", "resumed", "sleepAfterThisRequested", "sleepCancelled", "softened", "leftQuietly"] as const
  ).map(memberRequest),
  ...mixes,
  event({ type: fc.constant("queueMoved" as const), by, from: place, to: place }),
  event({ type: fc.constant("queueShuffled" as const), by, seed: fc.integer() }),
  event({ type: fc.constant("sleepExtended" as const), by, extra: duration }),
  event({ type: fc.constant("listenerStirred" as const), listener: by, muted: fc.boolean() }),
  event({ type: fc.constant("volumeChanged" as const), by, asHost, volume: fc.constantFrom(...VOLUMES) }),
  event({ type: fc.constant("raised" as const), by, asHost }),
  event({
    type: fc.constant("settingsChanged" as const),
    rules: fc.oneof(
      { weight: 3, arbitrary: fc.record(rules) },
      fc.record({ ...rules, quiet }),
      fc.record({ ...rules, quiet, quietChannel }),
    ),
  }),
  event({ type: fc.constant("listenersChanged" as const), listeners: fc.subarray([ana, bo, cy]) }),
  fc.record({ kind: fc.constant("depart" as const), by, duration }),
  fc.record({ kind: fc.constant("killed" as const), away: fc.constantFrom(seconds(2), seconds(20), minutes(5)) }),
  event({ type: fc.constant("departureSet" as const), by }),
  event({
    type: fc.constant("playerReported" as const),
    report: fc.constantFrom(
      { type: "interrupted", why: "reconnecting" } as const,
      { type: "connected", channel: lounge } as const,
    ),
  }),
];

export const phase = (name: "settle" | "deepen" | "dissolve", fromDb: number, toDb: number) => {
  const { request } = soundQueued(name);
  return { name, minutes: 4, fromDb, toDb, title: name, layers: request.layers };
};

/** What may take sounds out, but leaves the evening to its timer. */
export const roughSteps: readonly fc.Arbitrary<SimulationStep>[] = [
  ...gentleSteps,
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
  fc.record({
    kind: fc.constant("wakeUp" as const),
    by,
    rise: fc.constantFrom(-hours(1), -minutes(5), 0, minutes(1), minutes(10), minutes(30)),
  }),
  fc.record({ kind: fc.constant("visit" as const), by, programme: fc.boolean() }),
  fc.record({ kind: fc.constant("morning" as const), by, killed: fc.boolean() }),
  memberDecision("skipped"),
  memberDecision("queueCleared"),
  event({ type: fc.constant("loopChanged" as const), by, loop: fc.constantFrom(...LOOP_MODES) }),
  event({ type: fc.constant("queueRemoved" as const), by, asHost, place }),
  fc.record({ kind: fc.constant("prepared" as const), well: fc.boolean() }),
  fc.record({ kind: fc.constant("engine" as const), report: fc.constantFrom("soundFailed", "layerFailed") }),
];

export const finalSteps: readonly fc.Arbitrary<SimulationStep>[] = [
  ...roughSteps,
  memberDecision("stopped"),
  event({
    type: fc.constant("playerReported" as const),
    report: fc.constantFrom({ type: "left", why: "disconnected" } as const),
  }),
];
