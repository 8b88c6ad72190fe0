import type { ChannelId } from "../../kernel/ids.ts";
import type { Millis } from "../../kernel/units.ts";
import type { LeaveReason } from "../../session/protocol.ts";
import {
  backoffDelay,
  CLOSE_CODE_RULES,
  DISCONNECTED,
  ENCRYPTION_TIMEOUT,
  GATEWAY_UNAVAILABLE_DELAY,
  JOIN_TIMEOUT,
  MAX_UNANSWERED_JOINS,
  MOVE_TIMEOUT,
  NEW_VOICE_SERVER_TIMEOUT,
  RESUME_TIMEOUT,
  STABLE_AFTER,
  UNANSWERED_DELAY,
  VOICE_SERVER_TIMEOUT,
} from "./timeouts.ts";

/** What has gone wrong since the connection last held for a while; it outlives the tries themselves. */
interface FailureHistory {
  readonly failures: number;
  /** Joins in a row that Discord has not answered at all. */
  readonly unanswered: number;
  /** Whether it has ever been up in this channel. */
  readonly wasConnected: boolean;
  /** Whether the voice host of before has been tried since then. */
  readonly triedPreviousServer: boolean;
}

/** Where one guild's voice connection stands; each state holds only what is valid then. */
export type ConnectionState =
  | { readonly status: "idle" }
  /** Asked for, and given up at `until`. */
  | {
      readonly status: "joining";
      readonly channel: ChannelId;
      readonly history: FailureHistory;
      readonly until: Millis;
      /** Discord's own word is that the bot is in this channel. */
      readonly confirmed: boolean;
      /** Discord has named the voice host. */
      readonly serverAssigned: boolean;
      /** When the voice host of before is tried, unless another one is named; absent: not at all. */
      readonly reuseServerAt?: Millis | undefined;
    }
  | {
      readonly status: "connected";
      readonly channel: ChannelId;
      readonly history: FailureHistory;
      readonly since: Millis;
    }
  /** The session is there, but for its socket or its keys; made anew at `until`. */
  | {
      readonly status: "recovering";
      readonly missing: "socket" | "keys";
      readonly channel: ChannelId;
      readonly history: FailureHistory;
      readonly until: Millis;
    }
  /** Closed with 4014: Discord says next whether the bot was moved or sent away. */
  | {
      readonly status: "awaitingMove";
      readonly channel: ChannelId;
      readonly history: FailureHistory;
      readonly until: Millis;
    }
  /** The voice host is gone, and Discord looks for another. */
  | {
      readonly status: "awaitingServer";
      readonly channel: ChannelId;
      readonly history: FailureHistory;
      readonly until: Millis;
    }
  /** No connection; the next try is at `until`. */
  | {
      readonly status: "backingOff";
      readonly channel: ChannelId;
      readonly history: FailureHistory;
      readonly until: Millis;
      /** Whose fault it was; what the gateway says of the bot's seat counts only while the gateway is sound. */
      readonly cause: "voice" | "gateway";
    }
  | { readonly status: "ended"; readonly why: LeaveReason };

export type ConnectionEvent =
  | { readonly type: "joinRequested"; readonly channel: ChannelId }
  | { readonly type: "leaveRequested" }
  | { readonly type: "established" }
  | { readonly type: "socketResuming" }
  | { readonly type: "encryptionPending" }
  | { readonly type: "closed"; readonly code: number }
  | { readonly type: "ownVoiceState"; readonly channel: ChannelId | null }
  /** A voice server update with an endpoint, and one without. */
  | { readonly type: "voiceServerAssigned" }
  | { readonly type: "voiceServerUnavailable" }
  /** The connection is of no use any more, though nobody has closed it. */
  | { readonly type: "broken"; readonly why: string }
  /** The main gateway cannot send, or the guild is unavailable. */
  | { readonly type: "gatewayUnavailable" }
  /** The main gateway has begun a new session: Discord has forgotten that the bot sat anywhere. */
  | { readonly type: "gatewayReidentified" }
  /** The bot may not enter the channel: to ask again is of no use. */
  | { readonly type: "accessDenied" }
  | { readonly type: "ticked" };

export type ConnectionEffect =
  /** Lets go of what there is and connects anew; `afresh` leaves the channel first. */
  | { readonly type: "connect"; readonly channel: ChannelId; readonly leaveFirst: boolean }
  /** Goes on with the voice host that Discord named last. */
  | { readonly type: "reuseVoiceServer" }
  | { readonly type: "disconnect"; readonly tellDiscord: boolean }
  | { readonly type: "report"; readonly report: "connected" | "reconnecting" }
  | { readonly type: "reportLeft"; readonly why: LeaveReason };

export interface ConnectionStep {
  readonly connection: ConnectionState;
  readonly effects: readonly ConnectionEffect[];
}

type ActiveConnection = Exclude<ConnectionState, { readonly status: "idle" | "ended" }>;

