import { type APIMessageTopLevelComponent, ComponentType, SlashCommandBuilder } from "discord.js";
import { cut } from "../kernel/graphemes.ts";
import { shown } from "../kernel/markdown.ts";
import { type Sound, TRIGGERS, type Trigger } from "../library/sound.ts";
import { justThis } from "./choices.ts";
import type { Control, House, PlainCommand, Reply } from "./command.ts";
import { customId } from "./customId.ts";
import { canBeHeard } from "./guards.ts";
import { strong } from "./markdown.ts";
import { pageButtons, pageNote, pageOf } from "./pages.ts";
import { playWanted } from "./play.ts";
import { unknownSound } from "./refusals.ts";

const PAGE_SIZE = 8;
const EVERYTHING = "all";

/** Triggers go into custom ids, which have no spaces. */
const slugOf = (trigger: Trigger): string => trigger.replaceAll(" ", "-");
const triggerOf = (slug: string | undefined): Trigger | undefined => TRIGGERS.find((one) => slugOf(one) === slug);

const soundLine = ({ title, description, risks }: Sound): string => {
  const flags = risks.length > 0 ? `\n-# Has: ${risks.join(", ")}` : "";
  return `${strong(title)}\n${shown(description)}${flags}`;
};

/** One page of the sounds with a trigger, or of all. */
const browse = (trigger: Trigger | undefined, wanted: number, { catalogue }: House, inPlace: boolean): Reply => {
  const there = TRIGGERS.filter((one) => catalogue.sounds.some((sound) => sound.trigger === one));
  const fitting = catalogue.sounds.filter((sound) => trigger === undefined || sound.trigger === trigger);
  const page = pageOf(fitting, wanted, PAGE_SIZE);
  const slug = trigger === undefined ? EVERYTHING : slugOf(trigger);
  const text = [
    `### ${trigger === undefined ? "All sounds" : `Sounds: ${trigger}`}`,
    page.items.map(soundLine).join("\n") || "There is no sound of this kind yet.",
    ...pageNote(page),
  ].join("\n");
  const triggers: APIMessageTopLevelComponent = {
    type: ComponentType.ActionRow,
    components: [
      {
        type: ComponentType.StringSelect,
        custom_id: customId("sounds-trigger"),
        placeholder: "Choose a kind of sound",
        options: [
          { label: "everything", value: EVERYTHING, default: trigger === undefined },
          ...there.map((one) => ({ label: one, value: slugOf(one), default: one === trigger })),
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
        placeholder: "Play one, or queue it",
        options: page.items.map(({ id, title, description }) => ({
          label: cut(title, 100, 100),
          value: id,
          description: cut(description, 100, 100),
        })),
      },
    ],
  };
  const components = [
    { type: ComponentType.TextDisplay, content: text } as const,
    triggers,
    ...(page.items.length > 0 ? [pick] : []),
    ...pageButtons(page, "sounds", slug),
  ];
  return { components, inPlace };
};

export const sounds: PlainCommand = {
  definition: new SlashCommandBuilder().setName("sounds").setDescription("Browse what can be heard, by kind"),
  run: async (_, house) => browse(undefined, 0, house, false),
};

export const soundsPages: Control = {
  action: "sounds",
  of: "member",
  run: async ({ parts }, house) => browse(triggerOf(parts[0]), Number(parts[1]), house, true),
};

export const soundsTrigger: Control = {
  action: "sounds-trigger",
  of: "member",
  run: async ({ values }, house) => browse(triggerOf(values[0]), 0, house, true),
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
