import { ComponentType, SlashCommandBuilder, type SlashCommandStringOption } from "discord.js";
import { shown } from "../kernel/markdown.ts";
import type { Mix } from "../library/mix.ts";
import { completeFavourite, completeSound, favouriteNamed, soundMeant, wantedOf } from "./choices.ts";
import type { Asker, Control, GroupCommand, House, Part, Reply } from "./command.ts";
import { canBeHeard, sessionOf } from "./guards.ts";
import { strong } from "./markdown.ts";
import { pageButtons, pageNote, pageOf } from "./pages.ts";
import { playWanted, whenMeant, whenOption } from "./play.ts";
import { nothingPlays } from "./refusals.ts";

const PAGE_SIZE = 15;

/** Keeps what plays now as a favourite, under its own title. @throws UserError */
export const keepWhatPlays = async (asker: Asker, house: House, name?: string): Promise<Reply> => {
  const { now, coming } = sessionOf(asker, house);
  const heard = now ?? coming;
  if (heard === undefined) throw nothingPlays();
  const mix = heard.layers.map(({ sound, gainDb, place }) => ({ sound, gainDb, place }));
  return keep(mix, name ?? heard.title, asker, house);
};

/** Keeps a mix under a name. @throws UserError when the name is taken, or there are too many */
export const keep = async (mix: Mix, name: string, asker: Asker, house: House): Promise<Reply> => {
  const favourite = await house.favourites.add(asker.guild, { name, mix, by: asker.user });
  return { text: `${strong(favourite.name)} is a favourite now. /play offers it first.` };
};

const list = async ({ guild }: Asker, house: House, wanted: number, inPlace: boolean): Promise<Reply> => {
  const page = pageOf(await house.favourites.list(guild), wanted, PAGE_SIZE);
  const lines = page.items.map(({ name, mix }, i) => {
    const titles = mix.flatMap(({ sound }) => house.catalogue.find(sound)?.title ?? []);
    const what =
      titles.length === 0
        ? "no longer in the library"
        : titles.length === 1 && titles[0] === name
          ? undefined
          : titles.map(shown).join(" + ");
    return `${page.first + i + 1}. ${strong(name)}${what ? ` · ${what}` : ""}`;
  });
  const text =
    lines.length > 0 ? lines.join("\n") : "There are no favourites yet. /favourites add keeps what plays now.";
  const content = ["### Favourites", text, ...pageNote(page)].join("\n");
  return { components: [{ type: ComponentType.TextDisplay, content }, ...pageButtons(page, "favourites")], inPlace };
};

const add: Part = {
  complete: { sound: completeSound },
  async run(call, house) {
    const [typed, name] = [call.options.textIfGiven("sound"), call.options.textIfGiven("name")];
    if (typed === undefined) return keepWhatPlays(call, house, name);
    const sound = soundMeant(typed, house);
    return keep([{ sound: sound.id, gainDb: 0, place: "centre" }], name ?? sound.title, call, house);
  },
};

const show: Part = {
  run: (call, house) => list(call, house, 0, false),
};

const play: Part = {
  guards: [canBeHeard],
  complete: { name: completeFavourite },
  async run(call, house) {
    const favourite = await favouriteNamed(call.options.text("name"), call.guild, house);
    return playWanted(wantedOf(favourite, house), whenMeant(call.options), call, house);
  },
};

const rename: Part = {
  complete: { name: completeFavourite },
  async run({ guild, options }, house) {
    const { name } = await favouriteNamed(options.text("name"), guild, house);
    const renamed = await house.favourites.rename(guild, name, options.text("to"));
    return { text: `${strong(name)} is called ${strong(renamed.name)} now.` };
  },
};

const remove: Part = {
  complete: { name: completeFavourite },
  async run({ guild, options }, house) {
    const { name } = await favouriteNamed(options.text("name"), guild, house);
    await house.favourites.remove(guild, name);
    return { text: `${strong(name)} is no longer a favourite.` };
  },
};

const move: Part = {
  complete: { name: completeFavourite },
  async run({ guild, options }, house) {
    const { name } = await favouriteNamed(options.text("name"), guild, house);
    await house.favourites.move(guild, name, options.integer("position"));
    const place = (await house.favourites.list(guild)).findIndex((one) => one.name === name) + 1;
    return { text: `${strong(name)} is number ${place} now.` };
  },
};

const whichOption = (option: SlashCommandStringOption) =>
  option.setName("name").setDescription("Which favourite").setRequired(true).setMaxLength(100).setAutocomplete(true);

export const favourites: GroupCommand = {
  definition: new SlashCommandBuilder()
    .setName("favourites")
    .setDescription("The sounds this community likes to come back to")
    .addSubcommand((part) =>
      part
        .setName("add")
        .setDescription("Keep a sound, or what plays now")
        .addStringOption((option) =>
          option
            .setName("sound")
            .setDescription("A sound; what plays now, unless you choose one")
            .setMaxLength(100)
            .setAutocomplete(true),
        )
        .addStringOption((option) =>
          option
            .setName("name")
            .setDescription("What to call it; its title, unless you say otherwise")
            .setMaxLength(100),
        ),
    )
    .addSubcommand((part) => part.setName("list").setDescription("Show the favourites in their order"))
    .addSubcommand((part) =>
      part
        .setName("play")
        .setDescription("Play a favourite in your voice channel, or queue it")
        .addStringOption(whichOption)
        .addStringOption(whenOption),
    )
    .addSubcommand((part) =>
      part
        .setName("rename")
        .setDescription("Give a favourite another name")
        .addStringOption(whichOption)
        .addStringOption((option) =>
          option.setName("to").setDescription("Its new name").setRequired(true).setMaxLength(100),
        ),
    )
    .addSubcommand((part) =>
      part.setName("remove").setDescription("Take a favourite off the list").addStringOption(whichOption),
    )
    .addSubcommand((part) =>
      part
        .setName("move")
        .setDescription("Move a favourite to another place")
        .addStringOption(whichOption)
        .addIntegerOption((option) =>
          option
            .setName("position")
            .setDescription("Where it should be; 1 comes first")
            .setRequired(true)
            .setMinValue(1)
            .setMaxValue(500),
        ),
    ),
  parts: { add, list: show, play, rename, remove, move },
};

/** Turns the pages of `/favourites list`. */
export const favouritesPages: Control = {
  action: "favourites",
  of: "member",
  run: (press, house) => list(press, house, Number(press.parts[0]), true),
};
