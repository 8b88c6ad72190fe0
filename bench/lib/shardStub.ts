import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { GatewayOpcodes } from "discord-api-types/v10";
import { type RawData, type WebSocket, WebSocketServer } from "ws";
import { z } from "zod";
import type { Millis } from "../../src/kernel/units.ts";
import { BOT, CHANNEL, guildOf } from "./gateway.ts";

/** One Update Voice State payload that the bot has sent. */
interface VoiceStateSend {
  readonly at: Millis;
  readonly guild: string;
  /** Null for a leave. */
  readonly channel: string | null;
}

/**
 * The least of Discord's main gateway that one shard with many guilds needs. Like Discord, it closes
 * a socket that sends more than 120 payloads a minute with 4008, and drops the bot's voice states
 * with its session.
 */
export interface ShardStub {
  readonly apiBase: string;
  /** What the bot has sent since `reset`. */
  sends(): readonly VoiceStateSend[];
  /** The most payloads of any kind within a minute, on one socket, since `reset`. */
  busiestMinute(): number;
  /** How often it has closed a socket with 4008 since `reset`. */
  rateLimited(): number;
  reset(): void;
  /** Guilds in whose voice channel the bot is. */
  inChannel(): number;
  /** Invalid Session (opcode 9), which cannot be resumed. */
  invalidate(): void;
  close(): Promise<void>;
}

const MAX_SENDS = 120;
const WINDOW: Millis = 60_000;
/** Discord's answer to a voice state takes a moment. */
const ANSWER_DELAY: Millis = 30;
const HEARTBEAT: Millis = 41_250;
const ADMINISTRATOR = "8";

const Frame = z.object({ op: z.number(), d: z.unknown() });
const VoiceState = z.object({ guild_id: z.string(), channel_id: z.string().nullable(), self_deaf: z.boolean() });

const BOT_USER = { id: BOT, username: "Lull", discriminator: "0", avatar: null, bot: true, flags: 0 };

/** A guild of one voice channel in which one to nine members listen. */
const guildJson = (number: number) => {
  const id = guildOf(number);
  const everyone = { id, name: "@everyone", permissions: ADMINISTRATOR, position: 0, color: 0, flags: 0 };
  return {
    id,
    name: `Guild ${number}`,
    owner_id: "500000000000000001",
    unavailable: false,
    preferred_locale: "en-US",
    features: [],
    roles: [{ ...everyone, hoist: false, managed: false, mentionable: false }],
    channels: [
      { id: CHANNEL, type: 2, name: "lounge", position: 0, permission_overwrites: [], user_limit: 0, bitrate: 64_000 },
    ],
    members: [{ user: BOT_USER, roles: [], joined_at: new Date(0).toISOString(), flags: 0, deaf: false, mute: false }],
    voice_states: Array.from({ length: 1 + (number % 9) }, (_, index) => ({
      user_id: String(600_000_000_000_000_000n + BigInt(number * 10 + index)),
      channel_id: CHANNEL,
      session_id: "listener",
    })),
    emojis: [],
    stickers: [],
    presences: [],
    threads: [],
    stage_instances: [],
    guild_scheduled_events: [],
    member_count: 10,
  };
};

/**
 * @param guilds how many; their numbers begin with 1 and are their streams' SSRCs
 * @param endpoint of the voice server that is assigned to all of them
 */
