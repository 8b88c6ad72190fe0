import type { GuildId } from "../kernel/ids.ts";
import type { PlayerCommand, PlayerEvent } from "../session/protocol.ts";

/** What crosses from the main thread to the engine's. */
export type ToEngine =
  | { readonly type: "open"; readonly guild: GuildId }
  | { readonly type: "close"; readonly guild: GuildId }
  | { readonly type: "command"; readonly guild: GuildId; readonly command: PlayerCommand }
  | { readonly type: "stateUpdate" | "serverUpdate"; readonly guild: GuildId; readonly payload: unknown }
  /** The gateway could not send, or the guild is unavailable. */
  | { readonly type: "gatewayUnavailable"; readonly guild: GuildId }
  /** The shard has begun a new session. */
  | { readonly type: "gatewayReidentified"; readonly guild: GuildId }
  /** The bot may not enter the channel any more. */
  | { readonly type: "accessDenied"; readonly guild: GuildId }
  | { readonly type: "shutDown" };

/** What crosses back. */
export type FromEngine =
  | { readonly type: "event"; readonly guild: GuildId; readonly event: PlayerEvent }
  /** A payload of the voice library's for the main gateway. */
  | { readonly type: "payload"; readonly guild: GuildId; readonly payload: unknown }
  | {
      readonly type: "log";
      readonly level: "info" | "warn" | "error";
      readonly message: string;
      readonly details: Readonly<Record<string, unknown>>;
    };
