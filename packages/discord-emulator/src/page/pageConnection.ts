import type { RawData, WebSocket } from "ws";
import type { Visitor } from "./pageUser.ts";
import { packetFrame, Question, type Told } from "./protocol.ts";

/** One open page. */
export interface Visit {
  /** Tells the page what has changed, if anything has. */
  refresh(): void;
  tell(told: Told): void;
}

/** A page that reads more slowly than this many bytes behind loses sound, not messages. */
const LONGEST_BACKLOG = 1024 * 1024;
/** More questions than anybody asks in a second. */
const QUESTIONS_A_SECOND = 60;

const text = (data: RawData): string =>
  (Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data as ArrayBuffer)).toString("utf8");

const parse = (data: RawData): Question | undefined => {
  try {
    return Question.safeParse(JSON.parse(text(data))).data;
  } catch {
    return undefined;
  }
};

/** Speaks with one page over its socket until that closes. */
export const receive = (socket: WebSocket, visitor: Visitor): Visit => {
  const told = new Map<Told["type"], string>();
  let stopHearing: (() => void) | undefined;
  let second = 0;
  let asked = 0;

  const tell = (message: Told) => {
    if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(message));
  };
  const tellOnce = (message: Told) => {
    const json = JSON.stringify(message);
    if (told.get(message.type) === json || socket.readyState !== socket.OPEN) return;
    told.set(message.type, json);
    socket.send(json);
  };
  const quiet = () => {
    stopHearing?.();
    stopHearing = undefined;
  };
  const hear = () => {
    stopHearing ??= visitor.hear(({ sequence, opus }) => {
      if (opus === undefined || socket.bufferedAmount > LONGEST_BACKLOG) return;
      if (socket.readyState === socket.OPEN) socket.send(packetFrame(sequence, opus));
    });
  };
  const refresh = () => {
    if (!visitor.sits()) quiet();
    tellOnce({ type: "world", world: { ...visitor.world(), hearing: stopHearing !== undefined } });
    tellOnce({ type: "commands", commands: visitor.commands() });
  };
  const answer = async (question: Question) => {
    const outcome = await visitor.ask(question);
    if (outcome.kind !== "failed" && (question.type === "join" || question.type === "hear")) hear();
    // The world first, so that what was done is seen when the answer is.
    refresh();
    tell({ type: "answer", id: question.id, outcome });
  };

  socket.on("message", (data, isBinary) => {
    const now = Math.floor(performance.now() / 1_000);
    if (now !== second) [second, asked] = [now, 0];
    if (++asked > QUESTIONS_A_SECOND) return socket.close(1008, "too many questions");
    const question = isBinary ? undefined : parse(data);
    if (question === undefined) return socket.close(1008, "not a question");
    void answer(question);
  });
  socket.on("close", quiet);
  // Frames that are too long close the socket with 1009; there is nobody to tell.
  socket.on("error", () => undefined);
  refresh();
  return { refresh, tell };
};
