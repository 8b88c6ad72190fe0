import type { InternalRequest, REST, RESTOptions } from "discord.js";
import type { Clock } from "../kernel/clock.ts";
import { type Millis, seconds } from "../kernel/units.ts";

/**
 * Discord takes 50 requests a second from a bot. What nobody waits for shares 40 of them; the rest is left to what
 * members wait for.
 */
export const REQUESTS_PER_SECOND = 40;

/**
 * Options for discord.js's client, whose own count of 50 requests a second would have answers to members wait behind
 * panels: Discord does not count what answers an interaction, and the pacer counts the rest.
 */
export const PACED: Pick<RESTOptions, "globalRequestsPerSecond"> = {
  globalRequestsPerSecond: Number.POSITIVE_INFINITY,
};

const WINDOW: Millis = seconds(1);
/** How long a request may be on its way before the next one stops waiting for it. */
const MAX_FLIGHT: Millis = seconds(1);

/** How soon a request is to be sent; the lower number first. */
type Rank = 0 | 1;

/** Lets requests through at an even pace. */
export interface RequestPacer {
  /**
   * Resolves when a request of this rank may be sent; the earlier one first within a rank.
   * @returns a function to be called when the request has been answered
   */
  turn(rank: Rank): Promise<() => void>;
}

/** A request that has passed. */
interface Passed {
  /** When Discord counted it at the latest: the time of its answer, as far as is known. */
  at: Millis;
}

/**
 * Creates a pacer.
 * @param perSecond how many requests pass within any second, at least 1; asked each time
 */
export const createRequestPacer = (perSecond: () => number, clock: Clock): RequestPacer => {
  let passed: readonly Passed[] = [];
  const waiting: readonly ((done: () => void) => void)[][] = [[], []];
  let cancelWake = () => {};

  const pass = (resolve: (done: () => void) => void): void => {
    const request: Passed = { at: clock.now() + MAX_FLIGHT };
    passed = [...passed, request];
    resolve(() => {
      request.at = Math.min(request.at, clock.now());
      pump();
    });
  };
  const pump = (): void => {
    cancelWake();
    cancelWake = () => {};
    const now = clock.now();
    // A clock that was set back makes nobody wait for it to catch up.
    passed = passed.filter(({ at }) => at > now - WINDOW && at <= now + MAX_FLIGHT);
    while (passed.length < Math.max(1, perSecond())) {
      const next = waiting.find(({ length }) => length > 0)?.shift();
      if (next === undefined) return;
      pass(next);
    }
    if (waiting.every(({ length }) => length === 0)) return;
    const freeAt = Math.min(...passed.map(({ at }) => at)) + WINDOW;
    cancelWake = clock.after(freeAt - now, pump);
  };

  return {
    turn(rank) {
      const { promise, resolve } = Promise.withResolvers<() => void>();
      waiting[rank]?.push(resolve);
      pump();
      return promise;
    },
  };
};

/**
 * What a member waits for: the answer to a command, button or form, its edits and its follow-ups. "Interaction endpoints
 * are not bound to the bot's Global Rate Limit" (Discord's documentation of rate limits).
 */
const isAwaited = (route: string) => /^\/(interactions|webhooks)\//.test(route);

/** New messages before changes of old ones, Discord events and statuses. */
const rankOf = ({ fullRoute, method }: InternalRequest): Rank =>
  method === "POST" && fullRoute.endsWith("/messages") ? 0 : 1;

/**
 * Makes requests that nobody waits for take turns before discord.js counts them, so that an answer to a member waits
 * behind none of them.
 */
export const paceRequests = (rest: REST, pacer: RequestPacer): void => {
  const send = rest.queueRequest.bind(rest);
  rest.queueRequest = async (request) => {
    if (isAwaited(request.fullRoute)) return send(request);
    const done = await pacer.turn(rankOf(request));
    try {
      return await send(request);
    } finally {
      done();
    }
  };
};
