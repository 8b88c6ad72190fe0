import type { ChannelId } from "../../kernel/ids.ts";
import type { Millis } from "../../kernel/units.ts";
import type { LeaveReason } from "../../session/protocol.ts";
import type {
  ActiveConnection,
  ConnectionEffect,
  ConnectionState,
  ConnectionStep,
  FailureHistory,
} from "./connectionState.ts";
import { backoffDelay, JOIN_TIMEOUT, STABLE_AFTER, VOICE_SERVER_TIMEOUT } from "./timeouts.ts";

/** The history of a connection that has had no trouble yet. */
export const NO_FAILURES: FailureHistory = {
  failures: 0,
  unanswered: 0,
  wasConnected: false,
  triedPreviousServer: false,
  isInChannel: false,
};
/** Says that the sound is interrupted while the connection is being restored. */
export const reconnecting = { type: "report", report: "reconnecting" } as const;

/** Changes the state at most; nothing has to be done. */
export const stay = (connection: ConnectionState): ConnectionStep => ({ connection, effects: [] });
/** Changes the state, with what has to be done for it. */
export const to = (connection: ConnectionState, ...effects: ConnectionEffect[]): ConnectionStep => ({
  connection,
  effects,
});

/** The failures that still count: none once the connection has been stable. */
export const historyAt = (connection: ActiveConnection, now: Millis): FailureHistory =>
  connection.status === "connected" && now - connection.since >= STABLE_AFTER
    ? { ...NO_FAILURES, wasConnected: true, isInChannel: connection.history.isInChannel }
    : connection.history;

/**
 * Whether an attempt leaves the channel before it joins: Discord may take a join for one that it
 * has answered, and say nothing.
 */
const leavesFirst = ({ unanswered, triedPreviousServer }: FailureHistory): boolean =>
  unanswered > 0 || triedPreviousServer;

/** Asks to join a channel, once the gateway's send budget allows. */
export const join = (channel: ChannelId, history: FailureHistory): ConnectionStep => {
  const leaveFirst = leavesFirst(history);
  return to(
    { status: "queued", channel, history: leaveFirst ? { ...history, isInChannel: false } : history },
    { type: "connect", channel, leaveFirst },
  );
};

/**
 * Takes over a voice session that Discord still has. Where the voice server refuses it, the next
 * attempt leaves first: a plain join might not be answered.
 */
export const adoptSession = (channel: ChannelId, now: Millis): ConnectionStep =>
  to({
    status: "joining",
    channel,
    history: { ...NO_FAILURES, wasConnected: true, triedPreviousServer: true, isInChannel: true },
    until: now + JOIN_TIMEOUT,
    confirmed: true,
    serverAssigned: true,
  });

/** Waits for Discord's answer to a join that has been sent just now. */
export const joinSent = (connection: ConnectionState, now: Millis): ConnectionStep => {
  if (connection.status !== "queued") return stay(connection);
  const { channel, history } = connection;
  return to({
    status: "joining",
    channel,
    history,
    until: now + JOIN_TIMEOUT,
    confirmed: false,
    serverAssigned: false,
    ...(history.wasConnected && !leavesFirst(history) && { reuseServerAt: now + VOICE_SERVER_TIMEOUT }),
  });
};

/** Ends the connection for good. */
export const giveUp = (why: LeaveReason): ConnectionStep =>
  to(
    { status: "ended", why },
    { type: "disconnect", tellDiscord: why !== "disconnected" },
    { type: "reportLeft", why },
  );

/** Drops the connection, and tries again at `until`. */
export const backOff = (
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

/**
 * Counts one more failure, and backs off for as long as that takes.
 * @param atLeast the shortest delay before the next attempt
 */
export const failAndBackOff = (
  connection: ActiveConnection,
  now: Millis,
  random: () => number,
  atLeast: Millis = 0,
): ConnectionStep => {
  const past = historyAt(connection, now);
  const failures = past.failures + 1;
  return backOff(connection, { ...past, failures }, now + Math.max(atLeast, backoffDelay(failures, random)));
};

/** Whether there is a voice session that belongs to the current attempt. */
export const isOpen = (connection: ActiveConnection): boolean =>
  connection.status === "connected" ||
  connection.status === "recovering" ||
  connection.status === "awaitingMove" ||
  (connection.status === "joining" && connection.serverAssigned);
