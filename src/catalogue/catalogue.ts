import MiniSearch from "minisearch";
import { id, type SoundId } from "../kernel/ids.ts";
import { rawText } from "../kernel/memberText.ts";
import { inTimeSlices } from "../kernel/timeSlices.ts";
import type { Sound, Trigger } from "./sound.ts";
import { createAliases, SYNONYMS } from "./synonyms.ts";

/** All that can be heard. */
export interface Catalogue {
  /** In the manifest's order, without variants. */
  readonly sounds: readonly Sound[];
  /** Of sounds and variants. */
  find(id: string): Sound | undefined;
  byTrigger(trigger: Trigger): readonly Sound[];
  /**
   * Best first: beginnings of the title before its words, tags and synonyms, and those before what
   * is nearly the same. An empty text gives everything, in the catalogue's order; variants come
   * after their sound.
   * @param uses how often the guild has played a sound: what it likes comes first among what fits
   * about as well
   */
  search(text: string, limit?: number, uses?: (id: SoundId) => number): readonly Sound[];
}

/** By so much does each doubling of its use raise a sound. */
const LIKING = 0.15;
/** The weight of a variant's score relative to its sound's, whose words it shares. */
const BEHIND = 0.8;

/** Longer texts are no searches, and would cost time. */
const LONGEST_SEARCH = 100;

const fold = (text: string): string => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

/** One or two letters: every sound has some synonym that begins so. */
const BARELY = /^[a-z]{1,2}$/u;

/** Scripts that leave no space between words. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;
const segmenter = new Intl.Segmenter("ja", { granularity: "word" });
/** A text without spaces, whole and in its words; particles of one kana say nothing. */
const segments = (text: string): readonly string[] => {
  const parts = [...segmenter.segment(text)].map(({ segment }) => segment);
  return [text, ...parts.filter((part) => part !== text && !/^\p{Script=Hiragana}$/u.test(part))];
};

const words = (text: string): string[] =>
  fold(text)
    .split(/[^\p{L}\p{N}]+/u)
    .flatMap((word) => (UNSPACED.test(word) ? segments(word) : word))
    .filter((word) => word !== "");

/** The sounds that a sound's variants are. */
const variantsOf = ({ variants = [], ...sound }: Sound): readonly Sound[] =>
  variants.flatMap(({ name, title, settings }) =>
    sound.origin.kind !== "recipe"
      ? []
      : [
          {
            ...sound,
            id: id<SoundId>(`${sound.id}-${name}`),
            title: `${rawText(sound.title)} · ${title}`,
            tags: [...sound.tags, title],
            origin: { ...sound.origin, settings },
            variantOf: sound.id,
          },
        ],
  );

/** What is used most, and then in the order given. */
export const mostUsed = (sounds: readonly Sound[], limit: number, uses: (id: SoundId) => number): readonly Sound[] => {
  const often = sounds.map((sound, at) => ({ at, uses: uses(sound.id) })).filter((one) => one.uses > 0);
  const first = often.sort((a, b) => b.uses - a.uses || a.at - b.at).map(({ at }) => sounds[at]!);
  const rest = sounds.slice(0, limit + first.length).filter((sound) => uses(sound.id) <= 0);
  return [...first, ...rest].slice(0, limit);
};

/**
 * Up to this many sounds and variants are indexed at once, by the first search; an index of thousands takes a second and
 * is built in slices between other work.
 */
export const AT_ONCE = 300;

/** A catalogue that is there at once, and finds the last of many sounds a moment later. */
export interface NewCatalogue extends Catalogue {
  /**
   * Resolves to whether everything is found now; false when it was ended before. Absent where that
   * is so from the beginning.
   */
  readonly indexed?: Promise<boolean>;
}

/**
 * @param sounds of distinct ids
 * @param ended once it is aborted, nothing more goes into the index
 */
export const createCatalogue = (sounds: readonly Sound[], ended?: AbortSignal): NewCatalogue => {
  const all = sounds.flatMap((sound) => [sound, ...variantsOf(sound)]);
  const aliasesOf = createAliases();
  const byId = new Map<string, Sound>(all.map((sound) => [sound.id, sound]));
  const index = new MiniSearch<{
    id: number;
    title: string;
    name: string;
    tags: string;
    aliases: string;
    trigger: string;
    about: string;
  }>({
    fields: ["title", "name", "tags", "aliases", "trigger", "about"],
    tokenize: words,
    processTerm: (word) => word,
    searchOptions: {
      boost: { title: 6, name: 4, tags: 3, aliases: 2.5, trigger: 2, about: 0.5 },
      prefix: true,
      // One slip in a word of four letters, two from eight on.
      fuzzy: (word) => (word.length < 4 ? 0 : Math.min(2, Math.floor(word.length / 4))),
      maxFuzzy: 2,
      weights: { prefix: 0.7, fuzzy: 0.25 },
    },
  });
  const add = (position: number) => {
    const { id: name, tags, trigger, goals, motion, ...sound } = all[position]!;
    const title = rawText(sound.title);
    index.add({
      id: position,
      title,
      name,
      tags: tags.join(" "),
      aliases: aliasesOf(words(`${title} ${name} ${tags.join(" ")}`)),
      trigger: `${SYNONYMS[trigger]} ${goals.join(" ")} ${motion}`,
      about: rawText(sound.description),
    });
  };
  const addFirst = () => {
    for (let position = 0; position < Math.min(AT_ONCE, all.length); position++) add(position);
  };
  let isBegun = all.length > AT_ONCE;
  if (isBegun) addFirst();
  const later = isBegun ? inTimeSlices(AT_ONCE, all.length, add, ended) : undefined;
  /** Few sounds go in with the first search: a start makes several catalogues, of which the last one is searched. */
  const indexed = () => {
    if (!isBegun) addFirst();
    isBegun = true;
    return index;
  };
  const titles = all.map(({ title }) => fold(rawText(title)));

  return {
    ...(later && { indexed: later }),
    sounds,
    find: (id) => byId.get(id),
    byTrigger: (trigger) => sounds.filter((sound) => sound.trigger === trigger),
    search(text, limit = 25, uses = () => 0) {
      const wanted = fold(text.slice(0, LONGEST_SEARCH)).trim();
      const liked = (position: number) => 1 + LIKING * Math.log2(1 + Math.max(0, uses(all[position]!.id)));
      if (words(wanted).length === 0) {
        return mostUsed(sounds, limit, uses);
      }
      // All words first; where nothing has them all, any of them as it was typed; at last all with
      // a slip more: letters that changed places are two. One word of several with slips is nothing
      // that anybody meant.
      const index = indexed();
      let found = BARELY.test(wanted) ? index.search(wanted, { fields: ["title", "name", "tags"] }) : [];
      if (found.length === 0) found = index.search(wanted, { combineWith: "AND" });
      if (found.length === 0) found = index.search(wanted, { fuzzy: false });
      if (found.length === 0)
        found = index.search(wanted, { combineWith: "AND", fuzzy: (word) => (word.length < 4 ? 0 : 2) });
      const begins = (position: number) => (titles[position]?.startsWith(wanted) ? 1 : 0);
      // The sound itself before its variants, unless the words are those of a variant.
      const share = (position: number) => (all[position]!.variantOf === undefined ? 1 : BEHIND);
      return found
        .map(({ id: at, score }) => ({ position: at as number, score: score * liked(at) * share(at) }))
        .sort((a, b) => begins(b.position) - begins(a.position) || b.score - a.score || a.position - b.position)
        .slice(0, limit)
        .map(({ position }) => all[position]!);
    },
  };
};
