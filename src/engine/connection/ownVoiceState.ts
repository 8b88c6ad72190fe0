import type { ChannelId } from "../../kernel/ids.ts";
import type { Millis } from "../../kernel/units.ts";
import type { ActiveConnection, ConnectionStep } from "./connectionState.ts";
import { giveUp, historyAt, join, reconnecting, stay, to } from "./connectionSteps.ts";
import { JOIN_TIMEOUT, MOVE_TIMEOUT } from "./timeouts.ts";

/** Decides on a voice state that puts the bot in no channel, and answers no leave of its own. */
export const disconnectedByMember = (connection: ActiveConnection): ConnectionStep => {
  // Where Discord has not confirmed the bot in the channel yet, it is about a previous voice state.
  const isStale =
    ((connection.status === "queued" || connection.status === "joining") && !connection.history.isInChannel) ||
    (connection.status === "backingOff" && connection.cause === "gateway");
  return isStale ? stay(connection) : giveUp("disconnected");
};

/**
 * Decides on a voice state that puts the bot in a channel: its own, or another that it was moved
 * to.
 */
export const channelConfirmed = (connection: ActiveConnection, channel: ChannelId, now: Millis): ConnectionStep => {
  const { status, history } = connection;
  if (channel === connection.channel)
    return status === "joining" && !connection.confirmed
      ? stay({ ...connection, confirmed: true, history: { ...history, isInChannel: true } })
      : stay(connection);
  const moveAndJoin = () => {
    const again = join(channel, history);
    return to(again.connection, reconnecting, ...again.effects);
  };
  switch (status) {
    case "queued":
      // Moved while its join waits: it asks for the channel that it is in now. Otherwise it is
      // about a previous voice state.
      return history.isInChannel ? moveAndJoin() : stay(connection);
    case "joining":
      if (!connection.confirmed) return stay(connection);
      // A voice server assigned for the previous channel is of no use in this one.
      if (connection.serverAssigned) return moveAndJoin();
      return stay({ ...connection, channel, until: now + JOIN_TIMEOUT, reuseServerAt: undefined });
    case "backingOff":
      return stay(connection.cause === "voice" ? { ...connection, channel } : connection);
    default:
      // Moved: Discord assigns the other channel's voice server without being asked.
      return to(
        {
          status: "joining",
          channel,
          history: { ...historyAt(connection, now), unanswered: 0, isInChannel: true },
          until: now + MOVE_TIMEOUT,
          confirmed: true,
          serverAssigned: false,
        },
        reconnecting,
      );
  }
};

/** Decides on a voice server update with an endpoint: the library connects to it by itself. */
export const voiceServerAssigned = (connection: ActiveConnection, now: Millis): ConnectionStep => {
  // What comes before the join has been sent belongs to a previous voice state.
  if (connection.status === "backingOff" || connection.status === "queued") return stay(connection);
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
