import { SlashCommandBuilder, type SlashCommandStringOption } from "discord.js";
import { GOALS, type Sound } from "../../catalogue/sound.ts";
import { choiceName, descriptionOf } from "../../i18n/english.ts";
import { titled } from "../../i18n/message.ts";
import { id, type SoundId } from "../../kernel/ids.ts";
import { type MemberText, rawText } from "../../kernel/memberText.ts";
import { PLACEMENTS, type Placement } from "../../kernel/placement.ts";
import { type Millis, seconds } from "../../kernel/units.ts";
import type { SessionView } from "../../session/view.ts";
import type {
  Autocomplete,
  CommandCall,
  CommandContext,
  CommandHandler,
  CommandOptions,
  ComponentHandler,
  GroupCommand,
  Invoker,
  Reply,
} from "../command.ts";
import { mineOption, saveCurrentSound } from "../favourites/favourites.ts";
import {
  botCanSpeak,
  inBotChannel,
  listensToPanel,
  nearestSession,
  requireSession,
  requireVoiceChannel,
} from "../guards.ts";
import { type ListenerRequest, requestAsListener } from "../listenerRequest.ts";
import { withRemark } from "../markdown.ts";
import { chosenWhen, queueRequest, whenOption } from "../playback/play.ts";
import { autocompleteSound, choice, resolveSound, singleSound } from "../soundChoices.ts";
import { mixer } from "./mixer.ts";
import { LAYER_LEVELS, layerGain, layerLevel, levelWord, placeWord } from "./mixLevels.ts";

const mixerReply = (
  view: SessionView,
  { say }: Invoker,
  { catalogue }: CommandContext,
  inPlace: boolean,
  picked?: SoundId,
): Reply => mixer(view, picked, catalogue.sounds, inPlace, say);

const show: CommandHandler = {
  guards: [inBotChannel],
  run: async (call, context) => mixerReply(requireSession(call, context), call, context, false),
};

const chosenPlace = (options: CommandOptions): Placement | undefined =>
  PLACEMENTS.find((place) => place === options.optionalText("place"));

/** Whether something plays or is about to: where the invoker is, or elsewhere, and no bot is free. */
const isPlaying = (invoker: Invoker, context: CommandContext): boolean => {
  const { guild, voiceChannel } = invoker;
  if (voiceChannel !== undefined && context.sessions.freeBot(guild, voiceChannel) !== undefined) return false;
  const view = nearestSession(invoker, context);
  return view !== undefined && (view.now ?? view.coming) !== undefined;
};

/** How much is heard of a sound that is laid over once; one that is a little longer is heard whole. */
const ONCE_LENGTH: Millis = seconds(20);

/** @param once how much is heard of it; absent: it stays */
const addLayer = async (sound: Sound, call: CommandCall, context: CommandContext, once?: Millis): Promise<Reply> => {
  const channel = requireVoiceChannel(call);
  const { remark } = await context.listenerService.filterRequest(call.guild, channel, singleSound(sound));
  const [place = "centre", gainDb] = [
    chosenPlace(call.options),
    layerGain(call.options.optionalText("level") ?? "full"),
  ];
  const added = {
    type: "layerAdded",
    by: call.user,
    sound: { id: sound.id, title: sound.title },
    gainDb,
    place,
  } as const;
  await context.sessions.dispatch(call.guild, { ...added, ...(once !== undefined && { once }) }, channel);
  const joins = call.say(once === undefined ? "mix.added" : "mix.onceAdded", {
    title: titled(sound.title),
    level: levelWord(layerLevel(gainDb)),
    place: placeWord(place),
  });
  return { text: withRemark(joins, remark && call.say.of(remark)) };
};

const add: CommandHandler = {
  guards: [botCanSpeak],
  autocomplete: { sound: autocompleteSound },
  async run(call, context) {
    const sound = resolveSound(call.options.text("sound"), call, context);
    if (!isPlaying(call, context)) return queueRequest(singleSound(sound), "now", call, context);
    inBotChannel(call, context);
    return addLayer(sound, call, context);
  },
};

