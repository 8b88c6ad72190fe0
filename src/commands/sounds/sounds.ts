import {
  type APIMessageTopLevelComponent,
  ComponentType,
  SlashCommandBuilder,
  type SlashCommandStringOption,
} from "discord.js";
import { TRIGGERS, type Trigger } from "../../catalogue/sound.ts";
import { type CommandPath, choiceName, descriptionOf } from "../../i18n/english.ts";
import { named } from "../../i18n/message.ts";
import { truncate } from "../../kernel/graphemes.ts";
import { rawText } from "../../kernel/memberText.ts";
import type {
  Autocomplete,
  CommandContext,
  CommandHandler,
  ComponentHandler,
  GroupCommand,
  Invoker,
  Reply,
} from "../command.ts";
import { customId } from "../customId.ts";
import { botCanSpeak } from "../guards.ts";
import { pageButtons, pageNote, pageOf } from "../pages.ts";
import { queueSound, soundButton } from "../playback/play.ts";
import { autocompleteSound, choice, resolveSound } from "../soundChoices.ts";
import { soundCard, soundLine } from "./soundCard.ts";
import {
  autocompleteFlags,
  autocompleteLicence,
  autocompleteTrigger,
  parseFlags,
  resolveTrigger,
} from "./soundOptions.ts";
import { addUpload, requireSoundManager } from "./soundsAdd.ts";
import { soundsAddModal } from "./soundsAddModal.ts";
import { edit, remove } from "./soundsEdit.ts";
import { exportSounds } from "./soundsExport.ts";
import { optional } from "./soundsOptional.ts";

const PAGE_SIZE = 8;
const ALL_SOUNDS = "all";

/** Triggers go into custom ids, which have no spaces. */
const slugOf = (trigger: Trigger): string => trigger.replaceAll(" ", "-");
const triggerOf = (slug: string | undefined): Trigger | undefined => TRIGGERS.find((one) => slugOf(one) === slug);

/** One page of the sounds with this trigger, or of all sounds. */
const browse = (
  trigger: Trigger | undefined,
  wanted: number,
  { say }: Invoker,
  { catalogue }: CommandContext,
  inPlace: boolean,
): Reply => {
  const there = TRIGGERS.filter((one) => catalogue.sounds.some((sound) => sound.trigger === one));
  const fitting = catalogue.sounds.filter((sound) => trigger === undefined || sound.trigger === trigger);
  const page = pageOf(fitting, wanted, PAGE_SIZE);
  const slug = trigger === undefined ? ALL_SOUNDS : slugOf(trigger);
  const content = [
    trigger === undefined ? say("sounds.allHeading") : say("sounds.kindHeading", { kind: named(trigger) }),
    page.items.map((sound) => say.of(soundLine(sound))).join("\n") || say("sounds.noneOfThisKind"),
    ...pageNote(page, say),
  ].join("\n");
  const triggers: APIMessageTopLevelComponent = {
    type: ComponentType.ActionRow,
    components: [
      {
        type: ComponentType.StringSelect,
        custom_id: customId("sounds-trigger"),
        placeholder: say("sounds.chooseKind"),
        options: [
          { label: say("sounds.everyKind"), value: ALL_SOUNDS, default: trigger === undefined },
          ...there.map((one) => ({ label: say.word(one), value: slugOf(one), default: one === trigger })),
        ],
      },
    ],
  };
  const pick: APIMessageTopLevelComponent = {
    type: ComponentType.ActionRow,
    components: [
      {
        type: ComponentType.StringSelect,
        custom_id: customId("sounds-play"),
        placeholder: say("sounds.playOrQueueOne"),
        options: page.items.map(({ id, title, description }) => ({
          label: truncate(rawText(say.word(title)), 100, 100),
          value: id,
          description: truncate(rawText(say.word(description)), 100, 100),
        })),
      },
    ],
  };
  const components = [
    { type: ComponentType.TextDisplay, content } as const,
    triggers,
    ...(page.items.length > 0 ? [pick] : []),
    ...pageButtons(page, say, "sounds", slug),
  ];
  return { components, inPlace };
};

const soundOption = (path: CommandPath) => (option: SlashCommandStringOption) =>
  option.setName("sound").setDescription(descriptionOf(path)).setRequired(true).setMaxLength(100).setAutocomplete(true);

const titleOption = (option: SlashCommandStringOption) =>
  option.setName("title").setDescription(descriptionOf("sounds add title")).setMaxLength(100);

const triggerOption = (option: SlashCommandStringOption) =>
  option.setName("trigger").setDescription(descriptionOf("sounds add trigger")).setMaxLength(60).setAutocomplete(true);

const flagsOption = (option: SlashCommandStringOption) =>
  option.setName("flags").setDescription(descriptionOf("sounds add flags")).setMaxLength(100).setAutocomplete(true);

const licenceOption = (option: SlashCommandStringOption) =>
  option.setName("licence").setDescription(descriptionOf("sounds add licence")).setMaxLength(60).setAutocomplete(true);

const show: CommandHandler = {
  autocomplete: { sound: autocompleteSound },
  async run(call, context) {
    const sound = resolveSound(call.options.text("sound"), call, context);
    return soundCard(sound, call.say, context, await context.pictures.of(sound, call));
  },
};

