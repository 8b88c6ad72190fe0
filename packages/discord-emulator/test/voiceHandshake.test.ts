import { createCipheriv, randomBytes } from "node:crypto";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { mkdtempSync, readFileSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sodium from "sodium-native";
import { afterAll, beforeAll, expect, test } from "vitest";
import { WebSocket } from "ws";
import type { VoiceConnectionReport } from "../src/voice/types.ts";
import { startVoiceServer } from "../src/voice/voiceServer.ts";
import { bot, guild, lounge, pause, until } from "./support/voiceBot.ts";

type Mode = VoiceConnectionReport["mode"];
let server: Awaited<ReturnType<typeof startVoiceServer>>;
const ticket = { guild, channel: lounge, user: bot, sessionId: "session", token: "token" };
const identify = {
  server_id: guild,
  user_id: bot,
  session_id: "session",
  token: "token",
  max_dave_protocol_version: 1,
};

beforeAll(async () => {
  server = await startVoiceServer();
  server.authorise(ticket);
});
afterAll(() => server.close());

/** A client that says what it is told to. */
const dial = async (endpoint = server.endpoint) => {
  const socket = new WebSocket(`wss://${endpoint}?v=8`, { ca: readFileSync(server.certificateAuthority) });
  const heard: { op: number; d: Record<string, unknown>; seq?: number }[] = [];
  socket.on("error", () => undefined);
  socket.on("message", (data, isBinary) => {
    if (!isBinary) heard.push(JSON.parse(String(data)));
  });
  const closed = once(socket, "close").then(([code]) => code as number);
  const say = (op: number, d: unknown) => socket.send(JSON.stringify({ op, d }));
  const hear = async (op: number) => {
    await until(`opcode ${op} is heard`, () => heard.some((each) => each.op === op));
    return heard.find((each) => each.op === op)!.d;
  };
  await hear(8);
  return { socket, closed, heard, say, hear };
};

test.each([
  ["before Identify", 4003, 5, { speaking: 1, delay: 0, ssrc: 1 }],
  ["that cannot be read", 4002, 0, { server_id: 7 }],
  ["with a wrong token", 4004, 0, { ...identify, token: "another" }],
  ["with a wrong session", 4006, 0, { ...identify, session_id: "another" }],
  ["for a guild that it was not let into", 4006, 0, { ...identify, server_id: "1" }],
  ["without DAVE", 4017, 0, { ...identify, max_dave_protocol_version: 0 }],
  ["that resumes what is not there", 4006, 7, { ...identify, session_id: "another", seq_ack: 3 }],
])("a message %s is answered with close code %i", async (_, code, op, d) => {
  const { say, closed } = await dial();
  say(op, d);
  expect(await closed).toBe(code);
});

test("a second Identify, a wrong protocol and a wrong mode are refused", async () => {
  const twice = await dial();
  twice.say(0, identify);
  twice.say(0, identify);
  expect(await twice.closed).toBe(4005);
  for (const [protocol, mode, code] of [
    ["webrtc", "aead_aes256_gcm_rtpsize", 4012],
    ["udp", "xsalsa20_poly1305", 4016],
  ] as const) {
    const client = await dial();
    client.say(0, identify);
    client.say(1, { protocol, data: { address: "127.0.0.1", port: 1, mode } });
    expect(await client.closed).toBe(code);
  }
});

test("heartbeats are acknowledged with their own nonce, and late when the server is deaf meanwhile", async () => {
  const { say, hear, heard, closed, socket } = await dial(server.alternateEndpoint);
  say(0, identify);
  await hear(2);
  say(3, { t: 1234, seq_ack: -1 });
  expect(await hear(6)).toEqual({ t: 1234 });
  server.faults.stall(true);
  say(3, { t: 1235, seq_ack: -1 });
  await pause(100);
  const acknowledged = () => heard.filter(({ op }) => op === 6).length;
  expect(acknowledged()).toBe(1);
  server.faults.stall(false);
  await until("the server hears again", () => acknowledged() === 2);
  socket.terminate();
  await closed;
});

const seal = (mode: Mode, key: Buffer, header: Buffer, nonce: number, frame: Buffer): Buffer => {
  const suffix = Buffer.alloc(4);
  suffix.writeUInt32BE(nonce);
  if (mode === "aead_aes256_gcm_rtpsize") {
    const cipher = createCipheriv("aes-256-gcm", key, Buffer.concat([suffix], 12));
    cipher.setAAD(header);
    return Buffer.concat([header, cipher.update(frame), cipher.final(), cipher.getAuthTag(), suffix]);
  }
  const sealed = Buffer.alloc(frame.length + 16);
  sodium.crypto_aead_xchacha20poly1305_ietf_encrypt(sealed, frame, header, null, Buffer.concat([suffix], 24), key);
  return Buffer.concat([header, sealed, suffix]);
};

test.each(["aead_aes256_gcm_rtpsize", "aead_xchacha20_poly1305_rtpsize"] as const)(
  "UDP: discovery, keep-alive, and packets in %s with their order watched",
  async (mode) => {
    const { say, hear, socket } = await dial();
    say(0, identify);
    const { ssrc, port } = (await hear(2)) as { ssrc: number; port: number };
    const udp = createSocket("udp4");
    const answers: Buffer[] = [];
    udp.on("message", (answer) => answers.push(answer));
    const discovery = Buffer.alloc(74);
    discovery.writeUInt16BE(1, 0);
    discovery.writeUInt16BE(70, 2);
    discovery.writeUInt32BE(ssrc, 4);
    udp.send(discovery, port, "127.0.0.1");
    await until("discovery is answered", () => answers.length === 1);
    const answer = answers[0]!;
    expect([answer.readUInt16BE(0), answer.readUInt16BE(2), answer.readUInt32BE(4)]).toEqual([2, 70, ssrc]);
    expect(answer.toString("utf8", 8, answer.indexOf(0, 8))).toBe("127.0.0.1");
    expect(answer.readUInt16BE(72)).toBe(udp.address().port);
    udp.send(Buffer.from("keepaliv"), port, "127.0.0.1");
    await until("the keep-alive is echoed", () => answers[1]?.toString() === "keepaliv");

    say(1, { protocol: "udp", data: { address: "127.0.0.1", port: udp.address().port, mode } });
    const described = await hear(4);
    expect(described).toMatchObject({ mode, dave_protocol_version: 1 });
    const key = Buffer.from(described.secret_key as number[]);
    const before = server.statistics;
    const violations = server.violations.length;
    const frame = randomBytes(40);
    const send = (sequence: number, timestamp: number, nonce: number, secret = key) => {
      const header = Buffer.alloc(12);
      header.writeUInt16BE(0x8078, 0);
      header.writeUInt16BE(sequence, 2);
      header.writeUInt32BE(timestamp, 4);
      header.writeUInt32BE(ssrc, 8);
      udp.send(seal(mode, secret, header, nonce, frame), port, "127.0.0.1");
    };
    const gained = () => ({
      packets: server.statistics.packets - before.packets,
      lost: server.statistics.lost - before.lost,
      reordered: server.statistics.reordered - before.reordered,
      undecryptable: server.statistics.undecryptable - before.undecryptable,
    });
    const after = async (packets: number) => {
      await until(`packet ${packets} is there`, () => gained().packets === packets);
      return gained();
    };
    const base = 10_000;
    send(65_535, base, 1);
    send(0, base + 960, 2);
    expect(await after(2)).toEqual({ packets: 2, lost: 0, reordered: 0, undecryptable: 0 });
    send(3, base + 4 * 960, 5);
    expect(await after(3)).toMatchObject({ lost: 2, reordered: 0 });
    send(2, base + 3 * 960, 4);
    expect(await after(4)).toMatchObject({ lost: 1, reordered: 1 });
    send(4, base + 5 * 960, 6, randomBytes(32));
    expect(await after(5)).toMatchObject({ lost: 1, undecryptable: 1 });
    expect(server.violations.slice(violations)).toEqual([]);
    send(5, base + 6 * 960, 6);
    send(6, base + 99_000, 7);
    await after(7);
    expect(server.violations.slice(violations)).toEqual([
      "RTP: nonce 6 was used twice",
      expect.stringContaining("RTP: timestamp went from"),
    ]);
    udp.close();
    socket.terminate();
  },
);

test("certificates are kept where they are told to be, and are for the owner's eyes", async () => {
  const folder = join(mkdtempSync(join(tmpdir(), "lull-")), "certificates");
  const first = await startVoiceServer({ certificatesIn: folder });
  const authority = readFileSync(first.certificateAuthority, "utf8");
  await first.close();
  const second = await startVoiceServer({ certificatesIn: folder });
  expect(readFileSync(second.certificateAuthority, "utf8")).toBe(authority);
  expect(statSync(join(folder, "certificates.json")).mode & 0o077).toBe(0);
  await second.close();
});

test("servers that start at the same time in one folder have one certificate", async () => {
  const folder = mkdtempSync(join(tmpdir(), "lull-"));
  const servers = await Promise.all(Array.from({ length: 4 }, () => startVoiceServer({ certificatesIn: folder })));
  expect(new Set(servers.map(({ certificateAuthority }) => certificateAuthority)).size).toBe(1);
  for (const server of servers) await server.close();
});
