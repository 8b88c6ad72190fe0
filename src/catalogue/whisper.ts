import { type Message, message } from "../i18n/message.ts";
import { UserError } from "../kernel/errors.ts";

/** What is whispered on the spot is short. */
export const LONGEST_WHISPER = 600;

const refused = (why: Message) => new UserError("bad-whisper", why);

/** Sentences, one a line, that the voice does not have to say in one breath. */
const sentences = (text: string): readonly string[] =>
  text
    .split(/(?<=[.!?…;:])\s+|\n+/u)
    .flatMap((sentence) => sentence.trim().match(/.{1,200}(?:\s|$)/gu) ?? [])
    .map((sentence) => sentence.trim())
    .filter((sentence) => /[\p{L}\p{N}]/u.test(sentence));

/**
 * A script from what a member typed, without mentions, links, custom emoji, Markdown and
 * directions, so that only words are spoken.
 * @throws UserError when it is too long, or nothing is left of it
 */
export const whisperScriptOf = (written: string): string => {
  const typed = written.trim();
  if ([...typed].length > LONGEST_WHISPER) throw refused(message("whisper.tooLong", { max: LONGEST_WHISPER }));
  const words = typed
    .normalize("NFKC")
    .replace(/<(?:@[!&]?|#|t:|a?:\w+:|\/)[^>]*>/gu, " ")
    .replace(/@(?:everyone|here)\b/giu, " ")
    .replace(/\b(?:[a-z][a-z0-9+.-]*:\/\/|www\.|discord\.gg\/)\S+/giu, " ")
    .replace(/\b[\w-]+(?:\.[\w-]+)*\.(?:com|net|org|gg|io|me|tv|dev|app|xyz|link)\b\S*/giu, " ")
    .replace(/[\p{C}\p{M}]/gu, (one) => (one === "\n" ? "\n" : " "))
    .replace(/[[\]{}<>#*_~`|@\\^=]/gu, " ")
    .replace(/[^\S\n]+/gu, " ");
  const lines = sentences(words);
  if (lines.length === 0) throw refused(message("whisper.nothingToSay"));
  return `title: A whisper\nabout: Words for this room.\n\n${lines.join("\n")}\n`;
};
