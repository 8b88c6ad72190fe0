import type { GuildId, SoundId } from "../kernel/ids.ts";
import { rawText } from "../kernel/memberText.ts";
import { AT_ONCE, type Catalogue, createCatalogue, mostUsed } from "./catalogue.ts";
import type { Sound } from "./sound.ts";

/** What can be heard, as each guild sees it: what comes with Lull, what the operator has added, what is
 * shared, and the guild's own. */
export interface GuildCatalogue {
  /** What every guild can play; always current. */
  readonly catalogue: Catalogue;
  /** What one guild can play, at this moment. */
  of(guild: GuildId): Catalogue;
  /** Built-in sounds that a guild has to turn on, in none of the catalogues unless it has. */
  readonly optInSounds: readonly Sound[];
  /** Replaces those that a guild has turned on; unknown ones are left out. */
  setOptedIn(guild: GuildId, sounds: readonly SoundId[]): void;
  /** Replaces what the operator has added. */
  setOperatorSounds(sounds: readonly Sound[]): void;
  /** Replaces the live radios that the operator has listed. */
  setRadios(sounds: readonly Sound[]): void;
  /** Replaces what members have added; `shared` marks what every guild can play. */
  setUploads(sounds: readonly (Sound & { readonly shared: boolean })[]): void;
  /** Replaces what has been whispered in a guild. */
  setWhispers(guild: GuildId, sounds: readonly Sound[]): void;
}

/** Guilds with sounds of their own whose index is kept: it takes a megabyte and 20 ms. */
const MAX_KEPT = 64;

type Upload = Sound & { readonly shared: boolean };

/** What members have added for their own guild alone. */
const ownByGuild = (uploads: readonly Upload[]): ReadonlyMap<GuildId, readonly Upload[]> => {
  const own = new Map<GuildId, Upload[]>();
  for (const upload of uploads) {
    if (upload.shared || upload.added === undefined) continue;
    const { guild } = upload.added;
    const there = own.get(guild);
    if (there === undefined) own.set(guild, [upload]);
    else there.push(upload);
  }
  return own;
};

/** Whether the uploads that every guild can play have changed. */
const everybodysOf = (uploads: readonly Upload[]): string => JSON.stringify(uploads.filter(({ shared }) => shared));

/**
 * A guild's own sounds beside everybody's. Where there are thousands, each keeps an index of its
 * own, since building one again for each guild would take a second.
 */
const beside = (everybodys: Catalogue, own: Catalogue): Catalogue => {
  const sounds = [...everybodys.sounds, ...own.sounds];
  if (sounds.length <= AT_ONCE) return createCatalogue(sounds);
  return {
    sounds,
    find: (id) => own.find(id) ?? everybodys.find(id),
    byTrigger: (trigger) => sounds.filter((sound) => sound.trigger === trigger),
    search(text, limit = 25, uses) {
      const wanted = text.trim().toLowerCase();
      if (wanted === "") return mostUsed(sounds, limit, uses ?? (() => 0));
      const [mine, theirs] = [own.search(text, limit, uses), everybodys.search(text, limit, uses)];
      // What is nearly the same as a slip comes after what has the words.
      const isMeant = ({ title }: Sound) =>
        rawText(title)
          .toLowerCase()
          .split(/\s+/)
          .some((word) => word.startsWith(wanted));
      return [...mine.filter(isMeant), ...theirs, ...mine.filter((sound) => !isMeant(sound))].slice(0, limit);
    },
  };
};

/** While an index of thousands is being rebuilt, the previous one finds what is still there. */
const meanwhile = (coming: Catalogue, former: Catalogue): Catalogue => ({
  ...coming,
  search: (text, limit, uses) =>
    former.search(text, limit, uses).flatMap(({ id }) => {
      const sound = coming.find(id);
      return sound === undefined ? [] : [sound];
    }),
});

/** @param all what comes with Lull, of distinct ids, as those that are set later */
export const createGuildCatalogue = (all: readonly Sound[]): GuildCatalogue => {
  const builtIn = all.filter(({ optIn }) => optIn !== true);
  const optInSounds = all.filter(({ optIn }) => optIn === true);
  let operatorSounds: readonly Sound[] = [];
  let radios: readonly Sound[] = [];
  let uploads: readonly Upload[] = [];
  let ownUploads = ownByGuild(uploads);
  let everybodys: Catalogue = createCatalogue(builtIn);
  /** The last catalogue whose index is complete. */
  let whole = everybodys;
  let indexing = new AbortController();
  const whispers = new Map<GuildId, readonly Sound[]>();
  const optedIn = new Map<GuildId, readonly Sound[]>();
  /** Of guilds with sounds of their own; the one that was asked for last comes last. */
  const views = new Map<GuildId, Catalogue>();

  const renew = () => {
    indexing.abort();
    indexing = new AbortController();
    const sounds = [...builtIn, ...operatorSounds, ...radios, ...uploads.filter(({ shared }) => shared)];
    const { indexed, ...coming } = createCatalogue(sounds, indexing.signal);
    const arrive = () => {
      whole = coming;
      everybodys = coming;
      views.clear();
    };
    if (indexed === undefined) return arrive();
    everybodys = meanwhile(coming, whole);
    views.clear();
    void indexed.then((all) => {
      if (all) arrive();
    });
  };

  const ownOf = (guild: GuildId): readonly Sound[] => [
    ...(optedIn.get(guild) ?? []),
    ...(ownUploads.get(guild) ?? []),
    ...(whispers.get(guild) ?? []),
  ];

  const viewOf = (guild: GuildId): Catalogue => {
    const own = ownOf(guild);
    if (own.length === 0) return everybodys;
    const view = views.get(guild) ?? beside(everybodys, createCatalogue(own));
    views.delete(guild);
    views.set(guild, view);
    const [oldest] = views.keys();
    if (views.size > MAX_KEPT && oldest !== undefined) views.delete(oldest);
    return view;
  };

  return {
    catalogue: {
      get sounds() {
        return everybodys.sounds;
      },
      find: (id) => everybodys.find(id),
      byTrigger: (trigger) => everybodys.byTrigger(trigger),
      search: (text, limit, uses) => everybodys.search(text, limit, uses),
    },
    of: viewOf,
    optInSounds,
    setOptedIn(guild, sounds) {
      const there = optInSounds.filter(({ id }) => sounds.includes(id));
      if (there.length === 0) optedIn.delete(guild);
      else optedIn.set(guild, there);
      views.delete(guild);
    },
    setOperatorSounds(sounds) {
      operatorSounds = sounds;
      renew();
    },
    setRadios(sounds) {
      radios = sounds;
      renew();
    },
    setWhispers(guild, sounds) {
      whispers.set(guild, sounds);
      views.delete(guild);
    },
    setUploads(sounds) {
      const [before, former] = [everybodysOf(uploads), ownUploads];
      uploads = sounds;
      ownUploads = ownByGuild(uploads);
      // An index takes its time; most uploads concern one guild.
      if (before !== everybodysOf(uploads)) return renew();
      const isSame = (guild: GuildId) => JSON.stringify(former.get(guild)) === JSON.stringify(ownUploads.get(guild));
      for (const guild of [...views.keys()]) if (!isSame(guild)) views.delete(guild);
    },
  };
};
