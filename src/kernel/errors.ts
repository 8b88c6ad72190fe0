import { english } from "../i18n/english.ts";
import { type Message, message } from "../i18n/message.ts";

/** An error whose text is shown to the user: calm, one sentence or two, says what to do next. Its message is the English. */
export class UserError extends Error {
  override readonly name = "UserError";
  /** Stable name for tests and logs, e.g. `not-in-voice`. */
  readonly code: string;
  /** In words; a string is for the operator, in English. */
  readonly text: Message | string;

  constructor(code: string, text: Message | string) {
    super(english.of(text));
    this.code = code;
    this.text = text;
  }
}

/** What was asked for is given up, since the bot is closing: it comes back at once, as a rule. */
export const restarting = () => new UserError("restarting", message("session.restarting"));

/** Marks what an exhaustive switch cannot reach. */
export const assertNever = (value: never): never => {
  throw new Error(`Unexpected: ${JSON.stringify(value)}`);
};

/** A question whether a parser, which throws for what it cannot read, reads a text. */
export const isReadBy =
  (parse: (text: string) => unknown) =>
  (text: string): boolean => {
    try {
      parse(text);
      return true;
    } catch {
      return false;
    }
  };