export const openShardStub = async (guilds: number, endpoint: string): Promise<ShardStub> => {
  const numbers = Array.from({ length: guilds }, (_, index) => index + 1);
  const channels = new Map<string, string>();
  const server = createServer((_, response) => {
    const limit = { total: 1_000, remaining: 1_000, reset_after: 0, max_concurrency: 1 };
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify({ url: `ws://127.0.0.1:${port}`, shards: 1, session_start_limit: limit }));
  });
  const sockets = new WebSocketServer({ server });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;

  let current: WebSocket | undefined;
  let session = 0;
  let sequence = 0;
  let sent: VoiceStateSend[] = [];
  let busiest = 0;
  let counting: Millis = 0;
  let limited = 0;

  const send = (socket: WebSocket, frame: unknown) => {
    if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(frame));
  };
  const dispatch = (socket: WebSocket, event: string, payload: unknown) => {
    sequence += 1;
    send(socket, { op: GatewayOpcodes.Dispatch, t: event, s: sequence, d: payload });
  };

  const identify = (socket: WebSocket) => {
    current = socket;
    session += 1;
    sequence = 0;
    channels.clear();
    dispatch(socket, "READY", {
      v: 10,
      user: BOT_USER,
      application: { id: BOT, flags: 0 },
      session_id: `session-${session}`,
      resume_gateway_url: `ws://127.0.0.1:${port}`,
      shard: [0, 1],
      guilds: numbers.map((number) => ({ id: guildOf(number), unavailable: true })),
    });
    for (const number of numbers) dispatch(socket, "GUILD_CREATE", guildJson(number));
  };

  const updateVoiceState = (socket: WebSocket, data: unknown) => {
    const { guild_id: guild, channel_id: channel, self_deaf: isDeaf } = VoiceState.parse(data);
    sent.push({ at: performance.now(), guild, channel });
    const before = channels.get(guild) ?? null;
    // Discord says nothing of a leave from no channel.
    if (channel === null && before === null) return;
    if (channel === null) channels.delete(guild);
    else channels.set(guild, channel);
    const state = { guild_id: guild, channel_id: channel, user_id: BOT, session_id: `session-${session}` };
    setTimeout(() => {
      const flags = { deaf: false, mute: false, self_deaf: isDeaf, self_mute: false, suppress: false };
      dispatch(socket, "VOICE_STATE_UPDATE", { ...state, ...flags });
      // Nor does it assign a voice server for the channel that the bot is in already.
      if (channel !== null && channel !== before)
        dispatch(socket, "VOICE_SERVER_UPDATE", { guild_id: guild, endpoint, token: "token" });
    }, ANSWER_DELAY);
  };

  const receive = (socket: WebSocket, raw: RawData) => {
    const { op, d } = Frame.parse(JSON.parse(String(raw)));
    if (op === GatewayOpcodes.Heartbeat) return send(socket, { op: GatewayOpcodes.HeartbeatAck });
    if (op === GatewayOpcodes.Identify) return identify(socket);
    if (op === GatewayOpcodes.Resume) return send(socket, { op: GatewayOpcodes.InvalidSession, d: false });
    if (op === GatewayOpcodes.VoiceStateUpdate) return updateVoiceState(socket, d);
    return undefined;
  };

  sockets.on("connection", (socket) => {
    let times: Millis[] = [];
    let isClosing = false;
    socket.on("error", () => socket.terminate());
    socket.on("message", (raw) => {
      const now = performance.now();
      times = [...times.filter((at) => at > now - WINDOW), now];
      busiest = Math.max(busiest, times.filter((at) => at >= counting).length);
      if (isClosing) return undefined;
      if (times.length <= MAX_SENDS) return receive(socket, raw);
      isClosing = true;
      limited += 1;
      return socket.close(4008, "Rate limited.");
    });
    send(socket, { op: GatewayOpcodes.Hello, d: { heartbeat_interval: HEARTBEAT } });
  });

  return {
    apiBase: `http://127.0.0.1:${port}/api`,
    sends: () => sent,
    busiestMinute: () => busiest,
    rateLimited: () => limited,
    reset() {
      sent = [];
      busiest = limited = 0;
      counting = performance.now();
    },
    inChannel: () => channels.size,
    invalidate() {
      channels.clear();
      if (current !== undefined) send(current, { op: GatewayOpcodes.InvalidSession, d: false });
    },
    async close() {
      for (const socket of sockets.clients) socket.terminate();
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
};
