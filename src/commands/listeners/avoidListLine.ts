import { listed, type Message, message, named } from "../../i18n/message.ts";
import type { AvoidList, AvoidMode } from "../../ports/listeners.ts";

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

/** What each mode means in practice. */
const CONFIRMATIONS: Readonly<Record<AvoidMode, Message>> = {
  skip: message("avoid.activeSkip"),
  always: message("avoid.activeAlways"),
  warn: message("avoid.activeWarn"),
};

/** What is said once an avoid list has been saved, line by line. */
export const avoidListSaved = (list: AvoidList): readonly Message[] => [
  avoidListText(list),
  CONFIRMATIONS[list.mode],
  message("avoid.howToDelete"),
];
