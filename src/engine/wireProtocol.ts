import type { GuildId } from "../kernel/ids.ts";
import type { PacketCounts } from "../ports/telemetry.ts";
import type { PlayerCommand, PlayerEvent } from "../session/protocol.ts";
import type { VoiceSession } from "./voiceSession.ts";

/** What crosses from the main thread to an engine. */
export type ToEngine =
  | { readonly type: "open"; readonly guild: GuildId }
  | { readonly type: "close"; readonly guild: GuildId }
  /** A voice session of another engine, which has ended, to be taken over. */
  | { readonly type: "adopt"; readonly guild: GuildId; readonly session: VoiceSession }
  | { readonly type: "command"; readonly guild: GuildId; readonly command: PlayerCommand }
  | {
      readonly type: "stateUpdate";
      readonly guild: GuildId;
      readonly payload: unknown;
      readonly isOwnLeave: boolean;
    }
  | { readonly type: "serverUpdate"; readonly guild: GuildId; readonly payload: unknown }
  /** The payload of this attempt has gone out. */
  | { readonly type: "payloadSent"; readonly guild: GuildId; readonly attempt: number }
  /** The gateway could not send, or the guild is unavailable. */
  | { readonly type: "gatewayUnavailable"; readonly guild: GuildId }
  /** The shard has begun a new session. */
  | { readonly type: "gatewayReidentified"; readonly guild: GuildId }
  /** The bot may not enter the channel any more. */
  | { readonly type: "accessDenied"; readonly guild: GuildId }
  | { readonly type: "shutDown" };

/** What crosses back. */
export type FromEngine =
  /** The engine runs. */
  | { readonly type: "heartbeat" }
  /** What has been sent since the last such message. */
  | { readonly type: "packetsSent"; readonly counts: PacketCounts }
  /** A voice connection is lost and made again; `closeCode` where the voice gateway closed it. */
  | { readonly type: "voiceReconnecting"; readonly closeCode: number | undefined }
  | { readonly type: "event"; readonly guild: GuildId; readonly event: PlayerEvent }
  /**
   * A payload of the voice library's for the main gateway; `payloadSent` answers with its attempt.
   */
  | { readonly type: "payload"; readonly guild: GuildId; readonly payload: unknown; readonly attempt: number }
  | {
      readonly type: "log";
      readonly level: "info" | "warn" | "error";
      readonly message: string;
      readonly details: Readonly<Record<string, unknown>>;
    };
