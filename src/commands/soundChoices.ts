import type { Sound } from "../catalogue/sound.ts";
import type { Say } from "../i18n/say.ts";
import { truncate } from "../kernel/graphemes.ts";
import type { FavouriteId, GuildId, SoundId } from "../kernel/ids.ts";
import { type MemberText, rawText } from "../kernel/memberText.ts";
import { foldName, plainName, searchName } from "../kernel/names.ts";
import { type Millis, minutes } from "../kernel/units.ts";
import type { Favourite, PersonalFavourite } from "../ports/guild.ts";
import { describeDuration, formatDuration, parseDuration } from "../session/duration.ts";
import { singleLayer } from "../session/mix.ts";
import type { PlayRequest } from "../session/session.ts";
import type { Autocomplete, Choice, CommandContext, Invoker } from "./command.ts";
import { nearestSession } from "./guards.ts";
import { refusalOfOptIn } from "./optInNames.ts";
import { favouriteGone, ownFavouriteGone, unknownFavourite, unknownSound } from "./refusals.ts";

const MAX_CHOICES = 25;
/** How many favourites come before the sounds where both are suggested. */
const MAX_FAVOURITES_FIRST = 8;
const FAVOURITE_PREFIX = "favourite:";
/** Of a member's own favourite. */
const OWN_PREFIX = "mine:";
/** Discord's limit for the names and values of choices. */
const MAX_VALUE_LENGTH = 100;

/** For comparison: without accents, case or width. */
const fold = (text: MemberText): string => searchName(plainName(rawText(text)));

const matching = <F extends PersonalFavourite>(favourites: readonly F[], typed: string, say: Say): readonly F[] => {
  const wanted = fold(typed);
  /** Only what is one of ours has another name in the member's language. */
  const isTranslated = (name: MemberText): boolean => {
    const word = say.word(name);
    return word !== name && searchName(word).includes(wanted);
  };
  return favourites.filter(({ name, searchable }) => searchable.includes(wanted) || isTranslated(name));
};

/** A choice within Discord's limits: an overlong name is cut. */
export const choice = <Value extends string | number>(name: string, value: Value): Choice<Value> => ({
  name: truncate(plainName(name), MAX_VALUE_LENGTH, MAX_VALUE_LENGTH) || "…",
  value,
});

type UseCount = (sound: SoundId) => number;

/**
 * How often a guild plays each sound: the number of dates on which it was heard, plus how often it
 * was played as a favourite.
 */
const useCountsOf = async (guild: GuildId, { listenerService, favourites }: CommandContext): Promise<UseCount> => {
  const [heard, liked] = [await listenerService.heardCounts(guild), new Map<SoundId, number>()];
  for (const { mix, uses } of await favourites.list(guild))
    for (const { sound } of mix) liked.set(sound, (liked.get(sound) ?? 0) + uses);
  return (sound) => (heard.get(sound) ?? 0) + (liked.get(sound) ?? 0);
};

/**
 * The best matches for what was typed; first those whose title in the invoker's language contains
 * it.
 */
const soundsLike = (
  typed: string,
  { say }: Pick<Invoker, "say">,
  { catalogue }: CommandContext,
  uses?: UseCount,
): readonly Sound[] => {
  const [found, wanted] = [catalogue.search(plainName(typed), undefined, uses), fold(typed)];
  const matches = ({ title }: Sound) => say.word(title) !== title && fold(say.word(title)).includes(wanted);
  const meant = wanted === "" ? [] : catalogue.sounds.filter(matches);
  return [...new Set([...meant, ...found])];
};

const soundChoices = async (typed: string, invoker: Invoker, context: CommandContext): Promise<readonly Choice[]> =>
  soundsLike(typed, invoker, context, await useCountsOf(invoker.guild, context)).map(({ id, title, trigger }) =>
    choice(`${rawText(invoker.say.word(title))} · ${invoker.say.word(trigger)}`, id),
  );

/** Sounds that match what was typed, those the guild plays most first. */
export const autocompleteSound: Autocomplete = async (typed, invoker, context) =>
  (await soundChoices(typed, invoker, context)).slice(0, MAX_CHOICES);

/** Only the member who types sees their own. */
const ownChoices = (own: readonly PersonalFavourite[], typed: string, say: Say): readonly Choice[] =>
  matching(own, typed, say).map(({ id, name }) => choice(`♥ ${rawText(say.word(name))}`, `${OWN_PREFIX}${id}`));