/** The episodes of the feed whose address has been given; only for who may add one. */
const autocompleteEpisode: Autocomplete = async (typed, invoker, context, given) => {
  const url = given("url");
  if (url === undefined) return [];
  await requireSoundManager(invoker, context);
  return (await context.uploads.episodes(url, typed)).map(({ title, key }) => choice(rawText(title), key));
};

const add: CommandHandler = {
  autocomplete: {
    episode: autocompleteEpisode,
    trigger: autocompleteTrigger,
    flags: autocompleteFlags,
    licence: autocompleteLicence,
  },
  async run(call, context) {
    await requireSoundManager(call, context);
    const { options } = call;
    const [url, episode] = [options.optionalText("url"), options.optionalText("episode")];
    const file = options.file("file") ?? (url === undefined ? undefined : { source: url, episode });
    if (file === undefined) return { modal: soundsAddModal(call.say) };
    const said = {
      title: options.optionalText("title"),
      trigger: resolveTrigger(call),
      flags: parseFlags(options.optionalText("flags"), call),
      licence: options.optionalText("licence"),
      loop: options.optionalText("ending") !== "ends",
    };
    return addUpload(call, file, said, context);
  },
};

/** `/sounds`: browses the catalogue and manages the guild's own sounds. */
export const sounds: GroupCommand = {
  definition: new SlashCommandBuilder()
    .setName("sounds")
    .setDescription(descriptionOf("sounds"))
    .addSubcommand((part) => part.setName("browse").setDescription(descriptionOf("sounds browse")))
    .addSubcommand((part) =>
      part
        .setName("show")
        .setDescription(descriptionOf("sounds show"))
        .addStringOption(soundOption("sounds show sound")),
    )
    .addSubcommand((part) =>
      part
        .setName("add")
        .setDescription(descriptionOf("sounds add"))
        .addAttachmentOption((option) => option.setName("file").setDescription(descriptionOf("sounds add file")))
        .addStringOption((option) =>
          option.setName("url").setDescription(descriptionOf("sounds add url")).setMaxLength(500),
        )
        .addStringOption((option) =>
          option
            .setName("episode")
            .setDescription(descriptionOf("sounds add episode"))
            .setMaxLength(100)
            .setAutocomplete(true),
        )
        .addStringOption(titleOption)
        .addStringOption(triggerOption)
        .addStringOption(flagsOption)
        .addStringOption(licenceOption)
        .addStringOption((option) =>
          option
            .setName("ending")
            .setDescription(descriptionOf("sounds add ending"))
            .addChoices(
              { name: choiceName("sounds add ending flows"), value: "flows" },
              { name: choiceName("sounds add ending ends"), value: "ends" },
            ),
        ),
    )
    .addSubcommand((part) =>
      part
        .setName("edit")
        .setDescription(descriptionOf("sounds edit"))
        .addStringOption(soundOption("sounds edit sound"))
        .addStringOption(titleOption)
        .addStringOption(triggerOption)
        .addStringOption(flagsOption)
        .addStringOption(licenceOption)
        .addStringOption((option) =>
          option
            .setName("heard-by")
            .setDescription(descriptionOf("sounds edit heard-by"))
            .addChoices(
              { name: choiceName("sounds edit heard-by this"), value: "this" },
              { name: choiceName("sounds edit heard-by everybody"), value: "everybody" },
            ),
        ),
    )
    .addSubcommand((part) =>
      part
        .setName("remove")
        .setDescription(descriptionOf("sounds remove"))
        .addStringOption(soundOption("sounds edit sound")),
    )
    .addSubcommand((part) =>
      part
        .setName("export")
        .setDescription(descriptionOf("sounds export"))
        .addStringOption((option) =>
          option.setName("name").setDescription(descriptionOf("sounds export name")).setRequired(true).setMaxLength(60),
        )
        .addStringOption((option) =>
          option
            .setName("authors")
            .setDescription(descriptionOf("sounds export authors"))
            .setRequired(true)
            .setMaxLength(200),
        )
        .addStringOption((option) =>
          option
            .setName("sound")
            .setDescription(descriptionOf("sounds export sound"))
            .setMaxLength(100)
            .setAutocomplete(true),
        ),
    )
    .addSubcommand((part) => part.setName("optional").setDescription(descriptionOf("sounds optional"))),
  subcommands: {
    browse: { run: async (call, context) => browse(undefined, 0, call, context, false) },
    show,
    add,
    edit,
    remove,
    export: exportSounds,
    optional,
  },
};

/** Turns the pages of `/sounds browse`. */
export const soundsPageButtons: ComponentHandler = {
  action: "sounds",
  scope: "private",
  run: async (press, context) => browse(triggerOf(press.parts[0]), Number(press.parts[1]), press, context, true),
};

/** Shows the sounds of one trigger. */
export const soundsTriggerSelect: ComponentHandler = {
  action: "sounds-trigger",
  scope: "private",
  run: async (press, context) => browse(triggerOf(press.values[0]), 0, press, context, true),
};

/** Plays or queues the selected sound. */
export const soundsPlaySelect: ComponentHandler = {
  action: "sounds-play",
  scope: "private",
  guards: [botCanSpeak],
  run: async (press, context) => queueSound(press.values[0] ?? "", press, context),
};

/** Plays the sound on whose card the button is. */
export const soundCardPlayButton = soundButton("sounds-this");
