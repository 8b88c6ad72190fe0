import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { GatewayOpcodes } from "discord-api-types/v10";
import { type RawData, type WebSocket, WebSocketServer } from "ws";
import { z } from "zod";
import type { Millis } from "../../src/kernel/units.ts";
import { BOT, guildOf, shardOf } from "./gateway.ts";
import { BOT_USER, type GuildSize, guildJson } from "./guildJson.ts";
import { openRestStub, type RestCounts } from "./restStub.ts";

/** One Update Voice State payload that the bot has sent. */
interface VoiceStateSend {
  readonly at: Millis;
  readonly guild: string;
  /** Null for a leave. */
  readonly channel: string | null;
}

interface GuildPayload {
  readonly guild_id: string;
  readonly [field: string]: unknown;
}

/**
 * The least of Discord's main gateway that shards with many guilds need. Like Discord, it closes a socket that sends
 * more than 120 payloads a minute with 4008, and drops the bot's voice states with its session.
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
  /** What the bot asked of the REST API since `reset`. */
  requests(): RestCounts;
  /** Sends an event of a guild to the bot; resolves once it is on its way. */
  dispatch(event: string, payload: GuildPayload): Promise<void>;
  /** Guilds in whose voice channel the bot is. */
  inChannel(): number;
  /** When each shard was identified last, by its number. */
  identified(): ReadonlyMap<number, Millis>;
  /** Invalid Session (opcode 9) on every shard, which cannot be resumed. */
  invalidate(): void;
  close(): Promise<void>;
}

const MAX_SENDS = 120;
const WINDOW: Millis = 60_000;
/** Discord's answer to a voice state takes a moment. */
const ANSWER_DELAY: Millis = 30;
const HEARTBEAT: Millis = 41_250;

const Frame = z.object({ op: z.number(), d: z.unknown() });
const Identify = z.object({ shard: z.tuple([z.number(), z.number()]).default([0, 1]) });
const VoiceState = z.object({ guild_id: z.string(), channel_id: z.string().nullable(), self_deaf: z.boolean() });

/** A gateway session of one shard. */
interface ShardSession {
  readonly socket: WebSocket;
  readonly id: string;
  readonly at: Millis;
  sequence: number;
  /** The bot's voice channels, by guild. */
  readonly channels: Map<string, string>;
}

/**
 * @param guilds how many; their numbers begin with 1 and are their streams' SSRCs
 * @param endpoint of the voice server that is assigned to all of them
 * @param options.size how much is in each guild
 * @param options.shards how many shards the stub recommends
 */
export const openShardStub = async (
  guilds: number,
  endpoint: string,
  { size = "small", shards = 1 }: { readonly size?: GuildSize; readonly shards?: number } = {},
): Promise<ShardStub> => {
  const numbers = Array.from({ length: guilds }, (_, index) => index + 1);
  const rest = openRestStub(() => `ws://127.0.0.1:${port}`, shards);
  const server = createServer(rest.answer);
  const sockets = new WebSocketServer({ server });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;

  const sessions = new Map<number, ShardSession>();
  let begun = 0;
  let identifiedShards = 1;
  let sent: VoiceStateSend[] = [];
  let busiest = 0;
  let counting: Millis = 0;
  let limited = 0;

  const send = (socket: WebSocket, frame: unknown) => {
    if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(frame));
  };
  const dispatch = (session: ShardSession, event: string, payload: unknown) => {
    session.sequence += 1;
    send(session.socket, { op: GatewayOpcodes.Dispatch, t: event, s: session.sequence, d: payload });
  };

  const identify = (socket: WebSocket, data: unknown): ShardSession => {
    const [shard, count] = Identify.parse(data).shard;
    begun += 1;
    identifiedShards = count;
    const id = `session-${begun}`;
    const session = { socket, id, at: performance.now(), sequence: 0, channels: new Map<string, string>() };
    sessions.set(shard, session);
    const own = numbers.filter((number) => shardOf(guildOf(number), count) === shard);
    dispatch(session, "READY", {
      v: 10,
      user: BOT_USER,
      application: { id: BOT, flags: 0 },
      session_id: id,
      resume_gateway_url: `ws://127.0.0.1:${port}`,
      shard: [shard, count],
      guilds: own.map((number) => ({ id: guildOf(number), unavailable: true })),
    });
    for (const number of own) dispatch(session, "GUILD_CREATE", guildJson(number, size));
    return session;
  };

  const updateVoiceState = (session: ShardSession, data: unknown) => {
    const { channels } = session;
    const { guild_id: guild, channel_id: channel, self_deaf: isDeaf } = VoiceState.parse(data);
    sent.push({ at: performance.now(), guild, channel });
    const before = channels.get(guild) ?? null;
    // Discord says nothing of a leave from no channel.
    if (channel === null && before === null) return;
    if (channel === null) channels.delete(guild);
    else channels.set(guild, channel);
    const state = { guild_id: guild, channel_id: channel, user_id: BOT, session_id: session.id };
    setTimeout(() => {
      const flags = { deaf: false, mute: false, self_deaf: isDeaf, self_mute: false, suppress: false };
      dispatch(session, "VOICE_STATE_UPDATE", { ...state, ...flags });
      // Nor does it assign a voice server for the channel that the bot is in already.
      if (channel !== null && channel !== before)
        dispatch(session, "VOICE_SERVER_UPDATE", { guild_id: guild, endpoint, token: "token" });
    }, ANSWER_DELAY);
  };

  sockets.on("connection", (socket) => {
    let session: ShardSession | undefined;
    let times: Millis[] = [];
    let isClosing = false;

    const receive = (raw: RawData) => {
      const { op, d } = Frame.parse(JSON.parse(String(raw)));
      if (op === GatewayOpcodes.Heartbeat) return send(socket, { op: GatewayOpcodes.HeartbeatAck });
      if (op === GatewayOpcodes.Resume) return send(socket, { op: GatewayOpcodes.InvalidSession, d: false });
      if (op === GatewayOpcodes.Identify) session = identify(socket, d);
      else if (op === GatewayOpcodes.VoiceStateUpdate && session !== undefined) updateVoiceState(session, d);
      return undefined;
    };

    socket.on("error", () => socket.terminate());
    socket.on("message", (raw) => {
      const now = performance.now();
      times = [...times.filter((at) => at > now - WINDOW), now];
      busiest = Math.max(busiest, times.filter((at) => at >= counting).length);
      if (isClosing) return undefined;
      if (times.length <= MAX_SENDS) return receive(raw);
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
    requests: rest.counts,
    async dispatch(event, payload) {
      const session = sessions.get(shardOf(payload.guild_id, identifiedShards));
      if (session === undefined) return;
      dispatch(session, event, payload);
      // What the bot has not read yet waits here.
      while (session.socket.bufferedAmount > 1 << 20) await new Promise((resolve) => setTimeout(resolve, 5));
    },
    reset() {
      rest.reset();
      sent = [];
      busiest = limited = 0;
      counting = performance.now();
    },
    inChannel: () => [...sessions.values()].reduce((sum, { channels }) => sum + channels.size, 0),
    identified: () => new Map([...sessions].map(([shard, { at }]) => [shard, at])),
    invalidate() {
      for (const { socket, channels } of sessions.values()) {
        channels.clear();
        send(socket, { op: GatewayOpcodes.InvalidSession, d: false });
      }
    },
    async close() {
      for (const socket of sockets.clients) socket.terminate();
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
};
