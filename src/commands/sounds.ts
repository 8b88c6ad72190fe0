import {
  type APIMessageTopLevelComponent,
  ComponentType,
  SlashCommandBuilder,
  type SlashCommandStringOption,
} from "discord.js";
import { cut } from "../kernel/graphemes.ts";
import { listed, named, type Text, text, titled, together } from "../kernel/text.ts";
import { type Sound, TRIGGERS, type Trigger } from "../library/sound.ts";
import { completeSound, justThis, soundMeant } from "./choices.ts";
import type { Asker, Control, GroupCommand, House, Part, Reply } from "./command.ts";
import { customId } from "./customId.ts";
import { canBeHeard } from "./guards.ts";
import { pageButtons, pageNote, pageOf } from "./pages.ts";
import { playWanted } from "./play.ts";
import { unknownSound } from "./refusals.ts";
import { soundCard } from "./soundCard.ts";
import { mustAdd, takeIn } from "./soundsAdd.ts";
import { edit, remove } from "./soundsEdit.ts";
import { addForm } from "./soundsForm.ts";
import { completeFlags, completeLicence, completeTrigger, flagsMeant, triggerMeant } from "./soundWords.ts";

const PAGE_SIZE = 8;
const EVERYTHING = "all";

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
  { say }: Asker,
  { catalogue }: House,
  inPlace: boolean,
): Reply => {
  const there = TRIGGERS.filter((one) => catalogue.sounds.some((sound) => sound.trigger === one));
  const fitting = catalogue.sounds.filter((sound) => trigger === undefined || sound.trigger === trigger);
  const page = pageOf(fitting, wanted, PAGE_SIZE);
  const slug = trigger === undefined ? EVERYTHING : slugOf(trigger);
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
          { label: say`everything`, value: EVERYTHING, default: trigger === undefined },
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
          label: cut(say.word(title), 100, 100),
          value: id,
          description: cut(say.word(description), 100, 100),
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

const show: Part = {
  complete: { sound: completeSound },
  async run(call, house) {
    const sound = soundMeant(call.options.text("sound"), call, house);
    return soundCard(sound, call.say, house, await house.pictures.of(sound));
  },
};

const add: Part = {
  complete: { trigger: completeTrigger, flags: completeFlags, licence: completeLicence },
  async run(call, house) {
    await mustAdd(call, house);
    const { options } = call;
    const file = options.file("file");
    if (file === undefined) return { modal: addForm(call.say) };
    const said = {
      title: options.textIfGiven("title"),
      trigger: triggerMeant(call),
      flags: flagsMeant(options.textIfGiven("flags")),
      licence: options.textIfGiven("licence"),
      loop: options.textIfGiven("ending") !== "ends",
    };
    return takeIn(call, file, said, house);
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
  parts: { browse: { run: async (call, house) => browse(undefined, 0, call, house, false) }, show, add, edit, remove },
};

export const soundsPages: Control = {
  action: "sounds",
  of: "member",
  run: async (press, house) => browse(triggerOf(press.parts[0]), Number(press.parts[1]), press, house, true),
};

export const soundsTrigger: Control = {
  action: "sounds-trigger",
  of: "member",
  run: async (press, house) => browse(triggerOf(press.values[0]), 0, press, house, true),
};

export const soundsPlay: Control = {
  action: "sounds-play",
  of: "member",
  guards: [canBeHeard],
  async run(press, house) {
    const [id = ""] = press.values;
    const sound = house.catalogue.find(id);
    if (sound === undefined) throw unknownSound(id);
    return playWanted(justThis(sound), "last", press, house);
  },
};

/** The button on a sound's card. */
export const soundsThis: Control = {
  action: "sounds-this",
  of: "member",
  guards: [canBeHeard],
  async run(press, house) {
    const [id = ""] = press.parts;
    const sound = house.catalogue.find(id);
    if (sound === undefined) throw unknownSound(id);
    return playWanted(justThis(sound), "last", press, house);
  },
};
