import type { ChannelId, EntryId, GuildId, SessionId, SoundId, UserId } from "../kernel/ids.ts";
import type { Text } from "../kernel/text.ts";
import { type Decibels, type Millis, millisIn } from "../kernel/units.ts";
import type { Place } from "../library/mix.ts";
import { type Loudness, stepOf } from "./loudness.ts";
import { passOf } from "./mix.ts";
import type { HouseRules } from "./rules.ts";
import {
  comingOf,
  type Departure,
  type Ending,
  type Entry,
  type Interruption,
  type Live,
  type Loop,
  type PhaseCurve,
  type Posted,
  type RunningProgramme,
  type Session,
  type Track,
  trackOf,
  type Votes,
} from "./session.ts";
import { isHeld } from "./sleep.ts";
import { votesFor, votesNeeded } from "./votes.ts";

export interface SeenLayer {
  readonly sound: SoundId;
  readonly title: string;
  readonly gainDb: Decibels;
  readonly place: Place;
  /** Whether it can be heard already. */
  readonly ready: boolean;
}

export interface SeenEntry {
  readonly entry: EntryId;
  readonly title: string;
  readonly layers: readonly SeenLayer[];
  readonly by: UserId;
  /** How long it is to be heard, where that was asked for. */
  readonly lasts?: Millis;
}

interface SeenProgramme {
  readonly id: string;
  readonly title: string;
  /** The phase that is heard, from 0; undefined while something else is. */
  readonly phase?: number;
  readonly phases: readonly PhaseCurve[];
  /** Of the schedule by which it began. */
  readonly occurrence?: string;
}

export interface SeenSleep {
  readonly kind: "at" | "afterThis";
  readonly endsAt: Millis;
  /** When the fade begins. */
  readonly fadesAt: Millis;
  readonly by?: UserId;
  readonly fading: boolean;
  /** It ends with a sound that stands still, so that its times mean nothing for now. */
  readonly held: boolean;
}

/** A session as panels and answers show it. */
export interface SessionView {
  readonly id: SessionId;
  readonly guild: GuildId;
  /** The voice channel. */
  readonly channel: ChannelId;
  /** The text channel of the panel. */
  readonly panel: ChannelId;
  readonly status: Session["status"];
  /** What is heard, or is paused. */
  readonly now?: SeenEntry & {
    /** In its length, or in the pass that is heard. */
    readonly position: Millis;
    /** When it was at that position. */
    readonly at: Millis;
    readonly length: Millis;
  };
  /** What is being prepared, to be heard as soon as it can. */
  readonly coming?: SeenEntry;
  readonly queue: readonly SeenEntry[];
  readonly canGoBack: boolean;
  readonly loop: Loop;
  readonly loudness: Loudness;
  readonly sleep?: SeenSleep;
  readonly programme?: SeenProgramme;
  /** With status `paused`. */
  readonly pausedWhy?: "asked" | "alone";
  readonly interrupted?: Interruption;
  readonly listeners: readonly UserId[];
  /** All who have been here tonight. */
  readonly guests: readonly UserId[];
  readonly rules: HouseRules;
  readonly departures: readonly Departure[];
  /** Who would like it to be skipped or stopped, and how many it takes. */
  readonly votes?: { readonly to: "skip" | "stop"; readonly have: number; readonly need: number };
  readonly posted?: Posted;
  /** What went wrong last, as one calm sentence. */
  readonly note?: Text;
  /** With status `over`. */
  readonly overWhy?: Ending;
  readonly startedAt: Millis;
  /** With status `over`. */
  readonly endedAt?: Millis;
}

const seen = ({ id, title, layers, by, lasts }: Entry): SeenEntry => ({
  entry: id,
  title,
  layers: layers.map(({ sound, gainDb, place, ready }) => ({
    sound: sound.id,
    title: sound.title,
    gainDb,
    place,
    ready: ready !== undefined,
  })),
  by,
  ...(lasts !== undefined && { lasts: millisIn(lasts) }),
});

const seenNow = ({ entry, position, at }: Track): NonNullable<SessionView["now"]> => {
  const length = entry.lasts ?? passOf(entry);
  return {
    ...seen(entry),
    position: millisIn(entry.lasts === undefined ? position % length : Math.min(position, length)),
    at,
    length: millisIn(length),
  };
};

const seenProgramme = (
  { id, title, phases, occurrence }: RunningProgramme,
  phase: number | undefined,
): SeenProgramme => ({
  id,
  title,
  phases,
  ...(phase !== undefined && { phase }),
  ...(occurrence !== undefined && { occurrence }),
});

const votesOf = (session: Live, { to }: Votes): NonNullable<SessionView["votes"]> => ({
  to,
  have: votesFor(session, to).length,
  need: votesNeeded(session),
});

export const viewOf = (session: Session): SessionView => {
  const { id, guild, channel, panel, status, loop, listeners, timer, startedAt } = session;
  const track = trackOf(session);
  const coming = comingOf(session);
  return {
    id,
    guild,
    channel,
    panel,
    status,
    queue: session.queue.map(seen),
    canGoBack: session.history.length > 0,
    loop,
    loudness: stepOf(session.loudnessDb),
    listeners,
    startedAt,
    guests: session.guests,
    rules: session.rules,
    departures: session.departures,
    ...(session.posted && { posted: session.posted }),
    ...(status !== "over" && session.votes && { votes: votesOf(session, session.votes) }),
    ...(track && { now: seenNow(track) }),
    ...(coming && { coming: seen(coming) }),
    ...(timer && {
      sleep: {
        kind: timer.kind,
        endsAt: timer.endsAt,
        fadesAt: timer.endsAt - timer.fade,
        ...(timer.by && { by: timer.by }),
        fading: timer.fading,
        held: isHeld(session),
      },
    }),
    ...(session.programme && { programme: seenProgramme(session.programme, (track?.entry ?? coming)?.phase) }),
    ...(status === "paused" && { pausedWhy: session.why }),
    ...(session.interrupted && { interrupted: session.interrupted }),
    ...(session.note && { note: session.note }),
    ...(status === "over" && { overWhy: session.why, endedAt: session.endedAt }),
  };
};
