import type { Favourite } from "../host/libraryPorts.ts";
import { cut } from "../kernel/graphemes.ts";
import type { FavouriteId, GuildId, SoundId } from "../kernel/ids.ts";
import { foldName, plainName } from "../kernel/names.ts";
import type { Say } from "../kernel/text.ts";
import { type Millis, minutes } from "../kernel/units.ts";
import type { Sound } from "../library/sound.ts";
import { durationText, durationWords, parseDuration } from "../session/duration.ts";
import { alone } from "../session/mix.ts";
import type { Wanted } from "../session/session.ts";
import type { Asker, Choice, Complete, House } from "./command.ts";
import { favouriteGone, unknownFavourite, unknownSound } from "./refusals.ts";

const MOST_CHOICES = 25;
/** How many favourites stand before the sounds where both are offered. */
const FAVOURITES_FIRST = 8;
const FAVOURITE = "favourite:";
/** Discord's limit for the names and values of choices. */
const LONGEST_VALUE = 100;

/** As people compare: without accents, whatever the case and width. */
const fold = (text: string): string => foldName(plainName(text).normalize("NFKD").replace(/\p{M}/gu, ""));

const matching = (favourites: readonly Favourite[], typed: string, say: Say): readonly Favourite[] => {
  const wanted = fold(typed);
  return favourites.filter(({ name }) => [name, say.word(name)].some((one) => fold(one).includes(wanted)));
};

export const choice = <Value extends string | number>(name: string, value: Value): Choice<Value> => ({
  name: cut(plainName(name), LONGEST_VALUE, LONGEST_VALUE) || "…",
  value,
});

type Uses = (sound: SoundId) => number;

/** How often a guild wants each sound: evenings on which it was heard, and how often it was played as a favourite. */
const usesOf = async (guild: GuildId, { care, favourites }: House): Promise<Uses> => {
  const [heard, liked] = [await care.often(guild), new Map<SoundId, number>()];
  for (const { mix, uses } of await favourites.list(guild))
    for (const { sound } of mix) liked.set(sound, (liked.get(sound) ?? 0) + uses);
  return (sound) => (heard.get(sound) ?? 0) + (liked.get(sound) ?? 0);
};

/** The best matches of what was typed; those whose title in the asker's language has it come first. */
const soundsLike = (
  typed: string,
  { say }: Pick<Asker, "say">,
  { catalogue }: House,
  uses?: Uses,
): readonly Sound[] => {
  const [found, wanted] = [catalogue.search(plainName(typed), undefined, uses), fold(typed)];
  const isMeant = ({ title }: Sound) => say.word(title) !== title && fold(say.word(title)).includes(wanted);
  const meant = wanted === "" ? [] : catalogue.sounds.filter(isMeant);
  return [...new Set([...meant, ...found])];
};

const soundChoices = async (typed: string, asker: Asker, house: House): Promise<readonly Choice[]> =>
  soundsLike(typed, asker, house, await usesOf(asker.guild, house)).map(({ id, title, trigger }) =>
    choice(`${asker.say.word(title)} · ${asker.say.word(trigger)}`, id),
  );

export const completeSound: Complete = async (typed, asker, house) =>
  (await soundChoices(typed, asker, house)).slice(0, MOST_CHOICES);

/** This guild's favourites, then the sounds. */
export const completeSoundOrFavourite: Complete = async (typed, asker, house) => {
  const { guild, say } = asker;
  const favourites = matching(await house.favourites.list(guild), typed, say)
    .filter(({ mix }) => mix.some(({ sound }) => house.catalogue.find(sound) !== undefined))
    .slice(0, FAVOURITES_FIRST)
    .map(({ id, name }) => choice(`★ ${say.word(name)}`, `${FAVOURITE}${id}`));
  return [...favourites, ...(await soundChoices(typed, asker, house))].slice(0, MOST_CHOICES);
};

export const completeFavourite: Complete = async (typed, { guild, say }, house) =>
  matching(await house.favourites.list(guild), typed, say)
    .slice(0, MOST_CHOICES)
    .map(({ id, name }) => choice(say.word(name), name.length <= LONGEST_VALUE ? name : `${FAVOURITE}${id}`));

const USUAL_DURATIONS: readonly Millis[] = [15, 20, 30, 45, 60, 90, 120, 180, 480].map(minutes);

