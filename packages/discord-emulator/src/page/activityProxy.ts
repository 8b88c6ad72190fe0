import { request as ask, createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import type { Bundle } from "./bundle.ts";
import { isOwnHost, NAMES } from "./httpServer.ts";

/** Serves an activity's page from an origin of its own, as Discord's proxy does (discordsays.com). */
export interface ActivityProxy {
  /** `http://127.0.0.1:port` */
  readonly origin: string;
  close(): void;
}

/** Below it lies what is the emulator's, and not the activity's. */
const OWN = "/.emulator/";

/** Headers that concern one connection alone (RFC 9110, section 7.6.1). */
const HOP_BY_HOP = new Set(["connection", "keep-alive", "proxy-connection", "te", "trailer", "transfer-encoding"]);

/**
 * The document between the emulator's page and the activity's. Discord's SDK takes messages from Discord's origins, from
 * `localhost:3333` and from the page's own origin alone; this one has the latter, and passes messages on.
 */
const FRAME = `<!doctype html>
<html>
  <head>
    <meta charset="utf-8" />
    <title>Activity</title>
    <link rel="stylesheet" href="${OWN}frame.css" />
    <script type="module" src="${OWN}frame.js"></script>
  </head>
  <body></body>
</html>
`;
const STYLE =
  "html, body { height: 100%; margin: 0; background: #000; } iframe { display: block; width: 100%; height: 100%; border: 0; }";

const headersOf = ({ headers }: IncomingMessage, keepsUpgrade: boolean) =>
  Object.fromEntries(
    Object.entries(headers).filter(([name]) => !HOP_BY_HOP.has(name) || (keepsUpgrade && name === "connection")),
  );

/**
 * Opens it on a free port of the loopback interface.
 * @param target what the portal's URL mapping of "/" would have: an address on this machine; undefined for now: none
 * @param bundle has the script of the frame's document
 * @param pagePort of the emulator's page, which alone may show it
 */
export const openActivityProxy = async (
  target: () => string | undefined,
  bundle: Bundle,
  pagePort: () => number,
): Promise<ActivityProxy> => {
  const port = () => (server.address() as AddressInfo).port;
  const mapped = (path: string): URL | undefined => {
    const base = target();
    return base === undefined ? undefined : new URL(`${base.replace(/\/$/, "")}${path}`);
  };
  const own = (path: string, response: ServerResponse) => {
    const ancestors = NAMES.map((name) => `http://${name}:${pagePort()}`).join(" ");
    const policy = `default-src 'none'; script-src 'self'; style-src 'self'; frame-src 'self'; frame-ancestors ${ancestors}`;
    const files: Readonly<Record<string, readonly [string, string | Uint8Array]>> = {
      frame: ["text/html; charset=utf-8", FRAME],
      "frame.css": ["text/css; charset=utf-8", STYLE],
      "frame.js": ["text/javascript; charset=utf-8", bundle.get("activityFrame.js") ?? ""],
    };
    const [type, body] = files[path.slice(OWN.length)] ?? [];
    if (body === undefined) return void response.writeHead(404).end();
    const headers = { "content-type": type, "content-security-policy": policy, "x-content-type-options": "nosniff" };
    response.writeHead(200, headers).end(body);
  };

  const server = createServer((request, response) => {
    const { url = "/", method = "GET" } = request;
    if (!isOwnHost(request.headers.host, port())) return void response.writeHead(403).end();
    if (url.startsWith(OWN)) return own(url.split("?", 1)[0] ?? "", response);
    const address = mapped(url);
    if (address === undefined) return void response.writeHead(503).end("The bot serves no activity yet.\n");
    const passed = ask(address, { method, headers: { ...headersOf(request, false), host: address.host } }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, headersOf(answer, false));
      answer.pipe(response);
      answer.on("error", () => response.destroy());
    });
    passed.on("error", () => (response.headersSent ? response.destroy() : response.writeHead(502).end()));
    response.on("close", () => passed.destroy());
    request.on("error", () => passed.destroy());
    request.pipe(passed);
  });

  const sockets = new Set<Duplex>();
  server.on("upgrade", (request, socket, head) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => socket.destroy());
    const address = isOwnHost(request.headers.host, port()) ? mapped(request.url ?? "/") : undefined;
    if (address === undefined) return void socket.end("HTTP/1.1 503 Service Unavailable\r\nconnection: close\r\n\r\n");
    const passed = ask(address, { headers: { ...headersOf(request, true), host: address.host } });
    passed.on("error", () => socket.destroy());
    passed.on("response", ({ statusCode = 502, statusMessage = "" }) => {
      socket.end(`HTTP/1.1 ${statusCode} ${statusMessage}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
      passed.destroy();
    });
    passed.on("upgrade", (answer, there, first) => {
      there.on("error", () => socket.destroy());
      there.on("close", () => socket.destroy());
      socket.on("close", () => there.destroy());
      const lines = Object.entries(answer.headers).map(([name, value]) => `${name}: ${String(value)}`);
      socket.write(`HTTP/1.1 101 Switching Protocols\r\n${lines.join("\r\n")}\r\n\r\n`);
      if (first.length > 0) socket.write(first);
      if (head.length > 0) there.write(head);
      there.pipe(socket).pipe(there);
    });
    passed.end();
  });

  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  server.on("error", () => undefined);
  return {
    origin: `http://127.0.0.1:${port()}`,
    close() {
      server.closeAllConnections();
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
};
