import type { Frames } from "../kernel/units.ts";
import type { StoredSound } from "./storedSound.ts";

/** The frame of a sound that is heard at a position: it goes round, or has an end and a bed that goes round. */
export const frameAt = ({ length, bedFrom = 0 }: Pick<StoredSound, "length" | "bedFrom">, position: Frames): Frames =>
  position < length ? ((position % length) + length) % length : bedFrom + ((position - length) % (length - bedFrom));
