import fc from "fast-check";
import { expect, test } from "vitest";
import { plain } from "../../src/i18n/message.ts";
import {
  type EntryId,
  type GuildId,
  id,
  type SessionId,
  type SoundId,
  type UserId,
  type WakeUpId,
} from "../../src/kernel/ids.ts";
import { framesIn, hours, type Millis, minutes, seconds } from "../../src/kernel/units.ts";
import { ceilingOf } from "../../src/session/changeVolume.ts";
import { nextDeadline } from "../../src/session/deadlines.ts";
import type { Effect } from "../../src/session/effects.ts";
import type { SessionEvent } from "../../src/session/events.ts";
import { openSession, type StartEvent } from "../../src/session/openSession.ts";
import { MAX_LOUDNESS } from "../../src/session/protocol.ts";
import { isKept } from "../../src/session/quietHours.ts";
import { reduce } from "../../src/session/reduce.ts";
import { restoreSession } from "../../src/session/restore.ts";
import { DEFAULT_RULES } from "../../src/session/rules.ts";
import { type ActiveSession, comingOf, type Session, trackOf } from "../../src/session/session.ts";
import { graceEndsAt, isInGrace } from "../../src/session/sleep.ts";
import type { Step } from "../../src/session/step.ts";
import { CEILING_RAMP, MAX_RISE } from "../../src/session/timing.ts";
import { viewOf } from "../../src/session/view.ts";
import { sessionGain, volumeLevel } from "../../src/session/volume.ts";
import { finalSteps, gentleSteps, phase, roughSteps, type SimulationStep } from "./arbitrarySteps.ts";
import { ana, lounge, playable, soundQueued } from "./sessionFixture.ts";
import { createStrictPlayer, invariant } from "./strictPlayer.ts";

/** What the engine's ceiling is, in LUFS, where a room's is 0. */

/** How many evenings are lived through; `CONTRIBUTING.md` says when to ask for more. */
const RUNS = Number(process.env.LULL_SESSION_RUNS ?? 1_500);

/** Another one by `LULL_SEED`. */
const SEED = Number(process.env.LULL_SEED ?? 42);

/** In which states the process has been killed, in all the evenings. */
const killedIn = new Set<string>();

/** What a session is doing when the process is killed. */
const statesOf = (session: Session): readonly string[] => {
  if (session.status === "over") return [];
  const laidOver = trackOf(session)?.entry.layers.some(({ once }) => once !== undefined);
  return [
    session.status,
    ...(isInGrace(session) ? ["grace"] : []),
    ...(session.wakeUp !== undefined ? ["wakeUp"] : []),
    ...(session.resting ? ["resting"] : []),
    ...(session.status === "paused" && session.why === "snoozed" ? ["snoozed"] : []),
    ...(laidOver ? ["laidOver"] : []),
    ...(trackOf(session)?.entry.interlude ? ["interlude"] : []),
    ...(session.queue.some(({ resumesAt }) => resumesAt !== undefined) ? ["interrupted"] : []),
  ];
};

/** How an evening begins: with a sound that a member queued, or with the bot waiting in its quiet channel. */
type Beginning = "sound" | "rest";

