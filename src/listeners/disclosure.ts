import type { Risk } from "../catalogue/sound.ts";
import { listed, named, type Text, text } from "../kernel/text.ts";
import type { Suitability } from "./suitability.ts";

/** What may be said about a wish: that it is left out, or a line beside the answer. */
export type Disclosure = { readonly leftOut: Text } | { readonly remark?: Text };

/**
 * Words for the one who queues, which are the same whoever of the room they are about.
 *
 * In a room too small to hide in, what is said depends on the sound and the size of the room alone; only what is left out
 * for a list of mode `always` is said there too, since it could not be kept from being seen.
 * @param audience.isAnonymous whether lists count that could be anybody's
 */
export const disclose = (
  fit: Suitability,
  sound: { readonly title: string; readonly risks: readonly Risk[] },
  audience: { readonly listenerCount: number; readonly isAnonymous: boolean },
): Disclosure => {
  if (fit === "excluded")
    return {
      leftOut: text`${named(sound.title)} is not a good fit for everyone here tonight, so it is left out. /discover offers others.`,
    };
  if (audience.isAnonymous)
    return fit === "unwelcome" ? { remark: text`Not a good fit for everyone here tonight.` } : {};
  return audience.listenerCount > 1 && sound.risks.length > 0
    ? {
        remark: text`It has: ${listed(sound.risks.map(named))}. With so few here, a word with the others tells whether it suits.`,
      }
    : {};
};

/** For the panel, which everybody sees. */
export const exclusionNotice = (title: string): Text => text`${named(title)} was left out tonight.`;
