import type { ChannelId } from "../kernel/ids.ts";
import type { Millis } from "../kernel/units.ts";
import type { LeaveReason } from "../session/protocol.ts";
import {
  CLOSE_RULES,
  DISCONNECTED,
  ENCRYPTION_LIMIT,
  HELD,
  HOST_LIMIT,
  JOIN_LIMIT,
  MOVE_LIMIT,
  NEW_HOST_LIMIT,
  RESUME_LIMIT,
  restFor,
  UNANSWERED_REST,
  UNANSWERED_TRIES,
  UNSENDABLE_REST,
} from "./patience.ts";

/** What has gone wrong since the connection last held for a while; it outlives the tries themselves. */
interface Past {
  readonly failures: number;
  /** Joins in a row that Discord has not answered at all. */
  readonly unanswered: number;
  /** Whether it has ever been up in this channel. */
  readonly wasUp: boolean;
  /** Whether the voice host of before has been tried since then. */
  readonly reused: boolean;
}

/** Where one guild's voice connection stands; each state holds only what is valid then. */
export type Connection =
  | { readonly status: "away" }
  /** Asked for, and given up at `until`. */
  | {
      readonly status: "joining";
      readonly channel: ChannelId;
      readonly past: Past;
      readonly until: Millis;
      /** Discord's own word is that the bot is in this channel. */
      readonly confirmed: boolean;
      /** Discord has named the voice host. */
      readonly answered: boolean;
      /** When the voice host of before is tried, unless another one is named; absent: not at all. */
      readonly reuseAt?: Millis | undefined;
    }
  | { readonly status: "up"; readonly channel: ChannelId; readonly past: Past; readonly since: Millis }
  /** The session is there, but for its socket or its keys; made anew at `until`. */
  | {
      readonly status: "mending";
      readonly what: "socket" | "keys";
      readonly channel: ChannelId;
      readonly past: Past;
      readonly until: Millis;
    }
  /** Closed with 4014: Discord says next whether the bot was moved or sent away. */
  | { readonly status: "unsure"; readonly channel: ChannelId; readonly past: Past; readonly until: Millis }
  /** The voice host is gone, and Discord looks for another. */
  | { readonly status: "waiting"; readonly channel: ChannelId; readonly past: Past; readonly until: Millis }
  /** No connection; the next try is at `until`. */
  | {
      readonly status: "resting";
      readonly channel: ChannelId;
      readonly past: Past;
      readonly until: Millis;
      /** Whose fault it was; what the gateway says of the bot's seat counts only while the gateway is sound. */
      readonly fault: "voice" | "gateway";
    }
  | { readonly status: "gone"; readonly why: LeaveReason };

export type ConnectionEvent =
  | { readonly type: "wanted"; readonly channel: ChannelId }
  | { readonly type: "unwanted" }
  | { readonly type: "established" }
  | { readonly type: "socketResuming" }
  | { readonly type: "keysMissing" }
  | { readonly type: "closed"; readonly code: number }
  | { readonly type: "ownChannel"; readonly channel: ChannelId | null }
  /** A voice server update with an endpoint, and one without. */
  | { readonly type: "hostGiven" }
  | { readonly type: "hostTaken" }
  /** The connection is of no use any more, though nobody has closed it. */
  | { readonly type: "broken"; readonly why: string }
  /** The main gateway cannot send, or the guild is unavailable. */
  | { readonly type: "unsendable" }
  /** The main gateway has begun a new session: Discord has forgotten that the bot sat anywhere. */
  | { readonly type: "gatewayRenewed" }
  /** The bot may not enter the channel: to ask again is of no use. */
  | { readonly type: "barred" }
  | { readonly type: "ticked" };

export type ConnectionEffect =
  /** Lets go of what there is and connects anew; `afresh` leaves the channel first. */
  | { readonly type: "connect"; readonly channel: ChannelId; readonly afresh: boolean }
  /** Goes on with the voice host that Discord named last. */
  | { readonly type: "reuseHost" }
  | { readonly type: "letGo"; readonly tellDiscord: boolean }
  | { readonly type: "report"; readonly report: "connected" | "reconnecting" }
  | { readonly type: "reportGone"; readonly why: LeaveReason };

export interface ConnectionStep {
  readonly connection: Connection;
  readonly effects: readonly ConnectionEffect[];
}

type Live = Exclude<Connection, { readonly status: "away" | "gone" }>;

