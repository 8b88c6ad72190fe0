import { setTimeout as pause } from "node:timers/promises";
import {
  type APIGatewaySessionStartLimit,
  type ClientOptions,
  type IIdentifyThrottler,
  SimpleIdentifyThrottler,
} from "discord.js";
import type { Clock } from "../kernel/clock.ts";
import { UserError } from "../kernel/errors.ts";
import type { Log } from "../kernel/log.ts";
import { hours, type Millis, minutes, seconds } from "../kernel/units.ts";

/** Between two identifies of a bucket: Discord asks for 5 s, and messages are not all as fast. */
const IDENTIFY_INTERVAL: Millis = seconds(5.25);
/** By how much a turn may be used late. */
const MAX_LATENESS: Millis = 200;
const RETRY_INTERVAL: Millis = seconds(1);

/** Reserves the next Identify of a bucket of `max_concurrency`. @returns how long to wait for it */
type ReserveIdentify = (bucket: number, interval: Millis) => Promise<Millis>;

/** How many identifies Discord still allows today, in the words of `GET /gateway/bot`. */
type SessionStartLimit = Pick<APIGatewaySessionStartLimit, "total" | "remaining" | "reset_after">;

type BuildThrottler = NonNullable<NonNullable<ClientOptions["ws"]>["buildIdentifyThrottler"]>;

/**
 * Of each day's identifies this share is left unused: Discord resets the token of a bot that has used them all
 * (1,000, or more for large bots).
 */
const RESERVED_SHARE = 0.2;

const isExhausted = ({ total, remaining }: SessionStartLimit, shards: number) =>
  remaining - shards < total * RESERVED_SHARE;

/**
 * @param shards how many shards are to identify
 * @returns why the bot may not log in now, in a sentence for the operator; undefined if it may
 */
export const identifyRefusal = (limit: SessionStartLimit, shards: number): UserError | undefined => {
  if (!isExhausted(limit, shards)) return undefined;
  const wait = Math.max(1, Math.ceil(limit.reset_after / hours(1)));
  return new UserError(
    "gateway-refused",
    `DISCORD_TOKEN has been used to log in ${limit.total - limit.remaining} times in a day, and Discord takes a token away that does so too often: look in the log for what ends Lull, and start it again in ${wait} ${wait === 1 ? "hour" : "hours"}.`,
  );
};

/** Waits for the turn of a shard whose bucket other processes use as well. */
const waitForSharedSlot = async (
  bucket: number,
  reserve: ReserveIdentify,
  signal: AbortSignal,
  log: Log,
): Promise<void> => {
  while (!signal.aborted) {
    try {
      const wait = await reserve(bucket, IDENTIFY_INTERVAL);
      const due = performance.now() + wait;
      await pause(wait, undefined, { signal });
      // After a longer stop, the turn is the next one's.
      if (performance.now() - due < MAX_LATENESS) return;
    } catch (error) {
      if (signal.aborted) return;
      log.warn("The turn of a shard could not be asked for; trying again", { bucket, error });
      await pause(RETRY_INTERVAL);
    }
  }
};

/**
 * Lets shards identify at the pace of Discord's `max_concurrency`, and none while too few of the day's identifies are
 * left: it waits until Discord counts from the beginning again, and shards that have a session go on.
 * @param reserve where other processes identify as well
 * @returns a function for discord.js's `ws.buildIdentifyThrottler`
 */
export const paceIdentifies =
  (clock: Clock, log: Log, reserve?: ReserveIdentify): BuildThrottler =>
  async (manager): Promise<IIdentifyThrottler> => {
    let { session_start_limit: limit } = await manager.fetchGatewayInformation();
    const throttler = new SimpleIdentifyThrottler(limit.max_concurrency);

    const countOne = async () => {
      try {
        ({ session_start_limit: limit } = await manager.fetchGatewayInformation(true));
      } catch (error) {
        log.warn("Discord does not say how many log-ins are left; counting here", { error });
        limit = { ...limit, remaining: limit.remaining - 1 };
      }
    };

    return {
      async waitForIdentify(shard, signal) {
        if (reserve === undefined) await throttler.waitForIdentify(shard, signal);
        else await waitForSharedSlot(shard % limit.max_concurrency, reserve, signal, log);
        signal.throwIfAborted();
        await countOne();
        while (isExhausted(limit, 1) && !signal.aborted) {
          log.error("Too many log-ins today; the shard waits until Discord allows more", {
            shard,
            until: new Date(clock.now() + limit.reset_after),
          });
          const { promise, resolve } = Promise.withResolvers<void>();
          clock.after(Math.max(limit.reset_after, minutes(1)), resolve);
          await promise;
          await countOne();
        }
        // The socket that was to identify may be gone by now; another one asks again.
        signal.throwIfAborted();
      },
    };
  };
