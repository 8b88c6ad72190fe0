import { type APIMessageTopLevelComponent, ButtonStyle, ComponentType } from "discord.js";
import type { Favourite } from "../host/libraryPorts.ts";
import { shown } from "../kernel/markdown.ts";
import { favouriteMeant, wantedOf } from "./choices.ts";
import type { Asker, Control, House, Reply } from "./command.ts";
import { customId } from "./customId.ts";
import { canBeHeard } from "./guards.ts";
import { strong } from "./markdown.ts";
import { pageButtons, pageNote, pageOf } from "./pages.ts";
import { playWanted } from "./play.ts";
import { oldButton } from "./refusals.ts";

const PAGE_SIZE = 8;

/** The most played first; those that are played alike in the guild's own order. */
const byUse = (favourites: readonly Favourite[]): readonly Favourite[] =>
  favourites.toSorted((one, other) => other.uses - one.uses);

/** What a favourite has, where its name does not say it. */
/** What is in it, and what was, where its name does not say so. */
const whatOf = ({ guild, name, mix }: Favourite, { catalogue, uploads }: House): string | undefined => {
  const titles = mix.flatMap(({ sound }) => catalogue.find(sound)?.title ?? []);
  const gone = mix.filter(({ sound }) => catalogue.find(sound) === undefined);
  const were = gone.map(({ sound }) => uploads.known(guild, sound)?.title ?? "").filter((title) => title !== "");
  const count = titles.length === 0 && gone.length === 1 ? "" : `${gone.length} `;
  const missing = were.length === gone.length ? `${were.map(shown).join(" + ")}: ` : count;
  const what = [...titles.map(shown), ...(gone.length > 0 ? [`${missing}no longer in the library`] : [])].join(" + ");
  return titles.length === 1 && gone.length === 0 && titles[0] === name ? undefined : what;
};

/** A favourite with its button. */
const line = (favourite: Favourite, place: number, house: House): APIMessageTopLevelComponent => {
  const what = whatOf(favourite, house);
  const isGone = !favourite.mix.some(({ sound }) => house.catalogue.find(sound) !== undefined);
  return {
    type: ComponentType.Section,
    components: [
      { type: ComponentType.TextDisplay, content: `${place}. ${strong(favourite.name)}${what ? `\n-# ${what}` : ""}` },
    ],
    accessory: {
      type: ComponentType.Button,
      style: ButtonStyle.Secondary,
      label: "Play",
      custom_id: customId("favourite-play", favourite.id),
      disabled: isGone,
    },
  };
};

/** One page of the guild's favourites. */
export const favouritesList = async (
  { guild }: Asker,
  house: House,
  wanted: number,
  inPlace: boolean,
): Promise<Reply> => {
  const page = pageOf(byUse(await house.favourites.list(guild)), wanted, PAGE_SIZE);
  const empty = "There are no favourites yet. /favourites add keeps what plays now.";
  const head = ["### Favourites", ...(page.items.length === 0 ? [empty] : []), ...pageNote(page)].join("\n");
  return {
    components: [
      { type: ComponentType.TextDisplay, content: head },
      ...page.items.map((favourite, i) => line(favourite, page.first + i + 1, house)),
      ...pageButtons(page, "favourites"),
    ],
    inPlace,
  };
};

/** Turns the pages of `/favourites list`. */
export const favouritesPages: Control = {
  action: "favourites",
  of: "member",
  run: (press, house) => favouritesList(press, house, Number(press.parts[0]), true),
};

/** Plays the favourite beside which it is, in place of what plays where that is the caller's to decide. */
export const favouritesPlay: Control = {
  action: "favourite-play",
  of: "member",
  guards: [canBeHeard],
  async run(press, house) {
    const [wanted = ""] = press.parts;
    const favourite = await favouriteMeant(wanted, press.guild, house);
    if (favourite === undefined) throw oldButton();
    return playWanted(wantedOf(favourite, house), "last", press, house);
  },
};
