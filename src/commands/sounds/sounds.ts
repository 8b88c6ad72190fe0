import {
  type APIMessageTopLevelComponent,
  ComponentType,
  SlashCommandBuilder,
  type SlashCommandStringOption,
} from "discord.js";
import { type Sound, TRIGGERS, type Trigger } from "../../catalogue/sound.ts";
import { truncate } from "../../kernel/graphemes.ts";
import { listed, named, type Text, text, titled, together } from "../../kernel/text.ts";
import type { CommandContext, CommandHandler, ComponentHandler, GroupCommand, Invoker, Reply } from "../command.ts";
import { customId } from "../customId.ts";
import { botCanSpeak } from "../guards.ts";
import { pageButtons, pageNote, pageOf } from "../pages.ts";
import { queueRequest } from "../playback/play.ts";
import { unknownSound } from "../refusals.ts";
import { autocompleteSound, resolveSound, singleSound } from "../soundChoices.ts";
import { soundCard } from "./soundCard.ts";
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

const PAGE_SIZE = 8;
const ALL_SOUNDS = "all";

/** Triggers go into custom ids, which have no spaces. */
const slugOf = (trigger: Trigger): string => trigger.replaceAll(" ", "-");
const triggerOf = (slug: string | undefined): Trigger | undefined => TRIGGERS.find((one) => slugOf(one) === slug);

const soundLine = ({ title, description, risks }: Sound): Text =>
  together([
    titled(title),
    named(description),
    ...(risks.length > 0 ? [text`-# Has: ${listed(risks.map(named))}`] : []),
  ]);

/** One page of the sounds with a trigger, or of all. */
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
    trigger === undefined ? say`### All sounds` : say`### Sounds: ${named(trigger)}`,
    page.items.map((sound) => say.of(soundLine(sound))).join("\n") || say`There is no sound of this kind yet.`,
    ...pageNote(page, say),
  ].join("\n");
  const triggers: APIMessageTopLevelComponent = {
    type: ComponentType.ActionRow,
    components: [
      {
        type: ComponentType.StringSelect,
        custom_id: customId("sounds-trigger"),
        placeholder: say`Choose a kind of sound`,
        options: [
          { label: say`everything`, value: ALL_SOUNDS, default: trigger === undefined },
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
        placeholder: say`Play one, or queue it`,
        options: page.items.map(({ id, title, description }) => ({
          label: truncate(say.word(title), 100, 100),
          value: id,
          description: truncate(say.word(description), 100, 100),
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

const soundOption = (description: string) => (option: SlashCommandStringOption) =>
  option.setName("sound").setDescription(description).setRequired(true).setMaxLength(100).setAutocomplete(true);

const titleOption = (option: SlashCommandStringOption) =>
  option.setName("title").setDescription("What it is called").setMaxLength(100);

const triggerOption = (option: SlashCommandStringOption) =>
  option.setName("trigger").setDescription("What kind of sound it is").setMaxLength(60).setAutocomplete(true);

const flagsOption = (option: SlashCommandStringOption) =>
  option
    .setName("flags")
    .setDescription("What some ears cannot bear in it, apart by commas")
    .setMaxLength(100)
    .setAutocomplete(true);

const licenceOption = (option: SlashCommandStringOption) =>
  option.setName("licence").setDescription("What allows it to be played here").setMaxLength(60).setAutocomplete(true);

const show: CommandHandler = {
  autocomplete: { sound: autocompleteSound },
  async run(call, context) {
    const sound = resolveSound(call.options.text("sound"), call, context);
    return soundCard(sound, call.say, context, await context.pictures.of(sound));
  },
};

const add: CommandHandler = {
  autocomplete: { trigger: autocompleteTrigger, flags: autocompleteFlags, licence: autocompleteLicence },
  async run(call, context) {
    await requireSoundManager(call, context);
    const { options } = call;
    const file = options.file("file");
    if (file === undefined) return { modal: soundsAddModal(call.say) };
    const said = {
      title: options.optionalText("title"),
      trigger: resolveTrigger(call),
      flags: parseFlags(options.optionalText("flags")),
      licence: options.optionalText("licence"),
      loop: options.optionalText("ending") !== "ends",
    };
    return addUpload(call, file, said, context);
  },
};

export const sounds: GroupCommand = {
  definition: new SlashCommandBuilder()
    .setName("sounds")
    .setDescription("What can be heard, and sounds of this server's own")
    .addSubcommand((part) => part.setName("browse").setDescription("Browse what can be heard, by kind"))
    .addSubcommand((part) =>
      part.setName("show").setDescription("All about one sound").addStringOption(soundOption("Which sound")),
    )
    .addSubcommand((part) =>
      part
        .setName("add")
        .setDescription("Add a recording to this server's sounds")
        .addAttachmentOption((option) =>
          option
            .setName("file")
            .setDescription("WAV, MP3, FLAC, Ogg, Opus, M4A, AIFF or WebM; without one, a form asks for it"),
        )
        .addStringOption(titleOption)
        .addStringOption(triggerOption)
        .addStringOption(flagsOption)
        .addStringOption(licenceOption)
        .addStringOption((option) =>
          option
            .setName("ending")
            .setDescription("Whether its end flows into its beginning; it does, unless you say otherwise")
            .addChoices({ name: "flows", value: "flows" }, { name: "ends", value: "ends" }),
        ),
    )
    .addSubcommand((part) =>
      part
        .setName("edit")
        .setDescription("Change what is said of one of this server's sounds")
        .addStringOption(soundOption("Which of this server's sounds"))
        .addStringOption(titleOption)
        .addStringOption(triggerOption)
        .addStringOption(flagsOption)
        .addStringOption(licenceOption)
        .addStringOption((option) =>
          option
            .setName("heard-by")
            .setDescription("Who hears it; for the home server of whoever runs Lull")
            .addChoices({ name: "this server", value: "this" }, { name: "everybody", value: "everybody" }),
        ),
    )
    .addSubcommand((part) =>
      part
        .setName("remove")
        .setDescription("Take one of this server's sounds away")
        .addStringOption(soundOption("Which of this server's sounds")),
    ),
  subcommands: {
    browse: { run: async (call, context) => browse(undefined, 0, call, context, false) },
    show,
    add,
    edit,
    remove,
  },
};

export const soundsPageButtons: ComponentHandler = {
  action: "sounds",
  scope: "private",
  run: async (press, context) => browse(triggerOf(press.parts[0]), Number(press.parts[1]), press, context, true),
};

export const soundsTriggerSelect: ComponentHandler = {
  action: "sounds-trigger",
  scope: "private",
  run: async (press, context) => browse(triggerOf(press.values[0]), 0, press, context, true),
};

export const soundsPlaySelect: ComponentHandler = {
  action: "sounds-play",
  scope: "private",
  guards: [botCanSpeak],
  async run(press, context) {
    const [id = ""] = press.values;
    const sound = context.catalogue.find(id);
    if (sound === undefined) throw unknownSound(id);
    return queueRequest(singleSound(sound), "last", press, context);
  },
};

/** The button on a sound's card. */
export const soundCardPlayButton: ComponentHandler = {
  action: "sounds-this",
  scope: "private",
  guards: [botCanSpeak],
  async run(press, context) {
    const [id = ""] = press.parts;
    const sound = context.catalogue.find(id);
    if (sound === undefined) throw unknownSound(id);
    return queueRequest(singleSound(sound), "last", press, context);
  },
};
