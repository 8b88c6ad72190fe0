import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";

/** A way to a server on this machine, which can be cut. */
export interface Way {
  /** Where to connect instead of the server's own port. */
  readonly port: number;
  /**
   * Cuts it: connections are ended and new ones refused, or ended on the near side alone, so that the server does not
   * know, or nothing passes and nobody says so.
   */
  cut(how: "refused" | "half" | "silent"): void;
  /** Lets connections through that are made from now on. */
  open(): void;
  close(): Promise<void>;
}

/** @param to the port of the server */
export const openWay = async (to: number): Promise<Way> => {
  let state: "open" | "refused" | "half" | "silent" = "open";
  const sockets = new Set<Socket>();
  const ends = new Set<Socket>();
  const unnoticed = new WeakSet<Socket>();
  const kept = (socket: Socket): Socket => {
    sockets.add(socket);
    socket.on("error", () => {});
    socket.on("close", () => {
      sockets.delete(socket);
      ends.delete(socket);
    });
    return socket;
  };
  const server = createServer((near) => {
    kept(near);
    if (state === "refused" || state === "half") near.resetAndDestroy();
    if (state !== "open") return;
    const far = kept(connect(to, "127.0.0.1"));
    near.pipe(far);
    far.pipe(near);
    near.on("close", () => unnoticed.has(near) || far.destroy());
    ends.add(near);
    far.on("close", () => near.destroy());
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const endAll = (which: ReadonlySet<Socket> = sockets) => {
    for (const socket of which) socket.resetAndDestroy();
  };
  return {
    port: typeof address === "object" && address !== null ? address.port : 0,
    cut(how) {
      state = how;
      if (how === "refused") endAll();
      else if (how === "half") {
        for (const end of ends) unnoticed.add(end);
        endAll(ends);
      } else for (const socket of sockets) socket.unpipe().pause();
    },
    open() {
      // A connection that nothing passed through is no way any more.
      if (state === "silent") endAll();
      state = "open";
    },
    async close() {
      endAll();
      server.close();
      await once(server, "close");
    },
  };
};
