import { shown } from "../kernel/markdown.ts";
import type { Risk } from "../library/sound.ts";
import type { Fit } from "./fit.ts";

/** What may be said about a wish: that it is left out, or a line beside the answer. */
export type Said = { readonly leftOut: string } | { readonly remark?: string };

const joined = (words: readonly string[]): string => new Intl.ListFormat("en", { type: "conjunction" }).format(words);

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
      leftOut: `${shown(sound.title)} is not a good fit for everyone here tonight, so it is left out. /discover offers others.`,
    };
  if (room.hides) return fit === "unwelcome" ? { remark: "Not a good fit for everyone here tonight." } : {};
  return room.listeners > 1 && sound.risks.length > 0
    ? { remark: `It has: ${joined(sound.risks)}. With so few here, a word with the others tells whether it suits.` }
    : {};
};

/** For the panel, which everybody sees. */
export const leftOutTonight = (title: string): string => `${shown(title)} was left out tonight.`;
