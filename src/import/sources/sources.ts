import { createHash } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { basename } from "node:path";
import { message } from "../../i18n/message.ts";
import type { Clock } from "../../kernel/clock.ts";
import { UserError } from "../../kernel/errors.ts";
import type { MemberText } from "../../kernel/memberText.ts";
import { plainName } from "../../kernel/names.ts";
import { type Millis, minutes, seconds } from "../../kernel/units.ts";
import type { Episode, SourceRequest, Uploads } from "../../ports/sounds.ts";
import { saveBody } from "../saveBody.ts";
import { createFeedReader, type Feed, type FeedEpisode, NotAFeed } from "./feed.ts";
import { openAddress, type Resolve, sourceUnreachable } from "./openAddress.ts";
import type { SourceList } from "./sourceList.ts";

/** An hour at 192 kbit/s is 86 MB. */
const LARGEST = 100 * 2 ** 20;
const LARGEST_FEED = 4 * 2 ** 20;
/** How long a recording, and a feed, may take to arrive. */
const LIMITS = { recording: minutes(3), feed: seconds(15) };
/** A feed is asked for with every letter of an episode. */
const FEED_KEPT: Millis = minutes(5);
const MAX_KEPT = 20;
/** As many as Discord shows. */
const MAX_EPISODES = 25;

const tooLarge = () => new UserError("source-too-large", message("sources.tooLarge"));
const feedTooLarge = () => new UserError("source-too-large", message("sources.feedTooLarge"));
const tooSlow = () => new UserError("source-too-slow", message("sources.tooSlow"));
const notSound = () => new UserError("source-not-sound", message("sources.notSound"));
const isLive = () => new UserError("source-live", message("sources.isLive"));
const isFeedNotEpisode = () => new UserError("source-episode", message("sources.chooseEpisode"));
const noSuchEpisode = () => new UserError("source-episode", message("sources.noSuchEpisode"));
const notAFeed = () => new UserError("source-not-feed", message("sources.notAFeed"));
const FEED_TYPE = /^(application|text)\/(rss\+|atom\+)?xml\b/;
const SOUND_TYPE = /^(audio|video)\/|^application\/(ogg|octet-stream|mp4)\b|^binary\/octet-stream\b/;

const typeOf = ({ headers }: IncomingMessage): string =>
  (headers["content-type"] ?? "application/octet-stream").trim().toLowerCase();

/** As it is where it can't be decoded. */
const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

/** Names an episode while its title and address stay the same, however the feed grows. */
const keyOf = ({ title, url }: FeedEpisode): string =>
  createHash("sha256").update(`${url}\n${title}`).digest("hex").slice(0, 16);

/** A recording that has been opened and not been read yet. */
export interface OpenedRecording {
  /** Bytes that it says it has, or the most that are read. */
  readonly size: number;
  /** The end of its address, as a file's name. */
  readonly name: MemberText;
  /** Its title in the feed, or as its sender gave it. */
  readonly title: MemberText | undefined;
  /** As its feed says. */
  readonly licence: MemberText | undefined;
  /** Where it is, without what may be a secret in its address. */
  readonly place: MemberText;
  /**
   * Reads it into a file that is not there yet; removed again when this fails.
   * @throws UserError when it is too large or too slow
   */
  save(path: string): Promise<void>;
  /** Gives it up unread. */
  close(): void;
}

/** Recordings from where they are. */
export interface SourceStore extends Pick<Uploads, "episodes"> {
  /** @throws UserError when it can't be fetched from there */
  openRecording(request: SourceRequest): Promise<OpenedRecording>;
}

const lengthOf = ({ headers }: IncomingMessage): number | undefined => {
  const length = Number(headers["content-length"]);
  return headers["content-length"] !== undefined && Number.isInteger(length) && length >= 0 ? length : undefined;
};

const refusalFor = (error: unknown, signal: AbortSignal, host: string): UserError => {
  if (error instanceof UserError) return error;
  const refusal = signal.aborted ? tooSlow() : sourceUnreachable(host);
  refusal.cause = error;
  return refusal;
};

/**
 * Fetches recordings and podcast feeds from the domains that the operator has listed.
 * @param options.resolve finds the addresses of a name; by default by DNS
 * @param options.limits how long a recording, and a feed, may take to arrive
 */
