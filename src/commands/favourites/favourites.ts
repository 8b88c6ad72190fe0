import {
  ApplicationCommandType,
  ContextMenuCommandBuilder,
  type SlashCommandBooleanOption,
  SlashCommandBuilder,
  type SlashCommandStringOption,
} from "discord.js";
import type { Mix } from "../../catalogue/mix.ts";
import { descriptionOf } from "../../i18n/english.ts";
import { listed, titled } from "../../i18n/message.ts";
import type { MemberText } from "../../kernel/memberText.ts";
import { nothingPlaying } from "../../session/refusals.ts";
import type { SessionView } from "../../session/view.ts";
import type { CommandContext, CommandHandler, GroupCommand, Invoker, MessageCommand, Reply } from "../command.ts";
import { parseCustomId } from "../customId.ts";
import { botCanSpeak, requireSession } from "../guards.ts";
import { chosenWhen, queueRequest, whenOption } from "../playback/play.ts";
import { notAPanel } from "../refusals.ts";
import {
  autocompleteFavourite,
  autocompleteGuildFavourite,
  autocompleteSound,
  requestForFavourite,
  requireFavourite,
  requireGuildFavourite,
  resolveSound,
} from "../soundChoices.ts";
import { favouritesList } from "./favouritesList.ts";
import { importFavourites, shareFavourites } from "./favouritesShare.ts";

/** Titles that an answer names; there may be hundreds. */
const MAX_NAMED = 10;

/**
 * Saves what is playing as a favourite, under its own title unless a name is given.
 * @param options.session by default the one that the invoker hears
 * @throws UserError when nothing is playing
 */
export const saveCurrentSound = async (
  invoker: Invoker,
  context: CommandContext,
  { name, mine = false, session }: { name?: string; mine?: boolean; session?: SessionView } = {},
): Promise<Reply> => {
  const { now, coming } = session ?? requireSession(invoker, context);
  const heard = now ?? coming;
  if (heard === undefined) throw nothingPlaying();
  const mix = heard.layers.filter(({ once }) => !once).map(({ sound, gainDb, place }) => ({ sound, gainDb, place }));
  return saveFavourite(mix, name ?? heard.title, mine, invoker, context);
};

/** Saves a mix under a name. @throws UserError when the name is taken, or the guild has too many */
const saveFavourite = async (
  mix: Mix,
  name: MemberText,
  mine: boolean,
  invoker: Invoker,
  context: CommandContext,
): Promise<Reply> => {
  if (mine) {
    const own = await context.personalFavourites.add(invoker.user, { name, mix });
    return { text: invoker.say("favourites.ownAdded", { title: titled(own.name) }) };
  }
  const favourite = await context.favourites.add(invoker.guild, { name, mix, by: invoker.user });
  return { text: invoker.say("favourites.added", { title: titled(favourite.name) }) };
};

const add: CommandHandler = {
  autocomplete: { sound: autocompleteSound },
  async run(call, context) {
    const [typed, name] = [call.options.optionalText("sound"), call.options.optionalText("name")];
    const mine = call.options.flag("mine") === true;
    if (typed === undefined) return saveCurrentSound(call, context, { ...(name !== undefined && { name }), mine });
    const sound = resolveSound(typed, call, context);
    return saveFavourite([{ sound: sound.id, gainDb: 0, place: "centre" }], name ?? sound.title, mine, call, context);
  },
};

const show: CommandHandler = {
  run: (call, context) => favouritesList(call, context, call.options.flag("mine") ? "mine" : "guild", 0, false),
};

const play: CommandHandler = {
  guards: [botCanSpeak],
  autocomplete: { name: autocompleteFavourite },
  async run(call, context) {
    const favourite = await requireFavourite(call.options.text("name"), call, context);
    return queueRequest(requestForFavourite(favourite, context), chosenWhen(call.options), call, context);
  },
};

const rename: CommandHandler = {
  autocomplete: { name: autocompleteFavourite },
  async run({ guild, user, options, say }, context) {
    const { id, name, isOwn } = await requireFavourite(options.text("name"), { guild, user }, context);
    const to = options.text("to");
    const renamed = isOwn
      ? await context.personalFavourites.rename(user, id, to)
      : await context.favourites.rename(guild, name, to);
    return { text: say("favourites.renamed", { title: titled(name), name: titled(renamed.name) }) };
  },
};

const remove: CommandHandler = {
  autocomplete: { name: autocompleteFavourite },
  async run({ guild, user, options, say }, context) {
    const { id, name, isOwn } = await requireFavourite(options.text("name"), { guild, user }, context);
    if (!isOwn) await context.favourites.remove(guild, name);
    else await context.personalFavourites.remove(user, id);
    return { text: say(isOwn ? "favourites.ownRemoved" : "favourites.removed", { title: titled(name) }) };
  },
};

