import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { WebSocketServer } from "ws";
import type { Millis } from "../shared/units.ts";
import { openActivityProxy } from "./activityProxy.ts";
import { loadBundle } from "./bundle.ts";
import { isOwnHost, isOwnOrigin, serveFiles } from "./httpServer.ts";
import { openPageConnection, type PageConnection } from "./pageConnection.ts";
import { type PageFile, pageFiles } from "./pageFiles.ts";
import { createPageUploads } from "./pageUploads.ts";
import { createPageUser, type PageEmulator } from "./pageUser.ts";
import { LONGEST_FRAME, type Progress } from "./protocol.ts";
import { defaultSettings, type PageSettings } from "./settings.ts";
import { createWalkthrough, type WalkthroughStep } from "./walkthrough.ts";

/** The page, while it is served. */
export interface Page {
  /** `http://127.0.0.1:port` */
  readonly address: string;
  close(): Promise<void>;
}

/** What the page shows, and where it is served. */
export interface PageOptions {
  readonly emulator: PageEmulator;
  /** 0 takes any free one. */
  readonly port: number;
  /** Name of the page's user in the guild; "you" by default. */
  readonly userName?: string;
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
  /**
   * Where the bot serves its activity, as the portal's URL mapping of "/" has it: an http address on this machine.
   * Asked for with each request; undefined while there is none. Without it the page offers no activity.
   */
  readonly activity?: () => string | undefined;
  /** Steps of the walkthrough that the page offers, where `settings.walkthrough` says what they are; none by default. */
  readonly walkthrough?: readonly WalkthroughStep[];
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

const MAX_PAGES = 8;
/** Changes come in flocks. */
const REFRESH_DELAY: Millis = 25;
/** How long every page may be closed, as during a reload, before the user leaves their voice channel. */
const RECONNECT_LIMIT: Millis = 6_000;

/**
 * Serves the page on the loopback interface.
 * @throws PortInUseError
 */
export const openPage = async ({
  emulator,
  port,
  userName: name = "you",
  cache,
  settings,
  icon,
  files: more,
  onProgress,
  activity,
  walkthrough: steps = [],
}: PageOptions): Promise<Page> => {
  const proxy = activity && (await openActivityProxy(activity, await loadBundle(cache), () => listening()));
  const activityOrigin = proxy && { activityOrigin: proxy.origin };
  const design = { settings: { ...defaultSettings(emulator.botName), ...settings, ...activityOrigin }, icon };
  const files = await pageFiles(design, cache);
  const uploads = createPageUploads();
  const connections = new Set<PageConnection>();
  let step: number | null = null;
  const walkthrough = createWalkthrough(emulator, name, steps, (at, sentence) => {
    step = at;
    for (const connection of connections) connection.send({ type: "walkthrough", step, ...(sentence && { sentence }) });
  });
  const user = createPageUser(emulator, name, uploads.find, walkthrough);
  let progress: Progress | undefined;
  let refresh: NodeJS.Timeout | undefined;
  let departure: NodeJS.Timeout | undefined;
  let isClosed = false;

  const listening = (): number => (server.address() as AddressInfo).port;
  const serve = serveFiles(files, listening, new URL(emulator.apiBase).origin, proxy?.origin ?? "", more);
  const server = createServer((request, response) => {
    const { host, origin } = request.headers;
    const isUpload = request.method === "POST" && request.url?.startsWith("/files?") === true;
    if (!(isUpload && isOwnHost(host, listening()) && isOwnOrigin(origin, listening())))
      return serve(request, response);
    // A page that is closed meanwhile wants no answer.
    return void uploads.receive(request, response).catch(() => response.destroy());
  });
  const sockets = new WebSocketServer({ noServer: true, maxPayload: LONGEST_FRAME, perMessageDeflate: false });
  sockets.on("error", () => undefined);

  server.on("upgrade", (request, socket, head) => {
    socket.on("error", () => socket.destroy());
    const { host, origin } = request.headers;
    const ours = request.url === "/live" && isOwnHost(host, listening()) && isOwnOrigin(origin, listening());
    if (!ours || connections.size >= MAX_PAGES) {
      socket.end(`HTTP/1.1 ${ours ? "503 Service Unavailable" : "403 Forbidden"}\r\nconnection: close\r\n\r\n`);
      return;
    }
    sockets.handleUpgrade(request, socket, head, (opened) => {
      clearTimeout(departure);
      const connection = openPageConnection(opened, user);
      connections.add(connection);
      connection.send({ type: "progress", progress: progress ?? null });
      connection.send({ type: "walkthrough", step });
      opened.on("close", () => {
        connections.delete(connection);
        // A page that is served again, as after a restart, finds its user where they were.
        if (connections.size > 0 || isClosed) return;
        departure = setTimeout(() => void user.leave().catch(() => undefined), RECONNECT_LIMIT);
        departure.unref();
      });
    });
  });

  const offChange = emulator.onChange(() => {
    refresh ??= setTimeout(() => {
      refresh = undefined;
      for (const connection of connections) connection.refresh();
    }, REFRESH_DELAY);
  });
  const offProgress = onProgress?.((next) => {
    progress = next;
    for (const connection of connections) connection.send({ type: "progress", progress: next ?? null });
  });

  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      proxy?.close();
      reject(error.code === "EADDRINUSE" ? new PortInUseError(port) : error);
    });
    server.listen(port, "127.0.0.1", resolve);
  });
  server.on("error", () => undefined);

  return {
    address: `http://127.0.0.1:${listening()}`,
    async close() {
      isClosed = true;
      proxy?.close();
      offChange();
      offProgress?.();
      walkthrough.stop();
      clearTimeout(refresh);
      clearTimeout(departure);
      for (const socket of sockets.clients) socket.terminate();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
};
