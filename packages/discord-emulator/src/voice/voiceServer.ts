import type { Snowflake } from "discord-api-types/v10";
import { seconds } from "../shared/units.ts";
import { type Call, createCall } from "./call.ts";
import { certificates } from "./certificates.ts";
import { type Connection, createConnection } from "./connection.ts";
import { noFaults } from "./faultState.ts";
import { type Desk, serveSocket } from "./gatewaySocket.ts";
import { CloseCode } from "./protocol.ts";
import { listen } from "./secureServer.ts";
import type { VoiceCounts, VoiceFaults, VoiceServer, VoiceTicket } from "./types.ts";
import { openUdp } from "./udp.ts";

/** So long may a session whose socket is gone be resumed. */
const RESUMABLE = seconds(15);

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
  const tickets = new Map<string, VoiceTicket>();
  const calls = new Map<string, Call>();
  const connections = new Map<string, Connection>();
  const bySsrc = new Map<number, Connection>();
  const expiring = new Map<Connection, NodeJS.Timeout>();
  const deafened = new Set<string>();
  const violations: string[] = [];
  const counts: { -readonly [Name in keyof VoiceCounts]: number } = {
    packets: 0,
    inTheClear: 0,
    undecryptable: 0,
    lost: 0,
    reordered: 0,
    attempts: 0,
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
  const inGuild = (guild: Snowflake) => [...connections.values()].filter((each) => each.ticket.guild === guild);

  const open = (ticket: VoiceTicket): Connection => {
    const key = keyOf(ticket.guild, ticket.user);
    const older = connections.get(key);
    older?.end();
    older?.link.socket()?.close(CloseCode.sessionInvalid);
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
      const received = bySsrc.get(packet.ssrc)?.receive(packet, at);
      if (received === undefined) return;
      counts.packets += 1;
      counts.lost = Math.max(0, counts.lost + received.lost);
      if (received.reordered) counts.reordered += 1;
      if (received.inTheClear) counts.inTheClear += 1;
      if (received.undecryptable) counts.undecryptable += 1;
      if (received.violation !== undefined) violation(received.violation);
    },
    violation,
  );
  const desk: Desk = {
    faults: state,
    udpPort: udp.port,
    ticket: (guild, user) => tickets.get(keyOf(guild, user)),
    open,
    find: (guild, sessionId, token) => {
      const found = inGuild(guild).find(({ ticket }) => ticket.sessionId === sessionId && ticket.token === token);
      if (found !== undefined) clearTimeout(expiring.get(found));
      return found;
    },
    lost: (connection) => {
      if (connections.get(keyOf(connection.ticket.guild, connection.ticket.user)) !== connection) return;
      clearTimeout(expiring.get(connection));
      expiring.set(connection, setTimeout(connection.end, RESUMABLE).unref());
    },
    count: (what) => {
      counts[what] += 1;
    },
    violation,
  };
  const files = await certificates(options.certificatesIn);
  const [first, second] = await Promise.all([
    listen(files, (socket) => serveSocket(socket, desk)),
    listen(files, (socket) => serveSocket(socket, desk)),
  ]);

  const hangUp = (connection: Connection, code: number) => {
    const socket = connection.link.socket();
    if (!mayResume(code)) connection.end();
    if (code === 1006) socket?.terminate();
    else socket?.close(code);
  };

  const faults: VoiceFaults = {
    closeSocket: (guild, code) => {
      for (const connection of inGuild(guild)) hangUp(connection, code);
    },
    babble: (guild, message) => {
      for (const connection of inGuild(guild)) connection.link.socket()?.send(message);
    },
    refuseIdentify: (code, times = Number.POSITIVE_INFINITY) => {
      state.refuseIdentify = { code, times };
    },
    refuseResume: (on) => {
      state.refuseResume = on;
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
    blackHole: (on) => {
      state.blackHole = on;
    },
    forgetIdle: (after) => {
      state.forgetIdleAfter = after;
    },
    deaf: (on) => {
      state.deaf = on;
      for (const socket of [...first.sockets, ...second.sockets]) on ? socket.pause() : socket.resume();
    },
    delayDave: (delay) => {
      state.daveDelay = delay;
    },
    corruptDave: () => {
      state.corruptNext = true;
    },
    heartbeat: (every) => {
      state.heartbeat = every;
    },
    offerModes: (modes) => {
      state.modes = modes;
    },
  };

  return {
    endpoint: first.endpoint,
    otherEndpoint: second.endpoint,
    certificateAuthority: files.authority,
    faults,
    violations,
    get counts() {
      return { ...counts };
    },
    admit: (ticket) => {
      tickets.set(keyOf(ticket.guild, ticket.user), ticket);
    },
    dismiss(guild: Snowflake, user: Snowflake, code: number = CloseCode.disconnected) {
      tickets.delete(keyOf(guild, user));
      const connection = connections.get(keyOf(guild, user));
      if (connection === undefined) return;
      const socket = connection.link.socket();
      connection.end();
      socket?.close(code);
    },
    deafen(guild, user, on) {
      if (on) deafened.add(keyOf(guild, user));
      else deafened.delete(keyOf(guild, user));
    },
    enter: (guild, channel, user) => callIn(guild, channel).enter(user),
    connection: (guild) => inGuild(guild)[0]?.report(),
    async close() {
      for (const connection of [...connections.values()]) connection.end();
      for (const call of calls.values()) call.close();
      await Promise.all([first.close(), second.close(), udp.close()]);
    },
  };
};
