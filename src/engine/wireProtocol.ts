import type { GuildId, PlayerId } from "../kernel/ids.ts";
import type { Millis } from "../kernel/units.ts";
import type { PacketCounts } from "../ports/telemetry.ts";
import type { PlayerCommand, PlayerEvent } from "../session/protocol.ts";
import type { VoiceSession } from "./voiceSession.ts";

/** What crosses from the main thread to an engine. */
export type ToEngine =
  | { readonly type: "open"; readonly player: PlayerId; readonly guild: GuildId }
  | { readonly type: "close"; readonly player: PlayerId }
  /** A voice session of another engine, which has ended, to be taken over. */
  | { readonly type: "adopt"; readonly player: PlayerId; readonly session: VoiceSession }
  | { readonly type: "command"; readonly player: PlayerId; readonly command: PlayerCommand }
  | {
      readonly type: "stateUpdate";
      readonly player: PlayerId;
      readonly payload: unknown;
      readonly isOwnLeave: boolean;
    }
  | { readonly type: "serverUpdate"; readonly player: PlayerId; readonly payload: unknown }
  /** The payload of this attempt has gone out. */
  | { readonly type: "payloadSent"; readonly player: PlayerId; readonly attempt: number }
  /** The gateway could not send, or the guild is unavailable. */
  | { readonly type: "gatewayUnavailable"; readonly player: PlayerId }
  /** The shard has begun a new session. */
  | { readonly type: "gatewayReidentified"; readonly player: PlayerId }
  /** The bot may not enter the channel any more. */
  | { readonly type: "accessDenied"; readonly player: PlayerId }
  /** Nothing may be sent for any guild after this, by `bootClock`, unless a later moment is told. */
  | { readonly type: "proven"; readonly until: Millis }
  | { readonly type: "shutDown" };

/** What crosses back. */
export type FromEngine =
  /** The engine runs. */
  | { readonly type: "heartbeat" }
  /** What has been sent since the last such message. */
  | { readonly type: "packetsSent"; readonly counts: PacketCounts }
  /** A voice connection is lost and made again; `closeCode` where the voice gateway closed it. */
  | { readonly type: "voiceReconnecting"; readonly closeCode: number | undefined }
  | { readonly type: "event"; readonly player: PlayerId; readonly event: PlayerEvent }
  /**
   * A payload of the voice library's for the main gateway; `payloadSent` answers with its attempt.
   */
  | { readonly type: "payload"; readonly player: PlayerId; readonly payload: unknown; readonly attempt: number }
  | {
      readonly type: "log";
      readonly level: "info" | "warn" | "error";
      readonly message: string;
      readonly details: Readonly<Record<string, unknown>>;
    };
