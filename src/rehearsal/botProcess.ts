import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Millis } from "../kernel/units.ts";
import type { Evening } from "./scenario.ts";

const MAIN = join(import.meta.dirname, "..", "main.ts");
/** A stop that takes longer is ended the hard way. */
const PATIENCE: Millis = 10_000;

/** The bot, as a process of its own. */
export interface BotProcess {
  /** All that it has written so far, line by line. */
  readonly lines: readonly string[];
  /** Resolves with the exit code, or null after a signal. */
  readonly ended: Promise<number | null>;
  /** Asks it to end, as a service manager would. */
  stop(): Promise<number | null>;
  /** Ends it at once, as a power cut would. */
  kill(): Promise<number | null>;
}

/** What the bot finds in its environment: nothing but what any Discord-compatible server would need. */
export const botEnvironment = (evening: Evening): Readonly<Record<string, string>> => ({
  DISCORD_TOKEN: evening.token,
  DISCORD_API_BASE: evening.apiBase,
  NODE_EXTRA_CA_CERTS: evening.certificateAuthority,
});

/**
 * Starts the unmodified bot.
 * @param environment added to this process's own
 * @param onLine called with each line that it writes
 */
export const spawnBot = (
  environment: Readonly<Record<string, string>>,
  onLine: (line: string) => void = () => {},
): BotProcess => {
  const child: ChildProcess = spawn(process.execPath, [MAIN], {
    env: { ...process.env, ...environment },
    // The channel tells the bot when this process is gone, on which it ends by itself.
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    if (stream === null) continue;
    createInterface({ input: stream }).on("line", (line) => {
      lines.push(line);
      onLine(line);
    });
  }
  const ended = new Promise<number | null>((resolve) => {
    child.on("error", () => resolve(1));
    child.on("close", (code) => resolve(code));
  });
  return {
    lines,
    ended,
    async stop() {
      child.kill("SIGTERM");
      const hard = setTimeout(() => child.kill("SIGKILL"), PATIENCE);
      const code = await ended;
      clearTimeout(hard);
      return code;
    },
    async kill() {
      child.kill("SIGKILL");
      return ended;
    },
  };
};
