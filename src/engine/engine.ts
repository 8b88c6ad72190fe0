// Loaded here although only the engine's thread uses it: the native library is unloaded with the
// last thread that holds it while its destructors are still registered, and the process dies (seen
// with @evan/opus 1.0.3).
import "@evan/opus";

import type { GuildId, PlayerId } from "../kernel/ids.ts";
import type { Log } from "../kernel/log.ts";
import { type PlayerRef, playerIdOf } from "../kernel/playerId.ts";
import { type Millis, seconds } from "../kernel/units.ts";
import type { Player, Players, VoiceGateway } from "../ports/player.ts";
import { noTelemetry, type Telemetry } from "../ports/telemetry.ts";
import type { PlayerEvent } from "../session/protocol.ts";
import { type CommandReplay, createCommandReplay } from "./commandReplay.ts";
import { leavePayload } from "./connection/voicePayloads.ts";
import { type EngineSlot, openEngineSlot } from "./engineSlot.ts";
import { type OpenEngineWorker, openWorkerProcess, openWorkerThread } from "./engineWorker.ts";
import { createVoiceSessionRecord, type VoiceSessionRecord } from "./voiceSession.ts";
import type { FromEngine, ToEngine } from "./wireProtocol.ts";

/** The players of all guilds, and the engines that run them. */
export interface Engine extends Players {
  counts(): EngineCounts;
  /**
   * Sends nothing for any guild after this, by `bootClock`, unless a later moment is told, even where this thread stands
   * still. Until the first time there is no such moment.
   */
  provenUntil(moment: Millis): void;
  /** Whether every engine runs and says so. */
  isAlive(): boolean;
  /** Ends every stream and every engine. */
  close(): Promise<void>;
}

interface EngineCounts {
  /** How often a voice connection went from one state to another, by `from → to`. */
  readonly transitions: Readonly<Record<string, number>>;
  /** Engines that ended without being asked to, or were replaced because they hung. */
  readonly restarts: number;
  /** Players of each engine: a guild has one for each of its voice channels in which something is on. */
  readonly guilds: readonly number[];
}

interface PlayerHandle {
  readonly guild: GuildId;
  onEvent(event: PlayerEvent): void;
  readonly gateway: ReturnType<VoiceGateway["open"]>;
  readonly slot: number;
  readonly replay: CommandReplay;
  readonly voiceSession: VoiceSessionRecord;
}

const KILL_TIMEOUT: Millis = seconds(3);
/** For what an engine sends as it closes a guild's player. */
const CLOSE_DELAY: Millis = 250;

/** Counts how often voice connections changed from one state to another, from what engines log. */
const createTransitionCounts = () => {
  const counts = new Map<string, number>();
  return {
    count(message: FromEngine & { readonly type: "log" }) {
      const { from, to } = message.details;
      if (message.message !== "Voice connection" || from === to) return;
      const transition = `${String(from)} → ${String(to)}`;
      counts.set(transition, (counts.get(transition) ?? 0) + 1);
    },
    all: () => Object.fromEntries(counts),
  };
};

/**
 * Opens the engine as the main thread sees it: a thread of its own, further processes where they
 * are asked for, and messages. A session stays in the engine in which it began. When an engine ends
 * or hangs, another goes on with its guilds from where they were.
 * @param options.engines how many; the first is a thread
 */
