import type { Placement } from "../catalogue/mix.ts";
import type { Phase } from "../catalogue/programmes.ts";
import type { PlayableSound } from "../catalogue/sound.ts";
import type { Message } from "../i18n/message.ts";
import type { ChannelId, EntryId, GuildId, MessageId, SessionId, SoundId, UserId } from "../kernel/ids.ts";
import type { Decibels, Frames, Millis } from "../kernel/units.ts";
import type { SessionRules } from "./rules.ts";

/** A sound as a wish names it; what it takes to play it comes later, with `soundPrepared`. */
export interface SoundRef {
  readonly id: SoundId;
  readonly title: string;
}

/** One sound of what somebody asked for: how loud it is, and where. */
export interface RequestedLayer {
  readonly sound: SoundRef;
  /** Relative to the sound as it is stored; never above 0. */
  readonly gainDb: Decibels;
  readonly place: Placement;
  /** Where its packets are, once they are there. */
  readonly ready?: PlayableSound;
}

/** A layer whose sound has been rendered. */
export type PreparedLayer = RequestedLayer & { readonly ready: PlayableSound };

/** What somebody asks to hear: one sound, or several as a mix. */
export interface PlayRequest {
  readonly title: string;
  /** One or more, each sound once. */
  readonly layers: readonly RequestedLayer[];
  /** After being heard for so long it makes room for the queue; absent: when it has come to its end. */
  readonly lasts?: Frames;
  /** The phase of the session's programme that it is, from 0. */
  readonly phase?: number;
}

/** One sound or mix that somebody asked for. Each playing of it has an id of its own. */
export interface QueueEntry extends PlayRequest {
  readonly id: EntryId;
  readonly by: UserId;
}

/** What the room hears, and how far it has come, as the engine reported it last. */
export interface Track {
  readonly entry: QueueEntry;
  /** Since its beginning, every pass counted. */
  readonly position: Frames;
  /** When it was there. */
  readonly at: Millis;
  /** A packet of it has gone out, or it follows without a gap on something that was heard. */
  readonly heard?: boolean;
}

/**
 * `off`: a sound repeats until the queue has another one. `one`: it repeats whatever the queue has.
 * `all`: the queue goes on, and what has been heard goes to its end.
 */
export const LOOP_MODES = ["off", "one", "all"] as const;
/** A loop mode. */
export type LoopMode = (typeof LOOP_MODES)[number];

/** The room's shared timer. The sound fades from `endsAt − fade` on; at `endsAt` the bot leaves. */
export interface SleepTimer {
  /** `at` is a deadline; `afterThis` ends with the sound that plays, so its `endsAt` is what the position says. */
  readonly kind: "at" | "afterThis";
  readonly endsAt: Millis;
  readonly fade: Millis;
  /** Absent: the guild's quiet hours. */
  readonly by?: UserId | undefined;
  /** Whether the engine has been told to fade. */
  readonly fading: boolean;
}

/** When one member is to be disconnected. */
export interface Departure {
  readonly user: UserId;
  readonly at: Millis;
}

/** Who would like what plays to be skipped, or the session to be stopped. */
export interface Votes {
  readonly to: "skip" | "stop";
  readonly by: readonly UserId[];
}

/** A panel's message. */
export interface PanelMessage {
  readonly channel: ChannelId;
  readonly message: MessageId;
  readonly at: Millis;
}

/** An arc of an evening that is under way. */
export interface RunningProgramme {
  readonly id: string;
  readonly title: string;
  readonly phases: readonly PhaseCurve[];
  readonly startedAt: Millis;
  /** After its last phase comes its first one. */
  readonly goesRound: boolean;
  /** Of the schedule by which it began. */
  readonly occurrence?: string;
  /** What it adds to the room's loudness, or soon will: where the ramp that the engine was told last ends. Never above 0. */
  readonly levelDb: Decibels;
  /** When that was, and what was heard. */
  readonly told?: { readonly at: Millis; readonly entry: EntryId };
}

/** How loud a phase is, from its beginning to its end. */
export type PhaseCurve = Omit<Phase, "mix">;

/** Why nothing is heard although the session plays. */
export const INTERRUPTIONS = ["reconnecting", "suppressed", "muted"] as const;
/** A reason why nothing is heard although the session is playing. */
export type Interruption = (typeof INTERRUPTIONS)[number];

