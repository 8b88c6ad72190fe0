import type { ChannelId } from "../../kernel/ids.ts";
import type { Millis } from "../../kernel/units.ts";
import type { ActiveConnection, ConnectionEvent, ConnectionState, ConnectionStep } from "./connectionState.ts";
import {
  adoptSession,
  backOff,
  failAndBackOff,
  giveUp,
  historyAt,
  isOpen,
  join,
  joinSent,
  NO_FAILURES,
  reconnecting,
  stay,
  to,
} from "./connectionSteps.ts";
import { channelConfirmed, disconnectedByMember, voiceServerAssigned } from "./ownVoiceState.ts";
import {
  backoffDelay,
  CLOSE_CODE_RULES,
  DISCONNECTED,
  ENCRYPTION_TIMEOUT,
  GATEWAY_UNAVAILABLE_DELAY,
  MAX_UNANSWERED_JOINS,
  MOVE_TIMEOUT,
  NEW_VOICE_SERVER_TIMEOUT,
  RESUME_TIMEOUT,
  UNANSWERED_DELAY,
} from "./timeouts.ts";

/**
 * Decides what becomes of a voice connection when something happens to it. Pure: a state machine
 * with a type per state.
 * @param now on the monotonic clock
 * @param random in [0, 1); spreads the attempts of many guilds
 */
export const supervise = (
  connection: ConnectionState,
  event: ConnectionEvent,
  now: Millis,
  random: () => number,
): ConnectionStep => {
  if (event.type === "joinRequested") return requestJoin(connection, event.channel);
  if (event.type === "sessionAdopted") return adoptSession(event.channel, now);
  if (event.type === "joinSent") return joinSent(connection, now);
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
              history: {
                ...connection.history,
                unanswered: 0,
                wasConnected: true,
                triedPreviousServer: false,
                isInChannel: true,
              },
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
      // Discord asks to wait until it has found another.
      return connection.status === "backingOff" || connection.status === "queued"
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
      const history = historyAt(connection, now);
      const again = join(channel, { ...history, unanswered: 0, triedPreviousServer: false, isInChannel: false });
      return to(again.connection, reconnecting, ...again.effects);
    }
    case "accessDenied":
      return giveUp("no-permission");
    case "ticked":
      return tick(connection, now, random);
  }
};

const requestJoin = (connection: ConnectionState, channel: ChannelId): ConnectionStep => {
  if (connection.status === "idle" || connection.status === "ended" || connection.channel !== channel)
    return join(channel, NO_FAILURES);
  return connection.status === "backingOff" ? join(channel, connection.history) : stay(connection);
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
  // What closes before the new voice server is assigned is the previous session.
  if (!isOpen(connection) || connection.status === "awaitingMove") return stay(connection);
  const { channel } = connection;
  const history = historyAt(connection, now);
  if (code === DISCONNECTED)
    return to({ status: "awaitingMove", channel, history, until: now + MOVE_TIMEOUT }, reconnecting);
  const rule = CLOSE_CODE_RULES[code];
  if (rule?.tries !== undefined && history.failures + 1 >= rule.tries) return giveUp("unreachable");
  return failAndBackOff(connection, now, random, rule?.rest);
};

/**
 * Where Discord assigns no voice server, the previous one is tried once; if it refuses, the next
 * attempt leaves first.
 */
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
      // A session that has been heard is worth trying for; one that has never begun is not.
      return history.wasConnected
        ? backOff(connection, { ...history, unanswered }, now + UNANSWERED_DELAY)
        : giveUp("unreachable");
    }
    case "recovering":
      return failAndBackOff(connection, now, random);
    case "awaitingMove":
    case "awaitingServer":
    case "backingOff":
      return join(channel, history);
  }
};
