import type { PlayableSound } from "../catalogue/sound.ts";
import type { Message } from "../i18n/message.ts";
import type { ChannelId, EntryId, SoundId, UserId } from "../kernel/ids.ts";
import type { Millis } from "../kernel/units.ts";
import type { MixRequest } from "./mix.ts";
import type { ProgrammeStarted } from "./programme.ts";
import type { PlayerEvent } from "./protocol.ts";
import type { QuietChannelEntered, QuietChannelKept } from "./quietChannel.ts";
import type { SessionRules } from "./rules.ts";
import type { LoopMode, PanelMessage, PlayRequest } from "./session.ts";
import type { Volume } from "./volume.ts";
import type { WakeUpStarted } from "./wakeUp.ts";

/** `now`: in place of the current entry; `next`: first in the queue; `last`: at its end. */
export type QueuePlacement = "now" | "next" | "last";

/** A member queued a sound or a mix. */
export interface SoundQueued {
  readonly type: "soundQueued";
  readonly by: UserId;
  readonly request: PlayRequest;
  readonly when: QueuePlacement;
  /** The member's voice channel. */
  readonly channel: ChannelId;
  /** The text channel in which the command was used; the panel appears there. */
  readonly panel: ChannelId;
}

/**
 * A member's request; refused with a `UserError` if it is not possible. Queue positions count from
 * 1.
 */
export type MemberRequest =
  | SoundQueued
  | ProgrammeStarted
  | WakeUpStarted
  | QuietChannelEntered
  | MixRequest
  /** `asHost`: by a host, who needs no votes. */
  | { readonly type: "skipped"; readonly by: UserId; readonly asHost?: boolean }
  | { readonly type: "wentBack"; readonly by: UserId }
  | { readonly type: "paused"; readonly by: UserId }
  | { readonly type: "resumed"; readonly by: UserId }
  | { readonly type: "stopped"; readonly by: UserId; readonly asHost?: boolean }
  | { readonly type: "queueMoved"; readonly by: UserId; readonly from: number; readonly to: number }
  | { readonly type: "queueRemoved"; readonly by: UserId; readonly place: number; readonly asHost?: boolean }
  /** `seed`: any number; the same seed gives the same order. */
  | { readonly type: "queueShuffled"; readonly by: UserId; readonly seed: number }
  | { readonly type: "queueCleared"; readonly by: UserId; readonly asHost?: boolean }
  | { readonly type: "loopChanged"; readonly by: UserId; readonly loop: LoopMode }
  | { readonly type: "volumeChanged"; readonly by: UserId; readonly volume: Volume; readonly asHost?: boolean }
  /** One step louder. */
  | { readonly type: "raised"; readonly by: UserId; readonly asHost?: boolean }
  /** It is too much for a listener: softer for everyone, which nobody has to permit. */
  | { readonly type: "softened"; readonly by: UserId }
  /** A listener wants to be disconnected now, without ending anything for the others. */
  | { readonly type: "leftQuietly"; readonly by: UserId }
  /** `endsAt`: the moment of silence. */
  | { readonly type: "sleepRequested"; readonly by: UserId; readonly endsAt: Millis }
  /** The timer ends with the current sound. */
  | { readonly type: "sleepAfterThisRequested"; readonly by: UserId }
  | { readonly type: "sleepExtended"; readonly by: UserId; readonly extra: Millis }
  | { readonly type: "sleepCancelled"; readonly by: UserId }
  /** Only this member is to be disconnected at `at`; without it, their timer is cancelled. */
  | { readonly type: "departureSet"; readonly by: UserId; readonly at?: Millis };

/** What happens outside the session; never refused. */
export type SystemEvent =
  | { readonly type: "clockTicked" }
  | { readonly type: "listenersChanged"; readonly listeners: readonly UserId[] }
  | { readonly type: "settingsChanged"; readonly rules: SessionRules }
  /**
   * A listener muted or deafened themselves, or the reverse, or sent a moon: somebody is awake.
   * `muted`: they have muted themselves.
   */
  | { readonly type: "listenerStirred"; readonly listener: UserId; readonly muted?: boolean }
  /** A listener marked a tingle, which has been counted. */
  | { readonly type: "tingleMarked" }
  | QuietChannelKept
  /** What is asked for is in another channel: a silence after the timer ends, and a session that nobody listens to. */
  | { readonly type: "neededElsewhere" }
  /** Somebody has moved the bot into a channel in which another of our sessions plays. */
  | { readonly type: "channelTaken" }
  | { readonly type: "panelPosted"; readonly posted: PanelMessage }
  | { readonly type: "soundPrepared"; readonly entry: EntryId; readonly sound: PlayableSound }
  /** `reason`: a sentence that can be shown to members. */
  | { readonly type: "preparationFailed"; readonly entry: EntryId; readonly sound: SoundId; readonly reason: Message }
  | { readonly type: "playerReported"; readonly report: PlayerEvent };

/** Everything that can happen to a session. */
export type SessionEvent = MemberRequest | SystemEvent;