/** What lasts through every status of one session. */
export interface SessionBase {
  readonly id: SessionId;
  readonly guild: GuildId;
  readonly startedAt: Millis;
  /** The voice channel. */
  readonly channel: ChannelId;
  /** The text channel of the now-playing panel. */
  readonly panel: ChannelId;
  readonly queue: readonly QueueEntry[];
  /** What was heard, the latest last. */
  readonly history: readonly QueueEntry[];
  readonly loop: LoopMode;
  readonly volumeDb: Decibels;
  readonly rules: SessionRules;
  /** The guild's quiet hours hold now. */
  readonly quietNow: boolean;
  readonly timer?: SleepTimer | undefined;
  readonly programme?: RunningProgramme | undefined;
  /** Members who asked to be disconnected while the room plays on. */
  readonly departures: readonly Departure[];
  readonly votes?: Votes;
  /** Members in the channel, without the bots. */
  readonly listeners: readonly UserId[];
  /** All who have been here tonight. */
  readonly guests: readonly UserId[];
  /** Since when nobody has been there to listen. */
  readonly aloneSince?: Millis | undefined;
  /** The connection is being mended, or Discord keeps the bot silent. */
  readonly interrupted?: Interruption | undefined;
  /** What went wrong last, as one calm sentence for the panel. */
  readonly note?: Message | undefined;
  /** Numbers the entries. */
  readonly counter: number;
  /** Where the panel is, so that it is found again after a restart. */
  readonly posted?: PanelMessage;
}

/** The first sound, or the first after a failure, is being prepared; nothing is heard. */
export interface WaitingSession extends SessionBase {
  readonly status: "waiting";
  readonly coming: QueueEntry;
  /** Where to begin, when a restart cut it off. */
  readonly from?: Frames;
}

/** A sound is playing. */
export interface PlayingSession extends SessionBase {
  readonly status: "playing";
  readonly track: Track;
  /** Asked for in place of the track, and heard as soon as it is prepared. */
  readonly coming?: QueueEntry | undefined;
}

/** A sound is held at its position. */
export interface PausedSession extends SessionBase {
  readonly status: "paused";
  readonly track: Track;
  readonly coming?: QueueEntry | undefined;
  /** `alone`: nobody is in the channel; the sound comes back with the first who returns. */
  readonly why: "asked" | "alone";
  /** The pause was asked for after `coming`, and holds it too. */
  readonly holdsComing?: boolean;
  /** The engine does not hold the track, since the process was started anew. */
  readonly cold?: boolean;
}

/** Connected, with nothing left that could be played. */
interface IdleSession extends SessionBase {
  readonly status: "quiet";
  readonly since: Millis;
}

/** Why a session is over: `slept` by its sleep timer, `quiet` because nothing was left to play. */
export const END_REASONS = [
  "slept",
  "stopped",
  "alone",
  "quiet",
  "disconnected",
  "channel-gone",
  "no-permission",
  "unreachable",
] as const;
/** A reason for the end of a session. */
export type EndReason = (typeof END_REASONS)[number];

/** Nothing changes any more. */
interface EndedSession extends SessionBase {
  readonly status: "over";
  readonly why: EndReason;
  readonly endedAt: Millis;
}

/** The listening session of one guild. */
export type Session = WaitingSession | PlayingSession | PausedSession | IdleSession | EndedSession;
/** A session that has not ended. */
export type ActiveSession = Exclude<Session, EndedSession>;

/** To be raised when stored sessions of before cannot be read any more. */
export const SESSION_FORMAT = 2;

/** The most entries in a queue. */
export const MAX_QUEUE = 100;
/** The most entries that `/back` can return to. */
export const MAX_HISTORY = 50;

/** A session without what only its status has. */
export const baseOf = (session: Session): SessionBase => {
  const { status, track, coming, from, why, holdsComing, cold, since, endedAt, ...room } = session as Session &
    Partial<StatusFields>;
  return room;
};

/** Every field that belongs to a status and not to the room. */
type StatusFields = Record<"track" | "coming" | "from" | "why" | "holdsComing" | "cold" | "since" | "endedAt", unknown>;

/** The current track, if there is one. */
export const trackOf = (session: Session): Track | undefined => ("track" in session ? session.track : undefined);
/** The entry that is being prepared to replace the current track. */
export const comingOf = (session: Session): QueueEntry | undefined =>
  "coming" in session ? session.coming : undefined;
