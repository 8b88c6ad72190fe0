import { message } from "../i18n/message.ts";
import { UserError } from "../kernel/errors.ts";

/** Sounds of its own that a guild may have. */
export const MAX_ADDED_SOUNDS = 200;

/** The refusal of another sound where a guild already has {@link MAX_ADDED_SOUNDS}. */
export const addedSoundsFull = () =>
  new UserError("sounds-full", message("sounds.limitReached", { max: MAX_ADDED_SOUNDS }));