const NEW: Past = { failures: 0, unanswered: 0, wasUp: false, reused: false };
const reconnecting = { type: "report", report: "reconnecting" } as const;

const stay = (connection: Connection): ConnectionStep => ({ connection, effects: [] });
const to = (connection: Connection, ...effects: ConnectionEffect[]): ConnectionStep => ({ connection, effects });

/** What counts against it still, once it has held for a while. */
const pastOf = (connection: Live, now: Millis): Past =>
  connection.status === "up" && now - connection.since >= HELD ? { ...NEW, wasUp: true } : connection.past;

const join = (channel: ChannelId, past: Past, now: Millis): ConnectionStep => {
  const afresh = past.unanswered > 0 || past.reused;
  return to(
    {
      status: "joining",
      channel,
      past,
      until: now + JOIN_LIMIT,
      confirmed: false,
      answered: false,
      ...(past.wasUp && !afresh && { reuseAt: now + HOST_LIMIT }),
    },
    { type: "connect", channel, afresh },
  );
};

const gone = (why: LeaveReason): ConnectionStep =>
  to({ status: "gone", why }, { type: "letGo", tellDiscord: why !== "disconnected" }, { type: "reportGone", why });

const rest = (
  connection: Live,
  past: Past,
  until: Millis,
  fault: "voice" | "gateway" = "voice",
  channel: ChannelId = connection.channel,
): ConnectionStep =>
  to({ status: "resting", channel, past, until, fault }, { type: "letGo", tellDiscord: false }, reconnecting);

/** One failure more, and the rest that follows it. */
const fail = (connection: Live, now: Millis, random: () => number, atLeast: Millis = 0): ConnectionStep => {
  const past = pastOf(connection, now);
  const failures = past.failures + 1;
  return rest(connection, { ...past, failures }, now + Math.max(atLeast, restFor(failures, random)));
};

/** Decides what becomes of a voice connection. `random` in [0, 1) spreads the tries of many guilds. */
export const supervise = (
  connection: Connection,
  event: ConnectionEvent,
  now: Millis,
  random: () => number,
): ConnectionStep => {
  if (event.type === "wanted") return want(connection, event.channel, now);
  if (connection.status === "away" || connection.status === "gone") return stay(connection);
  const { channel } = connection;

  switch (event.type) {
    case "unwanted":
      return to({ status: "away" }, { type: "letGo", tellDiscord: true }, { type: "reportGone", why: "asked" });
    case "established":
      return isOpen(connection) && connection.status !== "up"
        ? to(
            {
              status: "up",
              channel,
              past: { ...connection.past, unanswered: 0, wasUp: true, reused: false },
              since: now,
            },
            { type: "report", report: "connected" },
          )
        : stay(connection);
    case "socketResuming":
      return mend(connection, "socket", now, RESUME_LIMIT);
    case "keysMissing":
      return mend(connection, "keys", now, ENCRYPTION_LIMIT);
    case "closed":
      return closed(connection, event.code, now, random);
    case "ownChannel":
      return event.channel === null ? sentAway(connection) : seated(connection, event.channel, now);
    case "hostGiven":
      return hostGiven(connection, now);
    case "hostTaken":
      // Discord asks to hold still until it has found another.
      return connection.status === "resting"
        ? stay(connection)
        : to({ status: "waiting", channel, past: pastOf(connection, now), until: now + NEW_HOST_LIMIT }, reconnecting);
    case "broken":
      return isOpen(connection) ? fail(connection, now, random) : stay(connection);
    case "unsendable":
      // Not a failure of the voice connection: nobody was asked.
      return rest(connection, pastOf(connection, now), now + UNSENDABLE_REST, "gateway");
    case "gatewayRenewed": {
      const again = join(channel, { ...pastOf(connection, now), unanswered: 0 }, now);
      return to(again.connection, reconnecting, ...again.effects);
    }
    case "barred":
      return gone("no-permission");
    case "ticked":
      return tick(connection, now, random);
  }
};

/** Whether there is a voice session that belongs to what is wanted now. */
const isOpen = (connection: Live): boolean =>
  connection.status === "up" ||
  connection.status === "mending" ||
  connection.status === "unsure" ||
  (connection.status === "joining" && connection.answered);

const want = (connection: Connection, channel: ChannelId, now: Millis): ConnectionStep => {
  if (connection.status === "away" || connection.status === "gone" || connection.channel !== channel)
    return join(channel, NEW, now);
  return connection.status === "resting" ? join(channel, connection.past, now) : stay(connection);
};

