import { z } from "zod";
import { findNetworkIsolation, startSandboxed } from "../kernel/childProcess.ts";
import { type Millis, seconds } from "../kernel/units.ts";

const TIMEOUT: Millis = seconds(20);

/** A process's answer to a path. It has read a file that may be made of a stranger's. */
const answer = z.union([z.object({ data: z.instanceof(Uint8Array) }), z.object({ reason: z.string().max(10_000) })]);

/**
 * Runs a script over sound files, one file at a time, in a process per file: the native codec has one set of
 * buffers per process, and the bot's own is busy encoding what listeners hear. The process may read the file and
 * our code, and nothing else (docs/security.md).
 * @param script is sent the path, and answers once
 * @param options.kept how many results are cached, the least recently used going first
 * @param options.addons whether it needs native code, as sharp is; otherwise libopus runs in WebAssembly
 * @returns a function that rejects with the process's reason, or when there is no answer within 20 s
 */
export const openFileWorker = (
  script: URL,
  { kept: most, addons = false }: { readonly kept: number; readonly addons?: boolean },
) => {
  const kept = new Map<string, Uint8Array>();
  let last: Promise<unknown> = Promise.resolve();
  let isolation: Promise<readonly string[]> | undefined;

  const make = async (path: string): Promise<Uint8Array> => {
    isolation ??= findNetworkIsolation();
    const child = startSandboxed(script, {
      sandbox: { read: [path], addons, isolation: await isolation },
      patience: TIMEOUT,
      ...(addons ? {} : { env: { OPUS_FORCE_WASM: "1" } }),
    });
    const { promise, resolve, reject } = Promise.withResolvers<Uint8Array>();
    child.onMessage((message) => {
      const { data: told } = answer.safeParse(message);
      if (told !== undefined && "data" in told) resolve(told.data);
      else reject(new Error(told?.reason ?? `${script.pathname} answered with something else`));
    });
    void child.ended.then(({ code, signal, error }) =>
      reject(error ?? new Error(`${script.pathname} ended with ${signal ?? `code ${code}`}`)),
    );
    child.send(path);
    return promise.finally(child.kill);
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
