import type { IncomingMessage, Server } from "node:http";
import { GatewayCloseCodes, GatewayOpcodes } from "discord-api-types/v10";
import { type WebSocket, WebSocketServer } from "ws";
import type { GatewayLimits } from "../api.ts";
import type { Json } from "../shared/json.ts";
import { BOT_ID, type GuildMember, type GuildState } from "../state/guild.ts";
import { guildJson, memberJson, userJson } from "../state/objects.ts";
import { PRIVILEGED_INTENTS } from "./intents.ts";
import { createSession, type Session, sendTo } from "./session.ts";
import { createSessionStarts } from "./sessionStarts.ts";
import { carries, parseShard, type Shard } from "./shards.ts";

/** In milliseconds, as Discord asks for them. */
const HEARTBEAT_INTERVAL = 41_250;
const MAX_FRAME_BYTES = 4_096;
const MAX_SENDS_PER_MINUTE = 120;
/** Guilds that one shard may carry, where the options do not say. */
const GUILDS_PER_SHARD = 2_500;

/** The main gateway of one guild: what it does is done to the shard that carries the guild, and to no other. */
export interface Gateway {
  /**
   * Sends an event to the bots, where their intents let it through; kept for a resume.
   * @param only the one bot that it is for; absent: all of them
   */
  dispatch(event: string, payload: unknown, only?: string): void;
  /** Whether a bot has a session, be its socket open or to be resumed; by default the one that the emulator is for. */
  hasSession(bot?: string): boolean;
  /** Closes the bot's socket with the code. */
  close(code: number): void;
  /** Leaves new sockets, of whichever shard, without a Hello while it is on. */
  hold(on: boolean): void;
  /** Says that the session is invalid; one that cannot be resumed is over. */
  invalidate(resumable: boolean): void;
  requestReconnect(): void;
  /** Sends this as it stands. */
  sendRaw(text: string): void;
}

/** The main gateway of all guilds. */
export interface GatewayServer {
  /** The gateway as one guild's scenarios and routes use it. */
  of(guild: string): Gateway;
  /** The bot's shards that have a session, in the order in which they identified. */
  shards(): readonly Shard[];
  /** The recommended number of shards and the limit of session starts, as `GET /gateway/bot` says them. */
  limits(bot: string): Json;
  /** Closes all sockets; the bot's sessions are forgotten. */
  shutDown(): void;
}

/** What the gateway needs to know, and whom it tells. */
export interface GatewayOptions {
  /** The bots that may identify, by their tokens. */
  readonly bots: ReadonlyMap<string, string>;
  /** Its own address, for READY's `resume_gateway_url`. */
  readonly address: () => string;
  readonly limits: GatewayLimits;
  /** Opcode 4 of a bot, and the session that has sent it. */
  readonly onVoiceState: (payload: Json, session: Pick<Session, "id" | "bot">) => void;
  /** A session of the guild's shard is over, and its voice state with it. */
  readonly onSessionEnd: (guild: string, session: Pick<Session, "id" | "bot">) => void;
  readonly violation: (text: string) => void;
}

/** Helpers stay where the bot has been removed. */
const isIn = (guild: GuildState, bot: string): boolean => bot !== BOT_ID || guild.botIsMember;

