import {
  ApplicationCommandType,
  ContextMenuCommandBuilder,
  SlashCommandBuilder,
  type SlashCommandStringOption,
} from "discord.js";
import { titled } from "../kernel/text.ts";
import type { Mix } from "../library/mix.ts";
import { completeFavourite, completeSound, favouriteNamed, soundMeant, wantedOf } from "./choices.ts";
import type { Asker, GroupCommand, House, MessageCommand, Part, Reply } from "./command.ts";
import { parseCustomId } from "./customId.ts";
import { favouritesList } from "./favouritesList.ts";
import { importFavourites, shareFavourites } from "./favouritesShare.ts";
import { canBeHeard, sessionOf } from "./guards.ts";
import { playWanted, whenMeant, whenOption } from "./play.ts";
import { notAPanel, nothingPlays } from "./refusals.ts";

/** Keeps what plays now as a favourite, under its own title. @throws UserError */
export const keepWhatPlays = async (asker: Asker, house: House, name?: string): Promise<Reply> => {
  const { now, coming } = sessionOf(asker, house);
  const heard = now ?? coming;
  if (heard === undefined) throw nothingPlays();
  const mix = heard.layers.map(({ sound, gainDb, place }) => ({ sound, gainDb, place }));
  return keep(mix, name ?? heard.title, asker, house);
};

/** Keeps a mix under a name. @throws UserError when the name is taken, or there are too many */
const keep = async (mix: Mix, name: string, asker: Asker, house: House): Promise<Reply> => {
  const favourite = await house.favourites.add(asker.guild, { name, mix, by: asker.user });
  return { text: asker.say`${titled(favourite.name)} is a favourite now. /play offers it first.` };
};

const add: Part = {
  complete: { sound: completeSound },
  async run(call, house) {
    const [typed, name] = [call.options.textIfGiven("sound"), call.options.textIfGiven("name")];
    if (typed === undefined) return keepWhatPlays(call, house, name);
    const sound = soundMeant(typed, call, house);
    return keep([{ sound: sound.id, gainDb: 0, place: "centre" }], name ?? sound.title, call, house);
  },
};

const show: Part = {
  run: (call, house) => favouritesList(call, house, 0, false),
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
  async run({ guild, options, say }, house) {
    const { name } = await favouriteNamed(options.text("name"), guild, house);
    const renamed = await house.favourites.rename(guild, name, options.text("to"));
    return { text: say`${titled(name)} is called ${titled(renamed.name)} now.` };
  },
};

const remove: Part = {
  complete: { name: completeFavourite },
  async run({ guild, options, say }, house) {
    const { name } = await favouriteNamed(options.text("name"), guild, house);
    await house.favourites.remove(guild, name);
    return { text: say`${titled(name)} is no longer a favourite.` };
  },
};

const move: Part = {
  complete: { name: completeFavourite },
  async run({ guild, options, say }, house) {
    const { name } = await favouriteNamed(options.text("name"), guild, house);
    await house.favourites.move(guild, name, options.integer("position"));
    const place = (await house.favourites.list(guild)).findIndex((one) => one.name === name) + 1;
    return { text: say`${titled(name)} is number ${place} now.` };
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
    )
    .addSubcommand((part) =>
      part
        .setName("export")
        .setDescription("Take favourites to another server: one as a code, or all as a file")
        .addStringOption((option) =>
          option
            .setName("name")
            .setDescription("Which favourite; all of them, unless you choose one")
            .setMaxLength(100)
            .setAutocomplete(true),
        ),
    )
    .addSubcommand((part) =>
      part
        .setName("import")
        .setDescription("Bring favourites from another server")
        .addStringOption((option) => option.setName("code").setDescription("A share code").setMaxLength(6_000))
        .addAttachmentOption((option) => option.setName("file").setDescription("A file that was exported")),
    ),
  parts: { add, list: show, play, rename, remove, move, export: shareFavourites, import: importFavourites },
};

/** In the menu of a panel: what plays on it becomes a favourite. */
export const addToFavourites: MessageCommand = {
  definition: new ContextMenuCommandBuilder().setName("Add to favourites").setType(ApplicationCommandType.Message),
  async run(call, house) {
    const view = house.sessions.view(call.guild);
    const ofPanel = call.message.customIds.some(
      (one) => view !== undefined && parseCustomId(one)?.parts[0] === view.id,
    );
    if (!ofPanel) throw notAPanel();
    return keepWhatPlays(call, house);
  },
};
