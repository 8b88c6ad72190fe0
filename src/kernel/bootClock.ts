import { uptime } from "node:os";
import type { Millis } from "./units.ts";

/**
 * Milliseconds since the machine started: the same in every process and thread of the machine, never set, and going on
 * while the machine sleeps (CLOCK_BOOTTIME; on Linux in steps of 10 ms, elsewhere of up to a second).
 */
export const bootClock = (): Millis => uptime() * 1_000;
