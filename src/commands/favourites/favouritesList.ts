import { type APIMessageTopLevelComponent, ButtonStyle, ComponentType } from "discord.js";
import { escapeMarkdown } from "../../kernel/markdown.ts";
import { named, type Say, type Text, text, titled, together } from "../../kernel/text.ts";
import type { Favourite } from "../../ports/guild.ts";
import type { CommandContext, ComponentHandler, Invoker, Reply } from "../command.ts";
import { customId } from "../customId.ts";
import { botCanSpeak } from "../guards.ts";
import { pageButtons, pageNote, pageOf } from "../pages.ts";
import { queueRequest } from "../playback/play.ts";
import { outdatedButton } from "../refusals.ts";
import { findFavourite, requestForFavourite } from "../soundChoices.ts";

const PAGE_SIZE = 8;

/** The most played first; those that are played alike in the guild's own order. */
const byUse = (favourites: readonly Favourite[]): readonly Favourite[] =>
  favourites.toSorted((one, other) => other.uses - one.uses);

/** What is gone of a favourite: how many sounds, or which, where that is known. */
const missingFrom = ({ guild, mix }: Favourite, { catalogue, uploads }: CommandContext): Text | undefined => {
  const gone = mix.filter(({ sound }) => catalogue.find(sound) === undefined);
  if (gone.length === 0) return undefined;
  const were = gone.flatMap(({ sound }) => uploads.find(guild, sound)?.title ?? []);
  if (were.length === gone.length) return text`${together(were.map(escapeMarkdown), " + ")}: no longer in the library`;
  if (gone.length < mix.length) return text`${gone.length} no longer in the library`;
  return gone.length === 1 ? text`no longer in the library` : text`${gone.length} no longer in the library`;
};

/** What is in it, and what was, where its name does not say so. */
const contentsOf = (favourite: Favourite, context: CommandContext): Text | undefined => {
  const titles = favourite.mix.flatMap(({ sound }) => context.catalogue.find(sound)?.title ?? []);
  const gone = missingFrom(favourite, context);
  if (titles.length === 1 && gone === undefined && titles[0] === favourite.name) return undefined;
  return together([...titles.map(named), ...(gone ? [gone] : [])], " + ");
};

/** A favourite with its button. */
const line = (favourite: Favourite, place: number, say: Say, context: CommandContext): APIMessageTopLevelComponent => {
  const what = contentsOf(favourite, context);
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
      label: say`Play`,
      custom_id: customId("favourite-play", favourite.id),
      disabled: isGone,
    },
  };
};

/** One page of the guild's favourites. */
export const favouritesList = async (
  { guild, say }: Invoker,
  context: CommandContext,
  wanted: number,
  inPlace: boolean,
): Promise<Reply> => {
  const page = pageOf(byUse(await context.favourites.list(guild)), wanted, PAGE_SIZE);
  const empty = say`There are no favourites yet. /favourites add keeps what plays now.`;
  const head = [say`### Favourites`, ...(page.items.length === 0 ? [empty] : []), ...pageNote(page, say)].join("\n");
  return {
    components: [
      { type: ComponentType.TextDisplay, content: head },
      ...page.items.map((favourite, i) => line(favourite, page.first + i + 1, say, context)),
      ...pageButtons(page, say, "favourites"),
    ],
    inPlace,
  };
};

/** Turns the pages of `/favourites list`. */
export const favouritesPageButtons: ComponentHandler = {
  action: "favourites",
  scope: "private",
  run: (press, context) => favouritesList(press, context, Number(press.parts[0]), true),
};

/** Plays the favourite beside which it is, in place of what plays where that is the caller's to decide. */
export const favouritesPlayButton: ComponentHandler = {
  action: "favourite-play",
  scope: "private",
  guards: [botCanSpeak],
  async run(press, context) {
    const [wanted = ""] = press.parts;
    const favourite = await findFavourite(wanted, press.guild, context);
    if (favourite === undefined) throw outdatedButton();
    return queueRequest(requestForFavourite(favourite, context), "last", press, context);
  },
};