const NO_FAILURES: FailureHistory = { failures: 0, unanswered: 0, wasConnected: false, triedPreviousServer: false };
const reconnecting = { type: "report", report: "reconnecting" } as const;

const stay = (connection: ConnectionState): ConnectionStep => ({ connection, effects: [] });
const to = (connection: ConnectionState, ...effects: ConnectionEffect[]): ConnectionStep => ({ connection, effects });

/** What counts against it still, once it has held for a while. */
const historyAt = (connection: ActiveConnection, now: Millis): FailureHistory =>
  connection.status === "connected" && now - connection.since >= STABLE_AFTER
    ? { ...NO_FAILURES, wasConnected: true }
    : connection.history;

const join = (channel: ChannelId, history: FailureHistory, now: Millis): ConnectionStep => {
  const leaveFirst = history.unanswered > 0 || history.triedPreviousServer;
  return to(
    {
      status: "joining",
      channel,
      history,
      until: now + JOIN_TIMEOUT,
      confirmed: false,
      serverAssigned: false,
      ...(history.wasConnected && !leaveFirst && { reuseServerAt: now + VOICE_SERVER_TIMEOUT }),
    },
    { type: "connect", channel, leaveFirst },
  );
};

const giveUp = (why: LeaveReason): ConnectionStep =>
  to(
    { status: "ended", why },
    { type: "disconnect", tellDiscord: why !== "disconnected" },
    { type: "reportLeft", why },
  );

const backOff = (
  connection: ActiveConnection,
  history: FailureHistory,
  until: Millis,
  cause: "voice" | "gateway" = "voice",
  channel: ChannelId = connection.channel,
): ConnectionStep =>
  to(
    { status: "backingOff", channel, history, until, cause },
    { type: "disconnect", tellDiscord: false },
    reconnecting,
  );

/** One failure more, and the rest that follows it. */
const failAndBackOff = (
  connection: ActiveConnection,
  now: Millis,
  random: () => number,
  atLeast: Millis = 0,
): ConnectionStep => {
  const past = historyAt(connection, now);
  const failures = past.failures + 1;
  return backOff(connection, { ...past, failures }, now + Math.max(atLeast, backoffDelay(failures, random)));
};

/** Decides what becomes of a voice connection. `random` in [0, 1) spreads the tries of many guilds. */
export const supervise = (
  connection: ConnectionState,
  event: ConnectionEvent,
  now: Millis,
  random: () => number,
): ConnectionStep => {
  if (event.type === "joinRequested") return requestJoin(connection, event.channel, now);
  if (connection.status === "idle" || connection.status === "ended") return stay(connection);
  const { channel } = connection;

  switch (event.type) {
    case "leaveRequested":
      return to({ status: "idle" }, { type: "disconnect", tellDiscord: true }, { type: "reportLeft", why: "asked" });
    case "established":
      return isOpen(connection) && connection.status !== "connected"
        ? to(
            {
              status: "connected",
              channel,
              history: { ...connection.history, unanswered: 0, wasConnected: true, triedPreviousServer: false },
              since: now,
            },
            { type: "report", report: "connected" },
          )
        : stay(connection);
    case "socketResuming":
      return recover(connection, "socket", now, RESUME_TIMEOUT);
    case "encryptionPending":
      return recover(connection, "keys", now, ENCRYPTION_TIMEOUT);
    case "closed":
      return closed(connection, event.code, now, random);
    case "ownVoiceState":
      return event.channel === null
        ? disconnectedByMember(connection)
        : channelConfirmed(connection, event.channel, now);
    case "voiceServerAssigned":
      return voiceServerAssigned(connection, now);
    case "voiceServerUnavailable":
      // Discord asks to hold still until it has found another.
      return connection.status === "backingOff"
        ? stay(connection)
        : to(
            {
              status: "awaitingServer",
              channel,
              history: historyAt(connection, now),
              until: now + NEW_VOICE_SERVER_TIMEOUT,
            },
            reconnecting,
          );
    case "broken":
      return isOpen(connection) ? failAndBackOff(connection, now, random) : stay(connection);
    case "gatewayUnavailable":
      // Not a failure of the voice connection: nobody was asked.
      return backOff(connection, historyAt(connection, now), now + GATEWAY_UNAVAILABLE_DELAY, "gateway");
    case "gatewayReidentified": {
      const again = join(channel, { ...historyAt(connection, now), unanswered: 0 }, now);
      return to(again.connection, reconnecting, ...again.effects);
    }
    case "accessDenied":
      return giveUp("no-permission");
    case "ticked":
      return tick(connection, now, random);
  }
};

/** Whether there is a voice session that belongs to what is wanted now. */
const isOpen = (connection: ActiveConnection): boolean =>
  connection.status === "connected" ||
  connection.status === "recovering" ||
  connection.status === "awaitingMove" ||
  (connection.status === "joining" && connection.serverAssigned);