const parsed = (typed: string): readonly Millis[] => {
  try {
    return [parseDuration(typed)];
  } catch {
    return [];
  }
};

/** What was typed, if it is a duration, and usual ones. */
export const completeDuration: Complete = (typed, { say }) => {
  const digits = typed.trim();
  const usual = USUAL_DURATIONS.filter((duration) => durationText(duration).startsWith(digits));
  return [...new Set([...parsed(digits), ...usual])].map((duration) =>
    choice(say.of(durationWords(duration)), durationText(duration)),
  );
};

/** Places in the queue, by what waits there. */
export const completePlace: Complete = (typed, { guild, say }, house) => {
  const wanted = fold(typed);
  return (house.sessions.view(guild)?.queue ?? [])
    .map(({ title }, index) => choice(`${index + 1} · ${say.word(title)}`, index + 1))
    .filter(({ name }) => fold(name).includes(wanted))
    .slice(0, MOST_CHOICES);
};

/** @throws UserError when the guild has no favourite of that name */
export const favouriteNamed = async (name: string, guild: GuildId, house: House): Promise<Favourite> => {
  const all = await house.favourites.list(guild);
  const found = name.startsWith(FAVOURITE)
    ? all.find(({ id }) => id === name.slice(FAVOURITE.length))
    : (all.find((one) => foldName(one.name) === foldName(plainName(name))) ??
      all.find((one) => fold(one.name) === fold(name)));
  if (found === undefined) throw unknownFavourite(name.replace(FAVOURITE, ""));
  return found;
};

/** Something to play, and the favourite it came from. */
export interface Meant extends Wanted {
  readonly favourite?: FavouriteId;
}

/** One sound as it is. */
export const justThis = ({ id, title }: Pick<Sound, "id" | "title">): Wanted => ({
  title,
  layers: alone({ id, title }),
});

/**
 * A favourite as it is played: what is no longer in the library is left out of a mix.
 * @throws UserError when nothing of it is there
 */
export const wantedOf = ({ id, name, mix }: Favourite, { catalogue }: House): Meant => {
  const layers = mix.flatMap(({ sound, gainDb, place }) => {
    const found = catalogue.find(sound);
    return found ? [{ sound: { id: found.id, title: found.title }, gainDb, place }] : [];
  });
  const [first, ...others] = layers;
  if (first === undefined) throw favouriteGone(name);
  // A mix goes by the name it was given; a sound by its own.
  const isMix = others.length > 0 || mix.length > 1;
  return { title: isMix ? name : first.sound.title, layers, favourite: id };
};

/** By the value of a choice, by its name, or by its id. */
export const favouriteMeant = async (typed: string, guild: GuildId, house: House): Promise<Favourite | undefined> => {
  const favourites = await house.favourites.list(guild);
  return typed.startsWith(FAVOURITE)
    ? favourites.find(({ id }) => id === typed.slice(FAVOURITE.length))
    : favourites.find(({ id, name }) => id === typed || fold(name) === fold(typed));
};

const bestMatch = (typed: string, asker: Pick<Asker, "say">, house: House, uses?: Uses): Sound => {
  const [best] = plainName(typed) === "" ? [] : soundsLike(typed, asker, house, uses);
  if (best === undefined || typed.startsWith(FAVOURITE)) throw unknownSound(typed.replace(FAVOURITE, ""));
  return best;
};

/**
 * The sound that somebody meant: a choice that was offered, or the best match of what was typed.
 * @throws UserError when nothing is like it
 */
export const soundMeant = (typed: string, asker: Pick<Asker, "say">, house: House): Sound =>
  house.catalogue.find(typed) ?? bestMatch(typed, asker, house);

/**
 * What somebody meant to hear: a choice that was offered, a favourite by its name, or the best match of what was typed.
 * @throws UserError when nothing is like it
 */
export const wantedMeant = async (typed: string, asker: Asker, house: House): Promise<Meant> => {
  const exact = house.catalogue.find(typed);
  if (exact !== undefined) return justThis(exact);
  const favourite = await favouriteMeant(typed, asker.guild, house);
  if (favourite !== undefined) return wantedOf(favourite, house);
  return justThis(bestMatch(typed, asker, house, await usesOf(asker.guild, house)));
};
