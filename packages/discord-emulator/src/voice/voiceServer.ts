import type { Snowflake } from "discord-api-types/v10";
import type { Millis } from "../shared/units.ts";
import { type Call, createCall } from "./call.ts";
import { certificates } from "./certificates.ts";
import { noFaults } from "./faultState.ts";
import { serveSocket } from "./gatewaySocket.ts";
import { CloseCode } from "./protocol.ts";
import { openSecureServer } from "./secureServer.ts";
import { createVoiceSessions } from "./sessions.ts";
import type { VoiceSender, VoiceServer, VoiceStatistics } from "./types.ts";
import { openUdp } from "./udp.ts";
import { createVoiceFaults } from "./voiceFaults.ts";

const MAX_VIOLATIONS = 1_000;

type Counts = { -readonly [Name in keyof VoiceStatistics]: number };

const noCounts = (): Counts => ({
  packets: 0,
  unencrypted: 0,
  undecryptable: 0,
  lost: 0,
  reordered: 0,
  identifyAttempts: 0,
  identified: 0,
  resumed: 0,
});

/** The calls of all guilds, created when somebody joins the first time. */
const createCalls = (daveDelay: () => number, violation: (text: string) => void) => {
  const calls = new Map<string, Call>();
  return {
    in(guild: Snowflake, channel: Snowflake): Call {
      const key = `${guild} ${channel}`;
      const call = calls.get(key) ?? createCall(channel, daveDelay, violation);
      calls.set(key, call);
      return call;
    },
    close(): void {
      for (const call of calls.values()) call.close();
    },
  };
};

/**
 * A voice server as Discord's is, on this machine alone.
 * @param options.certificatesIn folder in which the certificates are kept for the next start
 * @returns with `certificateAuthority`, the PEM file that NODE_EXTRA_CA_CERTS is to name
 */
export const startVoiceServer = async (
  options: { readonly certificatesIn?: string } = {},
): Promise<VoiceServer & { readonly certificateAuthority: string }> => {
  const state = noFaults();
  const counts = noCounts();
  const violations: string[] = [];
  const violation = (text: string) => {
    if (violations.length < MAX_VIOLATIONS) violations.push(text);
  };
  const senders = new Map<number, { -readonly [Name in keyof VoiceSender]: VoiceSender[Name] }>();
  const noteSender = (ssrc: number, at: Millis) => {
    const known = senders.get(ssrc);
    if (known !== undefined) known.lastAt = at;
    const credentials = sessions.bySsrc(ssrc)?.credentials;
    if (known !== undefined || credentials === undefined) return;
    const { guild, sessionId } = credentials;
    senders.set(ssrc, { guild, ssrc, sessionId, firstAt: at, lastAt: at });
  };
  const calls = createCalls(() => state.daveDelay, violation);
  const sessions = createVoiceSessions({
    faults: state,
    callIn: calls.in,
    send: (ssrc, datagram) => udp.send(ssrc, datagram),
  });
  const udp = await openUdp(
    state,
    (packet, receivedAt) => {
      noteSender(packet.ssrc, receivedAt);
      const received = sessions.bySsrc(packet.ssrc)?.receivePacket(packet, receivedAt);
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
  const files = await certificates(options.certificatesIn);
  const gateway = {
    ...sessions,
    faults: state,
    udpPort: udp.port,
    count: (what: "identifyAttempts" | "identified" | "resumed") => {
      counts[what] += 1;
    },
    violation,
  };
  const listen = () => openSecureServer(files, (socket) => serveSocket(socket, gateway));
  const [first, second] = await Promise.all([listen(), listen()]);

  return {
    endpoint: first.endpoint,
    alternateEndpoint: second.endpoint,
    certificateAuthority: files.authority,
    faults: createVoiceFaults({ state, servers: [first, second], inGuild: sessions.inGuild }),
    violations,
    get statistics() {
      return { ...counts };
    },
    senders: () => [...senders.values()],
    authorise: sessions.authorise,
    disconnect: (guild, user, code = CloseCode.disconnected) => sessions.disconnect(guild, user, code),
    setDeaf: sessions.setDeaf,
    join: (guild, channel, user) => calls.in(guild, channel).addListener(user),
    connection: (guild) => sessions.inGuild(guild)[0]?.report(),
    async close() {
      sessions.close();
      calls.close();
      await Promise.all([first.close(), second.close(), udp.close()]);
    },
  };
};
