import type { BotEvents } from "./bot.ts";
import { loadConfig } from "./config.ts";
import { checkMachine, checkRehearsal } from "./machineChecks.ts";
import { describeFailure } from "./startFailure.ts";
import { openTerminal } from "./terminal.ts";

/** What is running, and how it ends without a click. */
interface Running {
  /** Absent: an error that nothing catches ends the process. */
  onUncaught?(error: unknown): void;
  close(): Promise<void>;
  /** What may take longer than the usual time. */
  readonly handsOverWithin?: number;
}

/** How long a good-bye may take: a ramp, the silence frames, the files. */
const SHUTDOWN_TIMEOUT = 8_000;

// What Lull keeps is for its own user: the database, the log, uploads.
process.umask(0o077);
// A terminal or a pipe that is gone takes no more lines, and that is all.
for (const output of [process.stdout, process.stderr]) output.on("error", () => {});
/** Set where another process of ours started this one: without it nobody wants us any more. */
const parent = process.channel;
const terminal = openTerminal(process.stdout);

let running: Running | undefined;
let closing = false;

const fail = (error: unknown): never => {
  const { text, exitCode } = describeFailure(error);
  process.stderr.write(`${text}\n`);
  return process.exit(exitCode);
};

/** Ends what runs on a ramp; before anything runs, at once. */
const end = (exitCode: number): void => {
  if (closing) return;
  closing = true;
  process.exitCode = exitCode;
  // Whatever still hangs must not keep the operator waiting.
  setTimeout(() => process.exit(exitCode), SHUTDOWN_TIMEOUT + (running?.handsOverWithin ?? 0)).unref();
  const closed = running?.close() ?? Promise.resolve();
  closed.then(() => process.exit(exitCode), fail);
};

const events: BotEvents = { onRefused: fail, onHopeless: () => end(1) };

const start = async (): Promise<Running> => {
  const { config, notices } = loadConfig();
  for (const notice of notices) terminal.print(notice);
  checkMachine(config);
  if (config.token !== undefined) {
    // Most of a start is loading the bot: a refusal need not wait for it, and a rehearsal starts it as another process.
    const { startBot } = await import("./bot.ts");
    return startBot({ ...config, token: config.token }, terminal, events);
  }
  checkRehearsal();
  const { rehearse } = await import("./rehearsal/rehearse.ts");
  return rehearse(config, terminal, process.argv.slice(2));
};

process.on("uncaughtException", (error) => (running?.onUncaught ?? fail)(error));
process.on("SIGINT", () => (closing ? process.exit(130) : end(0)));
process.on("SIGTERM", () => end(0));
if (parent !== undefined) {
  process.on("disconnect", () => end(0));
  // Waiting for that alone keeps nothing running.
  parent.unref();
}

try {
  running = await start();
} catch (error) {
  fail(error);
}
