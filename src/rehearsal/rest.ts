import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Json } from "./world.ts";

export interface Upload {
  readonly name: string;
  readonly type: string;
  readonly bytes: Uint8Array;
}

export interface Call {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: unknown;
  readonly files: readonly Upload[];
  /** What the route's pattern captured. */
  readonly parameters: readonly string[];
  readonly authorised: boolean;
}

/** An answer of Discord's that is not a success. */
export class Refusal extends Error {
  readonly status: number;
  readonly code: number;
  constructor(status: number, code: number, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** @returns the JSON of the answer, or undefined for 204 */
export type Route = (call: Call) => unknown;

export interface Fault {
  readonly path: RegExp;
  times: number;
  readonly status?: number;
  readonly retryAfter?: number;
  readonly delay?: number;
  readonly reset?: boolean;
}

const LARGEST_BODY = 30 * 2 ** 20;

const readBody = async (request: IncomingMessage): Promise<Buffer> => {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > LARGEST_BODY) throw new Refusal(413, 40_005, "Request entity too large");
    parts.push(part);
  }
  return Buffer.concat(parts);
};

const parseBody = async (request: IncomingMessage, raw: Buffer): Promise<{ body: unknown; files: Upload[] }> => {
  const type = request.headers["content-type"] ?? "";
  if (raw.length === 0) return { body: undefined, files: [] };
  if (!type.startsWith("multipart/form-data")) {
    try {
      return { body: JSON.parse(raw.toString("utf8")), files: [] };
    } catch {
      throw new Refusal(400, 50_109, "The request body contains invalid JSON.");
    }
  }
  const form = await new Response(new Uint8Array(raw), { headers: { "content-type": type } }).formData();
  const payload = form.get("payload_json");
  const files: Upload[] = [];
  for (const [, value] of form) {
    if (typeof value === "string") continue;
    files.push({ name: value.name, type: value.type, bytes: new Uint8Array(await value.arrayBuffer()) });
  }
  return { body: typeof payload === "string" ? JSON.parse(payload) : {}, files };
};

const write = (response: ServerResponse, status: number, json: unknown, headers: Record<string, string> = {}) => {
  response.writeHead(status, { ...(json !== undefined && { "content-type": "application/json" }), ...headers });
  response.end(json === undefined ? undefined : JSON.stringify(json));
};

/** Discord's REST API, version 10, over plain HTTP on the loopback interface. */
export const createRest = (options: {
  readonly token: string;
  readonly faults: Fault[];
  /** Called with what broke a rule, before the refusal is sent. */
  readonly violation: (text: string) => void;
}) => {
  const routes: { method: string; pattern: RegExp; run: Route; open: boolean }[] = [];
  let spent = 0;

  /** `path` with `:name` for parameters; `open` routes need no bot token. */
  const route = (method: string, path: string, run: Route, open = false) => {
    const pattern = new RegExp(`^${path.replaceAll(/:\w+/g, "([^/]+)")}$`);
    routes.push({ method, pattern, run, open });
  };

  const rateLimit = (): Record<string, string> => {
    spent = (spent + 1) % 50;
    return {
      "x-ratelimit-limit": "50",
      "x-ratelimit-remaining": String(50 - spent),
      "x-ratelimit-reset": String(Date.now() / 1_000 + 1),
      "x-ratelimit-reset-after": "1",
      "x-ratelimit-bucket": "rehearsal",
    };
  };

  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const url = new URL(request.url ?? "/", "http://127.0.0.1");
    const path = url.pathname.replace(/^\/api\/v10/, "").replaceAll("%40", "@");
    const method = request.method ?? "GET";
    const fault = options.faults.find((each) => each.times > 0 && each.path.test(path));
    if (fault !== undefined) {
      fault.times -= 1;
      if (fault.reset) return request.socket.destroy();
      if (fault.delay !== undefined) await new Promise((resolve) => setTimeout(resolve, fault.delay));
      if (fault.status === 429) {
        const retry = fault.retryAfter ?? 1;
        const body = { message: "You are being rate limited.", retry_after: retry, global: false };
        return write(response, 429, body, { "retry-after": String(Math.ceil(retry)), "x-ratelimit-scope": "user" });
      }
      if (fault.status !== undefined) return write(response, fault.status, { message: "Injected", code: 0 });
    }
    const { body, files } = await parseBody(request, await readBody(request));
    const authorised = request.headers.authorization === `Bot ${options.token}`;
    for (const { method: allowed, pattern, run, open } of routes) {
      const match = pattern.exec(path);
      if (match === null || allowed !== method) continue;
      if (!open && !authorised) throw new Refusal(401, 0, "401: Unauthorized");
      const parameters = match.slice(1).map(decodeURIComponent);
      const result = await run({ method, path, query: url.searchParams, body, files, parameters, authorised });
      return write(response, result === undefined ? 204 : 200, result, rateLimit());
    }
    options.violation(`${method} ${path}: no such route in the rehearsal`);
    throw new Refusal(404, 0, "404: Not Found");
  };

  const server: Server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      if (error instanceof Refusal) {
        if (error.code === 50_035) options.violation(`${request.method} ${request.url}: ${error.message}`);
        return write(response, error.status, { message: error.message, code: error.code }, rateLimit());
      }
      options.violation(`the rehearsal failed on ${request.method} ${request.url}: ${String(error)}`);
      write(response, 500, { message: "500: Internal Server Error", code: 0 });
    });
  });
  return { server, route };
};

export type Router = ReturnType<typeof createRest>["route"];
export const asJson = (body: unknown): Json => (typeof body === "object" && body !== null ? (body as Json) : {});