const readyPayload = (
  guilds: readonly GuildState[],
  bot: GuildMember,
  { id, shard, address }: { readonly id: string; readonly shard: Shard; readonly address: string },
): Json => ({
  v: 10,
  user: { ...userJson(bot), verified: true, mfa_enabled: true, email: null, flags: 0 },
  guilds: guilds.filter((each) => isIn(each, bot.id)).map((each) => ({ id: each.id, unavailable: true })),
  session_id: id,
  session_type: "normal",
  resume_gateway_url: address,
  shard,
  application: { id: bot.id, flags: 0 },
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
const identifyFault = (data: Json, bot: string | undefined): GatewayCloseCodes | undefined => {
  if (bot === undefined) return GatewayCloseCodes.AuthenticationFailed;
  const intents = Number(data.intents);
  if (!Number.isInteger(intents)) return GatewayCloseCodes.InvalidIntents;
  if ((intents & PRIVILEGED_INTENTS) !== 0) return GatewayCloseCodes.DisallowedIntents;
  return parseShard(data.shard) === undefined ? GatewayCloseCodes.InvalidShard : undefined;
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
 * The main gateway, version 10: JSON without compression, for bots with any number of shards.
 * @param server HTTP server whose path `/gateway` it takes
 * @param guilds all guilds, the first one first; more may be added to the list later
 */
export const openGateway = (server: Server, guilds: readonly GuildState[], options: GatewayOptions): GatewayServer => {
  const [first] = guilds;
  if (first === undefined) throw new Error("The gateway needs a guild.");
  const { guildsPerShard = GUILDS_PER_SHARD } = options.limits;
  const starts = new Map([...options.bots.values()].map((bot) => [bot, createSessionStarts(options.limits)] as const));
  const sessions = new Set<Session>();

  const carriedBy = (shard: Shard) => guilds.filter(({ id }) => carries(shard, id));
  const sessionsOf = (guild: string, bot?: string) =>
    [...sessions].filter((each) => carries(each.shard, guild) && (bot ?? each.bot) === each.bot);
  const sessionAt = (socket: WebSocket) => [...sessions].find((each) => each.socket() === socket);

  const onEnd = (session: Session) => {
    sessions.delete(session);
    for (const { id, members } of carriedBy(session.shard)) {
      options.onSessionEnd(id, session);
      if (sessionsOf(id, session.bot).length === 0) members.get(session.bot)!.online = false;
    }
    first.notifyChange();
  };

  const begin = (socket: WebSocket, bot: string, intents: number, shard: Shard) => {
    // A session whose bot has gone without a word is forgotten; with an open socket it goes on beside the new one.
    for (const each of sessions) {
      if (each.socket() !== undefined || each.bot !== bot || String(each.shard) !== String(shard)) continue;
      each.shutDown();
      sessions.delete(each);
    }
    const id = `session-${first.snowflake()}`;
    const session: Session = createSession({ id, bot, intents, shard }, socket, () => onEnd(session));
    sessions.add(session);
    const carried = carriedBy(shard);
    for (const { members } of carried) members.get(bot)!.online = true;
    const self = first.members.get(bot)!;
    session.dispatch("READY", readyPayload(carried, self, { id, shard, address: options.address() }));
    for (const each of carried) if (isIn(each, bot) && !each.outage) session.dispatch("GUILD_CREATE", guildJson(each));
    first.notifyChange();
  };
  const identify = (socket: WebSocket, data: Json) => {
    const shard = parseShard(data.shard);
    const bot = options.bots.get(String(data.token));
    const fault = identifyFault(data, bot);
    if (fault !== undefined || shard === undefined || bot === undefined) return socket.close(fault);
    if (carriedBy(shard).filter((each) => isIn(each, bot)).length > guildsPerShard)
      return socket.close(GatewayCloseCodes.ShardingRequired);
    const counted = starts.get(bot)!.count(shard[0]);
    if (counted === "accepted") return begin(socket, bot, Number(data.intents), shard);
    options.violation(`shard ${shard[0]} identified ${counted === "early" ? "too soon" : "more often than in a day"}`);
    // Discord ends every session of a bot that has used up its day, and resets its token.
    if (counted === "exhausted") return socket.close(GatewayCloseCodes.AuthenticationFailed);
    return sendTo(socket, { op: GatewayOpcodes.InvalidSession, d: false });
  };
  const resume = (socket: WebSocket, data: Json) => {
    const session = [...sessions].find(({ id }) => id === data.session_id);
    if (session === undefined || options.bots.get(String(data.token)) !== session.bot)
      return sendTo(socket, { op: GatewayOpcodes.InvalidSession, d: false });
    if (!session.resume(Number(data.seq), socket)) socket.close(GatewayCloseCodes.InvalidSeq);
  };
  const requestMembers = (session: Session, data: Json) => {
    const guild = carriedBy(session.shard).find(({ id }) => id === data.guild_id);
    if (guild !== undefined) session.dispatch("GUILD_MEMBERS_CHUNK", membersChunk(guild, data));
  };

  const receive = (socket: WebSocket, raw: Buffer) => {
    const frame = parseFrame(raw);
    if (frame === undefined) return socket.close(GatewayCloseCodes.DecodeError);
    const data = frame.d as Json;
    const session = sessionAt(socket);
    const identified = (act: (session: Session) => void) =>
      session !== undefined ? act(session) : socket.close(GatewayCloseCodes.NotAuthenticated);
    const anonymous = (act: () => void) =>
      session !== undefined ? socket.close(GatewayCloseCodes.AlreadyAuthenticated) : act();
    switch (frame.op) {
      case GatewayOpcodes.Heartbeat:
        return sendTo(socket, { op: GatewayOpcodes.HeartbeatAck });
      case GatewayOpcodes.Identify:
        return anonymous(() => identify(socket, data));
      case GatewayOpcodes.Resume:
        return anonymous(() => resume(socket, data));
      case GatewayOpcodes.VoiceStateUpdate:
        // A shard is not heard about guilds that it does not carry.
        return identified((own) => carries(own.shard, String(data.guild_id)) && options.onVoiceState(data, own));
      case GatewayOpcodes.RequestGuildMembers:
        return identified((own) => requestMembers(own, data));
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
    socket.on("close", (code) => {
      for (const session of sessions) session.onClose(socket, code);
    });
    socket.on("message", (raw) => {
      if (!isOverLimit()) return receive(socket, Buffer.from(raw as Buffer));
      options.violation(`more than ${MAX_SENDS_PER_MINUTE} gateway sends a minute`);
      return socket.close(GatewayCloseCodes.RateLimited);
    });
  });

  return {
    of(guild) {
      const current = (bot = BOT_ID) => sessionsOf(guild, bot).at(-1);
      return {
        dispatch(event, payload, only) {
          for (const session of sessionsOf(guild, only)) session.dispatch(event, payload);
        },
        hasSession: (bot) => current(bot) !== undefined,
        close: (code) => current()?.socket()?.close(code),
        hold(on) {
          const waiting = held ?? [];
          held = on ? waiting : undefined;
          if (!on) for (const each of waiting) greet(each);
        },
        invalidate(resumable) {
          const session = current();
          sendTo(session?.socket(), { op: GatewayOpcodes.InvalidSession, d: resumable });
          if (resumable) session?.detach();
          else session?.end();
        },
        requestReconnect: () => sendTo(current()?.socket(), { op: GatewayOpcodes.Reconnect, d: null }),
        sendRaw: (text) => current()?.socket()?.send(text),
      };
    },
    shards: () => [...sessions].filter(({ bot }) => bot === BOT_ID).map(({ shard }) => shard),
    limits: (bot) => starts.get(bot)?.limits() ?? {},
    shutDown() {
      for (const session of sessions) session.shutDown();
      sessions.clear();
      for (const each of sockets.clients) each.terminate();
      sockets.close();
    },
  };
};
