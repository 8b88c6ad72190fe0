import type { Uploads } from "../../src/host/libraryPorts.ts";
import { UserError } from "../../src/kernel/errors.ts";

const nothingHere = async (): Promise<never> => {
  throw new UserError("no-uploads", "There are no uploads in this test.");
};

/** Where a test is about something else. */
export const noUploads: Uploads = {
  add: nothingHere,
  remake: nothingHere,
  change: nothingHere,
  remove: nothingHere,
  known: () => undefined,
};
