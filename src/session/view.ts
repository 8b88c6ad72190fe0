import type { Placement } from "../catalogue/mix.ts";
import type { Message } from "../i18n/message.ts";
import type { ChannelId, EntryId, GuildId, SessionId, SoundId, UserId } from "../kernel/ids.ts";
import { type Decibels, type Millis, millisIn } from "../kernel/units.ts";
import { passLength } from "./mix.ts";
import type { SessionRules } from "./rules.ts";
import {
  type ActiveSession,
  comingOf,
  type Departure,
  type EndReason,
  type Interruption,
  type LoopMode,
  type PanelMessage,
  type PhaseCurve,
  type QueueEntry,
  type RunningProgramme,
  type Session,
  type Track,
  trackOf,
  type Votes,
} from "./session.ts";
import { isTimerHeld } from "./sleep.ts";
import { nearestVolume, type Volume } from "./volume.ts";
import { votesFor, votesNeeded } from "./votes.ts";

/** A layer of a mix, for display. */
export interface LayerView {
  readonly sound: SoundId;
  readonly title: string;
  readonly gainDb: Decibels;
  readonly place: Placement;
  /** Whether it can be heard already. */
  readonly ready: boolean;
}

/** A queue entry, for display. */
export interface EntryView {
  readonly entry: EntryId;
  readonly title: string;
  readonly layers: readonly LayerView[];
  readonly by: UserId;
  /** How long it is to be heard, where that was asked for. */
  readonly lasts?: Millis;
}

interface ProgrammeView {
  readonly id: string;
  readonly title: string;
  /** The phase that is heard, from 0; undefined while something else is. */
  readonly phase?: number;
  readonly phases: readonly PhaseCurve[];
  /** Of the schedule by which it began. */
  readonly occurrence?: string;
}

/** The sleep timer, for display. */
export interface SleepTimerView {
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
  readonly now?: EntryView & {
    /** In its length, or in the pass that is heard. */
    readonly position: Millis;
    /** When it was at that position. */
    readonly at: Millis;
    readonly length: Millis;
    /** Whether its packets go out: false until the voice connection is there. */
    readonly heard: boolean;
  };
  /** What is being prepared, to be heard as soon as it can. */
  readonly coming?: EntryView;
  readonly queue: readonly EntryView[];
  readonly canGoBack: boolean;
  readonly loop: LoopMode;
  readonly volume: Volume;
  readonly sleepTimer?: SleepTimerView;
  readonly programme?: ProgrammeView;
  /** With status `paused`. */
  readonly pauseReason?: "asked" | "alone";
  readonly interrupted?: Interruption;
  readonly listeners: readonly UserId[];
  /** All who have been here tonight. */
  readonly guests: readonly UserId[];
  readonly rules: SessionRules;
  readonly departures: readonly Departure[];
  /** Who would like it to be skipped or stopped, and how many it takes. */
  readonly votes?: { readonly to: "skip" | "stop"; readonly have: number; readonly need: number };
  readonly posted?: PanelMessage;
  /** What went wrong last, as one calm sentence. */
  readonly note?: Message;
  /** With status `over`. */
  readonly endReason?: EndReason;
  readonly startedAt: Millis;
  /** With status `over`. */
  readonly endedAt?: Millis;
}

/** Whether sound goes out at this moment; nothing may say before that it plays. */
export const isHeard = ({ status, now, interrupted }: Pick<SessionView, "status" | "now" | "interrupted">): boolean =>
  status === "playing" && now?.heard === true && interrupted === undefined;

const entryView = ({ id, title, layers, by, lasts }: QueueEntry): EntryView => ({
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

const nowPlayingView = ({ entry, position, at, heard = false }: Track): NonNullable<SessionView["now"]> => {
  const length = entry.lasts ?? passLength(entry);
  return {
    ...entryView(entry),
    position: millisIn(entry.lasts === undefined ? position % length : Math.min(position, length)),
    at,
    length: millisIn(length),
    heard,
  };
};

const programmeView = (
  { id, title, phases, occurrence }: RunningProgramme,
  phase: number | undefined,
): ProgrammeView => ({
  id,
  title,
  phases,
  ...(phase !== undefined && { phase }),
  ...(occurrence !== undefined && { occurrence }),
});

const votesView = (session: ActiveSession, { to }: Votes): NonNullable<SessionView["votes"]> => ({
  to,
  have: votesFor(session, to).length,
  need: votesNeeded(session),
});

/** The view of a session. */
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
    queue: session.queue.map(entryView),
    canGoBack: session.history.length > 0,
    loop,
    volume: nearestVolume(session.volumeDb),
    listeners,
    startedAt,
    guests: session.guests,
    rules: session.rules,
    departures: session.departures,
    ...(session.posted && { posted: session.posted }),
    ...(status !== "over" && session.votes && { votes: votesView(session, session.votes) }),
    ...(track && { now: nowPlayingView(track) }),
    ...(coming && { coming: entryView(coming) }),
    ...(timer && {
      sleepTimer: {
        kind: timer.kind,
        endsAt: timer.endsAt,
        fadesAt: timer.endsAt - timer.fade,
        ...(timer.by && { by: timer.by }),
        fading: timer.fading,
        held: isTimerHeld(session),
      },
    }),
    ...(session.programme && { programme: programmeView(session.programme, (track?.entry ?? coming)?.phase) }),
    ...(status === "paused" && { pauseReason: session.why }),
    ...(session.interrupted && { interrupted: session.interrupted }),
    ...(session.note && { note: session.note }),
    ...(status === "over" && { endReason: session.why, endedAt: session.endedAt }),
  };
};
