import type { WebSocket } from "ws";
import type { Clock } from "../kernel/clock.ts";
import type { Log } from "../kernel/log.ts";
import { type Millis, seconds } from "../kernel/units.ts";
import type { RemotePass } from "../ports/remote.ts";
import { CLOSE, type RemoteRequest, type RemoteState, type ServerMessage } from "./protocol.ts";
import { createRateLimit } from "./rateLimit.ts";
import { readMessage } from "./readMessage.ts";

/** How long a connection may take to say whose it is. */
const OPEN_WITHIN: Millis = seconds(5);
/** A slider that is moved sends five messages a second. */
const [BURST, PER_SECOND] = [30, 8];
/** What a page has not taken yet, in bytes: beyond this it has gone. */
const MAX_UNSENT = 64 * 1_024;

/** What a connection asks of the remote. */
export interface PageConnectionOptions {
  readonly clock: Clock;
  readonly log: Log;
  /** The pass of a token, or why there is none: a close code. */
  admit(token: string, connection: PageConnection): RemotePass | number;
  /** What the page shows now; undefined where the session is over. */
  stateFor(pass: RemotePass): Promise<RemoteState | undefined>;
  greetingFor(pass: RemotePass): ServerMessage;
  /** How loud what plays is; undefined where the page knows. */
  loudnessFor(pass: RemotePass): ServerMessage | undefined;
  /** @returns why it was not done, in words; undefined where it was */
  carryOut(pass: RemotePass, request: RemoteRequest): Promise<string | undefined>;
  tooFast(pass: RemotePass): string;
}

/** One open page. */
export interface PageConnection {
  /** Undefined until the page has said whose it is. */
  pass(): RemotePass | undefined;
  /** Sends what the page shows, if that has changed; cheap to call. */
  push(): void;
  /** @param code of `CLOSE` */
  close(code: number): void;
}

/** Serves one page on its socket. A message that our own page does not send ends the connection. */
export const servePage = (socket: WebSocket, options: PageConnectionOptions): PageConnection => {
  const { clock, log } = options;
  const limit = createRateLimit(BURST, PER_SECOND);
  let pass: RemotePass | undefined;
  let lastId = 0;
  let shown = "";
  let pushing = false;
  let changed = false;

  const close = (code: number) => socket.close(code);
  const tooLate = clock.after(OPEN_WITHIN, () => close(CLOSE.unexpected));
  const send = (message: ServerMessage) => {
    if (socket.bufferedAmount > MAX_UNSENT) socket.terminate();
    else if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(message));
  };

  const pushNow = async (to: RemotePass) => {
    if (pushing) {
      changed = true;
      return;
    }
    pushing = true;
    do {
      changed = false;
      const state = await options.stateFor(to);
      const text = JSON.stringify(state);
      if (state !== undefined && text !== shown) send({ type: "state", state });
      shown = text;
    } while (changed);
    pushing = false;
  };
  const push = () => {
    if (pass === undefined) return;
    const loudness = options.loudnessFor(pass);
    if (loudness !== undefined) send(loudness);
    pushNow(pass).catch((error: unknown) => {
      pushing = false;
      log.error("A remote could not be shown what plays", { error });
    });
  };

  const answer = async (from: RemotePass, id: number, request: RemoteRequest) => {
    const refused = await options.carryOut(from, request);
    send({ type: "answer", id, ...(refused !== undefined && { refused }) });
    push();
  };

  const take = (text: string) => {
    const message = readMessage(text);
    if (message === undefined) return close(CLOSE.unexpected);
    if (message.type === "open") {
      if (pass !== undefined) return close(CLOSE.unexpected);
      const admitted = options.admit(message.token, connection);
      if (typeof admitted === "number") return close(admitted);
      tooLate();
      pass = admitted;
      send(options.greetingFor(pass));
      return push();
    }
    if (pass === undefined) return close(CLOSE.unexpected);
    if (message.type === "clock") {
      if (limit.take(clock.now())) send({ type: "clock", sent: message.sent, now: clock.now() });
      return;
    }
    if (message.id <= lastId) return close(CLOSE.unexpected);
    lastId = message.id;
    if (!limit.take(clock.now())) return send({ type: "answer", id: message.id, refused: options.tooFast(pass) });
    void answer(pass, message.id, message.request);
  };

  socket.on("message", (data, isBinary) => {
    if (isBinary) close(CLOSE.unexpected);
    else take(String(data));
  });
  socket.on("close", tooLate);
  // Such as a message that is too large: ws closes the connection itself.
  socket.on("error", () => {});

  const connection: PageConnection = { pass: () => pass, push, close };
  return connection;
};
