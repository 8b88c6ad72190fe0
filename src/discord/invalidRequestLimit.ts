import { DefaultRestOptions, type RESTOptions } from "discord.js";
import type { Clock } from "../kernel/clock.ts";
import type { Log } from "../kernel/log.ts";
import { minutes } from "../kernel/units.ts";

type Request = RESTOptions["makeRequest"];

/**
 * Discord bans an IP address after 10,000 invalid requests in 10 minutes; Lull stops long before.
 */
export const MAX_INVALID_REQUESTS = 500;
const WINDOW = minutes(10);
const INVALID_STATUSES: ReadonlySet<number> = new Set([401, 403, 429]);

/**
 * Counts requests that Discord refuses, and sends no more for the rest of the ten minutes once
 * there are too many.
 * @param onRateLimited called with each 429
 * @returns a function for discord.js's `rest.makeRequest`
 */
export const limitInvalidRequests = (
  clock: Clock,
  log: Log,
  send: Request = DefaultRestOptions.makeRequest,
  onRateLimited: () => void = () => {},
): Request => {
  let windowEnds = 0;
  let refused = 0;
  return async (url, init) => {
    if (clock.now() >= windowEnds) {
      windowEnds = clock.now() + WINDOW;
      refused = 0;
    }
    if (refused >= MAX_INVALID_REQUESTS)
      throw new Error("Too many requests were refused by Discord; waiting before the next");
    const response = await send(url, init);
    if (response.status === 429) onRateLimited();
    if (INVALID_STATUSES.has(response.status) && ++refused === MAX_INVALID_REQUESTS)
      log.error("Discord has refused too many requests; none are sent for a while", { until: new Date(windowEnds) });
    return response;
  };
};
