import MiniSearch from "minisearch";
import type { Sound, Trigger } from "./sound.ts";
import { SYNONYMS } from "./synonyms.ts";

/** All that can be heard. */
export interface Catalogue {
  /** In the manifest's order. */
  readonly sounds: readonly Sound[];
  find(id: string): Sound | undefined;
  byTrigger(trigger: Trigger): readonly Sound[];
  /**
   * Best first: beginnings of the title before its words, tags and synonyms, and those before what is nearly the same.
   * An empty text gives everything, in the catalogue's order.
   */
  search(text: string, limit?: number): readonly Sound[];
}

/** Longer texts are no searches, and would cost time. */
const LONGEST_SEARCH = 100;

const fold = (text: string): string => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

const words = (text: string): string[] =>
  fold(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "");

/** @param sounds of distinct ids */
export const createCatalogue = (sounds: readonly Sound[]): Catalogue => {
  const byId = new Map<string, Sound>(sounds.map((sound) => [sound.id, sound]));
  const index = new MiniSearch<{
    id: number;
    title: string;
    name: string;
    tags: string;
    trigger: string;
    about: string;
  }>({
    fields: ["title", "name", "tags", "trigger", "about"],
    tokenize: words,
    processTerm: (word) => word,
    searchOptions: {
      boost: { title: 6, name: 4, tags: 3, trigger: 2, about: 0.5 },
      prefix: true,
      // One slip in a word of four letters, two from eight on.
      fuzzy: (word) => (word.length < 4 ? 0 : Math.min(2, Math.floor(word.length / 4))),
      maxFuzzy: 2,
      weights: { prefix: 0.7, fuzzy: 0.25 },
    },
  });
  index.addAll(
    sounds.map(({ id, title, tags, trigger, goals, motion, description }, position) => ({
      id: position,
      title,
      name: id,
      tags: tags.join(" "),
      trigger: `${SYNONYMS[trigger]} ${goals.join(" ")} ${motion}`,
      about: description,
    })),
  );
  const titles = sounds.map(({ title }) => fold(title));

  return {
    sounds,
    find: (id) => byId.get(id),
    byTrigger: (trigger) => sounds.filter((sound) => sound.trigger === trigger),
    search(text, limit = 25) {
      const wanted = fold(text.slice(0, LONGEST_SEARCH)).trim();
      if (words(wanted).length === 0) return sounds.slice(0, limit);
      // All words first; where nothing has them all, any of them; at last with a slip more: letters that changed places are two.
      let found = index.search(wanted, { combineWith: "AND" });
      if (found.length === 0) found = index.search(wanted);
      if (found.length === 0) found = index.search(wanted, { fuzzy: (word) => (word.length < 4 ? 0 : 2) });
      const begins = (position: number) => (titles[position]?.startsWith(wanted) ? 1 : 0);
      return found
        .map(({ id, score }) => ({ position: id as number, score }))
        .sort((a, b) => begins(b.position) - begins(a.position) || b.score - a.score || a.position - b.position)
        .slice(0, limit)
        .map(({ position }) => sounds[position]!);
    },
  };
};
