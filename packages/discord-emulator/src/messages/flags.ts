/** The message can be seen by one member alone (Discord, "Message Flags"). */
export const EPHEMERAL = 1 << 6;

/** The message is a deferred response that shows "thinking". */
export const LOADING = 1 << 7;

/** What a bot may set on a message in a channel: embeds hidden, no notification, a voice message, components of version 2. */
export const SETTABLE_FLAGS = (1 << 2) | (1 << 12) | (1 << 13) | (1 << 15);

/** Whether an object with `flags` has this one. */
export const hasFlag = (object: { readonly flags?: unknown }, flag: number): boolean =>
  (Number(object.flags ?? 0) & flag) !== 0;
