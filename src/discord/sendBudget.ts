import { type Millis, seconds } from "../kernel/units.ts";

/**
 * Discord closes a shard with 4008 that sends more than 120 payloads within a minute, by its own clock:
 * what the network held up for a while counts later there than here. So the minute is 15 s longer.
 */
const WINDOW: Millis = seconds(75);
/** Sends per window that anything may use. */
export const BUDGET = 100;
/**
 * Further sends that only members' own commands may use. Together they leave ten for what
 * discord.js sends by itself (heartbeats, identify, presence), and stay below the 114 at which it
 * would queue payloads where they cannot be cancelled.
 */
export const RESERVE = 10;

/**
 * Counts the payloads that one shard has sent within the last minute. Times are on a monotonic
 * clock.
 */
export interface SendBudget {
  /**
   * How many sends are allowed now; negative where only the reserve is left.
   * @param isMember for a member's own command
   */
  free(now: Millis, isMember: boolean): number;
  spend(now: Millis): void;
  /** When so many more sends will be allowed, one by default; now, if they are already. */
  freeAt(now: Millis, isMember: boolean, count?: number): Millis;
}

/** Creates a budget of which nothing is spent. */
export const createSendBudget = (): SendBudget => {
  /** When payloads were sent within the window, the oldest first. */
  let sent: readonly Millis[] = [];

  const forget = (now: Millis) => {
    const firstWithin = sent.findIndex((at) => at > now - WINDOW);
    if (firstWithin !== 0) sent = firstWithin < 0 ? [] : sent.slice(firstWithin);
  };
  const limit = (isMember: boolean) => BUDGET + (isMember ? RESERVE : 0);

  return {
    free(now, isMember) {
      forget(now);
      return limit(isMember) - sent.length;
    },
    spend(now) {
      sent = [...sent, now];
    },
    freeAt(now, isMember, count = 1) {
      forget(now);
      const most = limit(isMember);
      const blocking = sent.length + count - 1 - most;
      if (blocking < 0) return now;
      // What is sent as soon as it is allowed blocks those after it in turn.
      return (sent[blocking % most] ?? now) + WINDOW * (1 + Math.floor(blocking / most));
    },
  };
};
