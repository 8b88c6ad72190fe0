import type { Player, Players, VoiceGateway } from "../ports/player.ts";
import { leavePayload } from "./connection/voiceStateUpdate.ts";
// Loaded here although only the engine's thread uses it: the native library is unloaded with the last thread that holds it while
// its destructors are still registered, and the process dies (seen with @evan/opus 1.0.3).
import "@evan/opus";

import type { GuildId } from "../kernel/ids.ts";
import type { Log } from "../kernel/log.ts";
import { type Millis, minutes, seconds } from "../kernel/units.ts";
import type { PlayerEvent } from "../session/protocol.ts";
import { type CommandReplay, createCommandReplay } from "./commandReplay.ts";
import { type EngineWorker, type OpenEngineWorker, openWorkerProcess, openWorkerThread } from "./engineWorker.ts";
import type { FromEngine, ToEngine } from "./wireProtocol.ts";

export interface Engine extends Players {
  /** What the machines have been through since the start. */
  counts(): EngineCounts;
  /** Lets go of every stream and ends the machines. */
  close(): Promise<void>;
}

interface EngineCounts {
  /** How often a voice connection went from one state to another, by `from → to`. */
  readonly transitions: Readonly<Record<string, number>>;
  /** Machines that ended without being asked to. */
  readonly restarts: number;
  /** Guilds, machine by machine. */
  readonly guilds: readonly number[];
}

interface GuildHandle {
  onEvent(event: PlayerEvent): void;
  readonly gateway: ReturnType<VoiceGateway["open"]>;
  readonly slot: WorkerSlot;
  readonly replay: CommandReplay;
}

/** A place for a machine; when it ends, another takes the place and its guilds. */
interface WorkerSlot {
  worker: EngineWorker;
  /** When machines have ended here, the latest last. */
  crashes: readonly Millis[];
}

/** More ends than this within a minute are no accident. */
const MAX_CRASHES = 5;
const CRASH_WINDOW: Millis = minutes(1);
const RESTART_DELAY: Millis = 250;
const KILL_TIMEOUT: Millis = seconds(3);

/**
 * The engine as the main thread sees it: a thread of its own, further processes on large machines, and messages. A session stays
 * where it began. When a machine fails, another goes on with its rooms from where they were.
 * @param options.engines how many machines; the first is a thread
 */
export const openEngine = ({
  voiceGateway,
  log,
  engines = 1,
  open = (index) => (index === 0 ? openWorkerThread : openWorkerProcess),
}: {
  readonly voiceGateway: VoiceGateway;
  readonly log: Log;
  readonly engines?: number;
  readonly open?: (index: number) => OpenEngineWorker;
}): Engine => {
  const now = () => performance.now();
  const handles = new Map<GuildId, GuildHandle>();
  const transitions = new Map<string, number>();
  let restarts = 0;
  let closed = false;
  let running = engines;
  const allEnded = Promise.withResolvers<void>();

  const onMessage = (message: FromEngine, tell: (answer: ToEngine) => void) => {
    if (message.type === "log") {
      const { from, to } = message.details;
      if (message.message === "Voice connection" && from !== to) {
        const step = `${String(from)} → ${String(to)}`;
        transitions.set(step, (transitions.get(step) ?? 0) + 1);
      }
      return log[message.level](message.message, message.details);
    }
    const handle = handles.get(message.guild);
    if (message.type === "event") {
      handle?.replay.recordEvent(message.event);
      return handle?.onEvent(message.event);
    }
    if (handle?.gateway.send(message.payload) === false) tell({ type: "gatewayUnavailable", guild: message.guild });
  };

  const handlesOf = (slot: WorkerSlot) => [...handles].filter(([, handle]) => handle.slot === slot);

  /** Leaves first: Discord may take a second join for what is so already, and answer nothing. */
  const replayCommands = (slot: WorkerSlot) => {
    for (const [guild, { replay, gateway }] of handlesOf(slot)) {
      slot.worker.post({ type: "open", guild });
      if (!replay.isConnected()) continue;
      gateway.send(leavePayload(guild));
      for (const command of replay.commands()) slot.worker.post({ type: "command", guild, command });
    }
  };

  const onExit = (slot: WorkerSlot, index: number) => {
    if (closed) {
      running -= 1;
      return running === 0 ? allEnded.resolve() : undefined;
    }
    restarts += 1;
    slot.crashes = [...slot.crashes.filter((at) => now() - at < CRASH_WINDOW), now()];
    const givenUp = slot.crashes.length > MAX_CRASHES;
    log.error("An engine has ended", { index, ends: slot.crashes.length, hopeless: givenUp });
    for (const [guild, { onEvent, replay }] of handlesOf(slot)) {
      // Sessions end calmly rather than believe in sound that is not there.
      if (givenUp || !replay.isConnected()) onEvent({ type: "left", why: "unreachable" });
      else onEvent({ type: "interrupted", why: "reconnecting" });
      if (givenUp) handles.delete(guild);
    }
    return setTimeout(() => {
      if (closed) return;
      slot.worker = start(index);
      replayCommands(slot);
    }, RESTART_DELAY * slot.crashes.length);
  };

  const start = (index: number): EngineWorker => {
    const machine: EngineWorker = open(index)({
      message: (message) => onMessage(message, machine.post),
      error: (error) => log.error("An engine failed", { index, error }),
      exit: () => void onExit(slots[index]!, index),
    });
    return machine;
  };

  const slots = Array.from({ length: engines }, (_, index): WorkerSlot => ({ worker: start(index), crashes: [] }));

  /** Where the fewest are. */
  const leastLoadedSlot = (): WorkerSlot =>
    slots.reduce((best, slot) => (handlesOf(slot).length < handlesOf(best).length ? slot : best));

  return {
    counts: () => ({
      transitions: Object.fromEntries(transitions),
      restarts,
      guilds: slots.map((slot) => handlesOf(slot).length),
    }),
    open(guild, onEvent): Player {
      const before = handles.get(guild);
      const slot = before?.slot ?? leastLoadedSlot();
      const tell = (message: ToEngine) => slot.worker.post(message);
      const gateway = voiceGateway.open(guild, {
        stateUpdate: (payload) => tell({ type: "stateUpdate", guild, payload }),
        serverUpdate: (payload) => tell({ type: "serverUpdate", guild, payload }),
        closed: () => tell({ type: "gatewayUnavailable", guild }),
        renewed: () => tell({ type: "gatewayReidentified", guild }),
        barred: () => tell({ type: "accessDenied", guild }),
      });
      const handle: GuildHandle = { onEvent, gateway, slot, replay: createCommandReplay(now) };
      before?.gateway.close();
      handles.set(guild, handle);
      tell({ type: "open", guild });
      return {
        send(command) {
          handle.replay.recordCommand(command);
          tell({ type: "command", guild, command });
        },
        close() {
          if (handles.get(guild) !== handle) return;
          tell({ type: "close", guild });
          // What the machine sends on letting go still has to reach Discord.
          setTimeout(() => {
            if (handles.get(guild) === handle) handles.delete(guild);
            gateway.close();
          }, 250).unref();
        },
      };
    },
    async close() {
      if (closed) return;
      closed = true;
      for (const { worker } of slots) worker.post({ type: "shutDown" });
      const hard = setTimeout(() => {
        for (const { worker } of slots) worker.terminate();
      }, KILL_TIMEOUT);
      await allEnded.promise;
      clearTimeout(hard);
      for (const { gateway } of handles.values()) gateway.close();
      handles.clear();
    },
  };
};
