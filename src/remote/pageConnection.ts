import type { WebSocket } from "ws";
import type { Clock } from "../kernel/clock.ts";
import type { Log } from "../kernel/log.ts";
import { type Millis, seconds } from "../kernel/units.ts";
import type { PagePass } from "./pagePass.ts";
import { CLOSE, type RemotePlans, type RemoteRequest, type RemoteState, type ServerMessage } from "./protocol.ts";
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
  admit(token: string, connection: PageConnection): PagePass | number;
  /** What the page shows now; undefined where the session is over. */
  stateFor(pass: PagePass): Promise<RemoteState | undefined>;
  plansFor(pass: PagePass): Promise<RemotePlans>;
  greetingFor(pass: PagePass): ServerMessage;
  /** How loud what plays is; undefined where the page knows. */
  loudnessFor(pass: PagePass): ServerMessage | undefined;
  /** @returns why it was not done, in words; undefined where it was */
  carryOut(pass: PagePass, request: RemoteRequest): Promise<string | undefined>;
  tooFast(pass: PagePass): string;
}

/** One open page. */
export interface PageConnection {
  /** Undefined until the page has said whose it is. */
  pass(): PagePass | undefined;
  /** Sends what the page shows, if that has changed; cheap to call. */
  push(): void;
  /** The same of what is planned. */
  pushPlans(): void;
  /** @param code of `CLOSE` */
  close(code: number): void;
}

/** Serves one page on its socket. A message that our own page does not send ends the connection. */
export const servePage = (socket: WebSocket, options: PageConnectionOptions): PageConnection => {
  const { clock, log } = options;
  const limit = createRateLimit(BURST, PER_SECOND);
  let pass: PagePass | undefined;
  let lastId = 0;

  const close = (code: number) => socket.close(code);
  const tooLate = clock.after(OPEN_WITHIN, () => close(CLOSE.unexpected));
  const send = (message: ServerMessage) => {
    if (socket.bufferedAmount > MAX_UNSENT) socket.terminate();
    else if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(message));
  };

  /** Sends what has changed; while it is read, one more change is remembered. */
  const pushing = <What>(
    read: (to: PagePass) => Promise<What | undefined>,
    messageOf: (what: What) => ServerMessage,
  ) => {
    let [shown, isPushing, isChanged]: [string, boolean, boolean] = ["", false, false];
    const pushNow = async (to: PagePass) => {
      do {
        isChanged = false;
        const what = await read(to);
        const text = JSON.stringify(what) ?? "";
        if (what !== undefined && text !== shown) send(messageOf(what));
        shown = text;
      } while (isChanged);
    };
    return () => {
      isChanged = true;
      if (pass === undefined || isPushing) return;
      isPushing = true;
      pushNow(pass)
        .catch((error: unknown) => log.error("A page could not be shown what has changed", { error }))
        .finally(() => {
          isPushing = false;
        });
    };
  };
  const pushState = pushing(options.stateFor, (state) => ({ type: "state", state }));
  const pushPlans = pushing(options.plansFor, (plans) => ({ type: "plans", plans }));
  const push = () => {
    if (pass === undefined) return;
    const loudness = options.loudnessFor(pass);
    if (loudness !== undefined) send(loudness);
    pushState();
  };

  const answer = async (from: PagePass, id: number, request: RemoteRequest) => {
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
      push();
      return pushPlans();
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

  const connection: PageConnection = { pass: () => pass, push, pushPlans, close };
  return connection;
};
