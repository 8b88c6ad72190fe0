import type { ChannelId, EntryId, SoundId, UserId } from "../kernel/ids.ts";
import type { Decibels } from "../kernel/units.ts";
import type { PlayerCommand } from "./protocol.ts";

/**
 * What the session runner has to do, in order. Three things need no effect, because they follow
 * from the session itself: the next wake-up (`nextDeadline`), the panel (`viewOf`) and the end
 * (`status: "over"`).
 */
export type Effect =
  | { readonly type: "sendToPlayer"; readonly command: PlayerCommand }
  /** Answered by `soundPrepared` or `preparationFailed`. */
  | { readonly type: "prepareSound"; readonly entry: EntryId; readonly sound: SoundId }
  /** Disconnect one member, who asked for it. */
  | { readonly type: "disconnectMember"; readonly user: UserId }
  /** Move the listeners to the AFK channel, or disconnect them, as each has agreed. */
  | { readonly type: "moveListeners"; readonly channel: ChannelId; readonly listeners: readonly UserId[] }
  /** Save the volume for the guild's next session. */
  | { readonly type: "saveVolume"; readonly volumeDb: Decibels };
