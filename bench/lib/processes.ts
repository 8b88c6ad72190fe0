import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { UsageReport } from "./benchPlayer.ts";

/** A process that plays, under measurement. */
export interface BenchProcess {
  send(word: "join" | "play" | "mark" | "stall"): Promise<void>;
  report(): Promise<UsageReport>;
  ask(word: string): Promise<unknown>;
  close(): Promise<void>;
}

/** @param command path of a program, or of a TypeScript file to run with Node */
export const startBenchProcess = (command: string | URL, args: readonly string[], authority: string): BenchProcess => {
  const environment = { ...process.env, NODE_EXTRA_CA_CERTS: authority };
  const stdio: ["pipe", "pipe", "inherit"] = ["pipe", "pipe", "inherit"];
  const child =
    typeof command === "string"
      ? spawn(command, args, { stdio })
      : spawn(process.execPath, ["--expose-gc", fileURLToPath(command), ...args], { stdio, env: environment });
  const waiting: { resolve(answer: unknown): void; reject(error: Error): void }[] = [];
  createInterface({ input: child.stdout }).on("line", (line) => {
    const { answer, error } = JSON.parse(line) as { answer?: unknown; error?: string };
    const next = waiting.shift();
    if (error === undefined) next?.resolve(answer);
    else next?.reject(new Error(error));
  });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  void ended.then(() => {
    for (const { reject } of waiting) reject(new Error(`${args.join(" ")}: the process has ended`));
  });
  child.stdin.on("error", () => undefined);
  const ask = (word: string) =>
    new Promise<unknown>((resolve, reject) => {
      waiting.push({ resolve, reject });
      child.stdin.write(`${word}\n`);
    });

  return {
    ask,
    async send(word) {
      await ask(word);
    },
    report: async () => (await ask("report")) as UsageReport,
    async close() {
      child.stdin.end();
      const hard = setTimeout(() => child.kill("SIGKILL"), 3_000);
      await ended;
      clearTimeout(hard);
    },
  };
};
