import type { WebSocket } from "ws";
import { Opcode, type ServerMessage } from "./protocol.ts";

/** The messages of one voice session, numbered, so that those which a lost socket swallowed can be sent again (v8). */
export interface MessageBuffer {
  /**
   * Sends with a number; kept until it is acknowledged. Welcomes and commits are held back as long as the test says, and
   * what follows them waits.
   */
  send(message: ServerMessage): void;
  acknowledge(sequence: number): void;
  /** Sends again all after this number. */
  replay(sequence: number): void;
  attach(socket: WebSocket | undefined): void;
  socket(): WebSocket | undefined;
  close(): void;
}

const KEPT = 1_000;

/** @param delay how long to hold back a welcome or commit that is sent now, in milliseconds */
export const createMessageBuffer = (delay: () => number): MessageBuffer => {
  let socket: WebSocket | undefined;
  let last = 0;
  let kept: { readonly sequence: number; readonly bytes: string | Buffer }[] = [];
  const held: { readonly message: ServerMessage; readonly due: number }[] = [];
  let timer: NodeJS.Timeout | undefined;

  const dispatch = (message: ServerMessage) => {
    last = (last % 0xffff) + 1;
    const bytes =
      message.kind === "json"
        ? JSON.stringify({ op: message.op, d: message.d, seq: last })
        : Buffer.concat([Uint8Array.of(last >> 8, last & 0xff, message.op), message.payload]);
    kept.push({ sequence: last, bytes });
    if (kept.length > KEPT) kept.shift();
    if (socket?.readyState === socket?.OPEN) socket?.send(bytes);
  };
  const release = () => {
    timer = undefined;
    for (let [next] = held; next !== undefined && next.due <= performance.now(); [next] = held) {
      held.shift();
      dispatch(next.message);
    }
    wait();
  };
  const wait = () => {
    const [next] = held;
    if (next !== undefined) timer ??= setTimeout(release, Math.max(1, next.due - performance.now()));
  };

  return {
    send(message) {
      const late = message.op === Opcode.welcome || message.op === Opcode.announceCommit ? delay() : 0;
      if (late === 0 && held.length === 0) return dispatch(message);
      held.push({ message, due: Math.max(performance.now() + late, held.at(-1)?.due ?? 0) });
      wait();
      return undefined;
    },
    acknowledge(sequence) {
      const at = kept.findIndex((each) => each.sequence === sequence);
      if (at >= 0) kept = kept.slice(at + 1);
    },
    replay(sequence) {
      this.acknowledge(sequence);
      for (const { bytes } of kept) socket?.send(bytes);
    },
    attach(next) {
      socket = next;
    },
    socket: () => socket,
    close() {
      clearTimeout(timer);
      held.length = 0;
    },
  };
};
