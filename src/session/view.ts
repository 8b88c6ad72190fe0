import type { Message } from "../i18n/message.ts";
import type { ChannelId, EntryId, GuildId, HelperId, SessionId, SoundId, UserId } from "../kernel/ids.ts";
import type { MemberText } from "../kernel/memberText.ts";
import type { Placement } from "../kernel/placement.ts";
import { type Decibels, type Millis, millisIn } from "../kernel/units.ts";
import { passLength, positionInPass } from "./mix.ts";
import type { HeardTakes } from "./protocol.ts";
import type { SessionRules } from "./rules.ts";
import {
  type ActiveSession,
  comingOf,
  type Departure,
  type EndReason,
  type Interruption,
  type LoopMode,
  type PanelMessage,
  type PausedSession,
  type PhaseCurve,
  type QueueEntry,
  type RunningProgramme,
  type RunningWakeUp,
  type Session,
  type Track,
  trackOf,
  type Votes,
} from "./session.ts";
import { graceEndsAt, isInGrace, isTimerHeld } from "./sleep.ts";
import { nearestVolume, type Volume } from "./volume.ts";
import { votesFor, votesNeeded } from "./votes.ts";

/** A layer of a mix, for display. */
export interface LayerView {
  readonly sound: SoundId;
  readonly title: MemberText;
  readonly gainDb: Decibels;
  readonly place: Placement;
  /** Whether it has been prepared. */
  readonly ready: boolean;
  /** Whether it is laid over the others once, and leaves again. */
  readonly once: boolean;
}

/** A queue entry, for display. */
export interface EntryView {
  readonly entry: EntryId;
  readonly title: MemberText;
  readonly layers: readonly LayerView[];
  readonly by: UserId;
  /** How long it is to play, if that was requested. */
  readonly lasts?: Millis;
  /** Whether what it interrupted continues after it, or silence follows. */
  readonly interlude?: true;
}

interface ProgrammeView {
  readonly id: string;
  readonly title: MemberText;
  /** The current phase, from 0; undefined while something else plays. */
  readonly phase?: number;
  readonly phases: readonly PhaseCurve[];
  /** The occurrence that started it, if it was scheduled. */
  readonly occurrence?: string;
}

/** The sleep timer, for display. */
export interface SleepTimerView {
  readonly kind: "at" | "afterThis";
  readonly endsAt: Millis;
  /** When the fade begins. */
  readonly fadesAt: Millis;
  /** When it was set; absent where that is not known. */
  readonly since?: Millis;
  readonly by?: UserId;
  readonly fading: boolean;
  /** It ends with a sound that is paused, so its times are not meaningful for now. */
  readonly held: boolean;
  /** It has run out, and the bot stays in silence for a while. */
  readonly grace?: { readonly until: Millis; readonly eyesClosed: boolean };
}

/** A session as panels and answers show it. */
export interface SessionView {
  readonly id: SessionId;
  readonly guild: GuildId;
  /** The helper that speaks; absent: the bot itself. */
  readonly helper?: HelperId;
  /** The voice channel. */
  readonly channel: ChannelId;
  /** The text channel of the panel. */
  readonly panel: ChannelId;
  readonly status: Session["status"];
  /** The current entry, playing or paused. */
  readonly now?: EntryView & {
    /** Within its length, or within the current pass. */
    readonly position: Millis;
    /** Since the beginning of its first pass. */
    readonly elapsed: Millis;
    /** When it was there. */
    readonly at: Millis;
    readonly length: Millis;
    /** Which take of each sound is heard, where it is not the first. */
    readonly takes?: HeardTakes;
    /** Whether its packets go out: false until the voice connection is there. */
    readonly heard: boolean;
  };
  /** The entry that is being prepared and plays next. */
  readonly coming?: EntryView;
  readonly queue: readonly EntryView[];
  readonly canGoBack: boolean;
  readonly loop: LoopMode;
  readonly volume: Volume;
  readonly sleepTimer?: SleepTimerView;
  readonly programme?: ProgrammeView;
  /** The wake-up for which the sound plays. */
  readonly wakeUp?: RunningWakeUp;
  /** With status `paused`. */
  readonly pauseReason?: PausedSession["why"];
  readonly interrupted?: Interruption;
  /** It waits in silence in the guild's quiet channel. */
  readonly resting?: true;
  /** When it will be connected, at the latest, while it waits for many others. */
  readonly connectsAt?: Millis;
  readonly listeners: readonly UserId[];
  /** Everyone who has listened to this session. */
  readonly guests: readonly UserId[];
  readonly rules: SessionRules;
  readonly departures: readonly Departure[];
  /** Votes to skip or stop, and how many are needed. */
  readonly votes?: { readonly to: "skip" | "stop"; readonly have: number; readonly need: number };
  /** Tingles marked in this session. */
  readonly tingles: number;
  readonly posted?: PanelMessage;
  /** The last problem, as one sentence. */
  readonly note?: Message;
  /** With status `over`. */
  readonly endReason?: EndReason;
  readonly startedAt: Millis;
  /** With status `over`. */
  readonly endedAt?: Millis;
}

/** Whether sound is being sent at this moment; nothing may claim to play before. */
export const isHeard = ({ status, now, interrupted }: Pick<SessionView, "status" | "now" | "interrupted">): boolean =>
  status === "playing" && now?.heard === true && interrupted === undefined;

const entryView = ({ id, title, layers, by, lasts, interlude }: QueueEntry): EntryView => ({
  entry: id,
  title,
  layers: layers.map(({ sound, gainDb, place, ready, once }) => ({
    sound: sound.id,
    title: sound.title,
    gainDb,
    place,
    ready: ready !== undefined,
    once: once !== undefined,
  })),
  by,
  ...(interlude && { interlude }),
  ...(lasts !== undefined && { lasts: millisIn(lasts) }),
});

const nowPlayingView = ({ entry, position, at, takes, heard = false }: Track): NonNullable<SessionView["now"]> => {
  const length = entry.lasts ?? passLength(entry);
  return {
    ...entryView(entry),
    position: millisIn(entry.lasts === undefined ? positionInPass(entry, position) : Math.min(position, length)),
    elapsed: millisIn(position),
    at,
    length: millisIn(length),
    ...(takes && { takes }),
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
    tingles: session.tingles ?? 0,
    ...(session.helper !== undefined && { helper: session.helper }),
    ...(session.posted && { posted: session.posted }),
    ...(status !== "over" && session.votes && { votes: votesView(session, session.votes) }),
    ...(track && { now: nowPlayingView(track) }),
    ...(coming && { coming: entryView(coming) }),
    ...(timer && {
      sleepTimer: {
        kind: timer.kind,
        endsAt: timer.endsAt,
        fadesAt: timer.endsAt - timer.fade,
        ...(timer.since !== undefined && { since: timer.since }),
        ...(timer.by && { by: timer.by }),
        fading: timer.fading,
        held: isTimerHeld(session),
        ...(isInGrace(session) && {
          grace: { until: graceEndsAt(session), eyesClosed: session.rules.eyesClosed },
        }),
      },
    }),
    ...(session.wakeUp && { wakeUp: session.wakeUp }),
    ...(session.programme && { programme: programmeView(session.programme, (track?.entry ?? coming)?.phase) }),
    ...(status === "paused" && { pauseReason: session.why }),
    ...(session.resting && { resting: true }),
    ...(session.interrupted && { interrupted: session.interrupted }),
    ...(session.connectsAt !== undefined && { connectsAt: session.connectsAt }),
    ...(session.note && { note: session.note }),
    ...(status === "over" && { endReason: session.why, endedAt: session.endedAt }),
  };
};
