import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { type MultipartFile, typeOfName } from "../messages/attachments.ts";
import { ApiError } from "../shared/apiError.ts";
import { OAuthError } from "../shared/oauthError.ts";
import { FileResponse, sendFile } from "./fileResponse.ts";

interface RestRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: unknown;
  readonly files: readonly MultipartFile[];
  /** What the route's pattern captured. */
  readonly parameters: readonly string[];
  /** The user of the bot that asks; on routes without a bot's token, of the one that the emulator is for. */
  readonly bot: string;
  /** Id of the user in whose name the request is made, on routes with a scope. */
  readonly user?: string;
}

/** @returns the JSON of the answer (or a file), or undefined for 204 */
export type Route = (call: RestRequest) => unknown;

/** How a route differs from others. */
export interface RouteOptions {
  /** Needs no bot token. */
  readonly unauthenticated?: boolean;
  /** Is asked with a member's token of this scope instead of the bot's; the same path may have a route for the bot. */
  readonly scope?: string;
  /** So many requests in so many seconds, counted for each value of the path's first parameter. */
  readonly limit?: { readonly requests: number; readonly seconds: number };
}

/** What Discord allows a bot in all, and on a route that has no limit of its own here. */
const GLOBAL_LIMIT = { requests: 50, seconds: 1 };

/** What an interaction's token opens does not count towards the bot's limit. */
const isInteraction = (path: string) => /^\/(interactions|webhooks)\//.test(path);

/** What happens to the next requests whose path matches, instead of the response or before it. */
export interface RestFault {
  readonly path: RegExp;
  times: number;
  readonly status?: number;
  /** Of Discord's JSON error codes. */
  readonly code?: number;
  readonly retryAfter?: number;
  readonly delay?: number;
  readonly reset?: boolean;
}

const LARGEST_BODY = 30 * 2 ** 20;

const readBody = async (request: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > LARGEST_BODY) throw new ApiError(413, 40_005, "Request entity too large");
    chunks.push(part);
  }
  return Buffer.concat(chunks);
};

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    throw new ApiError(400, 50_109, "The request body contains invalid JSON.");
  }
};

const parseBody = async (request: IncomingMessage, raw: Buffer): Promise<{ body: unknown; files: MultipartFile[] }> => {
  const type = request.headers["content-type"] ?? "";
  if (raw.length === 0) return { body: undefined, files: [] };
  if (type.startsWith("application/x-www-form-urlencoded"))
    return { body: Object.fromEntries(new URLSearchParams(raw.toString("utf8"))), files: [] };
  if (!type.startsWith("multipart/form-data")) return { body: parseJson(raw.toString("utf8")), files: [] };
  const form = await new Response(new Uint8Array(raw), { headers: { "content-type": type } }).formData();
  const payload = form.get("payload_json");
  const files: MultipartFile[] = [];
  for (const [key, value] of form) {
    if (typeof value === "string") continue;
    const index = Number(/^files?\[(\d+)\]$/.exec(key)?.[1] ?? files.length);
    files.push({
      index,
      name: value.name,
      type: typeOfName(value.name) || value.type,
      bytes: new Uint8Array(await value.arrayBuffer()),
    });
  }
  return { body: typeof payload === "string" ? parseJson(payload) : {}, files };
};

const write = (response: ServerResponse, status: number, json: unknown, headers: Record<string, string> = {}) => {
  response.writeHead(status, { ...(json !== undefined && { "content-type": "application/json" }), ...headers });
  response.end(json === undefined ? undefined : JSON.stringify(json));
};

const rateLimited = (retryAfter: number, scope: "user" | "global") => ({
  body: { message: "You are being rate limited.", retry_after: retryAfter, global: scope === "global" },
  headers: {
    "retry-after": String(Math.ceil(retryAfter)),
    "x-ratelimit-scope": scope,
    ...(scope === "global" && { "x-ratelimit-global": "true" }),
  },
});

/** Counts requests as Discord does: so many in a window that begins with the first. */
const createLimits = () => {
  const windows = new Map<string, { used: number; ends: number }>();
  return (bucket: string, place: string, { requests, seconds } = GLOBAL_LIMIT) => {
    const now = performance.now();
    const key = `${bucket} ${place}`;
    const open = windows.get(key);
    const window = open !== undefined && open.ends > now ? open : { used: 0, ends: now + seconds * 1_000 };
    if (windows.size > 10_000) windows.clear();
    windows.set(key, window);
    window.used += 1;
    const left = (window.ends - now) / 1_000;
    const headers = {
      "x-ratelimit-limit": String(requests),
      "x-ratelimit-remaining": String(Math.max(0, requests - window.used)),
      "x-ratelimit-reset": (Date.now() / 1_000 + left).toFixed(3),
      "x-ratelimit-reset-after": left.toFixed(3),
      "x-ratelimit-bucket": bucket,
    };
    return { headers, exceeded: window.used > requests ? left : undefined };
  };
};

