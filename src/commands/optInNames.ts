import { createCatalogue } from "../catalogue/catalogue.ts";
import type { Sound } from "../catalogue/sound.ts";
import { message, named } from "../i18n/message.ts";
import { UserError } from "../kernel/errors.ts";
import { rawText } from "../kernel/memberText.ts";
import { plainName, searchName } from "../kernel/names.ts";
import type { CommandContext, Invoker } from "./command.ts";

/** A shorter beginning of a word names nothing. */
const SHORTEST = 3;

const wordsOf = (text: string): readonly string[] =>
  searchName(plainName(text))
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);

/** Whether all that was typed are beginnings of words of a sound's id, title or tags. */
const isNamedBy = ({ id, title, tags }: Sound, typed: string, { say }: Pick<Invoker, "say">): boolean => {
  const its = [id, rawText(title), rawText(say.word(title)), ...tags].flatMap((text) => wordsOf(text));
  const typedWords = wordsOf(typed);
  const isIts = (word: string) => its.some((one) => one === word || (word.length >= SHORTEST && one.startsWith(word)));
  return typedWords.length > 0 && typedWords.every(isIts);
};

/**
 * The refusal of a sound that the guild has not turned on; undefined where something else is meant.
 * @param best what else fits best, if anything does
 */
export const refusalOfOptIn = (
  typed: string,
  best: Sound | undefined,
  invoker: Pick<Invoker, "guild" | "say">,
  { optInSounds }: Pick<CommandContext, "optInSounds">,
): UserError | undefined => {
  const on = optInSounds.of(invoker.guild);
  const off = optInSounds.all.filter(({ id }) => !on.includes(id));
  const isMeant = (sound: Sound) => isNamedBy(sound, typed, invoker);
  const meant =
    best === undefined
      ? (off.find(({ id }) => id === typed) ?? createCatalogue(off).search(plainName(typed) || "-", 1)[0])
      : isMeant(best)
        ? undefined
        : off.find(isMeant);
  if (meant === undefined) return undefined;
  return new UserError("opt-in-sound", message("sounds.optionalOff", { title: named(meant.title) }));
};
