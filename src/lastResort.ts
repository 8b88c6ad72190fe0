import { describeError } from "./kernel/describeError.ts";
import type { Log } from "./kernel/log.ts";
import { type Millis, minutes } from "./kernel/units.ts";

/** More errors than this within the time are no accident: something fails again and again. */
const MAX_ERRORS = 20;
const WINDOW: Millis = minutes(1);

/**
 * Creates what takes an error that nothing caught, in the main thread. The engine plays in threads and
 * processes of its own, so the sessions go on while it is logged; the operator is told of the first.
 * @param options.onHopeless called once when they come so fast that a fresh start is better
 */
export const createLastResort = (options: {
  readonly log: Log;
  readonly print: (line: string) => void;
  readonly onHopeless: () => void;
}): ((error: unknown) => void) => {
  const { log, print, onHopeless } = options;
  let recent: Millis[] = [];
  let told = false;
  let hopeless = false;
  return (error) => {
    const now = performance.now();
    recent = [...recent.filter((at) => now - at < WINDOW), now];
    log.error("An error was not caught; the sessions play on", { error });
    if (!told) {
      const { type, message = "" } = describeError(error);
      print(`An error was not caught (${type}${message && `: ${message}`}). The sessions play on; the log says where.`);
    }
    told = true;
    if (recent.length <= MAX_ERRORS || hopeless) return;
    hopeless = true;
    log.error("Errors that nothing catches go on and on; ending on a ramp", { count: recent.length });
    onHopeless();
  };
};
