import type { IncomingMessage, ServerResponse } from "node:http";
import type { Millis } from "../../src/kernel/units.ts";
import { BOT_USER } from "./guildJson.ts";

/** What the bot asked of the REST API. */
export interface RestCounts {
  readonly requests: number;
  /** The most within one second, without interaction callbacks, which Discord doesn't count. */
  readonly busiestSecond: number;
  /** Requests that were answered with 429 because they were more than 50 within a second. */
  readonly limited: number;
  /** How long interaction callbacks took to arrive, by the id of their interaction. */
  readonly callbacks: ReadonlyMap<string, Millis>;
}

const GLOBAL_LIMIT = 50;
const SECOND: Millis = 1_000;

/**
 * As much of Discord's REST API as a bot without people needs: it believes everything that it is told.
 * @param gateway the address of the gateway
 * @param shards how many it recommends
 */
export const openRestStub = (gateway: () => string, shards: number) => {
  let requests = 0;
  let limited = 0;
  let busiest = 0;
  let lastId = 900_000_000_000_000_000n;
  /** When requests were taken within the last second. */
  let recent: Millis[] = [];
  const callbacks = new Map<string, Millis>();

  const countsToLimit = (now: Millis): boolean => {
    recent = [...recent.filter((at) => at > now - SECOND), now];
    busiest = Math.max(busiest, recent.length);
    return recent.length > GLOBAL_LIMIT;
  };

  const messageIn = (channel: string) => {
    lastId += 1n;
    return {
      id: String(lastId),
      channel_id: channel,
      type: 0,
      content: "",
      author: BOT_USER,
      timestamp: new Date().toISOString(),
      edited_timestamp: null,
      tts: false,
      mention_everyone: false,
      mentions: [],
      mention_roles: [],
      attachments: [],
      embeds: [],
      components: [],
      pinned: false,
      flags: 0,
    };
  };

  const resultOf = (method: string, path: string): unknown => {
    if (path.endsWith("/gateway/bot")) {
      const limit = { total: 1_000, remaining: 1_000, reset_after: 0, max_concurrency: 1 };
      return { url: gateway(), shards, session_start_limit: limit };
    }
    if (path.endsWith("/users/@me")) return BOT_USER;
    if (path.includes("/commands")) return [];
    if (path.endsWith("/callback"))
      return { interaction: { id: "1", type: 2 }, resource: { type: 4, message: messageIn("0") } };
    const [, channel = "0"] = /\/channels\/(\d+)/.exec(path) ?? [];
    if (method === "POST" || method === "PATCH") return messageIn(channel);
    return method === "GET" ? [] : undefined;
  };

  return {
    answer(request: IncomingMessage, response: ServerResponse): void {
      const [path = ""] = (request.url ?? "").split("?");
      requests += 1;
      request.resume();
      response.setHeader("content-type", "application/json");
      const [, interaction] = /\/interactions\/(\d+)\/[^/]+\/callback$/.exec(path) ?? [];
      if (interaction !== undefined) callbacks.set(interaction, performance.now());
      else if (countsToLimit(performance.now())) {
        limited += 1;
        response.writeHead(429, { "retry-after": "1", "x-ratelimit-global": "true", "x-ratelimit-scope": "global" });
        response.end(JSON.stringify({ message: "You are being rate limited.", retry_after: 0.5, global: true }));
        return;
      }
      const result = resultOf(request.method ?? "GET", path);
      if (result === undefined) response.writeHead(204).end();
      else response.end(JSON.stringify(result));
    },
    counts: (): RestCounts => ({ requests, limited, busiestSecond: busiest, callbacks: new Map(callbacks) }),
    reset(): void {
      requests = limited = busiest = 0;
      recent = [];
      callbacks.clear();
    },
  };
};
