import type { Phase } from "../catalogue/programmes.ts";
import type { PlayableSound } from "../catalogue/sound.ts";
import type { Message } from "../i18n/message.ts";
import type {
  ChannelId,
  EntryId,
  GuildId,
  HelperId,
  MessageId,
  SessionId,
  SoundId,
  UserId,
  WakeUpId,
} from "../kernel/ids.ts";
import type { MemberText } from "../kernel/memberText.ts";
import type { Placement } from "../kernel/placement.ts";
import type { Decibels, Frames, Millis } from "../kernel/units.ts";
import type { HeardTakes } from "./protocol.ts";
import type { SessionRules } from "./rules.ts";

/** A sound by id and title; what is needed to play it comes with `soundPrepared`. */
export interface SoundRef {
  readonly id: SoundId;
  readonly title: MemberText;
}

/** A layer as it was requested, with gain and placement. */
export interface RequestedLayer {
  readonly sound: SoundRef;
  /** Relative to the sound as it is stored; never above 0. */
  readonly gainDb: Decibels;
  readonly place: Placement;
  /** It is laid over the others once; absent: it stays. */
  readonly once?: LayerOnce;
  /** The rendered sound, once it is there. */
  readonly ready?: PlayableSound;
}

/** How long a layer that is heard once is heard. */
export interface LayerOnce {
  readonly for: Millis;
  /** When it begins to leave; known once it is there. */
  readonly until?: Millis;
}

/** A layer whose sound has been rendered. */
export type PreparedLayer = RequestedLayer & { readonly ready: PlayableSound };

/** What a member requests: one sound, or several as a mix. */
export interface PlayRequest {
  readonly title: MemberText;
  /** One or more, each sound once. */
  readonly layers: readonly RequestedLayer[];
  /** After playing for this long it gives way to the queue; absent: at its end. */
  readonly lasts?: Frames;
  /** The phase of the session's programme, from 0. */
  readonly phase?: number;
  /**
   * It plays once for its length, whatever is repeated. Then what it interrupted continues; where
   * nothing follows, the session falls silent.
   */
  readonly interlude?: true;
}

/** A sound or mix in the queue. Each playback of it has an id of its own. */
export interface QueueEntry extends PlayRequest {
  readonly id: EntryId;
  readonly by: UserId;
  /** Where it continues: an interlude has interrupted it. */
  readonly resumesAt?: Frames;
}

/** The current entry and its position, as the player last reported it. */
export interface Track {
  readonly entry: QueueEntry;
  /** Frames since it started, all passes counted. */
  readonly position: Frames;
  /** When it was at that position. */
  readonly at: Millis;
  /** A packet of it has been sent, or it follows a heard track without a gap. */
  readonly heard?: boolean;
  /** As the player has reported them last. */
  readonly takes?: HeardTakes;
}

/**
 * `off`: plays the queue once; a sound loops until there is another one. `one`: repeats the current
 * sound. `all`: repeats the whole queue.
 */
export const LOOP_MODES = ["off", "one", "all"] as const;
/** A loop mode. */
export type LoopMode = (typeof LOOP_MODES)[number];

/**
 * The sleep timer that all listeners share. The sound fades from `endsAt − fade`; at `endsAt` the
 * bot leaves.
 */
export interface SleepTimer {
  /**
   * `at` is a fixed deadline; `afterThis` ends with the current sound, so its `endsAt` follows from
   * the position.
   */
  readonly kind: "at" | "afterThis";
  readonly endsAt: Millis;
  readonly fade: Millis;
  /** The member who set it; absent: the guild's quiet hours. */
  readonly by?: UserId | undefined;
  /** Whether the fade has been sent to the player. */
  readonly fading: boolean;
  /**
   * When it was set first, before anyone extended it; moves with `endsAt` where the sound moves it. Absent in sessions
   * stored by earlier versions.
   */
  readonly since?: Millis;
}

/** A member's own timer: when to disconnect them. */
export interface Departure {
  readonly user: UserId;
  readonly at: Millis;
}

/** Votes to skip the current sound, or to stop the session. */
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

/** The programme that is running. */
export interface RunningProgramme {
  readonly id: string;
  readonly title: MemberText;
  readonly phases: readonly PhaseCurve[];
  readonly startedAt: Millis;
  /** Whether it starts again after its last phase. */
  readonly goesRound: boolean;
  /** The occurrence that started it, if it was scheduled. */
  readonly occurrence?: string;
  /**
   * The level it adds to the volume, once the last ramp sent to the player has ended. Never above
   * 0.
   */
  readonly levelDb: Decibels;
  /** When that was, and which entry was playing. */
  readonly told?: { readonly at: Millis; readonly entry: EntryId };
}

/** A wake-up whose sound rises or has risen. */
export interface RunningWakeUp {
  readonly id: WakeUpId;
  readonly by: UserId;
  /** When its sound has risen. */
  readonly fullAt: Millis;
  /** How often a listener has silenced it for a while. */
  readonly snoozes: number;
  /** When it comes back, while it is silent. */
  readonly snoozedUntil?: Millis;
}

/** The level of a phase from its beginning to its end. */
export type PhaseCurve = Omit<Phase, "mix">;

/** Reasons why nothing is heard although the session is playing. */
export const INTERRUPTIONS = ["reconnecting", "suppressed", "muted"] as const;
/** A reason why nothing is heard although the session is playing. */
export type Interruption = (typeof INTERRUPTIONS)[number];