const mend = (connection: Live, what: "socket" | "keys", now: Millis, limit: Millis): ConnectionStep => {
  if (!isOpen(connection) || connection.status === "unsure") return stay(connection);
  if (connection.status === "mending" && connection.what === what) return stay(connection);
  const { channel } = connection;
  return to({ status: "mending", what, channel, past: pastOf(connection, now), until: now + limit });
};

const closed = (connection: Live, code: number, now: Millis, random: () => number): ConnectionStep => {
  // What closes before the new host is named is the session of before.
  if (!isOpen(connection) || connection.status === "unsure") return stay(connection);
  const { channel } = connection;
  const past = pastOf(connection, now);
  if (code === DISCONNECTED) return to({ status: "unsure", channel, past, until: now + MOVE_LIMIT }, reconnecting);
  const rule = CLOSE_RULES[code];
  if (rule?.tries !== undefined && past.failures + 1 >= rule.tries) return gone("unreachable");
  return fail(connection, now, random, rule?.rest);
};

/** Discord's word that the bot sits nowhere. */
const sentAway = (connection: Live): ConnectionStep => {
  // The word may be about the seat of before: the new one has not been confirmed, or the gateway has forgotten it.
  const stale =
    (connection.status === "joining" && !connection.confirmed) ||
    (connection.status === "resting" && connection.fault === "gateway");
  return stale ? stay(connection) : gone("disconnected");
};

/** Discord's word that the bot sits in a channel. */
const seated = (connection: Live, channel: ChannelId, now: Millis): ConnectionStep => {
  if (channel === connection.channel)
    return connection.status === "joining" && !connection.confirmed
      ? stay({ ...connection, confirmed: true })
      : stay(connection);
  switch (connection.status) {
    case "joining":
      // A host that was named for the channel of before is of no use in this one.
      if (connection.confirmed && connection.answered) {
        const again = join(channel, connection.past, now);
        return to(again.connection, reconnecting, ...again.effects);
      }
      if (!connection.confirmed) return stay(connection);
      return stay({ ...connection, channel, until: now + JOIN_LIMIT, reuseAt: undefined });
    case "resting":
      return stay(connection.fault === "voice" ? { ...connection, channel } : connection);
    default:
      // Moved: Discord names the voice host of the other channel by itself.
      return to(
        {
          status: "joining",
          channel,
          past: { ...pastOf(connection, now), unanswered: 0 },
          until: now + MOVE_LIMIT,
          confirmed: true,
          answered: false,
        },
        reconnecting,
      );
  }
};

const hostGiven = (connection: Live, now: Millis): ConnectionStep => {
  if (connection.status === "resting") return stay(connection);
  const { channel } = connection;
  return to({
    status: "joining",
    channel,
    past: { ...pastOf(connection, now), unanswered: 0 },
    until: now + JOIN_LIMIT,
    confirmed: connection.status !== "joining" || connection.confirmed,
    answered: true,
  });
};

/** Without a word of the host, the one of before is tried once; where it is not right, the next try leaves the channel first. */
const reuse = (connection: Connection & { readonly status: "joining" }): ConnectionStep =>
  to(
    { ...connection, past: { ...connection.past, reused: true }, answered: true, reuseAt: undefined },
    { type: "reuseHost" },
  );

const tick = (connection: Live, now: Millis, random: () => number): ConnectionStep => {
  if (connection.status === "joining" && connection.confirmed && !connection.answered) {
    if (connection.reuseAt !== undefined && now >= connection.reuseAt) return reuse(connection);
  }
  if (!("until" in connection) || now < connection.until) return stay(connection);
  const { channel, past } = connection;
  switch (connection.status) {
    case "joining": {
      if (connection.answered) return fail(connection, now, random);
      const unanswered = past.unanswered + 1;
      if (unanswered < UNANSWERED_TRIES)
        return rest(connection, { ...past, unanswered }, now + restFor(unanswered, random));
      // A room that has been heard is worth trying for; one that has never begun is not.
      return past.wasUp ? rest(connection, { ...past, unanswered }, now + UNANSWERED_REST) : gone("unreachable");
    }
    case "mending":
      return fail(connection, now, random);
    case "unsure":
    case "waiting":
    case "resting":
      return join(channel, past, now);
  }
};