/** The guild's favourites that match what was typed and the member's own, then the sounds. */
export const autocompleteSoundOrFavourite: Autocomplete = async (typed, invoker, context) => {
  const { guild, user, say } = invoker;
  const playable = ({ mix }: PersonalFavourite) => mix.some(({ sound }) => context.catalogue.find(sound) !== undefined);
  const favourites = matching(await context.favourites.list(guild), typed, say)
    .filter(playable)
    .slice(0, MAX_FAVOURITES_FIRST)
    .map(({ id, name }) => choice(`★ ${rawText(say.word(name))}`, `${FAVOURITE_PREFIX}${id}`));
  const own = ownChoices((await context.personalFavourites.list(user)).filter(playable), typed, say);
  return [...favourites, ...own.slice(0, MAX_FAVOURITES_FIRST), ...(await soundChoices(typed, invoker, context))].slice(
    0,
    MAX_CHOICES,
  );
};

/** The guild's favourites that match what was typed, and the member's own. */
export const autocompleteFavourite: Autocomplete = async (typed, invoker, context, given) =>
  [
    ...(await autocompleteGuildFavourite(typed, invoker, context, given)),
    ...ownChoices(await context.personalFavourites.list(invoker.user), typed, invoker.say),
  ].slice(0, MAX_CHOICES);

/** The guild's favourites that match what was typed. */
export const autocompleteGuildFavourite: Autocomplete = async (typed, { guild, say }, context) =>
  matching(await context.favourites.list(guild), typed, say)
    .slice(0, MAX_CHOICES)
    .map(({ id, name }) => {
      const typable = rawText(name);
      return choice(rawText(say.word(name)), typable.length <= MAX_VALUE_LENGTH ? typable : `${FAVOURITE_PREFIX}${id}`);
    });

const SUGGESTED_DURATIONS: readonly Millis[] = [15, 20, 30, 45, 60, 90, 120, 180, 480].map(minutes);

const parsed = (typed: string): readonly Millis[] => {
  try {
    return [parseDuration(typed)];
  } catch {
    return [];
  }
};

/** What was typed, if it is a duration, and common ones. */
export const autocompleteDuration: Autocomplete = (typed, { say }) => {
  const digits = typed.trim();
  const usual = SUGGESTED_DURATIONS.filter((duration) => formatDuration(duration).startsWith(digits));
  return [...new Set([...parsed(digits), ...usual])].map((duration) =>
    choice(say.of(describeDuration(duration)), formatDuration(duration)),
  );
};

/** Positions in the queue, by what is there. */
export const autocompleteQueuePosition: Autocomplete = (typed, invoker, context) => {
  const { say } = invoker;
  const wanted = fold(typed);
  return (nearestSession(invoker, context)?.queue ?? [])
    .map(({ title }, index) => choice(`${index + 1} · ${rawText(say.word(title))}`, index + 1))
    .filter(({ name }) => fold(name).includes(wanted))
    .slice(0, MAX_CHOICES);
};

/** A favourite of the guild, or one of the invoker's own. */
export type FoundFavourite = PersonalFavourite & { readonly isOwn: boolean };

const ofGuild = (favourite: Favourite): FoundFavourite => ({ ...favourite, isOwn: false });
const ofUser = (favourite: PersonalFavourite): FoundFavourite => ({ ...favourite, isOwn: true });

/**
 * Finds a favourite by the value of a choice or by its name: one of the guild's, or else one of the
 * invoker's own.
 * @throws UserError when there is no such favourite
 */
export const requireFavourite = async (
  name: string,
  { guild, user }: Pick<Invoker, "guild" | "user">,
  context: CommandContext,
): Promise<FoundFavourite> => {
  const own = await context.personalFavourites.list(user);
  if (name.startsWith(OWN_PREFIX)) {
    const chosen = chosenFrom(own, OWN_PREFIX, name);
    if (chosen === undefined) throw ownFavouriteGone();
    return ofUser(chosen);
  }
  const chosen = chosenFrom(await context.favourites.list(guild), FAVOURITE_PREFIX, name);
  if (chosen !== undefined) return ofGuild(chosen);
  const named = byName(own, name);
  if (named === undefined) throw unknownFavourite(name.replace(FAVOURITE_PREFIX, ""));
  return ofUser(named);
};

/** @throws UserError when the guild has no such favourite */
export const requireGuildFavourite = async (
  name: string,
  guild: GuildId,
  context: CommandContext,
): Promise<Favourite> => {
  const found = chosenFrom(await context.favourites.list(guild), FAVOURITE_PREFIX, name);
  if (found === undefined) throw unknownFavourite(name.replace(FAVOURITE_PREFIX, ""));
  return found;
};

