import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { silentLog } from "../kernel/log.ts";
import type { Catalogue } from "../library/catalogue.ts";
import type { Sound } from "../library/sound.ts";
import { openWorkshop } from "./workshop.ts";

const seconds = (since: number) => ((performance.now() - since) / 1_000).toFixed(1);

/** Prints how long somebody waits for each sound in an empty cache, how long its whole takes, and how long the library. */
export const renderTimes = async (catalogue: Catalogue, sounds: readonly Sound[]): Promise<void> => {
  const inEmptyCache = async (work: (workshop: ReturnType<typeof openWorkshop>) => Promise<void>) => {
    const cache = mkdtempSync(join(tmpdir(), "lull-sounds-"));
    const workshop = openWorkshop({ catalogue, cache, log: silentLog });
    try {
      await work(workshop);
    } finally {
      await workshop.close();
      rmSync(cache, { recursive: true, force: true });
    }
  };
  console.log("| sound | first heard after s | whole after s |\n| --- | --- | --- |");
  for (const { id } of sounds) {
    await inEmptyCache(async (workshop) => {
      const started = performance.now();
      let whole = () => {};
      const done = new Promise<void>((resolve) => {
        whole = resolve;
      });
      const first = await workshop.prepare(id, () => whole());
      const waited = seconds(started);
      const known = await workshop.prepare(id);
      if (first.path !== known.path) await done;
      console.log(`| ${id} | ${waited} | ${seconds(started)} |`);
    });
  }
  await inEmptyCache(async (workshop) => {
    const started = performance.now();
    await workshop.renderAll();
    console.log(`\nThe whole library: ${seconds(started)} s`);
  });
};
