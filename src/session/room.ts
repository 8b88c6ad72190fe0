import { type EntryId, type GuildId, id, type SessionId } from "../kernel/ids.ts";
import type { Decibels, Millis } from "../kernel/units.ts";
import type { Effect } from "./effects.ts";
import type { SoundQueued } from "./events.ts";
import { gainOfRoom, type Loudness, levelOf, loudestUnder } from "./loudness.ts";
import { prepare } from "./mix.ts";
import { type ProgrammeStarted, startProgramme } from "./programme.ts";
import { isQuietAt } from "./quietHours.ts";
import { aboveCeiling, louderIsForTheHost } from "./refusals.ts";
import type { HouseRules } from "./rules.ts";
import type { Entry, Live, Room, Waiting } from "./session.ts";
import { requestSleep } from "./sleep.ts";
import { after, refuse, type Step, stay, tell, to } from "./step.ts";
import { CEILING_RAMP, LOUDNESS_RAMP } from "./timing.ts";
import { type Deciding, mayDecide } from "./votes.ts";

/** What a guild's settings say to a session that begins. */
export interface Opening {
  readonly id: SessionId;
  readonly guild: GuildId;
  readonly loudnessDb: Decibels;
  readonly rules: HouseRules;
}

/** Nothing leaves a room above this, in LUFS, where its ceiling is that of the sounds as they are stored. */
const LOUDEST: Decibels = -18;

/** The ceiling as it holds now. */
export const ceilingOf = ({ rules, quietNow }: Pick<Live, "rules" | "quietNow">): Decibels =>
  rules.ceilingDb - (quietNow ? (rules.quiet?.softerBy ?? 0) : 0);

const setCeiling = (session: Live): Effect => tell({ type: "setCeiling", lufs: LOUDEST + ceilingOf(session) });
const setDucking = ({ rules }: Live): Effect => tell({ type: "setDucking", byDb: rules.duckingDb });

/** What the engine has to know of a room before it joins. */
export const settle = (session: Live): readonly Effect[] => [
  tell({ type: "setLoudness", gainDb: gainOfRoom(session), over: 0 }),
  setCeiling(session),
  setDucking(session),
];

/** With what a session begins. */
export type Beginning = SoundQueued | ProgrammeStarted;

/** A session begins with the first sound that somebody asks for, or with a programme, for which nobody has to be there yet. */
export const openSession = ({ loudnessDb, rules, ...opening }: Opening, event: Beginning, now: Millis): Step => {
  const quietNow = rules.quiet !== undefined && isQuietAt(rules.quiet, now);
  const present = event.type === "soundQueued" ? [event.by] : [];
  const room: Room = {
    ...opening,
    rules,
    quietNow,
    loudnessDb: Math.min(loudnessDb, ceilingOf({ rules, quietNow }), 0),
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
  const begun = event.type === "soundQueued" ? firstSound(room, event) : firstPhase(room, event, now);
  if (begun.refusal !== undefined || begun.session.status === "over") return begun;
  const timed = quietNow ? quietTimer(begun.session, now) : stay(begun.session);
  const joining = [...settle(begun.session), tell({ type: "join", channel: event.channel })];
  return after([...joining, ...begun.effects], timed);
};

const firstSound = (room: Room, { wanted, by }: SoundQueued): Step => {
  const entry: Entry = { ...wanted, id: id<EntryId>(`${room.counter}`), by };
  const waiting: Waiting = { ...room, status: "waiting", coming: entry, counter: room.counter + 1 };
  return to(waiting, ...prepare(entry));
};

const firstPhase = (room: Room, event: ProgrammeStarted, now: Millis): Step => {
  const { session, effects, refusal } = startProgramme({ ...room, status: "quiet", since: now }, event, now);
  return refusal ? refuse(session, refusal) : to(session, ...effects, ...session.queue.slice(0, 1).flatMap(prepare));
};

/** In the quiet hours no room plays on for ever, unless its listeners say so. */
const quietTimer = (session: Live, now: Millis): Step =>
  session.timer === undefined && session.rules.quiet !== undefined
    ? requestSleep(session, undefined, now + session.rules.quiet.timer, now)
    : stay(session);

export const changeLoudness = (session: Live, step: Loudness, deciding: Deciding): Step => {
  const [wished, ceiling] = [levelOf(step), ceilingOf(session)];
  if (wished > ceiling && step !== loudestUnder(ceiling))
    return refuse(session, aboveCeiling(step, loudestUnder(ceiling)));
  const loudnessDb = Math.min(wished, ceiling);
  if (loudnessDb > session.loudnessDb && !mayDecide(session, deciding)) return refuse(session, louderIsForTheHost());
  const changed = setLoudness(session, loudnessDb, LOUDNESS_RAMP);
  return changed.session === session
    ? changed
    : to(changed.session, ...changed.effects, { type: "rememberLoudness", loudnessDb });
};

const setLoudness = (session: Live, loudnessDb: Decibels, over: Millis): Step =>
  loudnessDb === session.loudnessDb
    ? stay(session)
    : to(
        { ...session, loudnessDb },
        tell({ type: "setLoudness", gainDb: gainOfRoom({ ...session, loudnessDb }), over }),
      );

/** A lower ceiling brings the room down gently; a higher one leaves it where it is. */
const underCeiling = (session: Live): Step =>
  after([setCeiling(session)], setLoudness(session, Math.min(session.loudnessDb, ceilingOf(session)), CEILING_RAMP));

export const changeSettings = (session: Live, rules: HouseRules, now: Millis): Step => {
  const quietNow = rules.quiet !== undefined && isQuietAt(rules.quiet, now);
  const changed: Live = { ...session, rules, quietNow };
  return after([setDucking(changed)], underCeiling(changed));
};

/** The quiet hours begin or end. */
export const checkQuiet = (session: Live, now: Millis): Step => {
  const { quiet } = session.rules;
  const quietNow = quiet !== undefined && isQuietAt(quiet, now);
  if (quietNow === session.quietNow) return stay(session);
  const { session: softer, effects } = underCeiling({ ...session, quietNow });
  return quietNow ? after(effects, quietTimer(softer as Live, now)) : to(softer, ...effects);
};
