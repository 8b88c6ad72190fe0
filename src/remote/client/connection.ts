import { CLOSE, type PageMessage, type RemoteRequest, type ServerMessage } from "../protocol.ts";
import { createServerClock } from "./serverClock.ts";

/** How often the server's time is asked for. */
const CLOCK_INTERVAL = 60_000;
/** Several answers at first: the quickest says most. */
const FIRST_CLOCKS = [0, 300, 600, 900];
const [FIRST_RETRY, LAST_RETRY] = [500, 15_000];

/** What happens to the connection. */
export interface ConnectionEvents {
  received(message: Exclude<ServerMessage, { type: "clock" }>): void;
  /** @param code of `CLOSE`; undefined where the connection was lost, or led to another replica; it is tried again then */
  closed(code: number | undefined): void;
}

/** The connection to the bot: opened again by itself where it is lost. */
export interface Connection {
  open(): void;
  send(request: RemoteRequest): void;
  /** The server's time in milliseconds. */
  now(): number;
}

const KNOWN: ReadonlySet<number> = new Set(Object.values(CLOSE));

/** @param token of the link */
export const createConnection = (token: string, { received, closed }: ConnectionEvents): Connection => {
  const clock = createServerClock();
  let socket: WebSocket | undefined;
  let retryIn = FIRST_RETRY;
  let lastId = 0;

  const post = (message: PageMessage) => {
    if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
  };
  const askTime = () => post({ type: "clock", sent: performance.now() });
  setInterval(askTime, CLOCK_INTERVAL);

  const open = () => {
    const address = new URL("socket", document.baseURI);
    address.protocol = address.protocol.replace("http", "ws");
    const opened = new WebSocket(address);
    socket = opened;
    lastId = 0;
    opened.addEventListener("open", () => {
      // Never in the address, which servers write into their logs.
      post({ type: "open", token });
      for (const delay of FIRST_CLOCKS) setTimeout(askTime, delay);
    });
    opened.addEventListener("message", ({ data }) => {
      const message = JSON.parse(data as string) as ServerMessage;
      if (message.type === "clock") return clock.answered(message.sent, performance.now(), message.now);
      if (message.type === "welcome") retryIn = FIRST_RETRY;
      received(message);
    });
    opened.addEventListener("close", ({ code }) => {
      if (socket !== opened) return;
      socket = undefined;
      const isElsewhere = code === CLOSE.elsewhere;
      const isKnown = KNOWN.has(code) && !isElsewhere;
      closed(isKnown ? code : undefined);
      if (isKnown) return;
      setTimeout(open, retryIn);
      // A proxy sends the next try to another replica, most of the time.
      retryIn = Math.min(LAST_RETRY, retryIn * (isElsewhere ? 1.2 : 2));
    });
  };

  return {
    open,
    send(request) {
      lastId += 1;
      post({ type: "request", id: lastId, request });
    },
    now: () => clock.now(performance.now()),
  };
};