/** Lives through one evening, and looks after every step whether all is as it must be. */
const simulate = (steps: readonly SimulationStep[], beginning: Beginning = "sound") => {
  let now: Millis = 1_000_000_000;
  let count = 0;
  let unprepared: Extract<Effect, { type: "prepareSound" }>[] = [];
  let sound = createStrictPlayer(() => now);
  const promised = new Map<UserId, Millis>();
  const opening = {
    id: id<SessionId>("s"),
    guild: id<GuildId>("1"),
    volumeDb: 0,
    rules: { ...DEFAULT_RULES, ceilingDb: -3, quietChannel: { channel: lounge, stay: true } },
  };
  const start: StartEvent =
    beginning === "sound" ? soundQueued("sound 0") : { type: "quietChannelKept", channel: lounge, panel: lounge };
  let session: Session = openSession(opening, start, now).session;

  const checkLoudness = (room: ActiveSession) => {
    const { gainDb, ceiling, heardDb, loudnessEnds } = sound.state();
    invariant(ceiling === MAX_LOUDNESS + ceilingOf(room), "the engine has another ceiling", ceiling);
    invariant(
      Math.abs(gainDb - sessionGain(room)) < 1e-9,
      "a ramp goes elsewhere than the room",
      gainDb,
      sessionGain(room),
    );
    invariant(heardDb <= ceilingOf(room) + 1e-9 || now < loudnessEnds, "louder than the ceiling", heardDb);
  };

  const checkTimer = (room: ActiveSession, deadline: Millis | undefined) => {
    const { timer } = room;
    const { fading, fadeEnds, fadeTo } = sound.state();
    const isFaded = timer?.fading === true || room.riseOver !== undefined;
    invariant(fading === isFaded, "a fade is not the room's", fading);
    invariant(fading || fadeTo === 0, "a fade was not taken back", fadeTo);
    if (timer === undefined) return;
    invariant(timer.endsAt - now <= hours(12) + minutes(1), "a timer too far away");
    invariant(timer.fade <= Math.max(timer.endsAt - room.startedAt, room.rules.fade), "a fade too long");
    const endsBy = isInGrace(room) ? graceEndsAt(room) : timer.endsAt;
    if (timer.kind === "at") invariant(deadline !== undefined && deadline <= endsBy, "a timer was lost");
    if (timer.fading && room.status === "playing")
      invariant(
        Math.abs(fadeEnds - timer.endsAt) < 1,
        "a fade that ends elsewhere than its timer",
        fadeEnds,
        timer.endsAt,
      );
  };

  const check = () => {
    const { held, gone, playing } = sound.state();
    const entries = [comingOf(session), trackOf(session)?.entry, ...session.queue].filter((one) => one !== undefined);
    invariant(new Set(entries.map((entry) => entry.id)).size === entries.length, "an entry twice");
    const deadline = nextDeadline(session, now);
    if (session.status === "over") return invariant(deadline === undefined, "it is over, and waits for something");
    invariant(!gone, "the engine has left a room that is not over");
    if (session.resting) {
      const { status, timer } = session;
      invariant(status === "quiet" && timer === undefined && playing === undefined, "it rests, and does something");
      invariant(isKept(session, now) || deadline === now, "it stays where it is not to");
    }
    if (session.status === "playing") {
      invariant(playing === session.track.entry.id, "something else plays", playing);
      invariant(session.aloneSince === undefined, "it plays to nobody");
    }
    if (session.status === "playing" || (session.status === "paused" && !session.cold))
      invariant(held === (session.status === "paused"), "held, or not, against the room", held);
    checkLoudness(session);
    checkTimer(session, deadline);
    for (const [user, at] of promised)
      invariant(
        at <= now || session.departures.some((one) => one.user === user && one.at === at),
        "a departure was lost",
      );
    return undefined;
  };

  const obey = (effect: Effect) => {
    switch (effect.type) {
      case "sendToPlayer":
        return sound.obey(effect.command);
      case "prepareSound":
        return void unprepared.push(effect);
      case "disconnectMember":
        invariant((promised.get(effect.user) ?? Number.POSITIVE_INFINITY) <= now, "sent away before the time", effect);
        return void promised.delete(effect.user);
      case "moveListeners":
        return invariant(session.status === "over" && session.rules.timerEnd === "take-along", "taken along unasked");
      case "saveVolume":
        return invariant(effect.volumeDb <= 0, "louder than it may be, for ever", effect);
    }
  };

  const take = (step: Step) => {
    if (step.refusal) {
      invariant(step.session === session && step.effects.length === 0, "a refusal that does something");
      invariant(/^[^!]{10,140}\.$/.test(step.refusal.message), "no calm sentence", step.refusal.message);
    }
    session = step.session;
    for (const effect of step.effects) obey(effect);
    JSON.stringify(viewOf(session));
    check();
    if (session.status === "playing" && session.track.heard !== true)
      hear({ type: "playerReported", report: { type: "soundStarted", entry: session.track.entry.id } });
  };
  const hear = (event: SessionEvent) => take(reduce(session, event, now));

  const pass = (duration: Millis) => {
    const until = now + duration;
    for (let ticks = 0; ; ticks++) {
      const next = nextDeadline(session, now);
      if (next === undefined || next > until) break;
      invariant(ticks < 10, "the clock ticks on the spot");
      if (next > now) ticks = 0;
      now = Math.max(now, next);
      hear({ type: "clockTicked" });
    }
    now = until;
  };

  const depart = (by: UserId, at: Millis | undefined) => {
    const step = reduce(session, { type: "departureSet", by, ...(at !== undefined && { at }) }, now);
    if (step.refusal === undefined) at === undefined ? promised.delete(by) : promised.set(by, at);
    take(step);
  };

  /** Who is not there keeps their timer; who is there is sent away now, and has no timer left. */
  const leaveQuietly = (by: UserId) => {
    const before = session;
    if (before.status !== "over" && before.listeners.includes(by)) promised.set(by, now);
    hear({ type: "leftQuietly", by });
  };

  const soften = (by: UserId) => {
    const before = session;
    hear({ type: "softened", by });
    invariant(session.volumeDb <= before.volumeDb, "louder for whom it is too much", session.volumeDb);
    invariant(session.status === before.status, "softer ends or holds something", session.status);
  };

  const restart = (away: Millis) => {
    const stored = JSON.parse(JSON.stringify(session)) as Session;
    const savedAt = now;
    for (const state of statesOf(session)) killedIn.add(state);
    now += away;
    if (session.status === "over")
      return invariant(restoreSession(stored, savedAt, now) === undefined, "the dead rise");
    sound = createStrictPlayer(() => now);
    unprepared = [];
    const step = restoreSession(stored, savedAt, now);
    invariant(step !== undefined, "it does not come back");
    return take(step!);
  };

  const report = (kind: Extract<SimulationStep, { kind: "engine" }>["report"]) => {
    const playing = trackOf(session)?.entry;
    const entry = playing?.id ?? id<EntryId>("none");
    if (kind === "soundFailed" && playing !== undefined) sound.fail();
    if (kind === "fadeEnded" && sound.fadeLeft() <= seconds(1)) sound.finishFade();
    const reports = {
      passEnding: { type: "passEnding", entry },
      soundFailed: { type: "soundFailed", entry, reason: "EIO" },
      layerFailed: {
        type: "layerFailed",
        entry,
        sound: playing?.layers.at(-1)?.sound.id ?? id<SoundId>("none"),
        reason: "EIO",
      },
      fadeEnded: { type: "fadeEnded" },
      positionAdvanced: { type: "positionAdvanced", entry, position: framesIn(seconds(90)) },
    } as const;
    return hear({ type: "playerReported", report: reports[kind] });
  };

  const wakeUp = (by: UserId, rise: Millis) =>
    hear({
      type: "wakeUpStarted",
      by,
      wakeUp: id<WakeUpId>("w"),
      request: soundQueued("birds").request,
      fullAt: now + rise,
      channel: session.channel,
      panel: session.panel,
    });

  const perform = (step: SimulationStep): unknown => {
    switch (step.kind) {
      case "event":
        if (step.event.type === "departureSet") return depart(step.event.by, undefined);
        if (step.event.type === "leftQuietly") return leaveQuietly(step.event.by);
        if (step.event.type === "softened") return soften(step.event.by);
        return hear(step.event);
      case "queue":
        count++;
        return hear(soundQueued(`sound ${count}`, { when: step.when, channel: session.channel }));
      case "interlude":
        return hear(
          soundQueued("breath", {
            by: step.by,
            when: "now",
            channel: session.channel,
            request: { ...soundQueued("breath").request, lasts: framesIn(step.lasts), interlude: true },
          }),
        );
      case "sleep":
        return hear({ type: "sleepRequested", by: ana, endsAt: now + step.duration });
      case "wakeUp":
        return wakeUp(step.by, step.rise);
      case "visit":
        hear({ type: "listenersChanged", listeners: [step.by] });
        return hear({
          type: "quietChannelEntered",
          by: step.by,
          plays: step.programme
            ? { programme: { id: "sleep", title: "Drift Off", phases: [phase("settle", 0, -6)], ends: "silence" } }
            : { request: soundQueued("visit").request },
          channel: session.channel,
          panel: session.panel,
        });
      case "morning":
        wakeUp(step.by, minutes(10));
        while (unprepared.length > 0) perform({ kind: "prepared", well: true });
        hear({ type: "listenersChanged", listeners: [step.by] });
        hear({ type: "listenerStirred", listener: step.by, muted: true });
        return step.killed ? restart(minutes(5)) : undefined;
      case "depart":
        return depart(step.by, now + step.duration);
      case "pass":
        return pass(step.duration);
      case "killed":
        return restart(step.away);
      case "prepared": {
        const effect = unprepared.shift();
        if (effect === undefined) return undefined;
        return step.well
          ? hear({ type: "soundPrepared", entry: effect.entry, sound: playable(effect.sound) })
          : hear({ type: "preparationFailed", entry: effect.entry, sound: effect.sound, reason: plain("It is gone.") });
      }
      case "late":
        return hear({
          type: "playerReported",
          report: { type: "passEnding", entry: id<EntryId>(`${step.entry}`) },
        });
      case "engine":
        return report(step.report);
    }
  };

  take(openSession(opening, start, now));
  for (const step of steps) perform(step);
  return { session: () => session, sound: () => sound.state(), now: () => now, pass, queuedCount: () => count + 1 };
};

