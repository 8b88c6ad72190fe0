import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { WebSocketServer } from "ws";
import type { Millis } from "../shared/units.ts";
import { type PageFile, pageFiles } from "./bundle.ts";
import { isOurHost, isOurOrigin, serveFiles } from "./httpServer.ts";
import { receive, type Visit } from "./pageConnection.ts";
import { createLuggage } from "./pageUploads.ts";
import { createVisitor, type PageEvening } from "./pageUser.ts";
import { LONGEST_FRAME, type Progress } from "./protocol.ts";
import { defaultSettings, type PageSettings } from "./settings.ts";

export interface Page {
  /** `http://127.0.0.1:port` */
  readonly address: string;
  close(): Promise<void>;
}

export interface PageOptions {
  readonly evening: PageEvening;
  /** 0 takes any free one. */
  readonly port: number;
  /** The visitor's name in the guild. */
  readonly visitor?: string;
  /** Directory of the bundled page; may be deleted at any time. */
  readonly cache?: string;
  /** What the page says and offers; whatever is left out is as for any bot. */
  readonly settings?: Partial<PageSettings>;
  /** Source of an SVG image: the page's icon, and the bot's avatar. */
  readonly icon?: string;
  /** Further files of the page's server, looked for by their path when they are asked for. */
  readonly files?: (path: string) => Promise<PageFile | undefined>;
  /** Calls back with what the bot is busy with, and with undefined when it is with nothing. @returns a function that stops it */
  readonly onProgress?: (show: (progress: Progress | undefined) => void) => () => void;
}

/** The page's port is in use by another program. */
export class PortInUseError extends Error {
  override readonly name = "PortInUseError";
  readonly port: number;

  constructor(port: number) {
    super(`Port ${port} is in use. Choose another, or 0 for any free one.`);
    this.port = port;
  }
}

const MOST_PAGES = 8;
/** Changes come in flocks. */
const FLOCK: Millis = 25;
/** How long a page may be away, as when it is loaded anew, before the visitor is taken to have left. */
const RETURN: Millis = 6_000;

/**
 * Serves the page on the loopback interface.
 * @throws PortInUseError
 */
export const openPage = async ({
  evening,
  port,
  visitor: name = "you",
  cache,
  settings,
  icon,
  files: more,
  onProgress,
}: PageOptions): Promise<Page> => {
  const design = { settings: { ...defaultSettings(evening.botName), ...settings }, icon };
  const files = await pageFiles(design, cache);
  const luggage = createLuggage();
  const visitor = createVisitor(evening, name, luggage.find);
  const visits = new Set<Visit>();
  let progress: Progress | undefined;
  let flock: NodeJS.Timeout | undefined;
  let departure: NodeJS.Timeout | undefined;

  const listening = (): number => (server.address() as AddressInfo).port;
  const serve = serveFiles(files, listening, new URL(evening.apiBase).origin, more);
  const server = createServer((request, response) => {
    const { host, origin } = request.headers;
    const handsOver = request.method === "POST" && request.url?.startsWith("/files?") === true;
    if (!(handsOver && isOurHost(host, listening()) && isOurOrigin(origin, listening())))
      return serve(request, response);
    // A page that is closed meanwhile wants no answer.
    return void luggage.take(request, response).catch(() => response.destroy());
  });
  const sockets = new WebSocketServer({ noServer: true, maxPayload: LONGEST_FRAME, perMessageDeflate: false });
  sockets.on("error", () => undefined);

  server.on("upgrade", (request, socket, head) => {
    socket.on("error", () => socket.destroy());
    const { host, origin } = request.headers;
    const ours = request.url === "/live" && isOurHost(host, listening()) && isOurOrigin(origin, listening());
    if (!ours || visits.size >= MOST_PAGES) {
      socket.end(`HTTP/1.1 ${ours ? "503 Service Unavailable" : "403 Forbidden"}\r\nconnection: close\r\n\r\n`);
      return;
    }
    sockets.handleUpgrade(request, socket, head, (opened) => {
      clearTimeout(departure);
      const visit = receive(opened, visitor);
      visits.add(visit);
      visit.tell({ type: "progress", progress: progress ?? null });
      opened.on("close", () => {
        visits.delete(visit);
        if (visits.size > 0) return;
        departure = setTimeout(() => void visitor.leave().catch(() => undefined), RETURN);
        departure.unref();
      });
    });
  });

  const offChange = evening.onChange(() => {
    flock ??= setTimeout(() => {
      flock = undefined;
      for (const visit of visits) visit.refresh();
    }, FLOCK);
  });
  const offProgress = onProgress?.((next) => {
    progress = next;
    for (const visit of visits) visit.tell({ type: "progress", progress: next ?? null });
  });

  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) =>
      reject(error.code === "EADDRINUSE" ? new PortInUseError(port) : error),
    );
    server.listen(port, "127.0.0.1", resolve);
  });
  server.on("error", () => undefined);

  return {
    address: `http://127.0.0.1:${listening()}`,
    async close() {
      offChange();
      offProgress?.();
      clearTimeout(flock);
      clearTimeout(departure);
      for (const socket of sockets.clients) socket.terminate();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
};
