import type { Snowflake } from "discord-api-types/v10";
import { seconds } from "../shared/units.ts";
import { type Call, createCall } from "./call.ts";
import { certificates } from "./certificates.ts";
import { type Connection, createConnection } from "./connection.ts";
import { noFaults } from "./faultState.ts";
import { serveSocket, type VoiceSessions } from "./gatewaySocket.ts";
import { CloseCode } from "./protocol.ts";
import { openSecureServer } from "./secureServer.ts";
import type { VoiceCredentials, VoiceFaults, VoiceServer, VoiceStatistics } from "./types.ts";
import { openUdp } from "./udp.ts";

/** So long may a session whose socket is gone be resumed. */
const RESUME_WINDOW = seconds(15);

const mayResume = (code: number): boolean => code < 4000 || code === 4015;

/**
 * A voice server as Discord's is, on this machine alone.
 * @param options.certificatesIn folder in which the certificates are kept for the next start
 * @returns with `certificateAuthority`, the PEM file that NODE_EXTRA_CA_CERTS is to name
 */
export const startVoiceServer = async (
  options: { certificatesIn?: string } = {},
): Promise<VoiceServer & { readonly certificateAuthority: string }> => {
  const state = noFaults();
  const credentials = new Map<string, VoiceCredentials>();
  const calls = new Map<string, Call>();
  const connections = new Map<string, Connection>();
  const bySsrc = new Map<number, Connection>();
  const expiring = new Map<Connection, NodeJS.Timeout>();
  const deafened = new Set<string>();
  const violations: string[] = [];
  const counts: { -readonly [Name in keyof VoiceStatistics]: number } = {
    packets: 0,
    unencrypted: 0,
    undecryptable: 0,
    lost: 0,
    reordered: 0,
    identifyAttempts: 0,
    identified: 0,
    resumed: 0,
  };
  let lastSsrc = 0;

  const violation = (text: string) => {
    if (violations.length < 1_000) violations.push(text);
  };
  const keyOf = (guild: string, user: string) => `${guild} ${user}`;
  const callIn = (guild: Snowflake, channel: Snowflake): Call => {
    const key = `${guild} ${channel}`;
    const call = calls.get(key) ?? createCall(channel, () => state.daveDelay, violation);
    calls.set(key, call);
    return call;
  };
  const inGuild = (guild: Snowflake) => [...connections.values()].filter((each) => each.credentials.guild === guild);

  const open = (ticket: VoiceCredentials): Connection => {
    const key = keyOf(ticket.guild, ticket.user);
    const older = connections.get(key);
    older?.end();
    older?.outgoing.socket()?.close(CloseCode.sessionInvalid);
    const call = callIn(ticket.guild, ticket.channel);
    lastSsrc += 1;
    const connection = createConnection(ticket, lastSsrc, call, state, {
      isDeaf: () => deafened.has(key),
      send: (datagram) => udp.send(connection.ssrc, datagram),
      onEnd() {
        clearTimeout(expiring.get(connection));
        expiring.delete(connection);
        bySsrc.delete(connection.ssrc);
        if (connections.get(key) === connection) connections.delete(key);
      },
    });
    connections.set(key, connection);
    bySsrc.set(connection.ssrc, connection);
    return connection;
  };

  const udp = await openUdp(
    state,
    (packet, at) => {
      const received = bySsrc.get(packet.ssrc)?.receivePacket(packet, at);
      if (received === undefined) return;
      counts.packets += 1;
      counts.lost = Math.max(0, counts.lost + received.lost);
      if (received.reordered) counts.reordered += 1;
      if (received.unencrypted) counts.unencrypted += 1;
      if (received.undecryptable) counts.undecryptable += 1;
      if (received.violation !== undefined) violation(received.violation);
    },
    violation,
  );
  const sessions: VoiceSessions = {
    faults: state,
    udpPort: udp.port,
    credentials: (guild, user) => credentials.get(keyOf(guild, user)),
    open,
    find: (guild, sessionId, token) => {
      const found = inGuild(guild).find(
        ({ credentials }) => credentials.sessionId === sessionId && credentials.token === token,
      );
      if (found !== undefined) clearTimeout(expiring.get(found));
      return found;
    },
    lost: (connection) => {
      if (connections.get(keyOf(connection.credentials.guild, connection.credentials.user)) !== connection) return;
      clearTimeout(expiring.get(connection));
      expiring.set(connection, setTimeout(connection.end, RESUME_WINDOW).unref());
    },
    count: (what) => {
      counts[what] += 1;
    },
    violation,
  };
  const files = await certificates(options.certificatesIn);
  const [first, second] = await Promise.all([
    openSecureServer(files, (socket) => serveSocket(socket, sessions)),
    openSecureServer(files, (socket) => serveSocket(socket, sessions)),
  ]);

  const hangUp = (connection: Connection, code: number) => {
    const socket = connection.outgoing.socket();
    if (!mayResume(code)) connection.end();
    if (code === 1006) socket?.terminate();
    else socket?.close(code);
  };

  const faults: VoiceFaults = {
    closeSocket: (guild, code) => {
      for (const connection of inGuild(guild)) hangUp(connection, code);
    },
    sendRaw: (guild, message) => {
      for (const connection of inGuild(guild)) connection.outgoing.socket()?.send(message);
    },
    rejectIdentify: (code, times = Number.POSITIVE_INFINITY) => {
      state.rejectIdentify = { code, times };
    },
    rejectResume: (on) => {
      state.rejectResume = on;
    },
    replayBeforeResumed: (on) => {
      state.replayBeforeResumed = on;
    },
    refuseConnections: async (on) => {
      await Promise.all([first.accept(!on), second.accept(!on)]);
    },
    dropDiscovery: (times) => {
      state.discoveriesToDrop = times;
    },
    dropUdp: (on) => {
      state.dropUdp = on;
    },
    forgetIdlePorts: (after) => {
      state.forgetIdleAfter = after;
    },
    stall: (on) => {
      state.stalled = on;
      for (const socket of [...first.sockets, ...second.sockets]) on ? socket.pause() : socket.resume();
    },
    delayDave: (delay) => {
      state.daveDelay = delay;
    },
    corruptDave: () => {
      state.corruptNext = true;
    },
    heartbeatInterval: (every) => {
      state.heartbeatInterval = every;
    },
    offerModes: (modes) => {
      state.modes = modes;
    },
  };

  return {
    endpoint: first.endpoint,
    alternateEndpoint: second.endpoint,
    certificateAuthority: files.authority,
    faults,
    violations,
    get statistics() {
      return { ...counts };
    },
    authorise: (ticket) => {
      credentials.set(keyOf(ticket.guild, ticket.user), ticket);
    },
    disconnect(guild: Snowflake, user: Snowflake, code: number = CloseCode.disconnected) {
      credentials.delete(keyOf(guild, user));
      const connection = connections.get(keyOf(guild, user));
      if (connection === undefined) return;
      const socket = connection.outgoing.socket();
      connection.end();
      socket?.close(code);
    },
    setDeaf(guild, user, on) {
      if (on) deafened.add(keyOf(guild, user));
      else deafened.delete(keyOf(guild, user));
    },
    join: (guild, channel, user) => callIn(guild, channel).addListener(user),
    connection: (guild) => inGuild(guild)[0]?.report(),
    async close() {
      for (const connection of [...connections.values()]) connection.end();
      for (const call of calls.values()) call.close();
      await Promise.all([first.close(), second.close(), udp.close()]);
    },
  };
};
