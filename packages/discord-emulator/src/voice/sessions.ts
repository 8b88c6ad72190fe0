import type { Snowflake } from "discord-api-types/v10";
import { type Millis, seconds } from "../shared/units.ts";
import type { Call } from "./call.ts";
import { type Connection, createConnection } from "./connection.ts";
import type { FaultState } from "./faultState.ts";
import { CloseCode } from "./protocol.ts";
import type { VoiceCredentials } from "./types.ts";

/** How long a session whose socket is gone may be resumed. */
const RESUME_WINDOW: Millis = seconds(15);

/** What the sessions need of the voice server. */
export interface SessionOptions {
  readonly faults: FaultState;
  callIn(guild: Snowflake, channel: Snowflake): Call;
  /** Sends to the client of that SSRC over UDP. */
  send(ssrc: number, datagram: Buffer): void;
}

/** The voice sessions of bots: one per bot and guild, from Identify until it is over. */
export const createVoiceSessions = ({ faults, callIn, send }: SessionOptions) => {
  const credentials = new Map<string, VoiceCredentials>();
  const connections = new Map<string, Connection>();
  const bySsrc = new Map<number, Connection>();
  const expiring = new Map<Connection, NodeJS.Timeout>();
  const deaf = new Set<string>();
  let lastSsrc = 0;

  const keyOf = (guild: Snowflake, user: Snowflake) => `${guild} ${user}`;
  const inGuild = (guild: Snowflake) => [...connections.values()].filter((each) => each.credentials.guild === guild);
  const keep = (connection: Connection) => {
    clearTimeout(expiring.get(connection));
    expiring.delete(connection);
  };

  return {
    inGuild,
    bySsrc: (ssrc: number): Connection | undefined => bySsrc.get(ssrc),

    authorise(given: VoiceCredentials): void {
      credentials.set(keyOf(given.guild, given.user), given);
    },
    credentials: (guild: Snowflake, user: Snowflake): VoiceCredentials | undefined =>
      credentials.get(keyOf(guild, user)),
    setDeaf(guild: Snowflake, user: Snowflake, on: boolean): void {
      if (on) deaf.add(keyOf(guild, user));
      else deaf.delete(keyOf(guild, user));
    },

    /** A new session; an older one of the same bot in the guild is over. */
    open(given: VoiceCredentials): Connection {
      const key = keyOf(given.guild, given.user);
      const older = connections.get(key);
      older?.end();
      older?.outgoing.socket()?.close(CloseCode.sessionInvalid);
      lastSsrc += 1;
      const connection = createConnection(given, lastSsrc, callIn(given.guild, given.channel), faults, {
        isDeaf: () => deaf.has(key),
        send: (datagram) => send(connection.ssrc, datagram),
        onEnd() {
          keep(connection);
          bySsrc.delete(connection.ssrc);
          if (connections.get(key) === connection) connections.delete(key);
        },
      });
      connections.set(key, connection);
      bySsrc.set(connection.ssrc, connection);
      return connection;
    },
    /** The session that a Resume names, while it may still be resumed. */
    find(guild: Snowflake, sessionId: string, token: string): Connection | undefined {
      const found = inGuild(guild).find(({ credentials: own }) => own.sessionId === sessionId && own.token === token);
      if (found !== undefined) keep(found);
      return found;
    },
    /** The socket of a session is gone; the session may be resumed for a while. */
    lost(connection: Connection): void {
      const { guild, user } = connection.credentials;
      if (connections.get(keyOf(guild, user)) !== connection) return;
      keep(connection);
      expiring.set(connection, setTimeout(connection.end, RESUME_WINDOW).unref());
    },
    /** The bot is no longer in a voice channel: its session is over, and its socket is closed with the code. */
    disconnect(guild: Snowflake, user: Snowflake, code: number): void {
      credentials.delete(keyOf(guild, user));
      const connection = connections.get(keyOf(guild, user));
      if (connection === undefined) return;
      const socket = connection.outgoing.socket();
      connection.end();
      socket?.close(code);
    },
    close(): void {
      for (const connection of [...connections.values()]) connection.end();
    },
  };
};
