import type { Log } from "../kernel/log.ts";
import { type HttpServer, sendText } from "./httpServer.ts";

/** Whether a part works, asked at each request. */
type Check = () => boolean | Promise<boolean>;

/** Answers `/livez` and `/readyz`. */
export interface Health {
  /** Adds a part that has to work before the bot is ready, in place of one of this name. */
  require(part: string, works: Check): void;
}

const holds = async (works: Check): Promise<boolean> => {
  try {
    return await works();
  } catch {
    return false;
  }
};

/**
 * Adds both routes. `/livez` answers 200 as long as the main thread runs. `/readyz` answers 200 when
 * every part works, otherwise 503; its body is JSON:
 * `{ "ready": false, "failing": ["gateway"], "checks": { "gateway": false, "engine": true } }`.
 * @param parts that are required from the start: they fail until `require` says how to ask them
 */
export const serveHealth = (http: HttpServer, parts: readonly string[], log: Log): Health => {
  const checks = new Map<string, Check>(parts.map((part) => [part, () => false]));
  let last = "";

  http.route("GET", "/livez", (_request, response) => sendText(response, 200, "alive\n"));
  http.route("GET", "/readyz", async (_request, response) => {
    const asked = await Promise.all([...checks].map(async ([part, works]) => [part, await holds(works)] as const));
    const failing = asked.filter(([, works]) => !works).map(([part]) => part);
    const ready = failing.length === 0;
    const now = failing.join(", ");
    if (now !== last) log.info(ready ? "Ready" : "Not ready", { failing });
    last = now;
    const body = { ready, failing, checks: Object.fromEntries(asked) };
    sendText(response, ready ? 200 : 503, `${JSON.stringify(body)}\n`, "application/json");
  });

  return { require: (part, works) => void checks.set(part, works) };
};
