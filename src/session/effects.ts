import type { ChannelId, EntryId, SoundId, UserId } from "../kernel/ids.ts";
import type { Decibels } from "../kernel/units.ts";
import type { PlayerCommand } from "./protocol.ts";

/**
 * What the host is to do, in order. Three things need no effect, because they follow from the session itself:
 * the next wake-up (`nextDeadline`), the panel (`viewOf`) and the end (`status: "over"`).
 */
export type Effect =
  | { readonly type: "sendToPlayer"; readonly command: PlayerCommand }
  /** Answered by `soundPrepared` or `preparationFailed`. */
  | { readonly type: "prepareSound"; readonly entry: EntryId; readonly sound: SoundId }
  /** Disconnect one member, who asked for it. */
  | { readonly type: "disconnectMember"; readonly user: UserId }
  /** Take the listeners along: to the channel for those who are away, or out, as each agreed. */
  | { readonly type: "moveListeners"; readonly channel: ChannelId; readonly listeners: readonly UserId[] }
  /** Keep the room's loudness for its next session. */
  | { readonly type: "saveVolume"; readonly volumeDb: Decibels };
