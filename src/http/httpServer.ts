import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { UserError } from "../kernel/errors.ts";
import type { Log } from "../kernel/log.ts";
import { seconds } from "../kernel/units.ts";

/** Answers a request. What it throws is logged, and answered with 500. */
type HttpHandler = (request: IncomingMessage, response: ServerResponse, url: URL) => void | Promise<void>;

/** Takes over a connection whose client asks for another protocol, such as WebSocket. */
type UpgradeHandler = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

/** Where to listen. */
export interface HttpAddress {
  /** A name or an IP address, without brackets. */
  readonly host: string;
  /** 0 takes any free one. */
  readonly port: number;
}

/** The bot's own HTTP server. A part with something to show registers a route. */
export interface HttpServer {
  /** Such as `http://127.0.0.1:9090`. */
  readonly address: string;
  /**
   * Registers a handler; GET answers HEAD too.
   * @param path exact, or with a `/` at its end: then it also answers whatever lies below, unless a
   *   longer path does
   */
  route(method: string, path: string, handler: HttpHandler): void;
  /** Registers who takes over connections at a path. Any other path is answered with 404. @param path exact */
  upgrade(path: string, handler: UpgradeHandler): void;
  /** Ends open connections. */
  close(): Promise<void>;
}

/** A client that is slower than this has no use here. */
const REQUEST_TIMEOUT = seconds(10);

const unusable = ({ host, port }: HttpAddress, error: unknown): UserError => {
  const { code = "unknown" } = error as NodeJS.ErrnoException;
  const why: Readonly<Record<string, string>> = {
    EADDRINUSE: `port ${port} of ${host} is taken by another program. Choose another port, or leave it empty`,
    EADDRNOTAVAIL: `${host} is not an address of this machine. Choose 127.0.0.1, or an address that it has`,
    ENOTFOUND: `${host} is not an address of this machine. Choose 127.0.0.1, or an address that it has`,
    EACCES: `port ${port} may not be used by this user. Choose one from 1024 on`,
  };
  return new UserError("bad-config", `LULL_HTTP: ${why[code] ?? `${host}:${port} cannot be used (${code})`}.`);
};

/** Answers with text. @param type the media type */
export const sendText = (
  response: ServerResponse,
  status: number,
  text: string,
  type = "text/plain; charset=utf-8",
): void => {
  response.writeHead(status, {
    "Content-Type": type,
    "Content-Length": Buffer.byteLength(text),
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
  });
  response.end(text);
};

/** Answers a connection that is not taken over, and ends it. @param status such as `404 Not Found` */
export const refuseUpgrade = (socket: Duplex, status: string): void => {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
};

/** Hands connections over by their path, and ends all of them at the end. */
const createUpgrades = (log: Log) => {
  const handlers = new Map<string, UpgradeHandler>();
  const open = new Set<Duplex>();
  return {
    add: (path: string, handler: UpgradeHandler) => void handlers.set(path, handler),
    take(request: IncomingMessage, socket: Duplex, head: Buffer) {
      open.add(socket);
      socket.on("close", () => open.delete(socket));
      // A client that has gone meanwhile needs no answer.
      socket.on("error", () => socket.destroy());
      const handler = handlers.get((request.url ?? "").split("?", 1)[0] ?? "");
      if (handler === undefined) return refuseUpgrade(socket, "404 Not Found");
      try {
        handler(request, socket, head);
      } catch (error) {
        log.error("A connection to LULL_HTTP could not be taken over", { error });
        socket.destroy();
      }
    },
    close() {
      for (const socket of open) socket.destroy();
    },
  };
};

/** Paths and their handlers, by method. */
const createRoutes = () => {
  const routes = new Map<string, Map<string, HttpHandler>>();
  return {
    add(method: string, path: string, handler: HttpHandler) {
      const handlers = routes.get(path) ?? new Map<string, HttpHandler>();
      routes.set(path, handlers.set(method, handler));
    },
    /** The handlers of the longest path that fits. */
    of(pathname: string): ReadonlyMap<string, HttpHandler> | undefined {
      const exact = routes.get(pathname);
      if (exact !== undefined) return exact;
      const [longest] = [...routes.keys()]
        .filter((path) => path.endsWith("/") && pathname.startsWith(path))
        .sort((a, b) => b.length - a.length);
      return longest === undefined ? undefined : routes.get(longest);
    },
  };
};

/**
 * Opens the server. It knows no route yet, and answers each path with 404.
 * @throws UserError that says what to do where the address cannot be used
 */
export const openHttpServer = async (listenOn: HttpAddress, log: Log): Promise<HttpServer> => {
  const routes = createRoutes();
  const upgrades = createUpgrades(log);

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method = "GET", url: target = "/" } = request;
    const base = "http://localhost";
    if (!URL.canParse(target, base)) return sendText(response, 400, "Bad request\n");
    const url = new URL(target, base);
    const handlers = routes.of(url.pathname);
    if (handlers === undefined) return sendText(response, 404, "Not found\n");
    const handler = handlers.get(method) ?? (method === "HEAD" ? handlers.get("GET") : undefined);
    if (handler !== undefined) return handler(request, response, url);
    response.setHeader("Allow", [...handlers.keys()].join(", "));
    return sendText(response, 405, "Method not allowed\n");
  };

  const server = createServer({ requestTimeout: REQUEST_TIMEOUT }, (request, response) => {
    answer(request, response).catch((error: unknown) => {
      log.error("A request to LULL_HTTP failed", { error });
      if (response.headersSent) response.destroy();
      else sendText(response, 500, "Internal error\n");
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error) => reject(unusable(listenOn, error)));
    server.listen(listenOn.port, listenOn.host, resolve);
  });
  server.on("upgrade", upgrades.take);
  server.on("error", (error) => log.error("LULL_HTTP failed", { error }));
  const { port } = server.address() as AddressInfo;
  const host = listenOn.host.includes(":") ? `[${listenOn.host}]` : listenOn.host;
  return {
    address: `http://${host}:${port}`,
    route: routes.add,
    upgrade: upgrades.add,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
        upgrades.close();
      }),
  };
};
