import type { ChannelId } from "../kernel/ids.ts";
import { type Millis, minutes, seconds } from "../kernel/units.ts";
import type { LeaveReason } from "../session/protocol.ts";

/** Where one guild's voice connection stands; each state holds only what is valid then. */
export type Connection =
  | { readonly status: "away" }
  /** A connection is being made; given up at `until`. */
  | { readonly status: "joining"; readonly channel: ChannelId; readonly tries: number; readonly until: Millis }
  | { readonly status: "up"; readonly channel: ChannelId }
  /** The session is up, its end-to-end encryption is not; made anew at `until`. */
  | { readonly status: "encrypting"; readonly channel: ChannelId; readonly until: Millis }
  /** Closed with 4014: Discord says next whether the bot was moved or sent away. */
  | { readonly status: "unsure"; readonly channel: ChannelId; readonly until: Millis }
  /** No connection; the next try is at `until`. */
  | { readonly status: "resting"; readonly channel: ChannelId; readonly tries: number; readonly until: Millis }
  | { readonly status: "gone"; readonly why: LeaveReason };

export type ConnectionEvent =
  | { readonly type: "wanted"; readonly channel: ChannelId }
  | { readonly type: "unwanted" }
  | { readonly type: "established" }
  | { readonly type: "encryptionPending" }
  | { readonly type: "closed"; readonly code: number }
  | { readonly type: "ownChannel"; readonly channel: ChannelId | null }
  /** The server answers nothing any more. */
  | { readonly type: "echoLost" }
  /** The main gateway cannot send, or the guild is unavailable. */
  | { readonly type: "unsendable" }
  | { readonly type: "ticked" };

export type ConnectionEffect =
  /** Lets go of what there is and connects anew. */
  | { readonly type: "connect"; readonly channel: ChannelId }
  | { readonly type: "letGo"; readonly tellDiscord: boolean }
  | { readonly type: "report"; readonly report: "connected" | "reconnecting" }
  | { readonly type: "reportGone"; readonly why: LeaveReason };

export interface ConnectionStep {
  readonly connection: Connection;
  readonly effects: readonly ConnectionEffect[];
}

const JOIN_LIMIT: Millis = seconds(10);
const UNANSWERED_TRIES = 3;
const ENCRYPTION_LIMIT: Millis = seconds(10);
const MOVE_LIMIT: Millis = seconds(5);
const FIRST_REST: Millis = 250;
const LONGEST_REST: Millis = seconds(10);
const QUICK_TRIES = 5;
const SLOW_REST: Millis = minutes(1);
const UNSENDABLE_REST: Millis = seconds(1);

/** Close codes that only a new session after so long, or nothing, can answer (Discord's voice close event codes). */
const CLOSE_RULES: Readonly<Record<number, { readonly rest?: Millis; readonly tries?: number }>> = {
  4004: { tries: 3 },
  4016: { tries: 3 },
  4017: { tries: 1 },
  4020: { tries: 3 },
  4021: { rest: minutes(1) },
  4022: { rest: seconds(5) },
};

/** 0.25 s doubling to 10 s with jitter, five tries, then one a minute. */
export const restFor = (tries: number, random: () => number): Millis =>
  tries > QUICK_TRIES ? SLOW_REST : Math.min(LONGEST_REST, FIRST_REST * 2 ** (tries - 1)) * (0.8 + 0.4 * random());

const stay = (connection: Connection): ConnectionStep => ({ connection, effects: [] });
const to = (connection: Connection, ...effects: ConnectionEffect[]): ConnectionStep => ({ connection, effects });

const join = (channel: ChannelId, tries: number, now: Millis): ConnectionStep =>
  to({ status: "joining", channel, tries, until: now + JOIN_LIMIT }, { type: "connect", channel });

const gone = (why: LeaveReason): ConnectionStep =>
  to({ status: "gone", why }, { type: "letGo", tellDiscord: true }, { type: "reportGone", why });

const rest = (channel: ChannelId, tries: number, until: Millis): ConnectionStep =>
  to(
    { status: "resting", channel, tries, until },
    { type: "letGo", tellDiscord: false },
    { type: "report", report: "reconnecting" },
  );

/** Decides what becomes of a voice connection. `random` in [0, 1) spreads the tries of many guilds. */
export const supervise = (
  connection: Connection,
  event: ConnectionEvent,
  now: Millis,
  random: () => number,
): ConnectionStep => {
  if (event.type === "wanted") {
    const here = "channel" in connection && connection.channel === event.channel;
    return here && connection.status !== "resting" ? stay(connection) : join(event.channel, 1, now);
  }
  if (connection.status === "away" || connection.status === "gone") return stay(connection);
  if (event.type === "unwanted") {
    return to({ status: "away" }, { type: "letGo", tellDiscord: true }, { type: "reportGone", why: "asked" });
  }
  const { channel } = connection;
  const tries = "tries" in connection ? connection.tries : 0;

  switch (event.type) {
    case "established":
      return connection.status === "up" || connection.status === "resting"
        ? stay(connection)
        : to({ status: "up", channel }, { type: "report", report: "connected" });
    case "encryptionPending":
      if (connection.status === "encrypting" || connection.status === "resting") return stay(connection);
      return to({ status: "encrypting", channel, until: now + ENCRYPTION_LIMIT });
    case "closed": {
      if (event.code === 4014)
        return to({ status: "unsure", channel, until: now + MOVE_LIMIT }, { type: "report", report: "reconnecting" });
      const rule = CLOSE_RULES[event.code] ?? {};
      if (rule.tries !== undefined && tries >= rule.tries) return gone("unreachable");
      return rest(channel, tries + 1, now + (rule.rest ?? restFor(tries + 1, random)));
    }
    case "ownChannel":
      if (event.channel === null) {
        // While it joins, the state of the session before may still be on its way.
        return connection.status === "joining" || connection.status === "resting"
          ? stay(connection)
          : gone("disconnected");
      }
      if (event.channel === channel) return stay(connection);
      return to(
        { status: "joining", channel: event.channel, tries: 1, until: now + JOIN_LIMIT },
        { type: "report", report: "reconnecting" },
      );
    case "echoLost":
      return connection.status === "up" ? rest(channel, 1, now) : stay(connection);
    case "unsendable":
      // Not a try: nobody was asked.
      return rest(channel, 0, now + UNSENDABLE_REST);
    case "ticked":
      return tick(connection, now, random);
  }
};

const tick = (
  connection: Exclude<Connection, { status: "away" | "gone" }>,
  now: Millis,
  random: () => number,
): ConnectionStep => {
  if (!("until" in connection) || now < connection.until) return stay(connection);
  const { channel } = connection;
  switch (connection.status) {
    case "joining":
      if (connection.tries >= UNANSWERED_TRIES) return gone("unreachable");
      return rest(channel, connection.tries, now + restFor(connection.tries, random));
    case "encrypting":
    case "unsure":
      return join(channel, 1, now);
    case "resting":
      return join(channel, connection.tries + 1, now);
  }
};
