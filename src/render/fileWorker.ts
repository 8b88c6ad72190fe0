import { z } from "zod";
import { askSandboxed } from "../kernel/askSandboxed.ts";
import { findNetworkIsolation } from "../kernel/childProcess.ts";
import { type Millis, seconds } from "../kernel/units.ts";
import type { Requester } from "../ports/sounds.ts";
import { createKeptResults } from "./keptResults.ts";
import { createRequestQueue } from "./requestQueue.ts";

const PATIENCE: Millis = seconds(20);

/** A process's answer to a path. It has read a file that may be made of a stranger's. */
const answer = z.object({ data: z.instanceof(Uint8Array) });

/**
 * Runs a script over sound files, one file at a time, in a process per file: the native codec has one set of
 * buffers per process, and the bot's own is busy encoding what listeners hear. The process may read the file and
 * our code, and nothing else (docs/security.md).
 * @param script is sent the path, and answers once
 * @param options.kept how many results are cached, the least recently used going first
 * @param options.addons whether it needs native code, as sharp is; otherwise libopus runs in WebAssembly
 * @param options.patience how long a process may take; 20 s by default
 * @returns a function that takes a path and who asks; it rejects with the process's reason, when there is no
 *   answer in time, or with a `UserError` when too many are under way
 */
export const openFileWorker = (
  script: URL,
  {
    kept: most,
    addons = false,
    patience = PATIENCE,
  }: { readonly kept: number; readonly addons?: boolean; readonly patience?: Millis },
) => {
  const kept = createKeptResults<Uint8Array>(most);
  const queue = createRequestQueue();

  const make = async (path: string): Promise<Uint8Array> => {
    const { data } = await askSandboxed(script, path, {
      answer,
      sandbox: { read: [path], addons, isolation: await findNetworkIsolation() },
      patience,
      ...(addons ? {} : { env: { OPUS_FORCE_WASM: "1" } }),
    });
    return data;
  };

  return (path: string, by: Requester): Promise<Uint8Array> => kept.of(path, () => queue.run(by, () => make(path)));
};
