import type { IncomingMessage, Server } from "node:http";
import { GatewayOpcodes } from "discord-api-types/v10";
import { WebSocket, WebSocketServer } from "ws";
import type { Json } from "../shared/json.ts";
import { BOT_ID, type GuildState } from "../state/guild.ts";
import { guildJson, memberJson, userJson } from "../state/objects.ts";

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

/** Close codes after which a session cannot be resumed: the bot has left, or Discord has dropped it. */
const UNRESUMABLE_CODES = new Set([1000, 1001, 4007, 4009]);
/** So long Discord keeps the session of a bot whose connection has broken off. */
const RESUME_WINDOW = 60_000;
const MAX_FRAME_BYTES = 4_096;
const MAX_SENDS_PER_MINUTE = 120;

interface GatewaySession {
  readonly id: string;
  readonly intents: number;
  socket: WebSocket | undefined;
  sequence: number;
  readonly replayable: Json[];
}

export interface Gateway {
  /** Sends an event to the bot, where its intents let it through; kept for a resume. */
  dispatch(event: string, payload: unknown): void;
  /** Whether the bot has a session, be its socket open or to be resumed. */
  hasSession(): boolean;
  sessionId(): string | undefined;
  /** Closes the bot's socket with the code. */
  close(code: number): void;
  /** Says that the session is invalid; one that cannot be resumed is over. */
  invalidate(resumable: boolean): void;
  requestReconnect(): void;
  /** Sends this as it stands. */
  sendRaw(text: string): void;
  shutDown(): void;
}

