import { UserError } from "../../src/kernel/errors.ts";
import type { Uploads } from "../../src/ports/sounds.ts";

const nothingHere = async (): Promise<never> => {
  throw new UserError("no-uploads", "There are no uploads in this test.");
};

/** Uploads for tests that are about something else: there are none. */
export const noUploads: Uploads = {
  add: nothingHere,
  reprocess: nothingHere,
  change: nothingHere,
  remove: nothingHere,
  find: () => undefined,
};
