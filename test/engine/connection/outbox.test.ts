import { createSocket, type Socket } from "node:dgram";
import { once } from "node:events";
import sodium from "sodium-native";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Packet, SILENCE_PACKET } from "../../../src/audio/format.ts";
import { BATCH_SIZE, createOutbox, type PacketTarget } from "../../../src/engine/connection/outbox.ts";
import { createSeal, RTP_HEADER_BYTES } from "../../../src/engine/connection/seal.ts";

const MODE = "aead_xchacha20_poly1305_rtpsize";
const MANY = 2 * BATCH_SIZE + 7;

let sockets: Socket[] = [];
let arrived: Buffer[] = [];
let port = 0;

const boundSocket = async (): Promise<Socket> => {
  const socket = createSocket("udp4");
  sockets.push(socket);
  socket.bind(0, "127.0.0.1");
  await once(socket, "listening");
  return socket;
};

beforeEach(async () => {
  arrived = [];
  const host = await boundSocket();
  host.on("message", (message) => arrived.push(message));
  port = host.address().port;
});
afterEach(() => {
  for (const socket of sockets) socket.close();
  sockets = [];
});

const key = (number: number) => Buffer.alloc(32, number);
const frame = (number: number): Packet => Uint8Array.from([0xfc, number, ...new Array(40 + number).fill(number)]);

/** A session's way to the host, on a connected socket of its own. */
const targetOf = async (
  number: number,
  options: Partial<Pick<PacketTarget, "dave" | "failed">> = {},
): Promise<PacketTarget & { rtp: { sequence: number; timestamp: number } }> => {
  const socket = await boundSocket();
  socket.connect(port, "127.0.0.1");
  await once(socket, "connect");
  const rtp = { ssrc: number, encryptionMode: MODE, secretKey: key(number), sequence: 7, timestamp: 960, nonce: 0 };
  const failed = (error: unknown) => {
    throw error;
  };
  return { rtp, socket, dave: undefined, failed, ...options };
};

/** What a host that knows the session's key reads. */
const read = (packet: Buffer) => {
  const header = packet.subarray(0, RTP_HEADER_BYTES);
  const ssrc = header.readUInt32BE(8);
  const sealed = packet.subarray(RTP_HEADER_BYTES, -4);
  const frame = Buffer.alloc(sealed.length - 16);
  const nonce = Buffer.concat([packet.subarray(-4)], 24);
  sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(frame, null, sealed, header, nonce, key(ssrc));
  return { ssrc, sequence: header.readUInt16BE(2), timestamp: header.readUInt32BE(4), frame: [...frame] };
};

const until = async (count: number) => {
  for (let tries = 0; arrived.length < count && tries < 200; tries++)
    await new Promise((resolve) => setTimeout(resolve, 5));
  return arrived.map(read).sort((a, b) => a.ssrc - b.ssrc);
};

test("what many sessions send in one tick arrives whole, each under its own key, and their streams go on", async () => {
  const outbox = createOutbox(createSeal(BATCH_SIZE));
  const ways = await Promise.all(Array.from({ length: MANY }, (_, number) => targetOf(number)));
  for (const [number, way] of ways.entries()) outbox.send(way, frame(number));
  outbox.flush();
  const expected = ways.map((_, ssrc) => ({ ssrc, sequence: 7, timestamp: 960, frame: [...frame(ssrc)] }));
  expect(await until(MANY)).toEqual(expected);
  expect(ways.map(({ rtp }) => [rtp.sequence, rtp.timestamp])).toEqual(ways.map(() => [8, 1_920]));
});

test("one session's failure is told to it alone, and everybody else's packet leaves", async () => {
  const outbox = createOutbox(createSeal(BATCH_SIZE));
  const failures: string[] = [];
  const failed = (error: unknown) => void failures.push(String(error));
  const encryptOpus = () => {
    throw new Error("no key");
  };
  const keyless = await targetOf(1, { dave: { encryptOpus }, failed });
  const closed = await targetOf(2, { failed });
  closed.socket.close();
  sockets = sockets.filter((socket) => socket !== closed.socket);
  const sound = await targetOf(3);
  for (const [index, way] of [keyless, closed, sound].entries()) outbox.send(way, frame(index));
  outbox.flush();
  expect((await until(1)).map(({ ssrc }) => ssrc)).toEqual([3]);
  expect(failures).toHaveLength(2);
  expect(failures[0]).toMatch(/no key/);
  // Nothing was said under that number yet: the stream has no hole when the session comes back.
  expect(keyless.rtp.sequence).toBe(7);
});

test("silence is not encrypted end to end; everything else is", async () => {
  const outbox = createOutbox(createSeal(BATCH_SIZE));
  const encryptOpus = (packet: Uint8Array) => Uint8Array.from(packet, (byte) => byte ^ 0xff);
  const ways = [await targetOf(1, { dave: { encryptOpus } }), await targetOf(2, { dave: { encryptOpus } })] as const;
  outbox.send(ways[0], SILENCE_PACKET);
  outbox.send(ways[1], frame(2));
  outbox.flush();
  const heard = await until(2);
  expect(heard[0]?.frame).toEqual([...SILENCE_PACKET]);
  expect(heard[1]?.frame).toEqual([...encryptOpus(frame(2))]);
});

test("a flush with nothing in it sends nothing, and none is sent twice", async () => {
  const outbox = createOutbox(createSeal(BATCH_SIZE));
  outbox.flush();
  outbox.send(await targetOf(1), frame(1));
  outbox.flush();
  outbox.flush();
  expect(await until(1)).toHaveLength(1);
});
