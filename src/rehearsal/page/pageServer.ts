import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { WebSocketServer } from "ws";
import { UserError } from "../../kernel/errors.ts";
import type { Millis } from "../../kernel/units.ts";
import { pageFiles } from "./bundle.ts";
import { isOurHost, isOurOrigin, serveFiles } from "./door.ts";
import { createLuggage } from "./luggage.ts";
import { LONGEST_FRAME } from "./protocol.ts";
import { receive, type Visit } from "./visit.ts";
import { createVisitor, type PageEvening } from "./visitor.ts";
import { visualsPage } from "./visualsPage.ts";

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
  /** Directory in which the bot keeps what it has drawn. */
  readonly visuals?: string;
  /** Calls back with one line on what is being prepared, and an empty one when all is. @returns a function that stops it */
  readonly onProgress?: (show: (line: string) => void) => () => void;
}

const MOST_PAGES = 8;
/** Changes come in flocks. */
const FLOCK: Millis = 25;
/** How long a page may be away, as when it is loaded anew, before the visitor is taken to have left. */
const RETURN: Millis = 6_000;

/**
 * Serves the rehearsal's page on the loopback interface.
 * @throws UserError when the port is taken
 */
export const openPage = async ({
  evening,
  port,
  visitor: name = "you",
  cache,
  visuals,
  onProgress,
}: PageOptions): Promise<Page> => {
  const files = await pageFiles(cache);
  const luggage = createLuggage();
  const visitor = createVisitor(evening, name, luggage.find);
  const visits = new Set<Visit>();
  let progress = "";
  let flock: NodeJS.Timeout | undefined;
  let departure: NodeJS.Timeout | undefined;

  const listening = (): number => (server.address() as AddressInfo).port;
  const drawn = visuals === undefined ? undefined : visualsPage(visuals);
  const serve = serveFiles(files, listening, new URL(evening.apiBase).origin, drawn);
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
      visit.tell({ type: "progress", line: progress });
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
  const offProgress = onProgress?.((line) => {
    progress = line;
    for (const visit of visits) visit.tell({ type: "progress", line });
  });

  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) =>
      reject(
        error.code === "EADDRINUSE"
          ? new UserError(
              "port-taken",
              `Port ${port} is taken. Set REHEARSAL_PORT to another, or to 0 for any free one.`,
            )
          : error,
      ),
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
