import type { Risk } from "../catalogue/sound.ts";
import { listed, type Message, message, named } from "../i18n/message.ts";
import type { MemberText } from "../kernel/memberText.ts";
import type { Suitability } from "./suitability.ts";

/** What may be said about a request: that it is skipped, or a remark beside the answer. */
export type Disclosure = { readonly leftOut: Message } | { readonly remark?: Message };

/**
 * What is said to the member who queues, the same no matter whose list it is.
 *
 * In a group too small to hide in, it depends only on the sound and the number of people; except
 * that a sound skipped for a list of mode `always` is mentioned, since that can't be hidden.
 * @param audience.isAnonymous whether lists take effect that could be any of several members'
 */
export const disclose = (
  fit: Suitability,
  sound: { readonly title: MemberText; readonly risks: readonly Risk[] },
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

/** For the panel, which everyone sees. */
export const exclusionNotice = (title: MemberText): Message =>
  message("avoid.wasSkippedTonight", { title: named(title) });