const byName = <F extends PersonalFavourite>(favourites: readonly F[], name: string): F | undefined => {
  const [folded, wanted] = [foldName(plainName(name)), fold(name)];
  const alike = favourites.filter(({ searchable }) => searchable === wanted);
  return alike.find((one) => foldName(one.name) === folded) ?? alike[0];
};

/** The favourite whose choice has this value, or that has this name. */
const chosenFrom = <F extends PersonalFavourite>(favourites: readonly F[], prefix: string, typed: string) =>
  typed.startsWith(prefix) ? favourites.find(({ id }) => id === typed.slice(prefix.length)) : byName(favourites, typed);

/** Something to play, and the favourite it comes from. */
export interface ResolvedRequest extends PlayRequest {
  readonly favourite?: FavouriteId;
  /** Whether that is the invoker's own. */
  readonly isOwn?: boolean;
}

/** A mix of one sound, unchanged. */
export const singleSound = ({ id, title }: Pick<Sound, "id" | "title">): PlayRequest => ({
  title,
  layers: singleLayer({ id, title }),
});

/**
 * A favourite, ready to be played; a mix loses the sounds that are no longer in the catalogue.
 * @throws UserError when none of its sounds exist
 */
export const requestForFavourite = (
  { id, name, mix, isOwn }: FoundFavourite,
  { catalogue }: Pick<CommandContext, "catalogue">,
): ResolvedRequest => {
  const layers = mix.flatMap(({ sound, gainDb, place }) => {
    const found = catalogue.find(sound);
    return found ? [{ sound: { id: found.id, title: found.title }, gainDb, place }] : [];
  });
  const [first, ...others] = layers;
  if (first === undefined) throw favouriteGone(name);
  // A mix is shown by the favourite's name, a single sound by its own title.
  const isMix = others.length > 0 || mix.length > 1;
  return { title: isMix ? name : first.sound.title, layers, favourite: id, isOwn };
};

/**
 * Finds a favourite by the value of a choice, by its name, or by its id: one of the guild's, or else
 * one of the invoker's own.
 */
export const findFavourite = async (
  typed: string,
  { guild, user }: Pick<Invoker, "guild" | "user">,
  context: Pick<CommandContext, "favourites" | "personalFavourites">,
): Promise<FoundFavourite | undefined> => {
  const among = <F extends PersonalFavourite>(favourites: readonly F[], prefix: string): F | undefined =>
    favourites.find(({ id }) => id === typed) ?? chosenFrom(favourites, prefix, typed);
  const shared = among(await context.favourites.list(guild), FAVOURITE_PREFIX);
  if (shared !== undefined) return ofGuild(shared);
  const own = among(await context.personalFavourites.list(user), OWN_PREFIX);
  return own && ofUser(own);
};

const bestMatch = (
  typed: string,
  invoker: Pick<Invoker, "guild" | "say">,
  context: CommandContext,
  uses?: UseCount,
): Sound => {
  const [best] = plainName(typed) === "" ? [] : soundsLike(typed, invoker, context, uses);
  const refusal = refusalOfOptIn(typed, best, invoker, context);
  if (refusal !== undefined) throw refusal;
  if (best === undefined || typed.startsWith(FAVOURITE_PREFIX) || typed.startsWith(OWN_PREFIX))
    throw unknownSound(typed.replace(FAVOURITE_PREFIX, "").replace(OWN_PREFIX, ""));
  return best;
};

/**
 * The sound that the invoker means: a suggested choice, or the best match for what was typed.
 * @throws UserError when nothing matches
 */
export const resolveSound = (typed: string, invoker: Pick<Invoker, "guild" | "say">, context: CommandContext): Sound =>
  context.catalogue.find(typed) ?? bestMatch(typed, invoker, context);

/**
 * What the invoker wants to hear: a suggested choice, a favourite by its name, or the best match
 * for what was typed.
 * @throws UserError when nothing matches
 */
export const resolveRequest = async (
  typed: string,
  invoker: Invoker,
  context: CommandContext,
): Promise<ResolvedRequest> => {
  const exact = context.catalogue.find(typed);
  if (exact !== undefined) return singleSound(exact);
  const favourite = await findFavourite(typed, invoker, context);
  if (favourite !== undefined) return requestForFavourite(favourite, context);
  return singleSound(bestMatch(typed, invoker, context, await useCountsOf(invoker.guild, context)));
};
