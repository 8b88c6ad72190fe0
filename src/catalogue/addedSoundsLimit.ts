import { UserError } from "../kernel/errors.ts";
import { text } from "../kernel/text.ts";

/** Sounds of its own that a guild may have. */
export const MAX_ADDED_SOUNDS = 200;

/** The refusal of another sound where a guild already has {@link MAX_ADDED_SOUNDS}. */
export const addedSoundsFull = () =>
  new UserError(
    "sounds-full",
    text`This server has ${MAX_ADDED_SOUNDS} sounds of its own, which is as many as it can. Make room with /sounds remove.`,
  );
