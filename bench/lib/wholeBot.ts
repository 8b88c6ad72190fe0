import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { READY_LINE } from "../../src/terminal.ts";
import type { ProbeReport } from "../players/probe.ts";

const ROOT = resolve(import.meta.dirname, "../..");
const PROBE = new URL("../players/probe.ts", import.meta.url).href;

/** The unmodified bot as a process of its own, with a probe in its main thread. */
export interface WholeBot {
  /** Resolves when it answers members; rejects when it ends before. */
  readonly ready: Promise<void>;
  /** What has happened since the last report, or since it was ready. */
  report(): Promise<ProbeReport>;
  kill(): Promise<void>;
  /** Resolves with the exit code. */
  readonly ended: Promise<number | null>;
}

/**
 * @param apiBase of the Discord that it logs in to
 * @param authority PEM file of the voice server's certificate authority
 * @param data its data folder
 */
export const startWholeBot = (apiBase: string, authority: string, data: string): WholeBot => {
  const main = fileURLToPath(new URL("../../src/main.ts", import.meta.url));
  const child: ChildProcess = spawn(process.execPath, ["--expose-gc", "--import", PROBE, main], {
    cwd: ROOT,
    env: {
      ...process.env,
      DISCORD_TOKEN: "scale.bench.token",
      DISCORD_API_BASE: apiBase,
      NODE_EXTRA_CA_CERTS: authority,
      LULL_DATA: data,
      LULL_CACHE: resolve(ROOT, ".cache/sounds"),
      LULL_RENDER_AHEAD: "off",
      LULL_LOG_LEVEL: "warn",
      NODE_COMPILE_CACHE: resolve(ROOT, ".cache/node"),
    },
    stdio: ["ignore", "pipe", "inherit", "ipc"],
  });
  const { promise: ready, resolve: answer, reject } = Promise.withResolvers<void>();
  ready.catch(() => {});
  child.once("exit", (code) => reject(new Error(`The bot ended with ${code}`)));
  if (child.stdout !== null)
    createInterface({ input: child.stdout }).on("line", (line) => line === READY_LINE && answer());
  const ended = new Promise<number | null>((told) => child.once("exit", told));
  return {
    ready,
    ended,
    async report() {
      const answered = once(child, "message");
      child.send("report");
      const [report] = (await answered) as [ProbeReport];
      return report;
    },
    async kill() {
      if (child.exitCode !== null) return;
      child.kill("SIGKILL");
      await ended;
    },
  };
};
