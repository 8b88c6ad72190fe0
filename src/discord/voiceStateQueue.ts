import type { ChannelId, GuildId } from "../kernel/ids.ts";
import { type Millis, minutes } from "../kernel/units.ts";
import { BUDGET, createSendBudget } from "./sendBudget.ts";

/**
 * An Update Voice State payload (opcode 4) that waits to be sent, as far as the queue has to know
 * it.
 */
export interface VoiceStateRequest {
  /** The channel to join; null to leave. */
  readonly channel: ChannelId | null;
  readonly payload: unknown;
  /** Tells the requester's attempts apart. */
  readonly attempt: number;
}

/** A request whose turn has come. */
interface DueRequest extends VoiceStateRequest {
  readonly guild: GuildId;
}

/** What decides which guild comes first. */
export interface SendPriority {
  /** A member has just asked for it; otherwise it is restored or scheduled. */
  readonly isMember: boolean;
  /** Listeners in the channel. */
  readonly listeners: number;
}

/**
 * The voice states that one shard is to send: at most one request per guild, the latest, within the
 * shard's send budget. Pure: time is an argument, on a monotonic clock.
 */
export interface VoiceStateQueue {
  /**
   * Replaces what waits for the guild. A join after a leave keeps the leave before it: where
   * Discord has the bot in that channel, it may not answer a second join. A leave cancels a join
   * that has not been sent; where the bot is in no channel, nothing is left.
   * @param isInChannel whether Discord has the bot in a voice channel of the guild, as far as is
   * known
   */
  request(guild: GuildId, request: VoiceStateRequest, isInChannel: boolean, now: Millis): void;
  /** Cancels a join that waits; a leave is sent all the same. */
  cancelJoin(guild: GuildId): void;
  /** Takes what may be sent now, in order, and counts it as sent. */
  take(now: Millis, priorityOf: (guild: GuildId, channel: ChannelId | null) => SendPriority): readonly DueRequest[];
  /** When `take` may find something next; undefined while nothing waits. */
  nextAt(now: Millis): Millis | undefined;
  /**
   * When a guild's join will have been sent at the latest, as far as is known: those with more listeners may come
   * before it. Undefined while none waits.
   */
  joinExpectedAt(guild: GuildId, now: Millis): Millis | undefined;
  /**
   * Compares one of the bot's own voice states with what was sent: Discord answers in order.
   * @returns whether it is the answer to a leave of the bot's own, and not a member's doing
   */
  isOwnLeave(guild: GuildId, channel: ChannelId | null): boolean;
  /**
   * The shard has begun a new gateway session: Discord has dropped every voice state, and each
   * guild asks again.
   */
  sessionRenewed(): void;
  /** Guilds for which something waits. */
  waiting(): number;
}

interface PendingState {
  readonly leave?: VoiceStateRequest;
  readonly join?: VoiceStateRequest;
  readonly since: Millis;
}

/**
 * While less than half of the budget is free, requests wait this long for others with higher
 * priority.
 */
const COLLECT: Millis = 250;
const SCARCE = BUDGET / 2;
/** A guild that has waited this long comes first, however few listen there. */
const LONG_WAIT: Millis = minutes(2);
/** Sent voice states per guild whose answers are awaited; Discord leaves some unanswered. */
const MAX_AWAITED = 8;

const requestsOf = ({ leave, join }: PendingState): readonly VoiceStateRequest[] =>
  [leave, join].filter((request) => request !== undefined);

interface Candidate extends SendPriority {
  readonly guild: GuildId;
  readonly pending: PendingState;
  readonly hasWaitedLong: boolean;
}

/**
 * Members' commands, then guilds that have waited long, then those with the most listeners, then
 * the oldest request.
 */
const byPriority = (a: Candidate, b: Candidate): number =>
  Number(b.isMember) - Number(a.isMember) ||
  Number(b.hasWaitedLong) - Number(a.hasWaitedLong) ||
  b.listeners - a.listeners ||
  a.pending.since - b.pending.since;

/** Creates an empty queue. */
export const createVoiceStateQueue = (): VoiceStateQueue => {
  const budget = createSendBudget();
  const pendingStates = new Map<GuildId, PendingState>();
  /** The channels that were sent and not answered yet, in order. */
  const awaited = new Map<GuildId, readonly (ChannelId | null)[]>();

  const countSent = (guild: GuildId, { channel }: VoiceStateRequest, now: Millis) => {
    budget.spend(now);
    awaited.set(guild, [...(awaited.get(guild) ?? []), channel].slice(-MAX_AWAITED));
  };

  const isEligible = ({ isMember, pending }: Candidate, now: Millis) =>
    isMember || budget.free(now, false) > SCARCE || now - pending.since >= COLLECT;

  return {
    request(guild, request, isInChannel, now) {
      const waiting = pendingStates.get(guild);
      const since = waiting?.since ?? now;
      if (request.channel !== null) {
        pendingStates.set(guild, { since, ...(waiting?.leave && { leave: waiting.leave }), join: request });
        return;
      }
      // The last state that was sent counts, answered or not.
      const last = awaited.get(guild)?.at(-1);
      const leaves = last === undefined ? isInChannel : last !== null;
      if (leaves) pendingStates.set(guild, { since, leave: request });
      else pendingStates.delete(guild);
    },
    cancelJoin(guild) {
      const pending = pendingStates.get(guild);
      if (pending?.join === undefined) return;
      if (pending.leave === undefined) pendingStates.delete(guild);
      else pendingStates.set(guild, { since: pending.since, leave: pending.leave });
    },
    take(now, priorityOf) {
      const due: DueRequest[] = [];
      const candidates = [...pendingStates].map(([guild, pending]): Candidate => {
        const hasWaitedLong = now - pending.since >= LONG_WAIT;
        return { guild, pending, hasWaitedLong, ...priorityOf(guild, pending.join?.channel ?? null) };
      });
      for (const candidate of candidates.toSorted(byPriority)) {
        const { guild, pending, isMember } = candidate;
        if (!isEligible(candidate, now)) continue;
        const requests = requestsOf(pending);
        // Nothing smaller slips past: a leave and its join are sent together, or wait together.
        if (requests.length > budget.free(now, isMember)) break;
        pendingStates.delete(guild);
        for (const request of requests) {
          countSent(guild, request, now);
          due.push({ ...request, guild });
        }
      }
      return due;
    },
    nextAt(now) {
      if (pendingStates.size === 0) return undefined;
      // Whether one of them is a member's own is known only when it is taken.
      const freeAt = budget.freeAt(now, true);
      return freeAt > now ? freeAt : now + COLLECT;
    },
    joinExpectedAt(guild, now) {
      if (pendingStates.get(guild)?.join === undefined) return undefined;
      const sends = [...pendingStates.values()].reduce((sum, pending) => sum + requestsOf(pending).length, 0);
      return budget.freeAt(now, false, sends);
    },
    isOwnLeave(guild, channel) {
      const sent = awaited.get(guild) ?? [];
      const answered = sent.indexOf(channel);
      if (answered < 0) return false;
      if (answered + 1 === sent.length) awaited.delete(guild);
      else awaited.set(guild, sent.slice(answered + 1));
      return channel === null;
    },
    sessionRenewed() {
      pendingStates.clear();
      awaited.clear();
    },
    waiting: () => pendingStates.size,
  };
};
