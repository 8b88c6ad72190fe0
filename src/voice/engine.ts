// Loaded here although only the engine's thread uses it: the native library is unloaded with the last thread that holds it while
// its destructors are still registered, and the process dies (seen with @evan/opus 1.0.3).
import "@evan/opus";
import { Worker } from "node:worker_threads";
import type { Player, Players, VoiceGateway } from "../host/ports.ts";
import type { GuildId } from "../kernel/ids.ts";
import type { Log } from "../kernel/log.ts";
import type { PlayerEvent } from "../session/protocol.ts";
import type { FromEngine, ToEngine } from "./wire.ts";

export interface Engine extends Players {
  /** Lets go of every stream and ends the thread. */
  close(): Promise<void>;
}

interface Guest {
  onEvent(event: PlayerEvent): void;
  readonly gateway: ReturnType<VoiceGateway["open"]>;
}

/** The engine as the main thread sees it: a thread of its own, and messages. */
export const openEngine = ({
  voiceGateway,
  log,
}: {
  readonly voiceGateway: VoiceGateway;
  readonly log: Log;
}): Engine => {
  const guests = new Map<GuildId, Guest>();
  let closed = false;
  const thread = new Worker(new URL("./engineThread.ts", import.meta.url), { name: "engine" });
  const ended = new Promise<void>((resolve) => thread.once("exit", () => resolve()));
  const tell = (message: ToEngine) => thread.postMessage(message);

  thread.on("message", (message: FromEngine) => {
    if (message.type === "log") return log[message.level](message.message, message.details);
    const guest = guests.get(message.guild);
    if (message.type === "event") return guest?.onEvent(message.event);
    if (guest?.gateway.send(message.payload) === false) tell({ type: "unsendable", guild: message.guild });
  });
  thread.on("error", (error) => log.error("The engine's thread failed", { error }));
  thread.on("exit", () => {
    if (closed) return;
    // Sessions end calmly rather than believe in sound that is not there.
    for (const { onEvent } of guests.values()) onEvent({ type: "left", why: "unreachable" });
  });

  return {
    open(guild, onEvent): Player {
      const gateway = voiceGateway.open(guild, {
        stateUpdate: (payload) => tell({ type: "stateUpdate", guild, payload }),
        serverUpdate: (payload) => tell({ type: "serverUpdate", guild, payload }),
        closed: () => tell({ type: "unsendable", guild }),
        renewed: () => tell({ type: "gatewayRenewed", guild }),
      });
      const guest: Guest = { onEvent, gateway };
      guests.get(guild)?.gateway.close();
      guests.set(guild, guest);
      tell({ type: "open", guild });
      return {
        send: (command) => tell({ type: "command", guild, command }),
        close() {
          if (guests.get(guild) !== guest) return;
          tell({ type: "close", guild });
          // What the thread sends on letting go still has to reach Discord.
          setTimeout(() => {
            if (guests.get(guild) === guest) guests.delete(guild);
            gateway.close();
          }, 250).unref();
        },
      };
    },
    async close() {
      if (closed) return;
      closed = true;
      tell({ type: "shutDown" });
      const hard = setTimeout(() => void thread.terminate(), 3_000);
      await ended;
      clearTimeout(hard);
      for (const { gateway } of guests.values()) gateway.close();
      guests.clear();
    },
  };
};
