import { listed, named, type Text, text } from "../kernel/text.ts";
import type { Risk } from "../library/sound.ts";
import type { Fit } from "./fit.ts";

/** What may be said about a wish: that it is left out, or a line beside the answer. */
export type Said = { readonly leftOut: Text } | { readonly remark?: Text };

/**
 * Words for the one who queues, which are the same whoever of the room they are about.
 *
 * In a room too small to hide in, what is said depends on the sound and the size of the room alone; only what is left out
 * for a list of mode `always` is said there too, since it could not be kept from being seen.
 * @param room.hides whether lists count that could be anybody's
 */
export const whatToSay = (
  fit: Fit,
  sound: { readonly title: string; readonly risks: readonly Risk[] },
  room: { readonly listeners: number; readonly hides: boolean },
): Said => {
  if (fit === "left out")
    return {
      leftOut: text`${named(sound.title)} is not a good fit for everyone here tonight, so it is left out. /discover offers others.`,
    };
  if (room.hides) return fit === "unwelcome" ? { remark: text`Not a good fit for everyone here tonight.` } : {};
  return room.listeners > 1 && sound.risks.length > 0
    ? {
        remark: text`It has: ${listed(sound.risks.map(named))}. With so few here, a word with the others tells whether it suits.`,
      }
    : {};
};

/** For the panel, which everybody sees. */
export const leftOutTonight = (title: string): Text => text`${named(title)} was left out tonight.`;
