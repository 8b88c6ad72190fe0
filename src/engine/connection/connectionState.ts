import type { ChannelId } from "../../kernel/ids.ts";
import type { Millis } from "../../kernel/units.ts";
import type { LeaveReason } from "../../session/protocol.ts";

/** What has gone wrong since the connection was last stable; it outlives each attempt. */
export interface FailureHistory {
  readonly failures: number;
  /** Joins in a row that Discord has not answered at all. */
  readonly unanswered: number;
  /** Whether it has ever been up in this channel. */
  readonly wasConnected: boolean;
  /** Whether the previous voice server has been tried since then. */
  readonly triedPreviousServer: boolean;
  /**
   * Whether Discord, in this gateway session, has confirmed the bot in this channel and the bot has
   * not left since.
   */
  readonly isInChannel: boolean;
}

/** The state of one guild's voice connection; each state holds only what is valid then. */
export type ConnectionState =
  | { readonly status: "idle" }
  /**
   * Asked for, but not sent yet: the gateway's send budget is used up, or the shard is not ready.
   * However long that takes.
   */
  | { readonly status: "queued"; readonly channel: ChannelId; readonly history: FailureHistory }
  /** Sent; the attempt fails at `until`. */
  | {
      readonly status: "joining";
      readonly channel: ChannelId;
      readonly history: FailureHistory;
      readonly until: Millis;
      /** Discord has confirmed that the bot is in this channel. */
      readonly confirmed: boolean;
      /** Discord has assigned a voice server. */
      readonly serverAssigned: boolean;
      /**
       * When the previous voice server is tried, unless another is assigned; absent: not at all.
       */
      readonly reuseServerAt?: Millis | undefined;
    }
  | {
      readonly status: "connected";
      readonly channel: ChannelId;
      readonly history: FailureHistory;
      readonly since: Millis;
    }
  /** The session lacks its socket or its keys, and is replaced at `until`. */
  | {
      readonly status: "recovering";
      readonly missing: "socket" | "keys";
      readonly channel: ChannelId;
      readonly history: FailureHistory;
      readonly until: Millis;
    }
  /** Closed with 4014: Discord says next whether the bot was moved or disconnected. */
  | {
      readonly status: "awaitingMove";
      readonly channel: ChannelId;
      readonly history: FailureHistory;
      readonly until: Millis;
    }
  /** The voice server is gone, and Discord looks for another. */
  | {
      readonly status: "awaitingServer";
      readonly channel: ChannelId;
      readonly history: FailureHistory;
      readonly until: Millis;
    }
  /** No connection; the next attempt is at `until`. */
  | {
      readonly status: "backingOff";
      readonly channel: ChannelId;
      readonly history: FailureHistory;
      readonly until: Millis;
      /** What failed. The gateway's voice states count only while the gateway itself works. */
      readonly cause: "voice" | "gateway";
    }
  | { readonly status: "ended"; readonly why: LeaveReason };

/** What may happen to a connection. */
export type ConnectionEvent =
  | { readonly type: "joinRequested"; readonly channel: ChannelId }
  /**
   * The voice session of another engine is taken over: Discord still has the bot in this channel.
   */
  | { readonly type: "sessionAdopted"; readonly channel: ChannelId }
  /** The join of the latest `connect` has gone out: its answer may be expected from now on. */
  | { readonly type: "joinSent" }
  | { readonly type: "leaveRequested" }
  | { readonly type: "established" }
  | { readonly type: "socketResuming" }
  | { readonly type: "encryptionPending" }
  | { readonly type: "closed"; readonly code: number }
  /** Discord's voice state of the bot, unless it answers a leave of the bot's own. */
  | { readonly type: "ownVoiceState"; readonly channel: ChannelId | null }
  /** A voice server update with an endpoint, and one without. */
  | { readonly type: "voiceServerAssigned" }
  | { readonly type: "voiceServerUnavailable" }
  /** The connection is unusable, though nobody has closed it. */
  | { readonly type: "broken"; readonly why: string }
  /** The main gateway cannot send, or the guild is unavailable. */
  | { readonly type: "gatewayUnavailable" }
  /** The main gateway has begun a new session: Discord has dropped the bot's voice states. */
  | { readonly type: "gatewayReidentified" }
  /** The bot cannot enter the channel: asking again is of no use. */
  | { readonly type: "accessDenied" }
  | { readonly type: "ticked" };

/** What the supervisor asks of the shell around it. */
export type ConnectionEffect =
  /**
   * Drops the current connection and makes another; `leaveFirst` leaves the channel before that.
   */
  | { readonly type: "connect"; readonly channel: ChannelId; readonly leaveFirst: boolean }
  /** Connects to the voice server that Discord assigned last. */
  | { readonly type: "reuseVoiceServer" }
  | { readonly type: "disconnect"; readonly tellDiscord: boolean }
  | { readonly type: "report"; readonly report: "connected" | "reconnecting" }
  | { readonly type: "reportLeft"; readonly why: LeaveReason };

/** The state after an event, and what has to be done. */
export interface ConnectionStep {
  readonly connection: ConnectionState;
  readonly effects: readonly ConnectionEffect[];
}

/** A connection that is wanted, in whatever state. */
export type ActiveConnection = Exclude<ConnectionState, { readonly status: "idle" | "ended" }>;
