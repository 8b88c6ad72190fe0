import { type EntryId, type GuildId, id, type SessionId } from "../kernel/ids.ts";
import type { Decibels, Millis } from "../kernel/units.ts";
import type { SoundQueued } from "./events.ts";
import { type Loudness, levelOf, loudestUnder } from "./loudness.ts";
import { prepare } from "./playback.ts";
import { aboveCeiling } from "./refusals.ts";
import type { Entry, Live, Waiting } from "./session.ts";
import { refuse, type Step, tell, to } from "./step.ts";
import { CEILING_RAMP, LOUDNESS_RAMP } from "./timing.ts";

/** What a guild's settings say to a session that begins. */
export interface Opening {
  readonly id: SessionId;
  readonly guild: GuildId;
  readonly ceilingDb: Decibels;
  readonly loudnessDb: Decibels;
  /** The longest fade of a sleep timer. */
  readonly fade: Millis;
}

/** A session begins with the first sound that somebody asks for. */
export const openSession = (opening: Opening, event: SoundQueued, now: Millis): Step => {
  const loudnessDb = Math.min(opening.loudnessDb, opening.ceilingDb, 0);
  const entry: Entry = { id: id<EntryId>("1"), sound: event.sound, by: event.by };
  const waiting: Waiting = {
    ...opening,
    loudnessDb,
    status: "waiting",
    coming: entry,
    startedAt: now,
    channel: event.channel,
    panel: event.panel,
    queue: [],
    history: [],
    loop: "off",
    listeners: [event.by],
    counter: 2,
  };
  return to(
    waiting,
    tell({ type: "setLoudness", gainDb: loudnessDb, over: 0 }),
    tell({ type: "join", channel: event.channel }),
    prepare(entry),
  );
};

export const changeLoudness = (session: Live, step: Loudness): Step => {
  const loudnessDb = levelOf(step);
  if (loudnessDb > session.ceilingDb && step !== loudestUnder(session.ceilingDb))
    return refuse(session, aboveCeiling(step, loudestUnder(session.ceilingDb)));
  return setLoudness(session, Math.min(loudnessDb, session.ceilingDb), LOUDNESS_RAMP);
};

const setLoudness = (session: Live, loudnessDb: Decibels, over: Millis): Step =>
  loudnessDb === session.loudnessDb
    ? to(session)
    : to({ ...session, loudnessDb }, tell({ type: "setLoudness", gainDb: loudnessDb, over }), {
        type: "rememberLoudness",
        loudnessDb,
      });

/** A lower ceiling brings the room down gently; a higher one leaves it where it is. */
export const changeSettings = (session: Live, ceilingDb: Decibels, fade: Millis): Step =>
  setLoudness({ ...session, ceilingDb, fade }, Math.min(session.loudnessDb, ceilingDb), CEILING_RAMP);
