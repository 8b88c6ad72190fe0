import type { Connection } from "./connection.ts";
import type { FaultState } from "./faultState.ts";
import type { SecureServer } from "./secureServer.ts";
import type { VoiceFaults } from "./types.ts";

/** What the faults act on. */
export interface FaultTargets {
  readonly state: FaultState;
  readonly servers: readonly SecureServer[];
  inGuild(guild: string): readonly Connection[];
}

/** Whether a client resumes after this close code; after any other its session is over. */
const mayResume = (code: number): boolean => code < 4000 || code === 4015;

const hangUp = (connection: Connection, code: number) => {
  const socket = connection.outgoing.socket();
  if (!mayResume(code)) connection.end();
  if (code === 1006) socket?.terminate();
  else socket?.close(code);
};

/** What a test may do to the voice server, put into its state or done at once. */
export const createVoiceFaults = ({ state, servers, inGuild }: FaultTargets): VoiceFaults => ({
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
    await Promise.all(servers.map((server) => server.accept(!on)));
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
    for (const socket of servers.flatMap(({ sockets }) => [...sockets])) on ? socket.pause() : socket.resume();
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
});
