import { fork } from "node:child_process";
import type { SoundPictures } from "../host/libraryPorts.ts";
import type { Sounds } from "../host/ports.ts";
import type { Log } from "../kernel/log.ts";
import { seconds } from "../kernel/units.ts";

/** The pictures asked for last are kept; each is of some 30 kB. */
const KEPT = 100;
const PATIENCE = seconds(20);
/** A sound that has yet to be made is shown without its picture. */
const LONGEST_WAIT = seconds(8);

type Answer = { readonly data: Uint8Array } | { readonly reason: string };

/** In a process of its own, since the codec keeps its buffers once a process. */
const drawInProcess = (path: string): Promise<Uint8Array> => {
  const child = fork(new URL("./pictureProcess.ts", import.meta.url), {
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
    child.on("exit", (code) => reject(new Error(`The process that draws sounds ended with code ${code}`)));
    child.send(path);
  }).finally(() => child.kill());
};

/** Pictures of sounds, one drawn after the other. */
export const openPictures = ({ sounds, log }: { readonly sounds: Sounds; readonly log: Log }): SoundPictures => {
  const kept = new Map<string, Uint8Array>();
  let last: Promise<unknown> = Promise.resolve();

  const draw = async (path: string): Promise<Uint8Array> => {
    const there = kept.get(path);
    if (there !== undefined) return there;
    const data = await drawInProcess(path);
    kept.set(path, data);
    for (const [oldest] of kept) if (kept.size > KEPT) kept.delete(oldest);
    return data;
  };

  return {
    async of({ id }) {
      const mine = sounds.prepare(id).then(({ path }) => {
        const turn = last.then(() => draw(path));
        last = turn.catch(() => {});
        return turn;
      });
      const picture = mine.catch((error: unknown) => {
        log.info("A sound has no picture", { sound: id, error: String(error) });
        return undefined;
      });
      let stopWaiting = () => {};
      const late = new Promise<undefined>((resolve) => {
        const timer = setTimeout(() => resolve(undefined), LONGEST_WAIT);
        stopWaiting = () => clearTimeout(timer);
      });
      return Promise.race([picture, late]).finally(stopWaiting);
    },
  };
};
