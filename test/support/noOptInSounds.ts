import type { OptInSounds } from "../../src/ports/sounds.ts";

/** For tests that are about something else: no sound is off at first. */
export const noOptInSounds: OptInSounds = { all: [], of: () => [], set: async () => {} };