export const createSources = (options: {
  readonly sources: SourceList;
  readonly clock: Clock;
  readonly resolve?: Resolve | undefined;
  readonly limits?: { readonly recording: Millis; readonly feed: Millis };
}): SourceStore => {
  const { sources, clock, resolve, limits = LIMITS } = options;
  const feeds = new Map<string, { readonly until: Millis; readonly feed: Promise<Feed> }>();

  const readFeed = async (address: string): Promise<Feed> => {
    const signal = AbortSignal.timeout(limits.feed);
    const { url, response } = await openAddress(address, { sources, signal, resolve }).catch((error: unknown) => {
      throw refusalFor(error, signal, address);
    });
    try {
      if (!FEED_TYPE.test(typeOf(response))) throw notAFeed();
      if ((lengthOf(response) ?? 0) > LARGEST_FEED) throw feedTooLarge();
      const [reader, decoder] = [createFeedReader(), new TextDecoder()];
      let read = 0;
      for await (const part of response as AsyncIterable<Uint8Array>) {
        read += part.length;
        if (read > LARGEST_FEED) throw feedTooLarge();
        reader.write(decoder.decode(part, { stream: true }));
      }
      const feed = reader.end();
      if (feed === undefined || feed.episodes.length === 0) throw notAFeed();
      return feed;
    } catch (error) {
      if (error instanceof NotAFeed) throw notAFeed();
      throw refusalFor(error, signal, url.hostname);
    } finally {
      response.destroy();
    }
  };

  const feedAt = (address: string): Promise<Feed> => {
    const now = clock.now();
    for (const [other, { until }] of feeds) if (until <= now || feeds.size > MAX_KEPT) feeds.delete(other);
    const known = feeds.get(address);
    if (known !== undefined) return known.feed;
    const feed = readFeed(address);
    feeds.set(address, { until: now + FEED_KEPT, feed });
    feed.catch(() => feeds.delete(address));
    return feed;
  };

  const openFile = async (
    address: string,
    about: Pick<OpenedRecording, "title" | "licence">,
  ): Promise<OpenedRecording> => {
    const signal = AbortSignal.timeout(limits.recording);
    const { url, response } = await openAddress(address, { sources, signal, resolve }).catch((error: unknown) => {
      throw refusalFor(error, signal, address);
    });
    const refuse = (refusal: UserError): never => {
      response.destroy();
      throw refusal;
    };
    const type = typeOf(response);
    if (FEED_TYPE.test(type)) refuse(isFeedNotEpisode());
    if (!SOUND_TYPE.test(type)) refuse(notSound());
    if (Object.keys(response.headers).some((name) => /^(icy|ice)-/.test(name))) refuse(isLive());
    const size = lengthOf(response) ?? LARGEST;
    if (size > LARGEST) refuse(tooLarge());
    return {
      ...about,
      size,
      name: plainName(decoded(basename(url.pathname)).slice(0, 100)) || url.hostname,
      place: `${url.origin}${url.pathname}`.slice(0, 300),
      close: () => void response.destroy(),
      async save(path) {
        try {
          await saveBody(path, () => response, { most: LARGEST, tooLarge, least: lengthOf(response) });
        } catch (error) {
          throw refusalFor(error, signal, url.hostname);
        } finally {
          response.destroy();
        }
      },
    };
  };

  return {
    async episodes(address, typed): Promise<readonly Episode[]> {
      const wanted = typed.trim().toLowerCase();
      try {
        const { episodes } = await feedAt(address);
        return episodes
          .map((one) => ({ title: one.title, key: keyOf(one) }))
          .filter(({ title }) => title.toLowerCase().includes(wanted))
          .slice(0, MAX_EPISODES);
      } catch (error) {
        if (error instanceof UserError) return [];
        throw error;
      }
    },

    async openRecording({ source: url, episode }) {
      if (episode === undefined) return openFile(url, { title: undefined, licence: undefined });
      const { episodes, licence } = await feedAt(url);
      const wanted = episode.trim().toLowerCase();
      const found =
        episodes.find((one) => keyOf(one) === wanted) ?? episodes.find(({ title }) => title.toLowerCase() === wanted);
      if (found === undefined) throw noSuchEpisode();
      return openFile(found.url, { title: found.title, licence });
    },
  };
};
