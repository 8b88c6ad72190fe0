import {
  ApplicationCommandType,
  ContextMenuCommandBuilder,
  SlashCommandBuilder,
  type SlashCommandStringOption,
} from "discord.js";
import type { Mix } from "../../catalogue/mix.ts";
import { titled } from "../../kernel/text.ts";
import { nothingPlaying } from "../../session/refusals.ts";
import type { CommandContext, CommandHandler, GroupCommand, Invoker, MessageCommand, Reply } from "../command.ts";
import { parseCustomId } from "../customId.ts";
import { botCanSpeak, requireSession } from "../guards.ts";
import { chosenWhen, queueRequest, whenOption } from "../playback/play.ts";
import { notAPanel } from "../refusals.ts";
import {
  autocompleteFavourite,
  autocompleteSound,
  requestForFavourite,
  requireFavourite,
  resolveSound,
} from "../soundChoices.ts";
import { favouritesList } from "./favouritesList.ts";
import { importFavourites, shareFavourites } from "./favouritesShare.ts";

/** Keeps what plays now as a favourite, under its own title. @throws UserError */
export const saveCurrentSound = async (invoker: Invoker, context: CommandContext, name?: string): Promise<Reply> => {
  const { now, coming } = requireSession(invoker, context);
  const heard = now ?? coming;
  if (heard === undefined) throw nothingPlaying();
  const mix = heard.layers.map(({ sound, gainDb, place }) => ({ sound, gainDb, place }));
  return saveFavourite(mix, name ?? heard.title, invoker, context);
};

/** Keeps a mix under a name. @throws UserError when the name is taken, or there are too many */
const saveFavourite = async (mix: Mix, name: string, invoker: Invoker, context: CommandContext): Promise<Reply> => {
  const favourite = await context.favourites.add(invoker.guild, { name, mix, by: invoker.user });
  return { text: invoker.say`${titled(favourite.name)} is a favourite now. /play offers it first.` };
};

const add: CommandHandler = {
  autocomplete: { sound: autocompleteSound },
  async run(call, context) {
    const [typed, name] = [call.options.optionalText("sound"), call.options.optionalText("name")];
    if (typed === undefined) return saveCurrentSound(call, context, name);
    const sound = resolveSound(typed, call, context);
    return saveFavourite([{ sound: sound.id, gainDb: 0, place: "centre" }], name ?? sound.title, call, context);
  },
};

const show: CommandHandler = {
  run: (call, context) => favouritesList(call, context, 0, false),
};

const play: CommandHandler = {
  guards: [botCanSpeak],
  autocomplete: { name: autocompleteFavourite },
  async run(call, context) {
    const favourite = await requireFavourite(call.options.text("name"), call.guild, context);
    return queueRequest(requestForFavourite(favourite, context), chosenWhen(call.options), call, context);
  },
};

const rename: CommandHandler = {
  autocomplete: { name: autocompleteFavourite },
  async run({ guild, options, say }, context) {
    const { name } = await requireFavourite(options.text("name"), guild, context);
    const renamed = await context.favourites.rename(guild, name, options.text("to"));
    return { text: say`${titled(name)} is called ${titled(renamed.name)} now.` };
  },
};

const remove: CommandHandler = {
  autocomplete: { name: autocompleteFavourite },
  async run({ guild, options, say }, context) {
    const { name } = await requireFavourite(options.text("name"), guild, context);
    await context.favourites.remove(guild, name);
    return { text: say`${titled(name)} is no longer a favourite.` };
  },
};

const move: CommandHandler = {
  autocomplete: { name: autocompleteFavourite },
  async run({ guild, options, say }, context) {
    const { name } = await requireFavourite(options.text("name"), guild, context);
    await context.favourites.move(guild, name, options.integer("position"));
    const place = (await context.favourites.list(guild)).findIndex((one) => one.name === name) + 1;
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
  subcommands: { add, list: show, play, rename, remove, move, export: shareFavourites, import: importFavourites },
};

/** In the menu of a panel: what plays on it becomes a favourite. */
export const addToFavourites: MessageCommand = {
  definition: new ContextMenuCommandBuilder().setName("Add to favourites").setType(ApplicationCommandType.Message),
  async run(call, context) {
    const view = context.sessions.view(call.guild);
    const ofPanel = call.message.customIds.some(
      (one) => view !== undefined && parseCustomId(one)?.parts[0] === view.id,
    );
    if (!ofPanel) throw notAPanel();
    return saveCurrentSound(call, context);
  },
};
