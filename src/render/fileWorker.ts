import { fork } from "node:child_process";
import { type Millis, seconds } from "../kernel/units.ts";

const PATIENCE: Millis = seconds(20);

/** What the processes behind it answer to a path. */
type Answer = { readonly data: Uint8Array } | { readonly reason: string };

/**
 * What a process of its own makes of a sound's file, one after the other: the codec keeps its buffers once a process, and the room's
 * sound is being encoded in ours.
 * @param script is sent the path, and answers once
 * @param options.kept so many results are kept, those asked for last
 * @returns rejects with the process's reason, or when it has not answered within 20 s
 */
export const openFileWorker = (script: URL, { kept: most }: { readonly kept: number }) => {
  const kept = new Map<string, Uint8Array>();
  let last: Promise<unknown> = Promise.resolve();

  const make = (path: string): Promise<Uint8Array> => {
    const child = fork(script, {
      stdio: ["ignore", "ignore", "inherit", "ipc"],
      serialization: "advanced",
      timeout: PATIENCE,
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