/** The layers of what is playing. */
const autocompleteLayer: Autocomplete = (typed, invoker, context) => {
  const { say } = invoker;
  const view = nearestSession(invoker, context);
  return ((view?.now ?? view?.coming)?.layers ?? [])
    .map(({ sound, title }) => choice(rawText(say.word(title)), sound))
    .filter(({ name }) => name.toLowerCase().includes(typed.trim().toLowerCase()));
};

/**
 * The layer that the invoker means, by its id or title; the session refuses a sound that is not in
 * the mix.
 */
const resolveLayer = (
  call: Invoker & { options: CommandOptions },
  context: CommandContext,
): { sound: SoundId; title: MemberText } => {
  const typed = call.options.text("layer");
  const isTyped = (name: MemberText) => rawText(name).toLowerCase() === typed.trim().toLowerCase();
  const { now, coming } = requireSession(call, context);
  const layers = (now ?? coming)?.layers ?? [];
  return (
    layers.find(({ sound, title }) => [sound, title, call.say.word(title)].some(isTyped)) ?? {
      sound: id<SoundId>(typed),
      title: typed,
    }
  );
};

const change: CommandHandler = {
  guards: [inBotChannel],
  autocomplete: { layer: autocompleteLayer },
  async run(call, context) {
    const { sound, title } = resolveLayer(call, context);
    const [level, place] = [call.options.optionalText("level"), chosenPlace(call.options)];
    const view = await requestAsListener(call, context, {
      type: "layerChanged",
      sound,
      ...(level !== undefined && { gainDb: layerGain(level) }),
      ...(place !== undefined && { place }),
    });
    const now = (view.now ?? view.coming)?.layers.find((layer) => layer.sound === sound);
    const [loud, where] = [levelWord(layerLevel(now?.gainDb ?? 0)), placeWord(now?.place ?? "centre")];
    return { text: call.say("mix.changed", { title: titled(title), level: loud, place: where }) };
  },
};

const remove: CommandHandler = {
  guards: [inBotChannel],
  autocomplete: { layer: autocompleteLayer },
  async run(call, context) {
    const { sound, title } = resolveLayer(call, context);
    await requestAsListener(call, context, { type: "layerRemoved", sound });
    return { text: call.say("mix.removed", { title: titled(title) }) };
  },
};

const save: CommandHandler = {
  guards: [inBotChannel],
  run: (call, context) =>
    saveCurrentSound(call, context, {
      name: call.options.text("name"),
      mine: call.options.flag("mine") === true,
    }),
};

const surprise: CommandHandler = {
  guards: [botCanSpeak],
  async run(call, context) {
    const goal = GOALS.find((one) => one === call.options.optionalText("goal"));
    const request = await context.listenerService.surprise(call.guild, requireVoiceChannel(call), goal);
    return queueRequest(request, chosenWhen(call.options), call, context);
  },
};

const once: CommandHandler = {
  guards: [inBotChannel],
  autocomplete: { sound: autocompleteSound },
  run: async (call, context) =>
    addLayer(resolveSound(call.options.text("sound"), call, context), call, context, ONCE_LENGTH),
};

const soundOption = (option: SlashCommandStringOption) =>
  option
    .setName("sound")
    .setDescription(descriptionOf("mix add sound"))
    .setRequired(true)
    .setMaxLength(100)
    .setAutocomplete(true);

const levelOption = (option: SlashCommandStringOption) =>
  option
    .setName("level")
    .setDescription(descriptionOf("mix add level"))
    .addChoices(LAYER_LEVELS.map((level) => ({ name: choiceName(`mix add level ${level}`), value: level })));

const placeOption = (option: SlashCommandStringOption) =>
  option
    .setName("place")
    .setDescription(descriptionOf("mix add place"))
    .addChoices(PLACEMENTS.map((place) => ({ name: choiceName(`mix add place ${place}`), value: place })));

