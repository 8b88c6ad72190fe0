import type { Risk } from "../catalogue/sound.ts";
import { listed, type Message, message, named } from "../i18n/message.ts";
import type { Suitability } from "./suitability.ts";

/** What may be said about a wish: that it is left out, or a line beside the answer. */
export type Disclosure = { readonly leftOut: Message } | { readonly remark?: Message };

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
      leftOut: message("avoid.notForEveryoneSkipped", { title: named(sound.title) }),
    };
  if (audience.isAnonymous) return fit === "unwelcome" ? { remark: message("avoid.mightNotSuitEveryone") } : {};
  return audience.listenerCount > 1 && sound.risks.length > 0
    ? {
        remark: message("avoid.askTheOthers", { warnings: listed(sound.risks.map(named)) }),
      }
    : {};
};

/** For the panel, which everybody sees. */
export const exclusionNotice = (title: string): Message => message("avoid.wasSkippedTonight", { title: named(title) });