const isCold = (session: Session): boolean => session.status === "paused" && session.cold === true;

const simulations = (
  steps: readonly fc.Arbitrary<SimulationStep>[],
  numRuns: number,
  look: (evening: ReturnType<typeof simulate>) => void,
  beginnings: readonly Beginning[] = ["sound", "sound", "rest"],
) =>
  fc.assert(
    fc.property(
      fc.array(fc.oneof(...steps), { maxLength: 30, size: "max" }),
      fc.constantFrom(...beginnings),
      (all, beginning) => look(simulate(all, beginning)),
    ),
    // The same evenings each time, so that a change that breaks none of them is not held up by the 10,001st.
    { numRuns, seed: SEED },
  );

test("whatever happens in an evening, the room stays under its ceiling, every ramp comes to its end, and nothing sounds after the end", () => {
  simulations(finalSteps, RUNS, ({ session, sound, now, pass }) => {
    pass(minutes(1));
    const end = session();
    const { heardDb, loudnessEnds, fading } = sound();
    if (end.status === "over" || fading || end.programme !== undefined) return;
    const longest = end.wakeUp === undefined ? CEILING_RAMP : MAX_RISE;
    const isOnItsWay = loudnessEnds > now() && loudnessEnds - now() <= longest;
    // A wake-up, and what comes back after a timer, rises slowly.
    if (sound().fadeLeft > 0) return;
    invariant(isOnItsWay || heardDb === end.volumeDb, "a ramp stands in the middle", heardDb, end.volumeDb);
  });
});

