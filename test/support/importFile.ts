import { readFileSync } from "node:fs";
import type { ImportJob, ImportResult } from "../../src/import/importJob.ts";
import { importSound } from "../../src/import/importSound.ts";
import { writeFileAtomic } from "../../src/kernel/writeFileAtomic.ts";

/** Imports a file in this process: as the importer does, without its sandbox. */
export const importFile = async ({ source, path, ...options }: ImportJob): Promise<ImportResult> => {
  const { pages, findings } = await importSound(readFileSync(source), options, () => {});
  writeFileAtomic(path, pages);
  return findings;
};
