import { createSocket } from "node:dgram";
import type { AddressInfo } from "node:net";
import { createInterface } from "node:readline";

/**
 * Does what sink.c does, for when there is no compiler. Arrival is when Node reads the packet,
 * which is later.
 */
const DISCOVERY = 74;
const KEEP_ALIVE = 8;
const RECORD = 16;

const socket = createSocket({ type: "udp4", recvBufferSize: 8 << 20 });
let noted: { ssrc: number; sequence: number; at: bigint }[] = [];
let noting = false;

socket.on("message", (data, from) => {
  const at = BigInt(Math.round((performance.timeOrigin + performance.now()) * 1_000)) * 1_000n;
  if (data.length === KEEP_ALIVE) return socket.send(data, from.port, from.address);
  if (data.length === DISCOVERY && data.readUInt16BE(0) === 1) {
    data.writeUInt16BE(2, 0);
    data.write(from.address, 8);
    data.writeUInt16BE(from.port, DISCOVERY - 2);
    return socket.send(data, from.port, from.address);
  }
  if (noting && data.length > 12 && data[0] === 0x80 && data[1] === 0x78)
    noted.push({ ssrc: data.readUInt32BE(8), sequence: data.readUInt16BE(2), at });
  return undefined;
});
socket.bind(0, "127.0.0.1", () => console.log(`port ${(socket.address() as AddressInfo).port}`));

const lines = createInterface({ input: process.stdin });
lines.on("line", (line) => {
  noting = line === "start";
  if (noting) {
    noted = [];
    return;
  }
  const bytes = Buffer.alloc(noted.length * RECORD);
  for (const [index, { ssrc, sequence, at }] of noted.entries()) {
    bytes.writeUInt32LE(ssrc, index * RECORD);
    bytes.writeUInt32LE(sequence, index * RECORD + 4);
    bytes.writeBigUInt64LE(at, index * RECORD + 8);
  }
  process.stdout.write(Buffer.concat([Buffer.from(`records ${noted.length}\n`), bytes]));
});
lines.on("close", () => process.exit(0));
