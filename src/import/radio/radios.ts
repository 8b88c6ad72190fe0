import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { LIVE_LENGTH, liveFolder } from "../../audio/liveParts.ts";
import { MADE_HERE, type Sound, UNKNOWN_LICENCE } from "../../catalogue/sound.ts";
import { message } from "../../i18n/message.ts";
import { UserError } from "../../kernel/errors.ts";
import { id, type SoundId } from "../../kernel/ids.ts";
import type { Log } from "../../kernel/log.ts";
import { slug } from "../../kernel/names.ts";
import type { Millis } from "../../kernel/units.ts";
import type { SoundSource } from "../../ports/sounds.ts";
import type { Resolve } from "../sources/openAddress.ts";
import { parseSourceList } from "../sources/sourceList.ts";
import { createRadioFeed, type RadioFeed } from "./radioFeed.ts";
import { parseRadioList } from "./radioList.ts";

/** The live radios that the operator has listed. */
export interface Radios extends SoundSource {
  /** As they stand in the catalogue. */
  readonly sounds: readonly Sound[];
  has(id: SoundId): boolean;
  close(): Promise<void>;
}

/**
 * Opens the radios; none is fetched before it is played.
 * @param options.listed as `parseRadioList` reads it
 * @param options.sources where redirects may lead beside the radios' own sites
 * @param options.folder where live sound passes through
 */
export const openRadios = (options: {
  readonly listed: string;
  readonly sources: string;
  readonly folder: string;
  readonly resolve?: Resolve | undefined;
  readonly stalled?: Millis;
  readonly log: Log;
}): Radios => {
  const { folder, resolve, stalled, log } = options;
  const radios = parseRadioList(options.listed);
  const sources = parseSourceList([options.sources, ...radios.map(({ url }) => new URL(url).origin)].join(" "));
  const feeds = new Map<SoundId, RadioFeed>();
  const slugs = radios.map(({ title }) => slug(title));
  /** Two of one title, or one without letters, have a number. */
  const idOf = (title: string, index: number) =>
    slugs.indexOf(slug(title)) === index && slug(title) !== "" ? slug(title) : `${slug(title)}${index + 1}`;
  const sounds = radios.map(
    ({ title, url, licence }, index): Sound => ({
      id: id<SoundId>(`radio-${idOf(title, index)}`),
      title,
      description: MADE_HERE.radio,
      trigger: "recordings",
      goals: ["calm"],
      intensity: 3,
      risks: [],
      motion: "static",
      tags: ["radio", "live"],
      licence: licence ?? UNKNOWN_LICENCE,
      origin: { kind: "radio", url },
    }),
  );

  return {
    sounds,
    has: (sound) => sounds.some((one) => one.id === sound),
    async prepare(wanted) {
      const sound = sounds.find((one) => one.id === wanted);
      if (sound?.origin.kind !== "radio") throw new UserError("unknown-sound", message("sounds.noLongerAvailable"));
      const path = join(folder, liveFolder(wanted));
      await mkdir(path, { recursive: true });
      const own = { url: sound.origin.url, folder: path, sources, resolve, log, ...(stalled && { stalled }) };
      const feed = feeds.get(wanted) ?? createRadioFeed(own);
      feeds.set(wanted, feed);
      await feed.start();
      return { id: wanted, title: sound.title, path, length: LIVE_LENGTH };
    },
    async close() {
      await Promise.all([...feeds.values()].map((feed) => feed.close()));
    },
  };
};
