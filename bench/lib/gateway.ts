import { randomBytes } from "node:crypto";
import { DAVESession } from "@snazzah/davey";
import {
  certificates,
  createExternalSender,
  Opcode,
  openSecureServer,
  readCommit,
  vector,
} from "discord-emulator/voice";
import type { RawData, WebSocket } from "ws";

/**
 * All calls are in a channel of this id, each in a guild of its own: one proposal then serves every
 * group.
 */
export const CHANNEL = "200000000000000001";
export const BOT = "300000000000000001";
const LISTENER = "400000000000000001";
/** Discord finds a guild's shard in what is above these bits of its id. */
const SHARD_BITS = 22n;
const GUILDS = 240_000_000_000n;

/** The guild in which a stream plays; the number is its SSRC. Guilds that follow each other are on different shards. */
export const guildOf = (ssrc: number): string => String((GUILDS + BigInt(ssrc)) << SHARD_BITS);
const ssrcOf = (guild: string): number => Number((BigInt(guild) >> SHARD_BITS) - GUILDS);
/** The guild's shard, as Discord finds it. */
export const shardOf = (guild: string, shards: number): number =>
  Number((BigInt(guild) >> SHARD_BITS) % BigInt(shards));

export type Mode = "aead_aes256_gcm_rtpsize" | "aead_xchacha20_poly1305_rtpsize";

/** As Discord offers them. */
export const OFFERED: readonly Mode[] = ["aead_aes256_gcm_rtpsize", "aead_xchacha20_poly1305_rtpsize"];

export interface Gateway {
  readonly endpoint: string;
  /** PEM file for NODE_EXTRA_CA_CERTS. */
  readonly authority: string;
  /** Encrypted groups that stand. */
  groups(): number;
  /** Closes every session with 4014, as Discord does when the main session is gone. */
  disconnectAll(): void;
  close(): Promise<void>;
}

/** Seldom enough that heartbeats do not count. */
const HEARTBEAT = 41_250;

/**
 * The least of a voice gateway that takes a client to a call with DAVE: one listener, who is added
 * to every group and keeps still.
 * @param sinkPort where the clients shall send
 * @param modes the encryptions that clients are offered, in this order
 */
export const openGateway = async (sinkPort: number, modes: readonly Mode[]): Promise<Gateway> => {
  const sender = await createExternalSender(CHANNEL);
  const listener = new DAVESession(1, LISTENER, CHANNEL);
  const keyPackage = await sender.readKeyPackage(listener.getSerializedKeyPackage(), LISTENER);
  const { message } = await sender.propose(0n, { proposalType: "add", add: { keyPackage } });
  const proposal = Buffer.concat([Uint8Array.of(0), vector(message)]);
  const files = await certificates();
  let groups = 0;
  const sockets = new Set<WebSocket>();

  const serve = (socket: WebSocket) => {
    let ssrc = 0;
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    let sequence = 0;
    const send = (op: number, d: unknown) => socket.send(JSON.stringify({ op, d }));
    const sendBinary = (op: number, ...parts: Uint8Array[]) => {
      sequence += 1;
      socket.send(Buffer.concat([Uint8Array.of(sequence >> 8, sequence & 0xff, op), ...parts]));
    };
    const onJson = ({ op, d }: { op: number; d: Record<string, unknown> }) => {
      if (op === Opcode.heartbeat) return send(Opcode.heartbeatAck, { t: d.t });
      if (op === Opcode.identify) {
        ssrc = ssrcOf(String(d.server_id));
        return send(Opcode.ready, { ssrc, ip: "127.0.0.1", port: sinkPort, modes });
      }
      if (op !== Opcode.selectProtocol) return undefined;
      const secret = [...randomBytes(32)];
      const { mode } = (d as { data: { mode: string } }).data;
      send(Opcode.sessionDescription, { mode, secret_key: secret, dave_protocol_version: 1 });
      send(Opcode.clientsConnect, { user_ids: [LISTENER] });
      return sendBinary(Opcode.externalSender, sender.package);
    };
    const onBinary = (bytes: Buffer) => {
      if (bytes[0] === Opcode.keyPackage) return sendBinary(Opcode.proposals, proposal);
      const read = bytes[0] === Opcode.commitWelcome ? readCommit(bytes.subarray(1)) : undefined;
      if (read === undefined) return undefined;
      groups += 1;
      return sendBinary(Opcode.announceCommit, Uint8Array.of(0, 0), read.commit);
    };
    socket.on("error", () => socket.terminate());
    socket.on("message", (data: RawData, isBinary) => {
      if (isBinary) onBinary(data as Buffer);
      else onJson(JSON.parse(String(data)));
    });
    send(Opcode.hello, { v: 8, heartbeat_interval: HEARTBEAT });
  };

  const listening = await openSecureServer(files, serve);
  return {
    endpoint: listening.endpoint,
    authority: files.authority,
    groups: () => groups,
    disconnectAll() {
      for (const socket of sockets) socket.close(4014, "Disconnected.");
    },
    close: listening.close,
  };
};
