import { plainly } from "../i18n/message.ts";
import type { ChannelId, UserId } from "../kernel/ids.ts";
import type { MemberText } from "../kernel/memberText.ts";
import { type Decibels, framesIn, type Millis, millisIn, minutes, seconds } from "../kernel/units.ts";
import { assignEntryId, playWhenReady, requeueComing } from "./playback.ts";
import { playingElsewhere, queueFull } from "./refusals.ts";
import { DEFAULT_RULES, MAX_FADE } from "./rules.ts";
import {
  type ActiveSession,
  MAX_QUEUE,
  type PhaseCurve,
  type PlayRequest,
  type QueueEntry,
  type RunningProgramme,
  type Session,
  trackOf,
} from "./session.ts";
import { cancelSleep, positionAt, requestSleep } from "./sleep.ts";
import { prependEffects, refuse, type Step, sendToPlayer, stay, stepTo } from "./step.ts";
import { CROSSFADE, VOLUME_RAMP } from "./timing.ts";
import { sessionGain } from "./volume.ts";

/** A member or a schedule starts a programme. */
export interface ProgrammeStarted {
  readonly type: "programmeStarted";
  readonly by: UserId;
  readonly programme: {
    readonly id: string;
    readonly title: MemberText;
    /** One or more. */
    readonly phases: readonly (PhaseCurve & Pick<PlayRequest, "title" | "layers">)[];
    readonly ends: "silence" | "never";
    /** For the panel when it starts. */
    readonly line?: string;
  };
  readonly channel: ChannelId;
  readonly panel: ChannelId;
  /** The occurrence that starts it, if it was scheduled. */
  readonly occurrence?: string;
}

/** How often the curve is sent to the player, which interpolates in between. */
const UPDATE_INTERVAL: Millis = seconds(30);
/** A change of level that is not audible. */
const INAUDIBLE_CHANGE: Decibels = 0.05;

const phaseLength = ({ minutes: count }: Pick<PhaseCurve, "minutes">): Millis => minutes(count);

/** The level of a phase at a time: it moves slowly at both ends, so that phases join smoothly. */
export const phaseLevel = (phase: PhaseCurve, into: Millis): Decibels => {
  const way = Math.min(1, Math.max(0, into / phaseLength(phase)));
  return Math.min(0, phase.fromDb + (phase.toDb - phase.fromDb) * way * way * (3 - 2 * way));
};

const entriesOf = (
  session: ActiveSession,
  { by, programme }: ProgrammeStarted,
): readonly [ActiveSession, readonly QueueEntry[]] =>
  programme.phases.reduce<readonly [ActiveSession, readonly QueueEntry[]]>(
    ([before, entries], { title, layers, ...curve }, phase) => {
      const wanted = { title, layers, lasts: framesIn(phaseLength(curve)), phase, by };
      const [numbered, entry] = assignEntryId(before, wanted);
      return [numbered, [...entries, entry]];
    },
    [session, []],
  );

/** Removes the rest of a programme from the queue; members' own entries come after the new one. */
const withoutPhases = (session: ActiveSession): ActiveSession => {
  const waiting = requeueComing(session);
  return { ...waiting, queue: waiting.queue.filter(({ phase }) => phase === undefined) };
};

