import type { PlayableSound } from "../catalogue/sound.ts";
import type { Message } from "../i18n/message.ts";
import type { ChannelId, EntryId, SoundId, UserId } from "../kernel/ids.ts";
import type { Millis } from "../kernel/units.ts";
import type { MixRequest } from "./mix.ts";
import type { ProgrammeStarted } from "./programme.ts";
import type { PlayerEvent } from "./protocol.ts";
import type { SessionRules } from "./rules.ts";
import type { LoopMode, PanelMessage, PlayRequest } from "./session.ts";
import type { Volume } from "./volume.ts";

/** `now`: in place of what plays; `next`: first in the queue; `last`: at its end. */
export type QueuePlacement = "now" | "next" | "last";

/** A member queued a sound or a mix. */
export interface SoundQueued {
  readonly type: "soundQueued";
  readonly by: UserId;
  readonly request: PlayRequest;
  readonly when: QueuePlacement;
  /** The voice channel in which the member sits. */
  readonly channel: ChannelId;
  /** The text channel in which it was asked for; the panel appears there. */
  readonly panel: ChannelId;
}

/** What a member wishes; refused with a `UserError` where it cannot be. Places in the queue count from 1. */
export type MemberRequest =
  | SoundQueued
  | ProgrammeStarted
  | MixRequest
  /** `asHost`: by somebody who needs nobody's leave. */
  | { readonly type: "skipped"; readonly by: UserId; readonly asHost?: boolean }
  | { readonly type: "wentBack"; readonly by: UserId }
  | { readonly type: "paused"; readonly by: UserId }
  | { readonly type: "resumed"; readonly by: UserId }
  | { readonly type: "stopped"; readonly by: UserId; readonly asHost?: boolean }
  | { readonly type: "queueMoved"; readonly by: UserId; readonly from: number; readonly to: number }
  | { readonly type: "queueRemoved"; readonly by: UserId; readonly place: number; readonly asHost?: boolean }
  /** `seed`: any number; the same seed shuffles alike. */
  | { readonly type: "queueShuffled"; readonly by: UserId; readonly seed: number }
  | { readonly type: "queueCleared"; readonly by: UserId; readonly asHost?: boolean }
  | { readonly type: "loopChanged"; readonly by: UserId; readonly loop: LoopMode }
  | { readonly type: "volumeChanged"; readonly by: UserId; readonly volume: Volume; readonly asHost?: boolean }
  /** `endsAt`: the moment of silence. */
  | { readonly type: "sleepRequested"; readonly by: UserId; readonly endsAt: Millis }
  /** The timer ends with the sound that plays now. */
  | { readonly type: "sleepAfterThisRequested"; readonly by: UserId }
  | { readonly type: "sleepExtended"; readonly by: UserId; readonly extra: Millis }
  | { readonly type: "sleepCancelled"; readonly by: UserId }
  /** The member alone is to be disconnected then; without `at`, no more. */
  | { readonly type: "departureSet"; readonly by: UserId; readonly at?: Millis };

/** What the world tells the session; never refused. */
export type SystemEvent =
  | { readonly type: "clockTicked" }
  | { readonly type: "listenersChanged"; readonly listeners: readonly UserId[] }
  | { readonly type: "settingsChanged"; readonly rules: SessionRules }
  /** A listener muted or deafened themselves, or sent a moon: somebody is awake, with eyes closed. */
  | { readonly type: "listenerStirred"; readonly listener: UserId }
  | { readonly type: "panelPosted"; readonly posted: PanelMessage }
  | { readonly type: "soundPrepared"; readonly entry: EntryId; readonly sound: PlayableSound }
  /** `reason`: a sentence that may be shown. */
  | { readonly type: "preparationFailed"; readonly entry: EntryId; readonly sound: SoundId; readonly reason: Message }
  | { readonly type: "playerReported"; readonly report: PlayerEvent };

/** Everything that can happen to a session. */
export type SessionEvent = MemberRequest | SystemEvent;
