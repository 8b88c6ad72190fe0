import { UserError } from "../kernel/errors.ts";
import { text } from "../kernel/text.ts";

/** Sounds of its own that a guild may have. */
export const MOST_OWN_SOUNDS = 200;

export const ownSoundsFull = () =>
  new UserError(
    "sounds-full",
    text`This server has ${MOST_OWN_SOUNDS} sounds of its own, which is as many as it can. Make room with /sounds remove.`,
  );
