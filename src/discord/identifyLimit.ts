import {
  type APIGatewaySessionStartLimit,
  type ClientOptions,
  type IIdentifyThrottler,
  SimpleIdentifyThrottler,
} from "discord.js";
import type { Clock } from "../kernel/clock.ts";
import { UserError } from "../kernel/errors.ts";
import type { Log } from "../kernel/log.ts";
import { hours, minutes } from "../kernel/units.ts";

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

/**
 * Lets shards identify at the pace of Discord's `max_concurrency`, and none while too few of the day's identifies are
 * left: it waits until Discord counts from the beginning again, and shards that have a session go on.
 * @returns a function for discord.js's `ws.buildIdentifyThrottler`
 */
export const paceIdentifies =
  (clock: Clock, log: Log): BuildThrottler =>
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
        await throttler.waitForIdentify(shard, signal);
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
