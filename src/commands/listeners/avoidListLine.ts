import { listed, type Message, message, named } from "../../i18n/message.ts";
import type { AvoidList } from "../../ports/listeners.ts";

/** An avoid list in one line. */
export const avoidListText = ({ triggers, risks, mode }: AvoidList): Message => {
  const what = listed([...triggers, ...risks].map(named));
  switch (mode) {
    case "warn":
      return message("avoid.summaryWarn", { list: what });
    case "skip":
      return message("avoid.summarySkip", { list: what });
    case "always":
      return message("avoid.summaryAlways", { list: what });
  }
};
