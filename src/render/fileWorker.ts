import { fork } from "node:child_process";
import { type Millis, seconds } from "../kernel/units.ts";

const TIMEOUT: Millis = seconds(20);

/** A process's answer to a path. */
type Answer = { readonly data: Uint8Array } | { readonly reason: string };

/**
 * Runs a script over sound files, one file at a time, in a process per file: the native codec has one set of
 * buffers per process, and the bot's own is busy encoding what listeners hear.
 * @param script is sent the path, and answers once
 * @param options.kept how many results are cached, the least recently used going first
 * @returns a function that rejects with the process's reason, or when there is no answer within 20 s
 */
export const openFileWorker = (script: URL, { kept: most }: { readonly kept: number }) => {
  const kept = new Map<string, Uint8Array>();
  let last: Promise<unknown> = Promise.resolve();

  const make = (path: string): Promise<Uint8Array> => {
    const child = fork(script, {
      stdio: ["ignore", "ignore", "inherit", "ipc"],
      serialization: "advanced",
      timeout: TIMEOUT,
      killSignal: "SIGKILL",
    });
    return new Promise<Uint8Array>((resolve, reject) => {
      child.on("message", (answer: Answer) =>
        "data" in answer ? resolve(answer.data) : reject(new Error(answer.reason)),
      );
      child.on("error", reject);
      child.on("exit", (code) => reject(new Error(`${script.pathname} ended with code ${code}`)));
      child.send(path);
    }).finally(() => child.kill());
  };

  const find = async (path: string): Promise<Uint8Array> => {
    const there = kept.get(path);
    if (there !== undefined) return there;
    const data = await make(path);
    kept.set(path, data);
    for (const [oldest] of kept) if (kept.size > most) kept.delete(oldest);
    return data;
  };

  return (path: string): Promise<Uint8Array> => {
    const mine = last.then(() => find(path));
    last = mine.catch(() => {});
    return mine;
  };
};
