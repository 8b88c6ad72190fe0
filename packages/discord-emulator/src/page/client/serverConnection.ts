import type { Outcome, RequestBody, ServerMessage } from "../protocol.ts";
import { settings } from "./settings.ts";

/** The page's line to its server; it is taken up again by itself when it breaks. */
export interface ServerConnection {
  /** Never rejects: what went wrong is an outcome. */
  request(question: RequestBody): Promise<Outcome>;
}

interface ConnectionEvents {
  message(message: ServerMessage): void;
  /** RTP sequence number and Opus packet. */
  packet(sequence: number, opus: Uint8Array): void;
  opened(): void;
  lost(): void;
}

const failed = (key: string, why: string): Outcome => ({
  kind: "failed",
  why,
  sentence: { key, values: { bot: settings.botName } },
});

const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 5_000;

/**
 * Connects to the page's server, and again whenever the connection is lost.
 * @param address `ws://…/live`
 */
export const openServerConnection = (address: string, on: ConnectionEvents): ServerConnection => {
  const waiting = new Map<number, (outcome: Outcome) => void>();
  let socket: WebSocket;
  let lastId = 0;
  let pause = FIRST_PAUSE;

  const failAll = () => {
    for (const answer of waiting.values())
      answer(failed("connectionLostAnswer", `The connection to ${settings.botName} was lost.`));
    waiting.clear();
  };

  const hear = ({ data }: MessageEvent<string | ArrayBuffer>) => {
    if (typeof data !== "string") {
      const bytes = new Uint8Array(data);
      const [high = 0, low = 0] = bytes;
      return on.packet((high << 8) | low, bytes.subarray(2));
    }
    const message = JSON.parse(data) as ServerMessage;
    if (message.type !== "answer") return on.message(message);
    waiting.get(message.id)?.(message.outcome);
    waiting.delete(message.id);
  };

  const connect = () => {
    socket = new WebSocket(address);
    socket.binaryType = "arraybuffer";
    socket.addEventListener("message", hear);
    socket.addEventListener("open", () => {
      pause = FIRST_PAUSE;
      on.opened();
    });
    // An error is always followed by a close.
    socket.addEventListener("close", () => {
      failAll();
      on.lost();
      setTimeout(connect, pause);
      pause = Math.min(pause * 2, LONGEST_PAUSE);
    });
  };
  connect();

  return {
    request: (question) =>
      new Promise((resolve) => {
        if (socket.readyState !== WebSocket.OPEN) {
          resolve(failed("noConnection", `There is no connection to ${settings.botName} right now.`));
          return;
        }
        const id = ++lastId;
        waiting.set(id, resolve);
        socket.send(JSON.stringify({ ...question, id }));
      }),
  };
};
