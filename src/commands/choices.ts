import type { Favourite } from "../host/ports.ts";
import { cut } from "../kernel/graphemes.ts";
import type { GuildId } from "../kernel/ids.ts";
import { foldName, plainName } from "../kernel/names.ts";
import type { Sound } from "../library/sound.ts";
import type { Choice, Complete, House } from "./command.ts";
import { favouriteGone, unknownFavourite, unknownSound } from "./refusals.ts";

const MOST_CHOICES = 25;
/** How many favourites stand before the sounds where both are offered. */
const FAVOURITES_FIRST = 8;
const FAVOURITE = "favourite:";
/** Discord's limit for the names and values of choices. */
const LONGEST_VALUE = 100;

/** As people compare: without accents, whatever the case and width. */
const fold = (text: string): string => foldName(plainName(text).normalize("NFKD").replace(/\p{M}/gu, ""));

const matching = (favourites: readonly Favourite[], typed: string): readonly Favourite[] => {
  const wanted = fold(typed);
  return favourites.filter(({ name }) => fold(name).includes(wanted));
};

export const choice = <Value extends string | number>(name: string, value: Value): Choice<Value> => ({
  name: cut(plainName(name), LONGEST_VALUE, LONGEST_VALUE) || "…",
  value,
});

const soundChoices = (typed: string, { catalogue }: House): readonly Choice[] =>
  catalogue.search(plainName(typed)).map(({ id, title, trigger }) => choice(`${title} · ${trigger}`, id));

export const completeSound: Complete = (typed, _, house) => soundChoices(typed, house).slice(0, MOST_CHOICES);

/** This guild's favourites, then the sounds. */
export const completeSoundOrFavourite: Complete = async (typed, { guild }, house) => {
  const favourites = matching(await house.favourites.list(guild), typed)
    .filter(({ sound }) => house.catalogue.find(sound) !== undefined)
    .slice(0, FAVOURITES_FIRST)
    .map(({ id, name }) => choice(`★ ${name}`, `${FAVOURITE}${id}`));
  return [...favourites, ...soundChoices(typed, house)].slice(0, MOST_CHOICES);
};

export const completeFavourite: Complete = async (typed, { guild }, house) =>
  matching(await house.favourites.list(guild), typed)
    .slice(0, MOST_CHOICES)
    .map(({ id, name }) => choice(name, name.length <= LONGEST_VALUE ? name : `${FAVOURITE}${id}`));

/** Places in the queue, by what waits there. */
export const completePlace: Complete = (typed, { guild }, house) => {
  const wanted = fold(typed);
  return (house.sessions.view(guild)?.queue ?? [])
    .map(({ title }, index) => choice(`${index + 1} · ${title}`, index + 1))
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

/** @throws UserError when the sound of the favourite is no longer there */
export const soundOf = (favourite: Favourite, { catalogue }: House): Sound => {
  const sound = catalogue.find(favourite.sound);
  if (sound === undefined) throw favouriteGone(favourite.name);
  return sound;
};

/**
 * What somebody meant: a choice that was offered, a favourite by its name, or the best match of what was typed.
 * @throws UserError when nothing is like it
 */
export const soundMeant = async (typed: string, guild: GuildId, house: House): Promise<Sound> => {
  const exact = house.catalogue.find(typed);
  if (exact !== undefined) return exact;
  const favourites = await house.favourites.list(guild);
  const favourite = typed.startsWith(FAVOURITE)
    ? favourites.find(({ id }) => id === typed.slice(FAVOURITE.length))
    : favourites.find(({ name }) => fold(name) === fold(typed));
  if (favourite !== undefined) return soundOf(favourite, house);
  const [best] = plainName(typed) === "" ? [] : house.catalogue.search(plainName(typed));
  if (best === undefined || typed.startsWith(FAVOURITE)) throw unknownSound(typed.replace(FAVOURITE, ""));
  return best;
};
