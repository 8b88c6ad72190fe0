import type { MemberText } from "../kernel/memberText.ts";
import type { MessageArguments, MessageKey } from "./messageArguments.ts";

export type { MessageKey };

/** What fills an argument of a message: a string or number is shown as it is, a message in the reader's language. */
export type MessageValue = string | number | Message;

/**
 * Something to tell a member that has not been put into words yet. Plain data: it survives JSON, the database and the
 * border of a process, and is formatted in the reader's language by `Say`.
 */
export type Message =
  | KeyedMessage
  /** Text that somebody wrote: shown as it is. */
  | { readonly plain: string }
  /** A name: translated where it is one of ours, with its markdown escaped. */
  | { readonly name: MemberText }
  /** The same in bold. */
  | { readonly titled: MemberText }
  /** A name where no markdown is read, or whose own markdown is wanted. */
  | { readonly plainly: MemberText }
  /** "a, b and c", joined as the language joins a list. */
  | { readonly list: readonly MessageValue[] }
  | { readonly together: readonly MessageValue[]; readonly between: string }
  | LegacyMessage;

/** A message of the catalogues in `locales/`, by its key. */
interface KeyedMessage {
  readonly key: MessageKey;
  readonly values?: Values;
}

/** How messages were stored before there were keys: an English sentence with `{0}`, `{1}` … for its values. */
interface LegacyMessage {
  readonly template: string;
  readonly values: readonly MessageValue[];
}

type Values = Readonly<Record<string, MessageValue>>;
type Arguments = MessageArguments<MessageValue>;

/** All that any of several keys takes. */
type ArgumentsOf<Key extends MessageKey> = (
  Key extends MessageKey
    ? (needed: Arguments[Key] extends undefined ? unknown : Arguments[Key]) => void
    : never
) extends (needed: infer All extends Values) => void
  ? All
  : never;

/** What follows a key: nothing for a message without arguments, otherwise all of them by name. */
export type ValuesOf<Key extends MessageKey> = [Arguments[Key]] extends [undefined] ? [] : [values: ArgumentsOf<Key>];

/** A message of the catalogue, to be put into words later: `message("queue.next", { title: titled("Brook") })`. */
export const message = <Key extends MessageKey>(key: Key, ...[values]: ValuesOf<Key>): Message =>
  values === undefined ? { key } : { key, values };

/** Text that somebody wrote, shown as it is. */
export const plain = (written: string): Message => ({ plain: written });

/** A string as a message; a message stays one. */
export const asMessage = (said: Message | string): Message => (typeof said === "string" ? plain(said) : said);

/** A name, which is translated where it is one of ours, with its markdown escaped. */
export const named = (name: MemberText): Message => ({ name });

/** A name in bold. */
export const titled = (name: MemberText): Message => ({ titled: name });

/** A name where no markdown is read, such as an image's description, or a sentence of ours that has some. */
export const plainly = (name: MemberText): Message => ({ plainly: name });

/** "a, b and c", joined as the reader's language joins a list. */
export const listed = (list: readonly MessageValue[]): Message => ({ list });

/** Several messages, each on its own line unless they are to be set apart by something else. */
export const together = (messages: readonly MessageValue[], between = "\n"): Message => ({
  together: messages,
  between,
});
