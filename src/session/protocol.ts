import type { Placement } from "../catalogue/mix.ts";
import type { PlayableSound } from "../catalogue/sound.ts";
import type { ChannelId, EntryId, SoundId } from "../kernel/ids.ts";
import type { Decibels, Frames, Millis } from "../kernel/units.ts";

/**
 * Nothing that is mixed is louder than this for three seconds, in LUFS, unless a session asks for a lower ceiling;
 * a sound that plays alone stays far enough below as it is stored.
 */
export const MAX_LOUDNESS: Decibels = -18;

/** One layer of what plays, told apart from the others by its sound. */
export interface PlayerLayer {
  readonly sound: PlayableSound;
  /** Relative to the sound as it is stored; never above 0. */
  readonly gainDb: Decibels;
  readonly place: Placement;
}

/**
 * What a session asks of the engine. Plain data: it crosses to the engine's thread by structured clone.
 * Every change that can be heard is ramped there; a duration of 0 means the shortest ramp that does not click.
 *
 * Loudness, pause and the sleep timer's fade are three gains, each with a ramp of its own: `play` changes none of them, so
 * that a sound that begins while the room fades, or is paused, fades or waits as the one before did. A command that asks
 * for what is so already (`resume` of what is not paused) changes nothing.
 */
export type PlayerCommand =
  /** Connect to the voice channel, or move there; the position in the sound is held until the connection is ready. */
  | { readonly type: "join"; readonly channel: ChannelId }
  /**
   * Play from this frame on, over and over, in place of what plays now (crossfaded over `crossfade`). Each layer is at
   * `from` modulo its own length; positions count on through every pass, so that they tell how long it has been heard.
   */
  | {
      readonly type: "play";
      readonly entry: EntryId;
      /** One or more. */
      readonly layers: readonly PlayerLayer[];
      readonly from: Frames;
      readonly crossfade: Millis;
    }
  /** The mix that plays becomes this one: what is new comes in, what is gone goes out, the others move, all over `over`. */
  | {
      readonly type: "setLayers";
      readonly entry: EntryId;
      readonly layers: readonly PlayerLayer[];
      readonly over: Millis;
    }
  | { readonly type: "pause" }
  | { readonly type: "resume" }
  /** Move to another frame of what plays, on a short crossfade. */
  | { readonly type: "seek"; readonly to: Frames }
  /** Let the sound that plays go to silence; the connection stays. */
  | { readonly type: "stop"; readonly over: Millis }
  /** The room's loudness, relative to the sound as it is stored (never above 0). */
  | { readonly type: "setVolume"; readonly gainDb: Decibels; readonly over: Millis }
  /** Nothing leaves louder than this, integrated over three seconds. */
  | { readonly type: "setCeiling"; readonly lufs: Decibels }
  /** While a member speaks, the room is softer by this; 0 turns it off, and the bot is deaf again. */
  | { readonly type: "setDucking"; readonly byDb: Decibels }
  /**
   * The sleep timer's fade: from where it is now to silence, or to `to`, evenly perceived, over this time. Said again, it
   * goes on from where it has come to, over the new time.
   */
  | { readonly type: "fadeOut"; readonly over: Millis; readonly to?: Decibels }
  /** Back from a fade, on a ramp. */
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

/** What the engine tells the session. */
export type PlayerEvent =
  | { readonly type: "connected"; readonly channel: ChannelId }
  /** The connection is lost or silenced for now; the position is held, and it is being mended. */
  | { readonly type: "interrupted"; readonly why: "reconnecting" | "suppressed" | "muted" }
  | { readonly type: "left"; readonly why: LeaveReason }
  /** Its first packet has gone out. */
  | { readonly type: "soundStarted"; readonly entry: EntryId }
  /** Its longest layer will reach its end within five seconds; it goes on if nothing else is asked for. */
  | { readonly type: "passEnding"; readonly entry: EntryId }
  /** About every five seconds while it plays. */
  | { readonly type: "positionAdvanced"; readonly entry: EntryId; readonly position: Frames }
  /** One of its layers could not be read or decoded, and has faded out; the others play on. */
  | { readonly type: "layerFailed"; readonly entry: EntryId; readonly sound: SoundId; readonly reason: string }
  /** Nothing of it is left that could be played. */
  | { readonly type: "soundFailed"; readonly entry: EntryId; readonly reason: string }
  /** A `fadeOut` has reached its end. */
  | { readonly type: "fadeEnded" };