const restore: CommandHandler = {
  async run({ guild, say }, context) {
    const restored = await context.favourites.restore(guild);
    const titles = listed(restored.slice(0, MAX_NAMED).map(({ name }) => titled(name)));
    return { text: say("favourites.restored", { count: restored.length, titles }) };
  },
};

const move: CommandHandler = {
  autocomplete: { name: autocompleteGuildFavourite },
  async run({ guild, options, say }, context) {
    const { name } = await requireGuildFavourite(options.text("name"), guild, context);
    await context.favourites.move(guild, name, options.integer("position"));
    const place = (await context.favourites.list(guild)).findIndex((one) => one.name === name) + 1;
    return { text: say("favourites.moved", { title: titled(name), position: place }) };
  },
};

const whichOption = (option: SlashCommandStringOption) =>
  option
    .setName("name")
    .setDescription(descriptionOf("favourites play name"))
    .setRequired(true)
    .setMaxLength(100)
    .setAutocomplete(true);

/** The option `mine`: the member's own instead of the guild's. */
export const mineOption = (option: SlashCommandBooleanOption) =>
  option.setName("mine").setDescription(descriptionOf("favourites add mine"));

/** `/favourites`: the sounds and mixes that a guild has saved. */
export const favourites: GroupCommand = {
  definition: new SlashCommandBuilder()
    .setName("favourites")
    .setDescription(descriptionOf("favourites"))
    .addSubcommand((part) =>
      part
        .setName("add")
        .setDescription(descriptionOf("favourites add"))
        .addStringOption((option) =>
          option
            .setName("sound")
            .setDescription(descriptionOf("favourites add sound"))
            .setMaxLength(100)
            .setAutocomplete(true),
        )
        .addStringOption((option) =>
          option.setName("name").setDescription(descriptionOf("favourites add name")).setMaxLength(100),
        )
        .addBooleanOption(mineOption),
    )
    .addSubcommand((part) =>
      part.setName("list").setDescription(descriptionOf("favourites list")).addBooleanOption(mineOption),
    )
    .addSubcommand((part) =>
      part
        .setName("play")
        .setDescription(descriptionOf("favourites play"))
        .addStringOption(whichOption)
        .addStringOption(whenOption),
    )
    .addSubcommand((part) =>
      part
        .setName("rename")
        .setDescription(descriptionOf("favourites rename"))
        .addStringOption(whichOption)
        .addStringOption((option) =>
          option
            .setName("to")
            .setDescription(descriptionOf("favourites rename to"))
            .setRequired(true)
            .setMaxLength(100),
        ),
    )
    .addSubcommand((part) =>
      part.setName("remove").setDescription(descriptionOf("favourites remove")).addStringOption(whichOption),
    )
    .addSubcommand((part) => part.setName("restore").setDescription(descriptionOf("favourites restore")))
    .addSubcommand((part) =>
      part
        .setName("move")
        .setDescription(descriptionOf("favourites move"))
        .addStringOption(whichOption)
        .addIntegerOption((option) =>
          option
            .setName("position")
            .setDescription(descriptionOf("favourites move position"))
            .setRequired(true)
            .setMinValue(1)
            .setMaxValue(500),
        ),
    )
    .addSubcommand((part) =>
      part
        .setName("export")
        .setDescription(descriptionOf("favourites export"))
        .addStringOption((option) =>
          option
            .setName("name")
            .setDescription(descriptionOf("favourites export name"))
            .setMaxLength(100)
            .setAutocomplete(true),
        ),
    )
    .addSubcommand((part) =>
      part
        .setName("import")
        .setDescription(descriptionOf("favourites import"))
        .addStringOption((option) =>
          option.setName("code").setDescription(descriptionOf("favourites import code")).setMaxLength(6_000),
        )
        .addAttachmentOption((option) =>
          option.setName("file").setDescription(descriptionOf("favourites import file")),
        ),
    ),
  subcommands: {
    add,
    list: show,
    play,
    rename,
    remove,
    restore,
    move,
    export: shareFavourites,
    import: importFavourites,
  },
};

/** In the menu of a panel: saves what is playing as a favourite. */
export const addToFavourites: MessageCommand = {
  definition: new ContextMenuCommandBuilder().setName("Add to favourites").setType(ApplicationCommandType.Message),
  async run(call, context) {
    const ids = new Set(call.message.customIds.map((one) => parseCustomId(one)?.parts[0]));
    const session = context.sessions.all(call.guild).find(({ id, resting }) => ids.has(id) && !resting);
    if (session === undefined) throw notAPanel();
    return saveCurrentSound(call, context, { session });
  },
};
