import { type APIMessageTopLevelComponent, ButtonStyle, ComponentType } from "discord.js";
import { type Message, message, named, titled, together } from "../../i18n/message.ts";
import type { GuildId } from "../../kernel/ids.ts";
import { escapeMarkdown } from "../../kernel/markdown.ts";
import type { PersonalFavourite } from "../../ports/guild.ts";
import type { CommandContext, ComponentHandler, Invoker, Reply } from "../command.ts";
import { customId } from "../customId.ts";
import { botCanSpeak } from "../guards.ts";
import { pageButtons, pageNote, pageOf } from "../pages.ts";
import { queueRequest } from "../playback/play.ts";
import { outdatedButton } from "../refusals.ts";
import { findFavourite, requestForFavourite } from "../soundChoices.ts";

const PAGE_SIZE = 8;

/** Most played first; equally often played ones in the guild's own order. */
export const byUse = (favourites: readonly PersonalFavourite[]): readonly PersonalFavourite[] =>
  favourites.toSorted((one, other) => other.uses - one.uses);

/** What is missing from a favourite: how many sounds, or which, if that is known. */
const missingFrom = (
  { mix }: PersonalFavourite,
  guild: GuildId,
  { catalogue, uploads }: CommandContext,
): Message | undefined => {
  const gone = mix.filter(({ sound }) => catalogue.find(sound) === undefined);
  if (gone.length === 0) return undefined;
  const were = gone.flatMap(({ sound }) => uploads.find(guild, sound)?.title ?? []);
  if (were.length === gone.length)
    return message("favourites.missingNamed", { titles: together(were.map(escapeMarkdown), " + ") });
  if (gone.length < mix.length) return message("favourites.missingCount", { count: gone.length });
  return gone.length === 1 ? message("favourites.missing") : message("favourites.missingCount", { count: gone.length });
};

/** What it contains, and what is missing, unless its name says so. */
const contentsOf = (favourite: PersonalFavourite, guild: GuildId, context: CommandContext): Message | undefined => {
  const titles = favourite.mix.flatMap(({ sound }) => context.catalogue.find(sound)?.title ?? []);
  const gone = missingFrom(favourite, guild, context);
  if (titles.length === 1 && gone === undefined && titles[0] === favourite.name) return undefined;
  return together([...titles.map(named), ...(gone ? [gone] : [])], " + ");
};

/** A favourite with a button to play it. */
const line = (
  favourite: PersonalFavourite,
  place: number,
  { guild, say }: Pick<Invoker, "guild" | "say">,
  context: CommandContext,
): APIMessageTopLevelComponent => {
  const what = contentsOf(favourite, guild, context);
  const isGone = !favourite.mix.some(({ sound }) => context.catalogue.find(sound) !== undefined);
  return {
    type: ComponentType.Section,
    components: [
      {
        type: ComponentType.TextDisplay,
        content: `${place}. ${say.of(titled(favourite.name))}${what ? `\n-# ${say.of(what)}` : ""}`,
      },
    ],
    accessory: {
      type: ComponentType.Button,
      style: ButtonStyle.Secondary,
      label: say("favourites.playButton"),
      custom_id: customId("favourite-play", favourite.id),
      disabled: isGone,
    },
  };
};

/** Whose favourites a list shows. */
export type FavouritesOf = "guild" | "mine";

const WORDS = {
  guild: { heading: message("favourites.heading"), none: message("favourites.none") },
  mine: { heading: message("favourites.ownHeading"), none: message("favourites.ownNone") },
};

/** One page of the guild's favourites, or of the invoker's own. */
export const favouritesList = async (
  invoker: Invoker,
  context: CommandContext,
  of: FavouritesOf,
  wanted: number,
  inPlace: boolean,
): Promise<Reply> => {
  const { guild, user, say } = invoker;
  const all = of === "mine" ? await context.personalFavourites.list(user) : await context.favourites.list(guild);
  const page = pageOf(byUse(all), wanted, PAGE_SIZE);
  const { heading, none } = WORDS[of];
  const head = [say.of(heading), ...(page.items.length === 0 ? [say.of(none)] : []), ...pageNote(page, say)].join("\n");
  return {
    components: [
      { type: ComponentType.TextDisplay, content: head },
      ...page.items.map((favourite, i) => line(favourite, page.first + i + 1, invoker, context)),
      ...pageButtons(page, say, of === "mine" ? "favourites-mine" : "favourites"),
    ],
    inPlace,
  };
};

/** Turns the pages of `/favourites list`. */
export const favouritesPageButtons: ComponentHandler = {
  action: "favourites",
  scope: "private",
  run: (press, context) => favouritesList(press, context, "guild", Number(press.parts[0]), true),
};

/** Turns the pages of `/favourites list mine`. */
export const ownFavouritesPageButtons: ComponentHandler = {
  action: "favourites-mine",
  scope: "private",
  run: (press, context) => favouritesList(press, context, "mine", Number(press.parts[0]), true),
};

/**
 * Queues a favourite last, for a button that names it.
 * @param wanted its id
 * @throws UserError when it no longer exists, or cannot be queued
 */
export const queueFavourite = async (
  wanted: string,
  invoker: Parameters<typeof queueRequest>[2],
  context: Parameters<typeof queueRequest>[3] & Pick<CommandContext, "catalogue">,
): Promise<Reply> => {
  const favourite = await findFavourite(wanted, invoker, context);
  if (favourite === undefined) throw outdatedButton();
  return queueRequest(requestForFavourite(favourite, context), "last", invoker, context);
};

/** Queues the favourite beside the button. */
export const favouritesPlayButton: ComponentHandler = {
  action: "favourite-play",
  scope: "private",
  guards: [botCanSpeak],
  run: (press, context) => queueFavourite(press.parts[0] ?? "", press, context),
};
