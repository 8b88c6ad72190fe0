import { url as inspectorUrl } from "node:inspector";
import type { Log } from "../kernel/log.ts";
import { type Millis, minutes } from "../kernel/units.ts";
import type { EngineWorker, OpenEngineWorker } from "./engineWorker.ts";
import { createHeartbeatMonitor, HEARTBEAT_INTERVAL, type HeartbeatMonitor } from "./heartbeat.ts";
import type { FromEngine, ToEngine } from "./wireProtocol.ts";

/** More crashes than this within a minute are no accident: the slot gives its guilds up. */
const MAX_CRASHES = 5;
const CRASH_WINDOW: Millis = minutes(1);
const RESTART_DELAY: Millis = 250;

/** Keeps one engine running: replaces it when it ends or hangs. */
export interface EngineSlot {
  post(message: ToEngine): void;
  /** Whether the engine has started, and has said that it runs within the last seconds. */
  isAlive(): boolean;
  /** Asks the engine to end; it is not replaced. @returns when it has ended */
  shutDown(): Promise<void>;
  /** Ends the engine at once. */
  terminate(): void;
}

interface SlotEvents {
  message(message: FromEngine): void;
  /**
   * The engine is gone.
   * @param isGivenUp whether it has crashed too often to be trusted with its guilds
   */
  crashed(isGivenUp: boolean): void;
  /** Another engine runs, and knows nothing. */
  restarted(): void;
}

/**
 * Starts an engine in a slot of its own.
 * @param index names the slot in the log
 */
export const openEngineSlot = (index: number, open: OpenEngineWorker, log: Log, on: SlotEvents): EngineSlot => {
  const now = () => performance.now();
  const ended = Promise.withResolvers<void>();
  let crashes: readonly Millis[] = [];
  let isClosing = false;
  let watch: NodeJS.Timeout | undefined;
  /** Of the engine that runs now. */
  let current: HeartbeatMonitor | undefined;

  const start = (): EngineWorker => {
    const heartbeat = createHeartbeatMonitor(now());
    current = heartbeat;
    const started = open({
      message(message) {
        heartbeat.heard(now());
        if (message.type !== "heartbeat") on.message(message);
      },
      error: (error) => log.error("An engine failed", { index, error }),
      exit,
    });
    clearInterval(watch);
    watch = setInterval(() => {
      // To a debugger, a breakpoint is not a hang.
      if (!heartbeat.isHanging(now()) || inspectorUrl() !== undefined) return;
      clearInterval(watch);
      log.error("An engine hangs, and is replaced", { index, pid: started.pid });
      started.terminate();
    }, HEARTBEAT_INTERVAL).unref();
    return started;
  };

  const exit = () => {
    clearInterval(watch);
    current = undefined;
    if (isClosing) return ended.resolve();
    crashes = [...crashes.filter((at) => now() - at < CRASH_WINDOW), now()];
    const isGivenUp = crashes.length > MAX_CRASHES;
    log.error("An engine has ended", { index, crashes: crashes.length, givenUp: isGivenUp });
    on.crashed(isGivenUp);
    return void setTimeout(() => {
      if (isClosing) return ended.resolve();
      worker = start();
      on.restarted();
    }, RESTART_DELAY * crashes.length);
  };

  let worker = start();

  return {
    post: (message) => worker.post(message),
    isAlive: () => current?.isAlive(now()) === true,
    shutDown() {
      isClosing = true;
      worker.post({ type: "shutDown" });
      return ended.promise;
    },
    terminate: () => worker.terminate(),
  };
};
