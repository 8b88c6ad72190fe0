import type { ChannelId } from "../../kernel/ids.ts";
import type { Millis } from "../../kernel/units.ts";
import type { ActiveConnection, ConnectionStep } from "./connectionState.ts";
import { giveUp, historyAt, join, reconnecting, stay, to } from "./connectionSteps.ts";
import { JOIN_TIMEOUT, MOVE_TIMEOUT } from "./timeouts.ts";

/** Decides on a voice state that puts the bot in no channel. */
export const disconnectedByMember = (connection: ActiveConnection): ConnectionStep => {
  // It may be about the previous voice state: the new one is not confirmed yet, or the gateway has dropped it.
  const stale =
    (connection.status === "joining" && !connection.confirmed) ||
    (connection.status === "backingOff" && connection.cause === "gateway");
  return stale ? stay(connection) : giveUp("disconnected");
};

/** Decides on a voice state that puts the bot in a channel: its own, or another that it was moved to. */
export const channelConfirmed = (connection: ActiveConnection, channel: ChannelId, now: Millis): ConnectionStep => {
  if (channel === connection.channel)
    return connection.status === "joining" && !connection.confirmed
      ? stay({ ...connection, confirmed: true })
      : stay(connection);
  switch (connection.status) {
    case "joining":
      // A voice server assigned for the previous channel is of no use in this one.
      if (connection.confirmed && connection.serverAssigned) {
        const again = join(channel, connection.history, now);
        return to(again.connection, reconnecting, ...again.effects);
      }
      if (!connection.confirmed) return stay(connection);
      return stay({ ...connection, channel, until: now + JOIN_TIMEOUT, reuseServerAt: undefined });
    case "backingOff":
      return stay(connection.cause === "voice" ? { ...connection, channel } : connection);
    default:
      // Moved: Discord assigns the other channel's voice server without being asked.
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

/** Decides on a voice server update with an endpoint: the library connects to it by itself. */
export const voiceServerAssigned = (connection: ActiveConnection, now: Millis): ConnectionStep => {
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
