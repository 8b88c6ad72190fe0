import { listed, named, type Text, text } from "../../kernel/text.ts";
import type { AvoidList } from "../../ports/listeners.ts";

/** An avoid list in one line. */
export const avoidListText = ({ triggers, risks, mode }: AvoidList): Text => {
  const what = listed([...triggers, ...risks].map(named));
  switch (mode) {
    case "warn":
      return text`You would rather not hear: ${what} (whoever queues it is told, where nobody can tell for whom).`;
    case "skip":
      return text`You would rather not hear: ${what} (left out, where nobody can tell for whom).`;
    case "always":
      return text`You would rather not hear: ${what} (left out always, even where others may guess).`;
  }
};