/** Discord's REST API, version 10, over plain HTTP on the loopback interface. */
export const createRestServer = (options: {
  /** The bots, by their tokens. */
  readonly bots: ReadonlyMap<string, string>;
  /** The one that the emulator is for. */
  readonly ownBot: string;
  /** What a member's token stands for. */
  readonly grantOf: (token: string) => { readonly user: string; readonly scopes: readonly string[] } | undefined;
  readonly faults: RestFault[];
  /** Called with what broke a rule, before the refusal is sent. */
  readonly violation: (text: string) => void;
}) => {
  const routes: { method: string; pattern: RegExp; bucket: string; run: Route; options: RouteOptions }[] = [];
  const count = createLimits();
  let limited = 0;

  /** Adds a route; `:name` in its path stands for a parameter. */
  const route = (method: string, path: string, run: Route, settings: RouteOptions = {}) => {
    const pattern = new RegExp(`^${path.replaceAll(/:\w+/g, "([^/]+)")}$`);
    routes.push({ method, pattern, bucket: `emulator-${routes.length}`, run, options: settings });
  };

  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const url = new URL(request.url ?? "/", "http://127.0.0.1");
    // Discord's documents name OAuth 2's endpoints without a version.
    const path = url.pathname.replace(/^\/api(\/v10|(?=\/oauth2\/token$))/, "");
    const method = request.method ?? "GET";
    const fault = options.faults.find((each) => each.times > 0 && each.path.test(path));
    if (fault !== undefined) {
      fault.times -= 1;
      if (fault.reset) return request.socket.resetAndDestroy();
      if (fault.delay !== undefined) await new Promise((resolve) => setTimeout(resolve, fault.delay));
      if (fault.status === 429) {
        const { body, headers } = rateLimited(fault.retryAfter ?? 1, "user");
        return write(response, 429, body, headers);
      }
      if (fault.status !== undefined)
        return write(response, fault.status, { message: "Injected", code: fault.code ?? 0 });
    }
    const { body, files } = await parseBody(request, await readBody(request));
    const { authorization = "" } = request.headers;
    const asking = options.bots.get(authorization.replace(/^Bot /, ""));
    const bearer = /^Bearer (.+)$/.exec(authorization)?.[1];
    const grant = bearer === undefined ? undefined : options.grantOf(bearer);
    for (const each of routes) {
      const match = each.pattern.exec(path);
      if (match === null || each.method !== method) continue;
      const { scope, unauthenticated } = each.options;
      if ((scope !== undefined) !== (bearer !== undefined) && !unauthenticated) continue;
      const isAllowed = scope === undefined ? asking !== undefined : grant?.scopes.includes(scope);
      if (!unauthenticated && !isAllowed) throw new ApiError(401, 0, "401: Unauthorized");
      const overall = isInteraction(path) ? undefined : count("global", asking ?? "").exceeded;
      if (overall !== undefined) {
        limited += 1;
        const refusal = rateLimited(overall, "global");
        return write(response, 429, refusal.body, refusal.headers);
      }
      const parameters = match.slice(1).map(decodeURIComponent);
      const { headers, exceeded } = count(each.bucket, `${parameters[0] ?? ""} ${asking ?? ""}`, each.options.limit);
      if (exceeded !== undefined) {
        limited += 1;
        const refusal = rateLimited(exceeded, "user");
        return write(response, 429, refusal.body, { ...headers, ...refusal.headers });
      }
      try {
        const result = await each.run({
          method,
          path,
          query: url.searchParams,
          body,
          files,
          parameters,
          bot: asking ?? options.ownBot,
          ...(grant && { user: grant.user }),
        });
        if (result instanceof FileResponse) return sendFile(response, result, request.headers.range, headers);
        return write(response, result === undefined ? 204 : 200, result, headers);
      } catch (error) {
        if (error instanceof ApiError) error.headers = headers;
        throw error;
      }
    }
    if (bearer !== undefined) throw new ApiError(401, 0, "401: Unauthorized");
    options.violation(`${method} ${path}: no such route in the emulator`);
    throw new ApiError(404, 0, "404: Not Found");
  };

  const server: Server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      if (error instanceof ApiError) {
        if (error.code === 50_035) options.violation(`${request.method} ${request.url}: ${error.message}`);
        return write(response, error.status, { message: error.message, code: error.code }, error.headers);
      }
      if (error instanceof OAuthError)
        return write(response, error.status, { error: error.error, error_description: error.message });
      options.violation(`the emulator failed on ${request.method} ${request.url}: ${String(error)}`);
      write(response, 500, { message: "500: Internal Server Error", code: 0 });
    });
  });
  return { server, route, limited: () => limited };
};

/** Adds a route; `:name` in its path stands for a parameter. */
export type AddRoute = ReturnType<typeof createRestServer>["route"];
