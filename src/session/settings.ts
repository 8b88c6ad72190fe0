import { type EntryId, type GuildId, id, type SessionId } from "../kernel/ids.ts";
import type { Decibels, Millis } from "../kernel/units.ts";
import type { Effect } from "./effects.ts";
import type { SoundQueued } from "./events.ts";
import { prepareEffects } from "./mix.ts";
import { type ProgrammeStarted, startProgramme } from "./programme.ts";
import { MAX_LOUDNESS } from "./protocol.ts";
import { isQuietAt } from "./quietHours.ts";
import { aboveCeiling, louderNeedsPermission } from "./refusals.ts";
import type { SessionRules } from "./rules.ts";
import type { ActiveSession, QueueEntry, SessionBase, WaitingSession } from "./session.ts";
import { requestSleep } from "./sleep.ts";
import { prependEffects, refuse, type Step, sendToPlayer, stay, stepTo } from "./step.ts";
import { CEILING_RAMP, VOLUME_RAMP } from "./timing.ts";
import { loudestVolumeUnder, sessionGain, type Volume, volumeLevel } from "./volume.ts";
import { type Decider, mayDecide } from "./votes.ts";

/** What a guild's settings mean for a new session. */
export interface SessionInit {
  readonly id: SessionId;
  readonly guild: GuildId;
  readonly volumeDb: Decibels;
  readonly rules: SessionRules;
}

/** The ceiling that applies now. */
export const ceilingOf = ({ rules, quietNow }: Pick<ActiveSession, "rules" | "quietNow">): Decibels =>
  rules.ceilingDb - (quietNow ? (rules.quiet?.softerBy ?? 0) : 0);

const ceilingCommand = (session: ActiveSession): Effect =>
  sendToPlayer({ type: "setCeiling", lufs: MAX_LOUDNESS + ceilingOf(session) });
const duckingCommand = ({ rules }: ActiveSession): Effect =>
  sendToPlayer({ type: "setDucking", byDb: rules.duckingDb });

/** The commands that set a player up before it joins. */
export const initialPlayerSettings = (session: ActiveSession): readonly Effect[] => [
  sendToPlayer({ type: "setVolume", gainDb: sessionGain(session), over: 0 }),
  ceilingCommand(session),
  duckingCommand(session),
];

/** Events that start a session. */
export type StartEvent = SoundQueued | ProgrammeStarted;

/**
 * Starts a session with the first requested sound, or with a programme, for which nobody has to be
 * there yet.
 */
export const openSession = ({ volumeDb, rules, ...opening }: SessionInit, event: StartEvent, now: Millis): Step => {
  const quietNow = rules.quiet !== undefined && isQuietAt(rules.quiet, now);
  const present = event.type === "soundQueued" ? [event.by] : [];
  const base: SessionBase = {
    ...opening,
    rules,
    quietNow,
    volumeDb: Math.min(volumeDb, ceilingOf({ rules, quietNow }), 0),
    startedAt: now,
    channel: event.channel,
    panel: event.panel,
    queue: [],
    history: [],
    loop: "off",
    listeners: present,
    guests: present,
    departures: [],
    counter: 1,
  };
  const begun = event.type === "soundQueued" ? startWithSound(base, event) : startWithProgramme(base, event, now);
  if (begun.refusal !== undefined || begun.session.status === "over") return begun;
  const timed = quietNow ? startQuietHoursTimer(begun.session, now) : stay(begun.session);
  const joining = [...initialPlayerSettings(begun.session), sendToPlayer({ type: "join", channel: event.channel })];
  return prependEffects([...joining, ...begun.effects], timed);
};

const startWithSound = (base: SessionBase, { request, by }: SoundQueued): Step => {
  const entry: QueueEntry = { ...request, id: id<EntryId>(`${base.counter}`), by };
  const waiting: WaitingSession = { ...base, status: "waiting", coming: entry, counter: base.counter + 1 };
  return stepTo(waiting, ...prepareEffects(entry));
};

const startWithProgramme = (base: SessionBase, event: ProgrammeStarted, now: Millis): Step => {
  const { session, effects, refusal } = startProgramme({ ...base, status: "quiet", since: now }, event, now);
  return refusal
    ? refuse(session, refusal)
    : stepTo(session, ...effects, ...session.queue.slice(0, 1).flatMap(prepareEffects));
};

/** During quiet hours, every session has a sleep timer unless its listeners cancel it. */
const startQuietHoursTimer = (session: ActiveSession, now: Millis): Step =>
  session.timer === undefined && session.rules.quiet !== undefined
    ? requestSleep(session, undefined, now + session.rules.quiet.timer, now)
    : stay(session);

/** Changes the session's volume on a ramp. */
export const changeVolume = (session: ActiveSession, step: Volume, deciding: Decider): Step => {
  const [wanted, ceiling] = [volumeLevel(step), ceilingOf(session)];
  if (wanted > ceiling && step !== loudestVolumeUnder(ceiling))
    return refuse(session, aboveCeiling(step, loudestVolumeUnder(ceiling)));
  const volumeDb = Math.min(wanted, ceiling);
  if (volumeDb > session.volumeDb && !mayDecide(session, deciding)) return refuse(session, louderNeedsPermission());
  const changed = setVolume(session, volumeDb, VOLUME_RAMP);
  return changed.session === session
    ? changed
    : stepTo(changed.session, ...changed.effects, { type: "saveVolume", volumeDb });
};

const setVolume = (session: ActiveSession, volumeDb: Decibels, over: Millis): Step =>
  volumeDb === session.volumeDb
    ? stay(session)
    : stepTo(
        { ...session, volumeDb },
        sendToPlayer({ type: "setVolume", gainDb: sessionGain({ ...session, volumeDb }), over }),
      );

/** A lower ceiling reduces the volume gently; a higher one leaves it as it is. */
const applyCeiling = (session: ActiveSession): Step =>
  prependEffects(
    [ceilingCommand(session)],
    setVolume(session, Math.min(session.volumeDb, ceilingOf(session)), CEILING_RAMP),
  );

/** Applies changed settings of the guild to a running session. */
export const changeSettings = (session: ActiveSession, rules: SessionRules, now: Millis): Step => {
  const quietNow = rules.quiet !== undefined && isQuietAt(rules.quiet, now);
  const changed: ActiveSession = { ...session, rules, quietNow };
  return prependEffects([duckingCommand(changed)], applyCeiling(changed));
};

/** Handles the beginning and end of the quiet hours. */
export const checkQuietHours = (session: ActiveSession, now: Millis): Step => {
  const { quiet } = session.rules;
  const quietNow = quiet !== undefined && isQuietAt(quiet, now);
  if (quietNow === session.quietNow) return stay(session);
  const { session: softer, effects } = applyCeiling({ ...session, quietNow });
  return quietNow
    ? prependEffects(effects, startQuietHoursTimer(softer as ActiveSession, now))
    : stepTo(softer, ...effects);
};
