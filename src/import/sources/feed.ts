import { Parser } from "htmlparser2";
import { plainName } from "../../kernel/names.ts";

/** One episode of a podcast. */
export interface FeedEpisode {
  readonly title: string;
  /** Address of its recording. */
  readonly url: string;
}

/** A podcast feed (RSS 2.0 with enclosures). */
export interface Feed {
  readonly title: string;
  /** As its `copyright` or `creativeCommons:license` says. */
  readonly licence: string | undefined;
  /** In the feed's order: the newest first. */
  readonly episodes: readonly FeedEpisode[];
}

/** What a feed may be, whatever it says. */
const MAX_EPISODES = 1_000;
const MAX_DEPTH = 32;
const MAX_TEXT = 300;

/** The elements whose text is kept. */
const TEXTS = new Set(["title", "copyright", "creativecommons:license"]);

/** It nests deeper than any feed does. */
export class NotAFeed extends Error {}

/** Reads a feed piece by piece. */
export interface FeedReader {
  /** @throws NotAFeed when it can't be one */
  write(text: string): void;
  /** @returns undefined when there was no feed in it */
  end(): Feed | undefined;
}

/**
 * Reads a feed with a forgiving parser that declares no entities: those of a DOCTYPE stay the words
 * that they are, so that nothing expands. Text beyond what a title needs is dropped.
 */
export const createFeedReader = (): FeedReader => {
  const path: string[] = [];
  let isFeed = false;
  let text: string | undefined;
  let feedTitle = "";
  let licence: string | undefined;
  let episode: { title?: string; url?: string } | undefined;
  const episodes: FeedEpisode[] = [];

  const take = (name: string, words: string) => {
    if (episode !== undefined) {
      if (name === "title") episode.title ??= words;
    } else if (name === "title") feedTitle ||= path.includes("image") ? "" : words;
    else licence ??= words || undefined;
  };

  const parser = new Parser(
    {
      onopentag(name, attributes) {
        if (path.length >= MAX_DEPTH) throw new NotAFeed("Nested too deeply");
        path.push(name);
        if (name === "rss") isFeed = true;
        if (name === "item") episode = {};
        if (name === "enclosure" && episode !== undefined && attributes.url !== undefined)
          episode.url ??= attributes.url.trim();
        if (TEXTS.has(name)) text = "";
      },
      ontext(more) {
        if (text !== undefined && text.length < MAX_TEXT) text += more.slice(0, MAX_TEXT);
      },
      onclosetag(name) {
        path.pop();
        if (text !== undefined && TEXTS.has(name)) {
          take(name, plainName(text.slice(0, MAX_TEXT)));
          text = undefined;
        }
        if (name !== "item") return;
        if (episode?.url !== undefined && episodes.length < MAX_EPISODES)
          episodes.push({ title: episode.title || "…", url: episode.url });
        episode = undefined;
      },
    },
    { xmlMode: true, lowerCaseTags: true, lowerCaseAttributeNames: true },
  );

  return {
    write: (piece) => parser.write(piece),
    end() {
      parser.end();
      return isFeed ? { title: feedTitle, licence, episodes } : undefined;
    },
  };
};