const layerOption = (option: SlashCommandStringOption) =>
  option
    .setName("layer")
    .setDescription(descriptionOf("mix change layer"))
    .setRequired(true)
    .setMaxLength(100)
    .setAutocomplete(true);

/** `/mix`: shows and changes the layers of what is playing. */
export const mix: GroupCommand = {
  definition: new SlashCommandBuilder()
    .setName("mix")
    .setDescription(descriptionOf("mix"))
    .addSubcommand((part) => part.setName("show").setDescription(descriptionOf("mix show")))
    .addSubcommand((part) =>
      part
        .setName("add")
        .setDescription(descriptionOf("mix add"))
        .addStringOption(soundOption)
        .addStringOption(levelOption)
        .addStringOption(placeOption),
    )
    .addSubcommand((part) =>
      part
        .setName("change")
        .setDescription(descriptionOf("mix change"))
        .addStringOption(layerOption)
        .addStringOption(levelOption)
        .addStringOption(placeOption),
    )
    .addSubcommand((part) =>
      part.setName("remove").setDescription(descriptionOf("mix remove")).addStringOption(layerOption),
    )
    .addSubcommand((part) =>
      part
        .setName("save")
        .setDescription(descriptionOf("mix save"))
        .addStringOption((option) =>
          option.setName("name").setDescription(descriptionOf("mix save name")).setRequired(true).setMaxLength(100),
        )
        .addBooleanOption(mineOption),
    )
    .addSubcommand((part) =>
      part
        .setName("surprise")
        .setDescription(descriptionOf("mix surprise"))
        .addStringOption((option) =>
          option
            .setName("goal")
            .setDescription(descriptionOf("mix surprise goal"))
            .addChoices(GOALS.map((goal) => ({ name: choiceName(`mix surprise goal ${goal}`), value: goal }))),
        )
        .addStringOption(whenOption),
    )
    .addSubcommand((part) =>
      part
        .setName("once")
        .setDescription(descriptionOf("mix once"))
        .addStringOption(soundOption)
        .addStringOption(levelOption)
        .addStringOption(placeOption),
    ),
  subcommands: { show, add, change, remove, save, surprise, once },
};

/** A control of the mixer: the change it requests, and the layer that stays selected. */
const mixerComponent = (
  action: string,
  requestOf?: (press: Parameters<ComponentHandler["run"]>[0], context: CommandContext) => ListenerRequest,
): ComponentHandler => ({
  action,
  scope: "private",
  guards: [listensToPanel],
  async run(press, context) {
    const view =
      requestOf === undefined
        ? requireSession(press, context)
        : await requestAsListener(press, context, requestOf(press, context));
    return mixerReply(view, press, context, true, id<SoundId>(press.parts[1] ?? press.values[0] ?? ""));
  },
});

const picked = (parts: readonly string[]): SoundId => id<SoundId>(parts[1] ?? "");

/**
 * Handlers of the mixer's selects and buttons; their custom ids carry the session and the layer.
 */
export const mixComponents: readonly ComponentHandler[] = [
  mixerComponent("mix-pick"),
  mixerComponent("mix-add", (press, context) => {
    const { id: sound, title } = resolveSound(press.values[0] ?? "", press, context);
    return { type: "layerAdded", sound: { id: sound, title }, gainDb: 0, place: "centre" };
  }),
  mixerComponent("mix-level", ({ parts, values }) => ({
    type: "layerChanged",
    sound: picked(parts),
    gainDb: layerGain(values[0] ?? ""),
  })),
  mixerComponent("mix-place", ({ parts, values }) => {
    const place = PLACEMENTS.find((one) => one === values[0]);
    return { type: "layerChanged", sound: picked(parts), ...(place !== undefined && { place }) };
  }),
  mixerComponent("mix-remove", ({ parts }) => ({ type: "layerRemoved", sound: picked(parts) })),
];
