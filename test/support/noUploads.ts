import { parseSourceList } from "../../src/import/sources/sourceList.ts";
import { createSources, type SourceStore } from "../../src/import/sources/sources.ts";
import { UserError } from "../../src/kernel/errors.ts";
import type { Uploads } from "../../src/ports/sounds.ts";

const nothingHere = async (): Promise<never> => {
  throw new UserError("no-uploads", "There are no uploads in this test.");
};

/** Sources where the operator has listed none. */
export const noSources: SourceStore = createSources({
  sources: parseSourceList(""),
  clock: { now: () => 0, after: () => () => {} },
});

/** Uploads for tests that are about something else: there are none. */
export const noUploads: Uploads = {
  add: nothingHere,
  episodes: async () => [],
  reprocess: nothingHere,
  change: nothingHere,
  remove: nothingHere,
  exportPack: nothingHere,
  find: () => undefined,
};
