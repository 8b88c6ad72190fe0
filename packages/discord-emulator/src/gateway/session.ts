import { GatewayOpcodes } from "discord-api-types/v10";
import { WebSocket } from "ws";
import type { Json } from "../shared/json.ts";
import { intentOf } from "./intents.ts";

/** How long Discord keeps the session of a bot whose connection has broken off, in milliseconds. */
const RESUME_WINDOW = 60_000;
const MAX_REPLAYED = 2_000;
/** Close codes after which a session cannot be resumed: the bot has left, or Discord has dropped it. */
const UNRESUMABLE_CODES = new Set([1000, 1001, 4007, 4009]);

/** A payload to a socket that is open; nothing is sent to any other. */
export const sendTo = (socket: WebSocket | undefined, payload: Json): void => {
  if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(payload));
};

interface Session {
  readonly id: string;
  readonly intents: number;
  socket: WebSocket | undefined;
  sequence: number;
  readonly replayable: Json[];
}

/**
 * The bot's session: its events numbered and kept, so that what a lost socket swallowed can be sent again.
 * @param onEnd called when a session is over; not at `shutDown`
 */
export const createSessions = (onEnd: () => void) => {
  let session: Session | undefined;
  let expiry: NodeJS.Timeout | undefined;

  const dispatch = (event: string, payload: unknown): void => {
    if (session === undefined) return;
    const intent = intentOf(event);
    if (intent !== undefined && (session.intents & intent) === 0) return;
    session.sequence += 1;
    const frame = { op: GatewayOpcodes.Dispatch, t: event, s: session.sequence, d: payload };
    session.replayable.push(frame);
    if (session.replayable.length > MAX_REPLAYED) session.replayable.shift();
    sendTo(session.socket, frame);
  };
  const end = (): void => {
    clearTimeout(expiry);
    if (session === undefined) return;
    session = undefined;
    onEnd();
  };

  return {
    /** Sends an event to the bot where its intents let it through; kept for a resume. */
    dispatch,
    end,
    current: (): Pick<Session, "id" | "socket"> | undefined => session,
    /** Begins a session; an older one is forgotten. */
    begin(id: string, intents: number, socket: WebSocket): void {
      clearTimeout(expiry);
      session = { id, intents, socket, sequence: 0, replayable: [] };
    },
    /**
     * Goes on with the session on another socket, and sends what came after `sequence`.
     * @returns "unknown" where there is no such session, "invalid" where the sequence lies ahead
     */
    resume(id: unknown, sequence: number, socket: WebSocket): "resumed" | "unknown" | "invalid" {
      if (session === undefined || session.id !== id) return "unknown";
      if (sequence > session.sequence) return "invalid";
      clearTimeout(expiry);
      session.socket = socket;
      for (const frame of session.replayable) if (Number(frame.s) > sequence) sendTo(socket, frame);
      dispatch("RESUMED", {});
      return "resumed";
    },
    /** The socket is still open, and waits for the session to be resumed on it. */
    detach(): void {
      if (session !== undefined) session.socket = undefined;
    },
    /** The session's socket was closed with the code: the session is over, or waits to be resumed. */
    onClose(socket: WebSocket, code: number): void {
      if (session?.socket !== socket) return;
      session.socket = undefined;
      clearTimeout(expiry);
      if (UNRESUMABLE_CODES.has(code)) end();
      else expiry = setTimeout(end, RESUME_WINDOW).unref();
    },
    shutDown(): void {
      clearTimeout(expiry);
      session = undefined;
    },
  };
};
