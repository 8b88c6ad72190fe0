import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { type WebSocket, WebSocketServer } from "ws";
import type { Certificates } from "./certificates.ts";

/** A port on which the voice gateway may be reached, or for a while may not. */
export interface SecureServer {
  /** `127.0.0.1:port` */
  readonly endpoint: string;
  readonly sockets: ReadonlySet<WebSocket>;
  /** Stops or goes on accepting TCP connections; those that are open stay. */
  accept(on: boolean): Promise<void>;
  close(): Promise<void>;
}

/**
 * Serves WebSockets over TLS on a free port of the loopback interface.
 * @param onSocket called with each socket that is opened
 */
export const openSecureServer = async (
  { certificate, key }: Certificates,
  onSocket: (socket: WebSocket) => void,
): Promise<SecureServer> => {
  const server = createServer({ cert: certificate, key });
  // Browsers send an Origin, voice libraries do not; nothing else on this machine may listen in from a web page.
  const sockets = new WebSocketServer({
    server,
    maxPayload: 65_536,
    verifyClient: ({ origin }: { origin?: string }) => origin === undefined,
  });
  sockets.on("connection", onSocket);
  sockets.on("error", () => undefined);
  server.on("error", () => undefined);
  const start = (port: number) => new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  await start(0);
  const { port } = server.address() as AddressInfo;

  return {
    endpoint: `127.0.0.1:${port}`,
    sockets: sockets.clients,
    async accept(on) {
      if (on === server.listening) return;
      if (on) await start(port);
      else server.close();
    },
    async close() {
      for (const socket of sockets.clients) socket.terminate();
      if (server.listening) await new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
    },
  };
};
