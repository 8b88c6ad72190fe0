import { type Millis, seconds } from "../kernel/units.ts";

/** How often an engine says that it runs. */
export const HEARTBEAT_INTERVAL: Millis = 250;
/**
 * Silence after which an engine hangs: with the interval between two checks, it is noticed within 3
 * s.
 */
const HEARTBEAT_TIMEOUT: Millis = seconds(2.5);
/** For an engine to start: it loads its code and says so. */
const START_TIMEOUT: Millis = seconds(30);
/**
 * A check that is later than this says that the main thread itself stood still, with the messages
 * it has not read.
 */
const MAX_CHECK_DELAY: Millis = seconds(1);

/** Notices that an engine has stopped saying that it runs. Times are on a monotonic clock. */
export interface HeartbeatMonitor {
  /** The engine has sent a message. */
  heard(now: Millis): void;
  /** Call it every `HEARTBEAT_INTERVAL`. @returns whether the engine hangs */
  isHanging(now: Millis): boolean;
  /** Whether it has sent a message, and the last one is recent. */
  isAlive(now: Millis): boolean;
}

/** @param startedAt when the engine was started */
export const createHeartbeatMonitor = (startedAt: Millis): HeartbeatMonitor => {
  let deadline = startedAt + START_TIMEOUT;
  let lastCheck = startedAt;
  let hasStarted = false;
  return {
    heard(now) {
      hasStarted = true;
      deadline = now + HEARTBEAT_TIMEOUT;
    },
    isHanging(now) {
      const wasBlocked = now - lastCheck > MAX_CHECK_DELAY;
      lastCheck = now;
      if (wasBlocked) deadline = Math.max(deadline, now + HEARTBEAT_TIMEOUT);
      return now > deadline;
    },
    isAlive: (now) => hasStarted && now <= deadline,
  };
};
