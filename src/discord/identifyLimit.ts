import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { type ClientOptions, type IIdentifyThrottler, SimpleIdentifyThrottler } from "discord.js";
import type { Clock } from "../kernel/clock.ts";
import { UserError } from "../kernel/errors.ts";
import type { Log } from "../kernel/log.ts";
import { hours, type Millis } from "../kernel/units.ts";

/** Discord resets a token after 1,000 identifies in a day; Lull stops long before. */
export const MAX_IDENTIFIES = 200;
const WINDOW: Millis = hours(24);

type BuildThrottler = NonNullable<NonNullable<ClientOptions["ws"]>["buildIdentifyThrottler"]>;

/** Those that still count; setting the clock makes none of them expire early. */
export const recentIdentifies = (times: readonly Millis[], now: Millis): readonly Millis[] =>
  times.filter((at) => Math.abs(now - at) < WINDOW).slice(-MAX_IDENTIFIES);

/** @returns why the bot may not log in now, in a sentence for the operator; undefined if it may */
export const identifyLimitReached = (times: readonly Millis[], now: Millis): UserError | undefined => {
  const recent = recentIdentifies(times, now);
  if (recent.length < MAX_IDENTIFIES) return undefined;
  const wait = Math.max(1, Math.ceil((Math.min(...recent) + WINDOW - now) / hours(1)));
  return new UserError(
    "gateway-refused",
    `DISCORD_TOKEN has been used to log in ${MAX_IDENTIFIES} times in a day, and Discord takes a token away that does so too often: look in the log for what ends Lull, and start it again in ${wait} ${wait === 1 ? "hour" : "hours"}.`,
  );
};

const read = (file: string): readonly Millis[] => {
  try {
    const found: unknown = JSON.parse(readFileSync(file, "utf8"));
    return Array.isArray(found) ? found.filter((at): at is number => typeof at === "number") : [];
  } catch {
    // There is no file yet, or it is damaged; neither should keep the bot from starting.
    return [];
  }
};

const write = (file: string, times: readonly Millis[]) => {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.part`, JSON.stringify(times));
  renameSync(`${file}.part`, file);
};

/** Counts identifies in a file, so that a bot that keeps crashing counts them too. */
export const createIdentifyLimit = (file: string, clock: Clock, log: Log) => {
  const note = () => {
    const now = clock.now();
    try {
      write(file, [...recentIdentifies(read(file), now), now]);
    } catch (error) {
      log.warn("A log-in could not be counted", { error });
    }
  };
  const exhausted = () => identifyLimitReached(read(file), clock.now());
  return {
    exhausted,
    /** @param refuse called when one more would be too many; that one never resolves */
    throttlerFor:
      (refuse: (reason: UserError) => void): BuildThrottler =>
      async (manager): Promise<IIdentifyThrottler> => {
        const { session_start_limit: limit } = await manager.fetchGatewayInformation();
        const throttler = new SimpleIdentifyThrottler(limit.max_concurrency);
        return {
          async waitForIdentify(shard, signal) {
            await throttler.waitForIdentify(shard, signal);
            const reason = exhausted();
            if (reason !== undefined) {
              refuse(reason);
              await new Promise<never>(() => {});
            }
            note();
          },
        };
      },
  };
};
