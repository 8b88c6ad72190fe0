import { GatewayOpcodes } from "discord-api-types/v10";
import { WebSocket } from "ws";
import type { Json } from "../shared/json.ts";
import { intentOf } from "./intents.ts";
import type { Shard } from "./shards.ts";

/** How long Discord keeps the session of a bot whose connection has broken off, in milliseconds. */
const RESUME_WINDOW = 60_000;
const MAX_REPLAYED = 2_000;
/** Close codes after which a session cannot be resumed: the bot has left, or Discord has dropped it. */
const UNRESUMABLE_CODES = new Set([1000, 1001, 4007, 4009]);

/** A payload to a socket that is open; nothing is sent to any other. */
export const sendTo = (socket: WebSocket | undefined, payload: Json): void => {
  if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(payload));
};

/** What a bot identifies with. */
export interface Identify {
  readonly id: string;
  /** The bot's user. */
  readonly bot: string;
  readonly intents: number;
  readonly shard: Shard;
}

/**
 * One shard's session: its events numbered and kept, so that what a lost socket swallowed can be sent again.
 * @param onEnd called when the session is over; not at `shutDown`
 */
export const createSession = ({ id, bot, intents, shard }: Identify, identified: WebSocket, onEnd: () => void) => {
  let socket: WebSocket | undefined = identified;
  let sequence = 0;
  let expiry: NodeJS.Timeout | undefined;
  let isOver = false;
  const replayable: Json[] = [];

  const dispatch = (event: string, payload: unknown): void => {
    const intent = intentOf(event);
    if (intent !== undefined && (intents & intent) === 0) return;
    sequence += 1;
    const frame = { op: GatewayOpcodes.Dispatch, t: event, s: sequence, d: payload };
    replayable.push(frame);
    if (replayable.length > MAX_REPLAYED) replayable.shift();
    sendTo(socket, frame);
  };
  const end = (): void => {
    clearTimeout(expiry);
    if (isOver) return;
    isOver = true;
    onEnd();
  };

  return {
    id,
    bot,
    shard,
    /** Sends an event to the bot where its intents let it through; kept for a resume. */
    dispatch,
    end,
    socket: () => socket,
    /**
     * Goes on with the session on another socket, and sends what came after `sequence`.
     * @returns whether it does; it does not where the sequence lies ahead
     */
    resume(after: number, on: WebSocket): boolean {
      if (after > sequence) return false;
      clearTimeout(expiry);
      socket = on;
      for (const frame of replayable) if (Number(frame.s) > after) sendTo(socket, frame);
      dispatch("RESUMED", {});
      return true;
    },
    /** The socket is still open, and waits for the session to be resumed on it. */
    detach(): void {
      socket = undefined;
    },
    /** A socket was closed with the code: if it was this session's, it is over, or waits to be resumed. */
    onClose(closed: WebSocket, code: number): void {
      if (socket !== closed) return;
      socket = undefined;
      clearTimeout(expiry);
      if (UNRESUMABLE_CODES.has(code)) end();
      else expiry = setTimeout(end, RESUME_WINDOW).unref();
    },
    /** Forgets the session without a word. */
    shutDown(): void {
      clearTimeout(expiry);
      isOver = true;
    },
  };
};

/** One shard's session. */
export type Session = ReturnType<typeof createSession>;
