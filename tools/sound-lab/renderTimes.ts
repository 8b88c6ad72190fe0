import { mkdtempSync, rmSync } from "node:fs";
import { availableParallelism, cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { Catalogue } from "../../src/catalogue/catalogue.ts";
import type { Sound } from "../../src/catalogue/sound.ts";
import { type Log, silentLog } from "../../src/kernel/log.ts";
import { openRenderer } from "../../src/render/renderer.ts";

const megabytes = (bytes: number) => Math.round(bytes / 1e6);
const seconds = (since: number) => ((performance.now() - since) / 1_000).toFixed(1);
/** How long the library has been under way when somebody asks for its last sound. */
const UNDER_WAY = 10_000;

interface Taken {
  /** The most that a process of it held, in bytes. */
  readonly memory: number;
  /** Of all its processes, in seconds: the same on a machine that has other work too. */
  readonly processor: number;
}

/** The same work that the bot does, in a cache of its own; and what it took. */
const inEmptyCache = async (
  catalogue: Catalogue,
  work: (renderer: ReturnType<typeof openRenderer>) => Promise<void>,
): Promise<Taken> => {
  const cache = mkdtempSync(join(tmpdir(), "lull-sounds-"));
  let [memory, processor] = [0, 0];
  const log: Log = {
    ...silentLog,
    info: (_, details) => {
      memory = Math.max(memory, Number(details?.memory ?? 0));
      processor += Number(details?.processor ?? 0);
    },
    error: (message, details) => console.error(message, details),
  };
  const renderer = openRenderer({ catalogue, cache, log });
  // The renderer alone keeps no program running.
  const awake = setInterval(() => {}, 1_000);
  try {
    await work(renderer);
  } finally {
    clearInterval(awake);
    await renderer.close();
    rmSync(cache, { recursive: true, force: true });
  }
  return { memory, processor };
};

/** Prints how long somebody waits for each sound in an empty cache, how long its whole takes, and how long the library. */
export const renderTimes = async (catalogue: Catalogue, sounds: readonly Sound[]): Promise<void> => {
  console.log(`${cpus()[0]?.model}, ${availableParallelism()} cores, Node ${process.version}\n`);
  console.log(
    "| sound | first heard after s | whole after s | processor s | memory MB |\n| --- | --- | --- | --- | --- |",
  );
  for (const { id } of sounds) {
    let cells = "";
    const { memory, processor } = await inEmptyCache(catalogue, async (renderer) => {
      const started = performance.now();
      let whole = () => {};
      const done = new Promise<void>((resolve) => {
        whole = resolve;
      });
      const first = await renderer.prepare(id, () => whole());
      const waited = seconds(started);
      const known = await renderer.prepare(id);
      if (first.path !== known.path) await done;
      cells = `${waited} | ${seconds(started)}`;
    });
    console.log(`| ${id} | ${cells} | ${processor.toFixed(1)} | ${megabytes(memory)} |`);
  }
  let total = "";
  const { memory, processor } = await inEmptyCache(catalogue, async (renderer) => {
    const started = performance.now();
    await renderer.renderAll();
    total = seconds(started);
  });
  console.log(
    `\nThe whole library: ${total} s, ${processor.toFixed(0)} s of processor time, at most ${megabytes(memory)} MB a process`,
  );
  const last = sounds.at(-1);
  if (last === undefined) return;
  await inEmptyCache(catalogue, async (renderer) => {
    // It ends with the renderer.
    void renderer.renderAll();
    await wait(UNDER_WAY);
    const started = performance.now();
    await renderer.prepare(last.id, () => {});
    console.log(`${last.id}, asked for while the library is being rendered: first heard after ${seconds(started)} s`);
  });
};