const requestJoin = (connection: ConnectionState, channel: ChannelId, now: Millis): ConnectionStep => {
  if (connection.status === "idle" || connection.status === "ended" || connection.channel !== channel)
    return join(channel, NO_FAILURES, now);
  return connection.status === "backingOff" ? join(channel, connection.history, now) : stay(connection);
};

const recover = (
  connection: ActiveConnection,
  missing: "socket" | "keys",
  now: Millis,
  limit: Millis,
): ConnectionStep => {
  if (!isOpen(connection) || connection.status === "awaitingMove") return stay(connection);
  if (connection.status === "recovering" && connection.missing === missing) return stay(connection);
  const { channel } = connection;
  return to({ status: "recovering", missing, channel, history: historyAt(connection, now), until: now + limit });
};

const closed = (connection: ActiveConnection, code: number, now: Millis, random: () => number): ConnectionStep => {
  // What closes before the new host is named is the session of before.
  if (!isOpen(connection) || connection.status === "awaitingMove") return stay(connection);
  const { channel } = connection;
  const history = historyAt(connection, now);
  if (code === DISCONNECTED)
    return to({ status: "awaitingMove", channel, history, until: now + MOVE_TIMEOUT }, reconnecting);
  const rule = CLOSE_CODE_RULES[code];
  if (rule?.tries !== undefined && history.failures + 1 >= rule.tries) return giveUp("unreachable");
  return failAndBackOff(connection, now, random, rule?.rest);
};

/** Discord's word that the bot sits nowhere. */
const disconnectedByMember = (connection: ActiveConnection): ConnectionStep => {
  // The word may be about the seat of before: the new one has not been confirmed, or the gateway has forgotten it.
  const stale =
    (connection.status === "joining" && !connection.confirmed) ||
    (connection.status === "backingOff" && connection.cause === "gateway");
  return stale ? stay(connection) : giveUp("disconnected");
};

/** Discord's word that the bot sits in a channel. */
const channelConfirmed = (connection: ActiveConnection, channel: ChannelId, now: Millis): ConnectionStep => {
  if (channel === connection.channel)
    return connection.status === "joining" && !connection.confirmed
      ? stay({ ...connection, confirmed: true })
      : stay(connection);
  switch (connection.status) {
    case "joining":
      // A host that was named for the channel of before is of no use in this one.
      if (connection.confirmed && connection.serverAssigned) {
        const again = join(channel, connection.history, now);
        return to(again.connection, reconnecting, ...again.effects);
      }
      if (!connection.confirmed) return stay(connection);
      return stay({ ...connection, channel, until: now + JOIN_TIMEOUT, reuseServerAt: undefined });
    case "backingOff":
      return stay(connection.cause === "voice" ? { ...connection, channel } : connection);
    default:
      // Moved: Discord names the voice host of the other channel by itself.
      return to(
        {
          status: "joining",
          channel,
          history: { ...historyAt(connection, now), unanswered: 0 },
          until: now + MOVE_TIMEOUT,
          confirmed: true,
          serverAssigned: false,
        },
        reconnecting,
      );
  }
};

const voiceServerAssigned = (connection: ActiveConnection, now: Millis): ConnectionStep => {
  if (connection.status === "backingOff") return stay(connection);
  const { channel } = connection;
  return to({
    status: "joining",
    channel,
    history: { ...historyAt(connection, now), unanswered: 0 },
    until: now + JOIN_TIMEOUT,
    confirmed: connection.status !== "joining" || connection.confirmed,
    serverAssigned: true,
  });
};

/** Without a word of the host, the one of before is tried once; where it is not right, the next try leaves the channel first. */
const reuseVoiceServer = (connection: ConnectionState & { readonly status: "joining" }): ConnectionStep =>
  to(
    {
      ...connection,
      history: { ...connection.history, triedPreviousServer: true },
      serverAssigned: true,
      reuseServerAt: undefined,
    },
    { type: "reuseVoiceServer" },
  );

const tick = (connection: ActiveConnection, now: Millis, random: () => number): ConnectionStep => {
  if (connection.status === "joining" && connection.confirmed && !connection.serverAssigned) {
    if (connection.reuseServerAt !== undefined && now >= connection.reuseServerAt) return reuseVoiceServer(connection);
  }
  if (!("until" in connection) || now < connection.until) return stay(connection);
  const { channel, history } = connection;
  switch (connection.status) {
    case "joining": {
      if (connection.serverAssigned) return failAndBackOff(connection, now, random);
      const unanswered = history.unanswered + 1;
      if (unanswered < MAX_UNANSWERED_JOINS)
        return backOff(connection, { ...history, unanswered }, now + backoffDelay(unanswered, random));
      // A room that has been heard is worth trying for; one that has never begun is not.
      return history.wasConnected
        ? backOff(connection, { ...history, unanswered }, now + UNANSWERED_DELAY)
        : giveUp("unreachable");
    }
    case "recovering":
      return failAndBackOff(connection, now, random);
    case "awaitingMove":
    case "awaitingServer":
    case "backingOff":
      return join(channel, history, now);
  }
};
