import type { IncomingMessage, Server } from "node:http";
import { GatewayCloseCodes, GatewayOpcodes } from "discord-api-types/v10";
import { type WebSocket, WebSocketServer } from "ws";
import type { Json } from "../shared/json.ts";
import { BOT_ID, type GuildMember, type GuildState } from "../state/guild.ts";
import { guildJson, memberJson, userJson } from "../state/objects.ts";
import { PRIVILEGED_INTENTS } from "./intents.ts";
import { createSessions, sendTo } from "./session.ts";

/** In milliseconds, as Discord asks for them. */
const HEARTBEAT_INTERVAL = 41_250;
const MAX_FRAME_BYTES = 4_096;
const MAX_SENDS_PER_MINUTE = 120;

/** The main gateway, as the REST API and the scenarios use it. */
export interface Gateway {
  /** Sends an event to the bot, where its intents let it through; kept for a resume. */
  dispatch(event: string, payload: unknown): void;
  /** Whether the bot has a session, be its socket open or to be resumed. */
  hasSession(): boolean;
  sessionId(): string | undefined;
  /** Closes the bot's socket with the code. */
  close(code: number): void;
  /** Leaves new sockets without a Hello while it is on. */
  hold(on: boolean): void;
  /** Says that the session is invalid; one that cannot be resumed is over. */
  invalidate(resumable: boolean): void;
  requestReconnect(): void;
  /** Sends this as it stands. */
  sendRaw(text: string): void;
  /** Closes all sockets; the bot's session is forgotten. */
  shutDown(): void;
}

/** What the gateway needs to know, and whom it tells. */
export interface GatewayOptions {
  /** The one token that may identify. */
  readonly token: string;
  /** Its own address, for READY's `resume_gateway_url`. */
  readonly address: () => string;
  /** Opcode 4. */
  readonly onVoiceState: (payload: Json) => void;
  /** The bot's session is over; it goes offline. */
  readonly onSessionEnd: () => void;
  readonly violation: (text: string) => void;
}

const readyPayload = (
  guilds: readonly GuildState[],
  bot: GuildMember,
  { id, shard, address }: { readonly id: string; readonly shard: unknown; readonly address: string },
): Json => ({
  v: 10,
  user: { ...userJson(bot), verified: true, mfa_enabled: true, email: null, flags: 0 },
  guilds: guilds.filter((each) => each.botIsMember).map((each) => ({ id: each.id, unavailable: true })),
  session_id: id,
  session_type: "normal",
  resume_gateway_url: address,
  shard,
  application: { id: BOT_ID, flags: 0 },
  geo_ordered_rtc_regions: [],
  private_channels: [],
  presences: [],
  relationships: [],
});

/** The answer to opcode 8, in one chunk. */
const membersChunk = (guild: GuildState, data: Json): Json => {
  const wanted = [data.user_ids].flat().filter(Boolean);
  const query = typeof data.query === "string" ? data.query : "";
  const members = [...guild.members.values()].filter((each) =>
    wanted.length === 0 ? each.name.startsWith(query) : wanted.includes(each.id),
  );
  return {
    guild_id: guild.id,
    members: members.map(memberJson),
    chunk_index: 0,
    chunk_count: 1,
    not_found: wanted.filter((each) => !guild.members.has(String(each))),
    nonce: data.nonce,
  };
};

const parseFrame = (raw: Buffer): Json | undefined => {
  if (raw.length > MAX_FRAME_BYTES) return undefined;
  try {
    return JSON.parse(raw.toString()) as Json;
  } catch {
    return undefined;
  }
};

/** The close code with which an Identify is refused, or undefined for one that is taken. */
const identifyFault = (data: Json, token: string): GatewayCloseCodes | undefined => {
  if (data.token !== token) return GatewayCloseCodes.AuthenticationFailed;
  const intents = Number(data.intents);
  if (!Number.isInteger(intents)) return GatewayCloseCodes.InvalidIntents;
  if ((intents & PRIVILEGED_INTENTS) !== 0) return GatewayCloseCodes.DisallowedIntents;
  const [shard = Number.NaN, shards = Number.NaN] = (data.shard as number[] | undefined) ?? [0, 1];
  return shard >= 0 && shard < shards ? undefined : GatewayCloseCodes.InvalidShard;
};

/** Counts what a socket sends. @returns whether it is more than Discord takes in a minute */
const createSendLimit = () => {
  const sends: number[] = [];
  return (): boolean => {
    const now = performance.now();
    sends.push(now);
    while (sends[0] !== undefined && sends[0] < now - 60_000) sends.shift();
    return sends.length > MAX_SENDS_PER_MINUTE;
  };
};

/** Takes WebSocket connections to `/gateway` of an HTTP server. */
const acceptSockets = (server: Server, onSocket: (socket: WebSocket) => void): WebSocketServer => {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: 65_536 });
  server.on("upgrade", (request: IncomingMessage, socket, head) => {
    const url = new URL(request.url ?? "/", "ws://127.0.0.1");
    if (url.pathname.replace(/\/$/, "") !== "/gateway") {
      socket.destroy();
      return;
    }
    sockets.handleUpgrade(request, socket, head, (opened) => {
      if (url.searchParams.has("compress"))
        opened.close(GatewayCloseCodes.DecodeError, "The emulator does not compress.");
      else if ((url.searchParams.get("v") ?? "10") !== "10")
        opened.close(GatewayCloseCodes.InvalidAPIVersion, "Invalid API version.");
      else onSocket(opened);
    });
  });
  return sockets;
};

