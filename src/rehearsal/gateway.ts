import type { IncomingMessage, Server } from "node:http";
import { GatewayOpcodes } from "discord-api-types/v10";
import { WebSocket, WebSocketServer } from "ws";
import { BOT_ID, GUILD_ID, guildJson, type Json, memberJson, userJson, type World } from "./world.ts";

const HEARTBEAT_INTERVAL = 41_250;
/** Intents that Discord grants on application only: members, presences, message content. */
const PRIVILEGED_INTENTS = (1 << 1) | (1 << 8) | (1 << 15);

/** Which intent lets an event through. */
const INTENT_OF: Readonly<Record<string, number>> = {
  GUILD_CREATE: 1 << 0,
  GUILD_DELETE: 1 << 0,
  CHANNEL_CREATE: 1 << 0,
  CHANNEL_UPDATE: 1 << 0,
  CHANNEL_DELETE: 1 << 0,
  GUILD_ROLE_UPDATE: 1 << 0,
  GUILD_MEMBER_ADD: 1 << 1,
  GUILD_MEMBER_REMOVE: 1 << 1,
  VOICE_STATE_UPDATE: 1 << 7,
  VOICE_CHANNEL_EFFECT_SEND: 1 << 7,
  MESSAGE_CREATE: 1 << 9,
  MESSAGE_UPDATE: 1 << 9,
  MESSAGE_DELETE: 1 << 9,
  GUILD_SCHEDULED_EVENT_CREATE: 1 << 16,
  GUILD_SCHEDULED_EVENT_UPDATE: 1 << 16,
  GUILD_SCHEDULED_EVENT_DELETE: 1 << 16,
};

interface GatewaySession {
  readonly id: string;
  readonly intents: number;
  socket: WebSocket | undefined;
  sequence: number;
  readonly sent: Json[];
}

export interface Gateway {
  /** Sends an event to the bot, where its intents let it through; kept for a resume. */
  dispatch(event: string, payload: unknown): void;
  /** Whether the bot has been sent READY and is connected. */
  ready(): boolean;
  close(code: number): void;
  send(payload: Json): void;
  /** Forgets the session, so that it cannot be resumed. */
  forget(): void;
  readonly identifies: () => number;
  stop(): void;
}

/**
 * The main gateway, version 10, JSON without compression.
 * @param onVoiceState opcode 4
 */
export const openGateway = (
  server: Server,
  world: World,
  options: {
    readonly token: string;
    readonly address: () => string;
    readonly onVoiceState: (payload: Json) => void;
    readonly violation: (text: string) => void;
  },
): Gateway => {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: 65_536 });
  let session: GatewaySession | undefined;
  let identifies = 0;
  let readySent = false;

  const sendTo = (socket: WebSocket | undefined, payload: Json) => {
    if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(payload));
  };
  const dispatch = (event: string, payload: unknown) => {
    if (session === undefined) return;
    const intent = INTENT_OF[event];
    if (intent !== undefined && (session.intents & intent) === 0) return;
    session.sequence += 1;
    const frame = { op: GatewayOpcodes.Dispatch, t: event, s: session.sequence, d: payload };
    session.sent.push(frame);
    if (session.sent.length > 2_000) session.sent.shift();
    sendTo(session.socket, frame);
  };

  const identify = (socket: WebSocket, data: Json) => {
    identifies += 1;
    if (data.token !== options.token) return socket.close(4004, "Authentication failed.");
    const intents = Number(data.intents);
    if (!Number.isInteger(intents)) return socket.close(4013, "Invalid intent(s).");
    if ((intents & PRIVILEGED_INTENTS) !== 0) return socket.close(4014, "Disallowed intent(s).");
    session = { id: `session-${world.snowflake()}`, intents, socket, sequence: 0, sent: [] };
    const bot = world.members.get(BOT_ID);
    if (bot !== undefined) bot.online = true;
    dispatch("READY", {
      v: 10,
      user: { ...(bot && userJson(bot)), verified: true, mfa_enabled: true, email: null, flags: 0 },
      guilds: world.botIsMember ? [{ id: GUILD_ID, unavailable: true }] : [],
      session_id: session.id,
      session_type: "normal",
      resume_gateway_url: options.address(),
      shard: data.shard ?? [0, 1],
      application: { id: BOT_ID, flags: 0 },
      geo_ordered_rtc_regions: [],
      private_channels: [],
      presences: [],
      relationships: [],
    });
    if (world.botIsMember && !world.outage) dispatch("GUILD_CREATE", guildJson(world));
    readySent = true;
    world.changed();
  };

  const resume = (socket: WebSocket, data: Json) => {
    if (session === undefined || data.session_id !== session.id || data.token !== options.token) {
      sendTo(socket, { op: GatewayOpcodes.InvalidSession, d: false });
      return;
    }
    session.socket = socket;
    const from = Number(data.seq);
    for (const frame of session.sent) if (Number(frame.s) > from) sendTo(socket, frame);
    dispatch("RESUMED", {});
  };

  sockets.on("connection", (socket) => {
    const beats: number[] = [];
    sendTo(socket, { op: GatewayOpcodes.Hello, d: { heartbeat_interval: HEARTBEAT_INTERVAL } });
    socket.on("error", () => socket.terminate());
    socket.on("close", () => {
      if (session?.socket === socket) session.socket = undefined;
    });
    socket.on("message", (raw) => {
      const now = Date.now();
      beats.push(now);
      while (beats[0] !== undefined && beats[0] < now - 60_000) beats.shift();
      if (beats.length > 120) {
        options.violation("more than 120 gateway sends a minute");
        return socket.close(4008, "Rate limited.");
      }
      let frame: Json;
      try {
        frame = JSON.parse(raw.toString()) as Json;
      } catch {
        return socket.close(4002, "Decode error.");
      }
      const data = frame.d as Json;
      switch (frame.op) {
        case GatewayOpcodes.Heartbeat:
          return sendTo(socket, { op: GatewayOpcodes.HeartbeatAck });
        case GatewayOpcodes.Identify:
          return identify(socket, data);
        case GatewayOpcodes.Resume:
          return resume(socket, data);
        case GatewayOpcodes.VoiceStateUpdate:
          return options.onVoiceState(data);
        case GatewayOpcodes.PresenceUpdate:
          return;
        case GatewayOpcodes.RequestGuildMembers: {
          const wanted = [data.user_ids].flat().filter(Boolean);
          const members = [...world.members.values()].filter((each) => wanted.length === 0 || wanted.includes(each.id));
          return dispatch("GUILD_MEMBERS_CHUNK", {
            guild_id: GUILD_ID,
            members: members.map(memberJson),
            chunk_index: 0,
            chunk_count: 1,
            nonce: data.nonce,
          });
        }
        default:
          return socket.close(4001, "Unknown opcode.");
      }
    });
  });

  server.on("upgrade", (request: IncomingMessage, socket, head) => {
    if (!request.url?.startsWith("/gateway")) return;
    sockets.handleUpgrade(request, socket, head, (ws) => sockets.emit("connection", ws, request));
  });

  return {
    dispatch,
    ready: () => readySent && session?.socket !== undefined,
    close: (code) => session?.socket?.close(code),
    send: (payload) => sendTo(session?.socket, payload),
    forget: () => {
      session = undefined;
    },
    identifies: () => identifies,
    stop() {
      for (const socket of sockets.clients) socket.terminate();
      sockets.close();
    },
  };
};
