import type { PlayableSound } from "../catalogue/sound.ts";
import type { ChannelId, EntryId, SoundId } from "../kernel/ids.ts";
import type { Placement } from "../kernel/placement.ts";
import type { Decibels, Frames, Millis } from "../kernel/units.ts";

/**
 * Nothing that is mixed is louder than this for three seconds, in LUFS, unless a session asks for a
 * lower ceiling; a sound that plays alone stays far enough below as it is stored.
 */
export const MAX_LOUDNESS: Decibels = -18;

/** Where an even fade to silence ends: what would be softer is silent. */
export const FADE_FLOOR: Decibels = -45;

/** One layer of a mix, identified by its sound. */
export interface PlayerLayer {
  readonly sound: PlayableSound;
  /** Relative to the sound as it is stored; never above 0. */
  readonly gainDb: Decibels;
  readonly place: Placement;
  /** Begins at its own beginning when it comes in, wherever the mix is. */
  readonly fromStart?: true;
}

/** A take of a sound as it is heard. */
export interface TakeInPass {
  /** Counted from 0. */
  readonly take: number;
  /** How many have been heard before it. */
  readonly pass: number;
  /** The position at which it began. */
  readonly from: Frames;
}

/** Which take of each sound is heard; of sounds that are not there, the first one, which began at 0. */
export type HeardTakes = Readonly<Record<SoundId, TakeInPass>>;

/**
 * A session's commands to its player. Plain data: they cross to the engine thread by structured
 * clone. Every audible change is ramped there; a duration of 0 means the shortest ramp that does
 * not click.
 *
 * Volume, pause and the sleep timer's fade are three gains, each with a ramp of its own. `play`
 * changes none of them, so that a sound that starts during a fade or a pause fades or waits as the
 * one before did. A command that has no effect, such as `resume` while playing, changes nothing.
 */
export type PlayerCommand =
  /**
   * Connect to the voice channel, or move there; the position in the sound is held until the
   * connection is ready.
   */
  | { readonly type: "join"; readonly channel: ChannelId }
  /**
   * Play from this frame on, over and over, or to its end and the quiet bed after it, in place of what plays now (crossfaded over
   * `crossfade`). Each layer is at `from` modulo its own length; positions count on through every
   * pass, so that they tell how long it has been heard.
   */
  | {
      readonly type: "play";
      readonly entry: EntryId;
      /** One or more. */
      readonly layers: readonly PlayerLayer[];
      readonly from: Frames;
      readonly crossfade: Millis;
      /** The seed of the order in which takes are heard; absent: 0. */
      readonly takeOrder?: number;
      /** Those that were heard last, where it goes on; absent: as if the takes that are there had been heard from 0 on. */
      readonly takes?: HeardTakes;
    }
  /**
   * The mix that plays becomes this one: what is new comes in, what is gone goes out, the others
   * move, all over `over`.
   */
  | {
      readonly type: "setLayers";
      readonly entry: EntryId;
      readonly layers: readonly PlayerLayer[];
      readonly over: Millis;
    }
  | { readonly type: "pause" }
  | { readonly type: "resume" }
  /** Seek to another frame of the current mix, on a short crossfade. */
  | { readonly type: "seek"; readonly to: Frames }
  /** Fade the current mix to silence; the connection stays. */
  | { readonly type: "stop"; readonly over: Millis }
  /** The volume, relative to the sound as it is stored (never above 0). */
  | { readonly type: "setVolume"; readonly gainDb: Decibels; readonly over: Millis }
  /** The ceiling: short-term loudness (three seconds) stays below this. */
  | { readonly type: "setCeiling"; readonly lufs: Decibels }
  /**
   * Ducking: lowers the sound by this while a member speaks; 0 turns it off and deafens the bot.
   */
  | { readonly type: "setDucking"; readonly byDb: Decibels }
  /**
   * The sleep timer's fade: from where it is now to silence, or to `to`, evenly perceived, over
   * this time. Said again, it goes on from where it has come to, over the new time. With 0, at once
   * where nothing is heard.
   */
  | { readonly type: "fadeOut"; readonly over: Millis; readonly to?: Decibels }
  /** Fade back in, on a ramp. */
  | { readonly type: "fadeIn"; readonly over: Millis }
  /** Ramp to silence, send the silence frames, then disconnect. */
  | { readonly type: "leave"; readonly over: Millis };

/** Why the bot is no longer in the voice channel. */
export type LeaveReason =
  | "asked" // a `leave` command
  | "disconnected" // someone disconnected the bot
  | "channel-gone"
  | "no-permission"
  | "unreachable"; // gave up on the connection

/** A player's reports to its session. */
export type PlayerEvent =
  | { readonly type: "connected"; readonly channel: ChannelId }
  /** So many connect at once that this one has to wait this long, at most. */
  | { readonly type: "joinWaiting"; readonly duration: Millis }
  /** The connection is lost or the bot can't speak for now; the position is held. */
  | { readonly type: "interrupted"; readonly why: "reconnecting" | "suppressed" | "muted" }
  | { readonly type: "left"; readonly why: LeaveReason }
  /**
   * Its first packet has gone out; reported again for the first packet after each `connected`. Before
   * that, nothing of it has been heard.
   */
  | { readonly type: "soundStarted"; readonly entry: EntryId; readonly takes?: HeardTakes }
  /**
   * Its longest layer ends within five seconds, or has ended; it loops, or its bed goes on, unless another command
   * arrives.
   */
  | { readonly type: "passEnding"; readonly entry: EntryId }
  /** About every five seconds while it plays. */
  | {
      readonly type: "positionAdvanced";
      readonly entry: EntryId;
      readonly position: Frames;
      readonly takes?: HeardTakes;
    }
  /** A layer could not be read or decoded and has faded out; the others continue. */
  | { readonly type: "layerFailed"; readonly entry: EntryId; readonly sound: SoundId; readonly reason: string }
  /** No layer is left that could be played. */
  | { readonly type: "soundFailed"; readonly entry: EntryId; readonly reason: string }
  /** A `fadeOut` has reached its end. */
  | { readonly type: "fadeEnded" };