test("every timer that is not cancelled ends the evening at its time, or its loudness", () => {
  simulations(roughSteps, RUNS, ({ session, sound, pass, now }) => {
    const before = session();
    const { timer } = before;
    if (before.status === "over" || timer?.kind !== "at") return;
    pass(Math.max(0, timer.endsAt - now()));
    if (isInGrace(session())) {
      const { held } = sound();
      invariant(held || trackOf(session()) === undefined || isCold(session()), "not silent after its timer");
      pass(Math.max(0, graceEndsAt(session() as never) - now()));
    }
    const end = session();
    if (end.status === "over") return invariant(end.endedAt <= timer.endsAt, "later than its timer", end.endedAt);
    invariant(before.rules.timerEnd === "whisper", "it goes on after its timer");
    invariant(end.timer?.by !== timer.by || end.timer?.endsAt !== timer.endsAt, "a timer that is over");
    return invariant(end.volumeDb <= volumeLevel("whisper"), "louder than a whisper after the timer", end.volumeDb);
  });
});

test("no sound that was queued gets lost, and none is doubled", () => {
  const look = ({ session, queuedCount }: ReturnType<typeof simulate>) => {
    const end = session();
    if (end.status === "over") return;
    const all = [...end.history, ...end.queue, trackOf(end)?.entry, comingOf(end)].filter(
      (entry) => entry !== undefined && entry.interlude === undefined,
    );
    expect(all.map((entry) => entry?.title).toSorted()).toEqual(
      Array.from({ length: queuedCount() }, (_, i) => `sound ${i}`).toSorted(),
    );
  };
  simulations(gentleSteps, RUNS, look, ["sound"]);
});

test("the evenings above kill the process in every state that has to survive it", () => {
  const states = [
    "waiting",
    "playing",
    "paused",
    "quiet",
    "grace",
    "wakeUp",
    "snoozed",
    "laidOver",
    "interlude",
    "interrupted",
    "resting",
  ];
  expect([...killedIn].toSorted()).toEqual(states.toSorted());
});