export const openEngine = ({
  voiceGateway,
  log,
  engines = 1,
  telemetry = noTelemetry,
  open = (index) => (index === 0 ? openWorkerThread : openWorkerProcess),
}: {
  readonly voiceGateway: VoiceGateway;
  readonly log: Log;
  readonly engines?: number;
  readonly telemetry?: Pick<Telemetry, "packetsSent" | "voiceReconnecting">;
  readonly open?: (index: number) => OpenEngineWorker;
}): Engine => {
  const now = () => performance.now();
  const handles = new Map<PlayerId, PlayerHandle>();
  const transitions = createTransitionCounts();
  let restarts = 0;
  let closed = false;
  let proof: Millis | undefined;

  const handlesOf = (slot: number) => [...handles].filter(([, handle]) => handle.slot === slot);

  const onMessage = (message: FromEngine, tell: (answer: ToEngine) => void) => {
    switch (message.type) {
      case "log":
        transitions.count(message);
        return log[message.level](message.message, message.details);
      case "packetsSent":
        return telemetry.packetsSent(message.counts);
      case "voiceReconnecting":
        return telemetry.voiceReconnecting(message.closeCode);
      case "event": {
        const handle = handles.get(message.player);
        handle?.replay.recordEvent(message.event);
        return handle?.onEvent(message.event);
      }
      case "payload": {
        const { player, payload, attempt } = message;
        if (handles.get(player)?.gateway.send(payload, attempt) === false) tell({ type: "gatewayUnavailable", player });
        return;
      }
    }
  };

  const onCrash = (slot: number, isGivenUp: boolean) => {
    restarts += 1;
    for (const [player, { guild, onEvent, replay, gateway }] of handlesOf(slot)) {
      if (!isGivenUp && replay.isConnected()) {
        const interrupted = { type: "interrupted", why: "reconnecting" } as const;
        replay.recordEvent(interrupted);
        onEvent(interrupted);
        continue;
      }
      // Sessions end calmly rather than believe in sound that is not there.
      gateway.send(leavePayload(guild), 0);
      onEvent({ type: "left", why: "unreachable" });
      if (isGivenUp) handles.delete(player);
    }
  };

  /**
   * Brings an engine that knows nothing to where the last one was; where Discord's voice session
   * still exists, without a send.
   */
  const restore = (slot: number, post: (message: ToEngine) => void) => {
    if (proof !== undefined) post({ type: "proven", until: proof });
    for (const [player, { guild, replay, voiceSession }] of handlesOf(slot)) {
      post({ type: "open", player, guild });
      const session = voiceSession.current();
      if (session !== undefined && replay.isConnected()) post({ type: "adopt", player, session });
      for (const command of replay.commands()) post({ type: "command", player, command });
    }
  };

  const openSlot = (index: number): EngineSlot => {
    const slot = openEngineSlot(index, open(index), log, {
      message: (message) => onMessage(message, (answer) => slot.post(answer)),
      crashed: (isGivenUp) => onCrash(index, isGivenUp),
      restarted: () => restore(index, slot.post),
    });
    return slot;
  };
  const slots = Array.from({ length: engines }, (_, index) => openSlot(index));

  const leastLoaded = (): number => {
    const loads = slots.map((_, slot) => handlesOf(slot).length);
    return loads.indexOf(Math.min(...loads));
  };

  const openGateway = (ref: PlayerRef, voiceSession: VoiceSessionRecord, tell: (message: ToEngine) => void) => {
    const player = playerIdOf(ref);
    return voiceGateway.open(ref, {
      stateUpdate(payload, isOwnLeave) {
        voiceSession.recordState(payload);
        tell({ type: "stateUpdate", player, payload, isOwnLeave });
      },
      serverUpdate(payload) {
        voiceSession.recordServer(payload);
        tell({ type: "serverUpdate", player, payload });
      },
      sent: (attempt) => tell({ type: "payloadSent", player, attempt }),
      waiting: (duration) => handles.get(player)?.onEvent({ type: "joinWaiting", duration }),
      closed: () => tell({ type: "gatewayUnavailable", player }),
      renewed() {
        voiceSession.forget();
        tell({ type: "gatewayReidentified", player });
      },
      barred: () => tell({ type: "accessDenied", player }),
    });
  };

  return {
    counts: () => ({
      transitions: transitions.all(),
      restarts,
      guilds: slots.map((_, slot) => handlesOf(slot).length),
    }),
    provenUntil(moment) {
      proof = moment;
      for (const slot of slots) slot.post({ type: "proven", until: moment });
    },
    isAlive: () => !closed && slots.every((slot) => slot.isAlive()),
    open(ref, onEvent): Player {
      const { guild } = ref;
      const player = playerIdOf(ref);
      const before = handles.get(player);
      const slot = before?.slot ?? leastLoaded();
      const tell = (message: ToEngine) => slots[slot]?.post(message);
      const voiceSession = createVoiceSessionRecord();
      const gateway = openGateway(ref, voiceSession, tell);
      const handle: PlayerHandle = { guild, onEvent, gateway, slot, replay: createCommandReplay(now), voiceSession };
      before?.gateway.close();
      handles.set(player, handle);
      tell({ type: "open", player, guild });
      return {
        send(command) {
          handle.replay.recordCommand(command);
          tell({ type: "command", player, command });
        },
        close() {
          if (handles.get(player) !== handle) return;
          tell({ type: "close", player });
          setTimeout(() => {
            if (handles.get(player) === handle) handles.delete(player);
            gateway.close();
          }, CLOSE_DELAY).unref();
        },
      };
    },
    async close() {
      if (closed) return;
      closed = true;
      const allEnded = Promise.all(slots.map((slot) => slot.shutDown()));
      const hard = setTimeout(() => {
        for (const slot of slots) slot.terminate();
      }, KILL_TIMEOUT);
      await allEnded;
      clearTimeout(hard);
      for (const { gateway } of handles.values()) gateway.close();
      handles.clear();
    },
  };
};
