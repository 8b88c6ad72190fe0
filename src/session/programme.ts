import type { ChannelId, UserId } from "../kernel/ids.ts";
import { plainly } from "../kernel/text.ts";
import { type Decibels, framesIn, type Millis, millisIn, minutes, seconds } from "../kernel/units.ts";
import { gainOfRoom } from "./loudness.ts";
import { enter, putBackComing, want } from "./playback.ts";
import { playsElsewhere, queueFull } from "./refusals.ts";
import {
  type Entry,
  type Live,
  MAX_QUEUE,
  type PhaseCurve,
  type RunningProgramme,
  type Session,
  trackOf,
  type Wanted,
} from "./session.ts";
import { cancelSleep, positionAt, requestSleep } from "./sleep.ts";
import { after, refuse, type Step, stay, tell, to } from "./step.ts";
import { CROSSFADE, LOUDNESS_RAMP } from "./timing.ts";

/** Somebody, or a schedule of somebody's, lets an arc of an evening begin. */
export interface ProgrammeStarted {
  readonly type: "programmeStarted";
  readonly by: UserId;
  readonly programme: {
    readonly id: string;
    readonly title: string;
    /** One or more. */
    readonly phases: readonly (PhaseCurve & Pick<Wanted, "title" | "layers">)[];
    readonly ends: "silence" | "never";
    /** For the panel, as it begins. */
    readonly line?: string;
  };
  readonly channel: ChannelId;
  readonly panel: ChannelId;
  /** Of the schedule by which it begins. */
  readonly occurrence?: string;
}

/** So often the engine is told where the curve goes; in between it goes there evenly. */
const STEP: Millis = seconds(30);
/** A change of level that nobody hears. */
const UNHEARD: Decibels = 0.05;

const lengthOf = ({ minutes: count }: Pick<PhaseCurve, "minutes">): Millis => minutes(count);

/** How loud a phase is after so long: slow at both of its ends, so that one phase goes over into the next without a corner. */
export const levelIn = (phase: PhaseCurve, into: Millis): Decibels => {
  const way = Math.min(1, Math.max(0, into / lengthOf(phase)));
  return Math.min(0, phase.fromDb + (phase.toDb - phase.fromDb) * way * way * (3 - 2 * way));
};

const entriesOf = (session: Live, { by, programme }: ProgrammeStarted): readonly [Live, readonly Entry[]] =>
  programme.phases.reduce<readonly [Live, readonly Entry[]]>(
    ([before, entries], { title, layers, ...curve }, phase) => {
      const wanted = { title, layers, lasts: framesIn(lengthOf(curve)), phase, by };
      const [numbered, entry] = enter(before, wanted);
      return [numbered, [...entries, entry]];
    },
    [session, []],
  );

/** What is left in the queue of a programme makes room for another one; what members queued comes after it. */
const withoutPhases = (session: Live): Live => {
  const waiting = putBackComing(session);
  return { ...waiting, queue: waiting.queue.filter(({ phase }) => phase === undefined) };
};

/** Begins in place of what plays; its end is the room's sleep timer. */
export const startProgramme = (session: Live, event: ProgrammeStarted, now: Millis): Step => {
  const elsewhere = event.channel !== session.channel;
  if (elsewhere && session.listeners.length > 0) return refuse(session, playsElsewhere(session.channel));
  const cleared = withoutPhases(session);
  const [numbered, [first, ...entries]] = entriesOf(cleared, event);
  if (first === undefined) return stay(session);
  if (entries.length + cleared.queue.length > MAX_QUEUE) return refuse(session, queueFull());
  const { id, title, phases, ends, line } = event.programme;
  // What is heard meanwhile stays as loud as it is; the first phase brings its own level along.
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
  const begun: Live = {
    ...numbered,
    channel: event.channel,
    queue: [...entries, ...numbered.queue],
    loop: "off",
    programme,
    ...(line !== undefined && { note: plainly(line) }),
    // Nobody has to be there yet; the room waits for the first who comes.
    ...(session.listeners.length === 0 && { aloneSince: session.aloneSince ?? now }),
  };
  const timed = ends === "never" ? untimed(begun) : withTimer(begun, event, now);
  if (timed.refusal !== undefined) return refuse(session, timed.refusal);
  const joined = elsewhere ? [tell({ type: "join", channel: event.channel })] : [];
  const gainDb = gainOfRoom(timed.session);
  const levelled =
    programme.levelDb === levelBefore ? [] : [tell({ type: "setLoudness", gainDb, over: LOUDNESS_RAMP })];
  return after([...joined, ...levelled, ...timed.effects], want(timed.session as Live, first, now));
};

const untimed = (session: Live): Step => (session.timer === undefined ? stay(session) : cancelSleep(session));

const withTimer = (session: Live, { by, programme }: ProgrammeStarted, now: Millis): Step =>
  requestSleep(session, by, now + programme.phases.reduce((sum, phase) => sum + lengthOf(phase), 0), now);

const curveOf = (session: Session): PhaseCurve | undefined =>
  session.status === "playing" && session.track.entry.phase !== undefined
    ? session.programme?.phases[session.track.entry.phase]
    : undefined;

/** When the curve of what plays is to be told on: nothing, while it stands still. */
export const nextLevelAt = (session: Session): readonly Millis[] => {
  const { programme } = session;
  if (programme === undefined || session.status !== "playing") return [];
  const { told } = programme;
  if (told?.entry !== session.track.entry.id) return [session.track.at];
  const curve = curveOf(session);
  const goal = curve === undefined ? 0 : levelIn(curve, Number.POSITIVE_INFINITY);
  return Math.abs(programme.levelDb - goal) < UNHEARD ? [] : [told.at + STEP];
};

/** Lets the room's loudness follow the curve of the phase that is heard. */
export const checkProgramme = (session: Live, now: Millis): Step => {
  const { programme } = session;
  if (programme === undefined || session.status !== "playing") return stay(session);
  const [due] = nextLevelAt(session);
  if (due === undefined || now < due) return stay(session);
  const { entry } = session.track;
  const over = programme.told?.entry === entry.id ? STEP : CROSSFADE;
  const curve = curveOf(session);
  const levelDb = curve === undefined ? 0 : levelIn(curve, millisIn(positionAt(session, now).position) + over);
  const told = { at: now, entry: entry.id };
  if (Math.abs(levelDb - programme.levelDb) < UNHEARD) return to({ ...session, programme: { ...programme, told } });
  const next: Live = { ...session, programme: { ...programme, levelDb, told } };
  return to(next, tell({ type: "setLoudness", gainDb: gainOfRoom(next), over }));
};