/** A step softer or louder for everyone. */
interface VolumeStep {
  readonly by: UserId;
  readonly direction: "softer" | "louder";
  /** The volume to which it goes. */
  readonly to: Decibels;
  /** When it is there. */
  readonly until: Millis;
}

/** What a session has in every status. */
export interface SessionBase {
  readonly id: SessionId;
  readonly guild: GuildId;
  /** The helper that speaks; absent: the bot itself. */
  readonly helper?: HelperId | undefined;
  readonly startedAt: Millis;
  /** The voice channel. */
  readonly channel: ChannelId;
  /** The text channel of the now-playing panel. */
  readonly panel: ChannelId;
  readonly queue: readonly QueueEntry[];
  /** Entries played before, the latest last. */
  readonly history: readonly QueueEntry[];
  readonly loop: LoopMode;
  readonly volumeDb: Decibels;
  readonly rules: SessionRules;
  /** Whether it is within the guild's quiet hours. */
  readonly quietNow: boolean;
  readonly timer?: SleepTimer | undefined;
  readonly programme?: RunningProgramme | undefined;
  /** Members who asked to be disconnected while the session continues. */
  readonly departures: readonly Departure[];
  readonly votes?: Votes;
  /** Members in the voice channel, without bots. */
  readonly listeners: readonly UserId[];
  /** Everyone who has listened to this session. */
  readonly guests: readonly UserId[];
  /** Tingles marked in this session, without names. */
  readonly tingles?: number;
  /** The wake-up for which the sound plays. */
  readonly wakeUp?: RunningWakeUp | undefined;
  /**
   * The player's fade is at silence: the next sound that starts or resumes rises over this time.
   */
  readonly riseOver?: Millis | undefined;
  /** It waits in silence in the guild's quiet channel; members see no session. */
  readonly resting?: true | undefined;
  /** Since when nobody has been listening. */
  readonly aloneSince?: Millis | undefined;
  /** The connection is being restored, or Discord keeps the bot silent. */
  readonly interrupted?: Interruption | undefined;
  /** When the bot will be connected at the latest, while it waits for many others; after a restart, it is told again. */
  readonly connectsAt?: Millis | undefined;
  /** The last step, while its ramp runs; known to this process alone, since it names who asked for it. */
  readonly volumeStep?: VolumeStep | undefined;
  /** The last problem, as one sentence for the panel. */
  readonly note?: Message | undefined;
  /** The number of the next entry. */
  readonly counter: number;
  /** The panel's message, so that it is found again after a restart. */
  readonly posted?: PanelMessage;
}

/** The first sound, or the first after a failure, is being prepared; nothing is heard. */
export interface WaitingSession extends SessionBase {
  readonly status: "waiting";
  readonly coming: QueueEntry;
  /** Where to start, if a restart interrupted it. */
  readonly from?: Frames;
  /** Which takes were heard there. */
  readonly takes?: HeardTakes;
}

/** A sound is playing. */
export interface PlayingSession extends SessionBase {
  readonly status: "playing";
  readonly track: Track;
  /** Requested in place of the track; plays as soon as it is prepared. */
  readonly coming?: QueueEntry | undefined;
}

/** A sound is held at its position. */
export interface PausedSession extends SessionBase {
  readonly status: "paused";
  readonly track: Track;
  readonly coming?: QueueEntry | undefined;
  /**
   * `alone`: nobody is in the channel; the sound resumes with the first to return. `grace`: the
   * sleep timer has run out, and the bot stays in silence for a while; `timer` is the one that has
   * run out, and the player's fade is still at silence. `snoozed`: a wake-up is silent for a while.
   */
  readonly why: "asked" | "alone" | "grace" | "snoozed";
  /** The pause was requested after `coming` and holds it too. */
  readonly holdsComing?: boolean;
  /** The player does not hold the track, because the process has restarted. */
  readonly cold?: boolean;
}

/** Connected, with nothing left that could be played. */
interface IdleSession extends SessionBase {
  readonly status: "quiet";
  readonly since: Millis;
}

/**
 * Why a session has ended: `slept` by its sleep timer, `woken` with its wake-up, `quiet` because
 * nothing was left to play.
 */
export const END_REASONS = [
  "slept",
  "woken",
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

/** The session has ended; nothing changes any more. */
interface EndedSession extends SessionBase {
  readonly status: "over";
  readonly why: EndReason;
  readonly endedAt: Millis;
}

/** The listening session of one voice channel. */
export type Session = WaitingSession | PlayingSession | PausedSession | IdleSession | EndedSession;
/** A session that has not ended. */
export type ActiveSession = Exclude<Session, EndedSession>;

/** To be raised when earlier stored sessions can't be read any more. */
export const SESSION_FORMAT = 2;

/** The most entries in a queue. */
export const MAX_QUEUE = 100;
/** The most entries that `/back` can return to. */
export const MAX_HISTORY = 50;

/** A session without the fields that belong to its status. */
export const baseOf = (session: Session): SessionBase => {
  const { status, track, coming, from, why, holdsComing, cold, since, endedAt, ...base } = session as Session &
    Partial<StatusFields>;
  return base;
};

/** The fields that belong to a status. */
type StatusFields = Record<"track" | "coming" | "from" | "why" | "holdsComing" | "cold" | "since" | "endedAt", unknown>;

/** The current track, if there is one. */
export const trackOf = (session: Session): Track | undefined => ("track" in session ? session.track : undefined);
/** The entry that is being prepared to replace the current track. */
export const comingOf = (session: Session): QueueEntry | undefined =>
  "coming" in session ? session.coming : undefined;
