import { createSocket } from "node:dgram";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { FRAME_SAMPLES } from "../../src/audio/format.ts";
import { FRAME_MILLIS, type Millis } from "../../src/kernel/units.ts";

/** What was observed of one stream. */
export interface StreamStats {
  readonly packets: number;
  /** Packets whose sequence number does not follow the one before. */
  readonly holes: number;
  /** Packets whose timestamp is not a frame after the one before. */
  readonly jumps: number;
  /**
   * How much longer the stream has lasted than its packets, between the least late packets of its
   * beginning and its end.
   */
  readonly drift: Millis;
}

interface Stream {
  sequence: number;
  timestamp: number;
  packets: number;
  holes: number;
  jumps: number;
  readonly first: Millis;
  /**
   * The least lateness on the grid of the first packet, in the first and the latest ten seconds.
   */
  early: Millis;
  late: Millis;
}

const DISCOVERY = 74;
const KEEP_ALIVE = 8;
/** Lateness varies from packet to packet; its minimum over ten seconds does not. */
const WINDOW_PACKETS = 500;

/** Receives RTP and follows each stream packet by packet. */
export const openRtpMonitor = async () => {
  const socket = createSocket({ type: "udp4", recvBufferSize: 8 << 20 });
  const streams = new Map<number, Stream>();

  const follow = (data: Buffer, now: Millis) => {
    const [sequence, timestamp, ssrc] = [data.readUInt16BE(2), data.readUInt32BE(4), data.readUInt32BE(8)];
    const stream = streams.get(ssrc);
    if (stream === undefined) {
      streams.set(ssrc, { sequence, timestamp, packets: 1, holes: 0, jumps: 0, first: now, early: 0, late: 0 });
      return;
    }
    if (sequence !== ((stream.sequence + 1) & 0xffff)) stream.holes += 1;
    if (timestamp !== (stream.timestamp + FRAME_SAMPLES) >>> 0) stream.jumps += 1;
    const lateness = now - stream.first - stream.packets * FRAME_MILLIS;
    if (stream.packets < WINDOW_PACKETS) stream.early = Math.min(stream.early, lateness);
    stream.late = stream.packets % WINDOW_PACKETS === 0 ? lateness : Math.min(stream.late, lateness);
    stream.sequence = sequence;
    stream.timestamp = timestamp;
    stream.packets += 1;
  };

  socket.on("message", (data, from) => {
    const now = performance.now();
    if (data.length === KEEP_ALIVE) return socket.send(data, from.port, from.address);
    if (data.length === DISCOVERY && data.readUInt16BE(0) === 1) {
      data.writeUInt16BE(2, 0);
      data.write(from.address, 8);
      data.writeUInt16BE(from.port, DISCOVERY - 2);
      return socket.send(data, from.port, from.address);
    }
    if (data.length > 12 && data[0] === 0x80 && data[1] === 0x78) follow(data, now);
    return undefined;
  });
  socket.bind(0, "127.0.0.1");
  await once(socket, "listening");

  return {
    port: (socket.address() as AddressInfo).port,
    watched: (): StreamStats[] =>
      [...streams.values()].map(({ packets, holes, jumps, early, late }) => ({
        packets,
        holes,
        jumps,
        drift: late - early,
      })),
    close: () => socket.close(),
  };
};
