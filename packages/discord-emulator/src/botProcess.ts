import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { Emulator } from "./api.ts";
import type { Millis } from "./shared/units.ts";

/** A bot that takes longer to stop is killed, unless it is given more time. */
const STOP_LIMIT: Millis = 10_000;

/** A bot, as a process of its own. */
export interface BotProcess {
  /** All that it has written to its output and error streams so far, line by line. */
  readonly lines: readonly string[];
  /** Resolves with the exit code, or null after a signal. */
  readonly ended: Promise<number | null>;
  /** Undefined where it could not be started. */
  readonly pid: number | undefined;
  /** Asks it to end, as a service manager would; after the limit (10 s by default) it is killed. */
  stop(limit?: Millis): Promise<number | null>;
  /** Ends it at once, as a power cut would. */
  kill(): Promise<number | null>;
}

/**
 * What points a bot at the emulator, as environment variables: its token, the secret of its OAuth 2 client, the API's
 * address without the version, and the certificate authority of the voice server, which Node trusts when the variable is
 * set before it starts.
 */
export const botEnvironment = (emulator: Emulator): Readonly<Record<string, string>> => ({
  DISCORD_TOKEN: emulator.token,
  DISCORD_CLIENT_SECRET: emulator.clientSecret,
  DISCORD_API_BASE: emulator.apiBase,
  NODE_EXTRA_CA_CERTS: emulator.certificateAuthority,
});

/**
 * Starts a bot.
 * @param command the program and its arguments
 * @param options.environment added to this process's own
 * @param options.onLine called with each line that it writes
 */
export const spawnBot = (
  [program, ...args]: readonly [string, ...string[]],
  {
    environment = {},
    onLine = () => {},
  }: {
    readonly environment?: Readonly<Record<string, string>>;
    readonly onLine?: (line: string) => void;
  } = {},
): BotProcess => {
  const child: ChildProcess = spawn(program, args, {
    env: { ...process.env, ...environment },
    // A bot in Node can tell by the channel that this process is gone, and end by itself.
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
    child.on("error", (error) => {
      onLine(String(error));
      resolve(1);
    });
    child.on("close", (code) => resolve(code));
  });
  return {
    lines,
    ended,
    pid: child.pid,
    async stop(limit = STOP_LIMIT) {
      child.kill("SIGTERM");
      const hard = setTimeout(() => child.kill("SIGKILL"), limit);
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
