import { fork } from "node:child_process";
import type { Samples } from "../host/libraryPorts.ts";
import type { Sounds } from "../host/ports.ts";
import { UserError } from "../kernel/errors.ts";
import type { SoundId } from "../kernel/ids.ts";
import type { Log } from "../kernel/log.ts";
import { text } from "../kernel/text.ts";
import { seconds } from "../kernel/units.ts";

/** The samples asked for last are kept; each is a quarter of a megabyte. */
const KEPT = 12;
const PATIENCE = seconds(20);

type Answer = { readonly data: Uint8Array } | { readonly reason: string };

const notCut = () =>
  new UserError("sample-not-cut", text`That sample could not be made just now. Try it again in a minute.`);

/** In a process of its own, since the codec keeps its buffers once a process, and the room's sound is being encoded in ours. */
const cutInProcess = (path: string): Promise<Uint8Array> => {
  const child = fork(new URL("./sampleProcess.ts", import.meta.url), {
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
    child.on("exit", (code) => reject(new Error(`The process that cuts samples ended with code ${code}`)));
    child.send(path);
  }).finally(() => child.kill());
};

/** Pieces of sounds for one pair of ears, one after the other. */
export const openSamples = ({ sounds, log }: { readonly sounds: Sounds; readonly log: Log }): Samples => {
  const kept = new Map<string, Uint8Array>();
  let last: Promise<unknown> = Promise.resolve();

  const cut = async (path: string): Promise<Uint8Array> => {
    const there = kept.get(path);
    if (there !== undefined) return there;
    const data = await cutInProcess(path);
    kept.set(path, data);
    for (const [oldest] of kept) if (kept.size > KEPT) kept.delete(oldest);
    return data;
  };

  return {
    async of(sound: SoundId) {
      const { path } = await sounds.prepare(sound);
      const mine = last.then(() => cut(path));
      last = mine.catch((error: unknown) => log.error("A sample could not be cut", { sound, error }));
      try {
        return await mine;
      } catch {
        throw notCut();
      }
    },
  };
};
