import { createSocket } from "node:dgram";
import { once } from "node:events";
import type { Millis } from "../../src/kernel/units.ts";

const DISCOVERY = 74;
const KEEP_ALIVE = 8;
const RTP_HEADER = 12;

/** Receives the packets of many streams, and remembers when each stream was heard. */
export interface PacketWatch {
  readonly port: number;
  /** Streams that have sent a packet at or after this time. */
  heardSince(from: Millis): ReadonlySet<number>;
  /** When the stream's last packet came; −Infinity before its first. */
  lastHeard(ssrc: number): Millis;
  /** The longest time between two packets of the stream since `watchFrom`. */
  longestGap(ssrc: number): Millis;
  /** Forgets what was heard before. */
  watchFrom(from: Millis): void;
  close(): void;
}

interface StreamTimes {
  last: Millis;
  gap: Millis;
}

/** Opens a UDP socket that answers IP discovery as a voice server does. */
export const openPacketWatch = async (): Promise<PacketWatch> => {
  const socket = createSocket({ type: "udp4", recvBufferSize: 8 << 20 });
  const streams = new Map<number, StreamTimes>();
  let from: Millis = 0;

  const note = (ssrc: number) => {
    const now = performance.now();
    const stream = streams.get(ssrc);
    if (stream === undefined) return void streams.set(ssrc, { last: now, gap: 0 });
    if (now < from) return undefined;
    stream.gap = Math.max(stream.gap, now - Math.max(stream.last, from));
    stream.last = now;
    return undefined;
  };

  socket.on("message", (data, { port, address }) => {
    if (data.length === KEEP_ALIVE) return socket.send(data, port, address);
    if (data.length === DISCOVERY && data.readUInt16BE(0) === 1) {
      data.writeUInt16BE(2, 0);
      data.write(address, 8);
      data.writeUInt16BE(port, DISCOVERY - 2);
      return socket.send(data, port, address);
    }
    // Silence frames say nothing of a sound: with the encryption around them they stay below this.
    if (data.length > RTP_HEADER + 40 && data[0] === 0x80) note(data.readUInt32BE(8));
    return undefined;
  });
  socket.bind(0, "127.0.0.1");
  await once(socket, "listening");

  return {
    port: socket.address().port,
    heardSince: (time) => new Set([...streams].filter(([, { last }]) => last >= time).map(([ssrc]) => ssrc)),
    lastHeard: (ssrc) => streams.get(ssrc)?.last ?? Number.NEGATIVE_INFINITY,
    longestGap: (ssrc) => streams.get(ssrc)?.gap ?? Number.POSITIVE_INFINITY,
    watchFrom(time) {
      from = time;
      for (const stream of streams.values()) stream.gap = 0;
    },
    close: () => socket.close(),
  };
};