/** The main gateway, version 10: JSON without compression. */
export const openGateway = (
  server: Server,
  guilds: readonly GuildState[],
  options: {
    readonly token: string;
    readonly address: () => string;
    /** Opcode 4. */
    readonly onVoiceState: (payload: Json) => void;
    /** The bot's session is over; it goes offline. */
    readonly onSessionEnd: () => void;
    readonly violation: (text: string) => void;
  },
): Gateway => {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: 65_536 });
  const [first] = guilds as readonly [GuildState];
  let session: GatewaySession | undefined;
  let expiry: NodeJS.Timeout | undefined;

  const sendTo = (socket: WebSocket | undefined, payload: Json) => {
    if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(payload));
  };
  const dispatch = (event: string, payload: unknown) => {
    if (session === undefined) return;
    const intent = INTENT_OF[event];
    if (intent !== undefined && (session.intents & intent) === 0) return;
    session.sequence += 1;
    const frame = { op: GatewayOpcodes.Dispatch, t: event, s: session.sequence, d: payload };
    session.replayable.push(frame);
    if (session.replayable.length > 2_000) session.replayable.shift();
    sendTo(session.socket, frame);
  };

  const setOnline = (online: boolean) => {
    for (const { members } of guilds) {
      const bot = members.get(BOT_ID);
      if (bot !== undefined) bot.online = online;
    }
  };

  const endSession = () => {
    clearTimeout(expiry);
    if (session === undefined) return;
    session = undefined;
    setOnline(false);
    options.onSessionEnd();
    first.notifyChange();
  };

  const identify = (socket: WebSocket, data: Json) => {
    if (data.token !== options.token) return socket.close(4004, "Authentication failed.");
    const intents = Number(data.intents);
    if (!Number.isInteger(intents)) return socket.close(4013, "Invalid intent(s).");
    if ((intents & PRIVILEGED_INTENTS) !== 0) return socket.close(4014, "Disallowed intent(s).");
    const [shard, shards] = (data.shard as number[] | undefined) ?? [0, 1];
    if (!(shard! >= 0 && shard! < shards!)) return socket.close(4010, "Invalid shard.");
    clearTimeout(expiry);
    session = { id: `session-${first.snowflake()}`, intents, socket, sequence: 0, replayable: [] };
    const bot = first.members.get(BOT_ID);
    setOnline(true);
    dispatch("READY", {
      v: 10,
      user: { ...(bot && userJson(bot)), verified: true, mfa_enabled: true, email: null, flags: 0 },
      guilds: guilds.filter((each) => each.botIsMember).map(({ id }) => ({ id, unavailable: true })),
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
    for (const each of guilds) if (each.botIsMember && !each.outage) dispatch("GUILD_CREATE", guildJson(each));
    first.notifyChange();
  };

  const resume = (socket: WebSocket, data: Json) => {
    if (session === undefined || data.session_id !== session.id || data.token !== options.token) {
      sendTo(socket, { op: GatewayOpcodes.InvalidSession, d: false });
      return;
    }
    const from = Number(data.seq);
    if (from > session.sequence) return socket.close(4007, "Invalid seq.");
    clearTimeout(expiry);
    session.socket = socket;
    for (const frame of session.replayable) if (Number(frame.s) > from) sendTo(socket, frame);
    dispatch("RESUMED", {});
  };

  const requestMembers = (data: Json) => {
    const guild = guilds.find(({ id }) => id === data.guild_id);
    if (guild === undefined) return;
    const wanted = [data.user_ids].flat().filter(Boolean);
    const query = typeof data.query === "string" ? data.query : "";
    const members = [...guild.members.values()].filter((each) =>
      wanted.length === 0 ? each.name.startsWith(query) : wanted.includes(each.id),
    );
    dispatch("GUILD_MEMBERS_CHUNK", {
      guild_id: guild.id,
      members: members.map(memberJson),
      chunk_index: 0,
      chunk_count: 1,
      not_found: wanted.filter((each) => !guild.members.has(String(each))),
      nonce: data.nonce,
    });
  };

  const receive = (socket: WebSocket, raw: Buffer) => {
    if (raw.length > MAX_FRAME_BYTES) return socket.close(4002, "Decode error.");
    let frame: Json;
    try {
      frame = JSON.parse(raw.toString()) as Json;
    } catch {
      return socket.close(4002, "Decode error.");
    }
    const data = frame.d as Json;
    const own = session?.socket === socket;
    switch (frame.op) {
      case GatewayOpcodes.Heartbeat:
        return sendTo(socket, { op: GatewayOpcodes.HeartbeatAck });
      case GatewayOpcodes.Identify:
        return own ? socket.close(4005, "Already authenticated.") : identify(socket, data);
      case GatewayOpcodes.Resume:
        return own ? socket.close(4005, "Already authenticated.") : resume(socket, data);
      case GatewayOpcodes.VoiceStateUpdate:
        return own ? options.onVoiceState(data) : socket.close(4003, "Not authenticated.");
      case GatewayOpcodes.RequestGuildMembers:
        return own ? requestMembers(data) : socket.close(4003, "Not authenticated.");
      case GatewayOpcodes.PresenceUpdate:
        return own ? undefined : socket.close(4003, "Not authenticated.");
      default:
        return socket.close(4001, "Unknown opcode.");
    }
  };

  sockets.on("connection", (socket) => {
    const sends: number[] = [];
    sendTo(socket, { op: GatewayOpcodes.Hello, d: { heartbeat_interval: HEARTBEAT_INTERVAL } });
    socket.on("error", () => socket.terminate());
    socket.on("close", (code) => {
      if (session?.socket !== socket) return;
      session.socket = undefined;
      clearTimeout(expiry);
      if (UNRESUMABLE_CODES.has(code)) endSession();
      else expiry = setTimeout(endSession, RESUME_WINDOW).unref();
    });
    socket.on("message", (raw) => {
      const now = performance.now();
      sends.push(now);
      while (sends[0] !== undefined && sends[0] < now - 60_000) sends.shift();
      if (sends.length > MAX_SENDS_PER_MINUTE) {
        options.violation(`more than ${MAX_SENDS_PER_MINUTE} gateway sends a minute`);
        socket.close(4008, "Rate limited.");
        return;
      }
      receive(socket, Buffer.from(raw as Buffer));
    });
  });

  server.on("upgrade", (request: IncomingMessage, socket, head) => {
    const url = new URL(request.url ?? "/", "ws://127.0.0.1");
    if (url.pathname.replace(/\/$/, "") !== "/gateway") {
      socket.destroy();
      return;
    }
    sockets.handleUpgrade(request, socket, head, (ws) => {
      if (url.searchParams.has("compress")) ws.close(4002, "The emulator does not compress.");
      else if ((url.searchParams.get("v") ?? "10") !== "10") ws.close(4012, "Invalid API version.");
      else sockets.emit("connection", ws, request);
    });
  });

  return {
    dispatch,
    hasSession: () => session !== undefined,
    sessionId: () => session?.id,
    close: (code) => session?.socket?.close(code),
    invalidate(resumable) {
      sendTo(session?.socket, { op: GatewayOpcodes.InvalidSession, d: resumable });
      if (!resumable) return endSession();
      // The socket is open still, and waits for the session to be resumed.
      if (session !== undefined) session.socket = undefined;
      return undefined;
    },
    requestReconnect: () => sendTo(session?.socket, { op: GatewayOpcodes.Reconnect, d: null }),
    sendRaw: (text) => session?.socket?.send(text),
    shutDown() {
      clearTimeout(expiry);
      session = undefined;
      for (const socket of sockets.clients) socket.terminate();
      sockets.close();
    },
  };
};