/**
 * The main gateway, version 10: JSON without compression, for one bot.
 * @param server HTTP server whose path `/gateway` it takes
 * @param guilds all guilds, the first one first; more may be added to the list later
 */
export const openGateway = (server: Server, guilds: readonly GuildState[], options: GatewayOptions): Gateway => {
  const [first] = guilds;
  if (first === undefined) throw new Error("The gateway needs a guild.");

  const setOnline = (online: boolean) => {
    for (const { botMember } of guilds) botMember.online = online;
  };
  const sessions = createSessions(() => {
    setOnline(false);
    options.onSessionEnd();
    first.notifyChange();
  });

  const identify = (socket: WebSocket, data: Json) => {
    const fault = identifyFault(data, options.token);
    if (fault !== undefined) return socket.close(fault);
    const id = `session-${first.snowflake()}`;
    sessions.begin(id, Number(data.intents), socket);
    setOnline(true);
    const ready = { id, shard: data.shard ?? [0, 1], address: options.address() };
    sessions.dispatch("READY", readyPayload(guilds, first.botMember, ready));
    for (const each of guilds) if (each.botIsMember && !each.outage) sessions.dispatch("GUILD_CREATE", guildJson(each));
    first.notifyChange();
  };
  const resume = (socket: WebSocket, data: Json) => {
    const result = data.token === options.token && sessions.resume(data.session_id, Number(data.seq), socket);
    if (result === "invalid") socket.close(GatewayCloseCodes.InvalidSeq);
    else if (result !== "resumed") sendTo(socket, { op: GatewayOpcodes.InvalidSession, d: false });
  };
  const requestMembers = (data: Json) => {
    const guild = guilds.find(({ id }) => id === data.guild_id);
    if (guild !== undefined) sessions.dispatch("GUILD_MEMBERS_CHUNK", membersChunk(guild, data));
  };

  const receive = (socket: WebSocket, raw: Buffer) => {
    const frame = parseFrame(raw);
    if (frame === undefined) return socket.close(GatewayCloseCodes.DecodeError);
    const data = frame.d as Json;
    const isIdentified = sessions.current()?.socket === socket;
    const identified = (act: () => void) => (isIdentified ? act() : socket.close(GatewayCloseCodes.NotAuthenticated));
    const anonymous = (act: () => void) =>
      isIdentified ? socket.close(GatewayCloseCodes.AlreadyAuthenticated) : act();
    switch (frame.op) {
      case GatewayOpcodes.Heartbeat:
        return sendTo(socket, { op: GatewayOpcodes.HeartbeatAck });
      case GatewayOpcodes.Identify:
        return anonymous(() => identify(socket, data));
      case GatewayOpcodes.Resume:
        return anonymous(() => resume(socket, data));
      case GatewayOpcodes.VoiceStateUpdate:
        return identified(() => options.onVoiceState(data));
      case GatewayOpcodes.RequestGuildMembers:
        return identified(() => requestMembers(data));
      case GatewayOpcodes.PresenceUpdate:
        return identified(() => undefined);
      default:
        return socket.close(GatewayCloseCodes.UnknownOpcode);
    }
  };

  /** Sockets that wait for their Hello; undefined where none has to wait. */
  let held: WebSocket[] | undefined;
  const greet = (socket: WebSocket) =>
    sendTo(socket, { op: GatewayOpcodes.Hello, d: { heartbeat_interval: HEARTBEAT_INTERVAL } });

  const sockets = acceptSockets(server, (socket) => {
    const isOverLimit = createSendLimit();
    if (held === undefined) greet(socket);
    else held.push(socket);
    socket.on("error", () => socket.terminate());
    socket.on("close", (code) => sessions.onClose(socket, code));
    socket.on("message", (raw) => {
      if (!isOverLimit()) return receive(socket, Buffer.from(raw as Buffer));
      options.violation(`more than ${MAX_SENDS_PER_MINUTE} gateway sends a minute`);
      return socket.close(GatewayCloseCodes.RateLimited);
    });
  });
  const socket = () => sessions.current()?.socket;

  return {
    dispatch: sessions.dispatch,
    hasSession: () => sessions.current() !== undefined,
    sessionId: () => sessions.current()?.id,
    close: (code) => socket()?.close(code),
    hold(on) {
      const waiting = held ?? [];
      held = on ? waiting : undefined;
      if (!on) for (const each of waiting) greet(each);
    },
    invalidate(resumable) {
      sendTo(socket(), { op: GatewayOpcodes.InvalidSession, d: resumable });
      if (resumable) sessions.detach();
      else sessions.end();
    },
    requestReconnect: () => sendTo(socket(), { op: GatewayOpcodes.Reconnect, d: null }),
    sendRaw: (text) => socket()?.send(text),
    shutDown() {
      sessions.shutDown();
      for (const each of sockets.clients) each.terminate();
      sockets.close();
    },
  };
};