/** Starts a programme in place of what is playing; the sleep timer ends with it. */
export const startProgramme = (session: ActiveSession, event: ProgrammeStarted, now: Millis): Step => {
  const elsewhere = event.channel !== session.channel;
  if (elsewhere && session.listeners.length > 0) return refuse(session, playingElsewhere(session.channel));
  const cleared = withoutPhases(session);
  const [numbered, [first, ...entries]] = entriesOf(cleared, event);
  if (first === undefined) return stay(session);
  if (entries.length + cleared.queue.length > MAX_QUEUE) return refuse(session, queueFull());
  const { id, title, phases, ends, line } = event.programme;
  // The current sound keeps its level; the first phase brings its own.
  const isHeard = trackOf(session) !== undefined;
  const levelBefore = session.programme?.levelDb ?? 0;
  const programme: RunningProgramme = {
    id,
    title,
    phases: phases.map(({ title: _, layers: __, ...curve }) => curve),
    startedAt: now,
    goesRound: ends === "never",
    levelDb: isHeard ? levelBefore : Math.min(0, phases[0]?.fromDb ?? 0),
    ...(event.occurrence !== undefined && { occurrence: event.occurrence }),
  };
  const begun: ActiveSession = {
    ...numbered,
    channel: event.channel,
    queue: [...entries, ...numbered.queue],
    loop: "off",
    wakeUp: undefined,
    programme,
    ...(line !== undefined && { note: plainly(line) }),
    // Nobody has to be there yet; the session waits for the first listener.
    ...(session.listeners.length === 0 && { aloneSince: session.aloneSince ?? now }),
  };
  const timed = ends === "never" ? withoutTimer(begun) : withTimer(begun, event, now);
  if (timed.refusal !== undefined) return refuse(session, timed.refusal);
  const joined = elsewhere ? [sendToPlayer({ type: "join", channel: event.channel })] : [];
  const gainDb = sessionGain(timed.session);
  const levelled =
    programme.levelDb === levelBefore ? [] : [sendToPlayer({ type: "setVolume", gainDb, over: VOLUME_RAMP })];
  return prependEffects(
    [...joined, ...levelled, ...timed.effects],
    playWhenReady(timed.session as ActiveSession, first, now),
  );
};

const withoutTimer = (session: ActiveSession): Step =>
  session.timer === undefined ? stay(session) : cancelSleep(session);

/** The curve of a programme is a fade already: a fade over the whole timer would come on top of it. */
const longestFade = ({ rules }: ActiveSession): Millis => (rules.fade > MAX_FADE ? DEFAULT_RULES.fade : rules.fade);

const withTimer = (session: ActiveSession, { by, programme }: ProgrammeStarted, now: Millis): Step => {
  const endsAt = now + programme.phases.reduce((sum, phase) => sum + phaseLength(phase), 0);
  return requestSleep(session, by, endsAt, now, longestFade(session));
};

const currentCurve = (session: Session): PhaseCurve | undefined =>
  session.status === "playing" && session.track.entry.phase !== undefined
    ? session.programme?.phases[session.track.entry.phase]
    : undefined;

/** When the curve must next be sent to the player; undefined while it is constant. */
export const nextLevelAt = (session: Session): readonly Millis[] => {
  const { programme } = session;
  if (programme === undefined || session.status !== "playing") return [];
  const { told } = programme;
  if (told?.entry !== session.track.entry.id) return [session.track.at];
  const curve = currentCurve(session);
  const goal = curve === undefined ? 0 : phaseLevel(curve, Number.POSITIVE_INFINITY);
  return Math.abs(programme.levelDb - goal) < INAUDIBLE_CHANGE ? [] : [told.at + UPDATE_INTERVAL];
};

/** Makes the volume follow the curve of the current phase. */
export const checkProgramme = (session: ActiveSession, now: Millis): Step => {
  const { programme } = session;
  if (programme === undefined || session.status !== "playing") return stay(session);
  const [due] = nextLevelAt(session);
  if (due === undefined || now < due) return stay(session);
  const { entry } = session.track;
  const over = programme.told?.entry === entry.id ? UPDATE_INTERVAL : CROSSFADE;
  const curve = currentCurve(session);
  const levelDb = curve === undefined ? 0 : phaseLevel(curve, millisIn(positionAt(session, now).position) + over);
  const told = { at: now, entry: entry.id };
  if (Math.abs(levelDb - programme.levelDb) < INAUDIBLE_CHANGE)
    return stepTo({ ...session, programme: { ...programme, told } });
  const next: ActiveSession = { ...session, programme: { ...programme, levelDb, told } };
  return stepTo(next, sendToPlayer({ type: "setVolume", gainDb: sessionGain(next), over }));
};
