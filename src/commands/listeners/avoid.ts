import { type APIModalInteractionResponseCallbackData, ComponentType, SlashCommandBuilder } from "discord.js";
import { RISKS, type Risk, TRIGGERS, type Trigger } from "../../catalogue/sound.ts";
import { type Say, type Text, text } from "../../kernel/text.ts";
import { AVOID_MODES, type AvoidList, type AvoidMode } from "../../ports/listeners.ts";
import type { ModalHandler, PlainCommand } from "../command.ts";
import { customId } from "../customId.ts";
import { avoidListText } from "./avoidListLine.ts";

/** What a flag means to somebody who would rather not hear it. */
const RISK_WORDS: Readonly<Record<Risk, readonly [label: Text, description: Text]>> = {
  whisper: [text`Whispering`, text`Whispers and soft speech`],
  breath: [text`Breathing`, text`Breath close to the ear`],
  "sharp onset": [text`Sharp onsets`, text`Snaps, clacks, sudden taps`],
  "repetitive click": [text`Repetitive clicking`, text`Keys, clippers, pens`],
  ticking: [text`Ticking`, text`Clocks and steady ticks`],
  wet: [text`Wet and mouth sounds`, text`Chewing, lips, gel, foam`],
  bright: [text`Bright sounds`, text`High, hissing or scraping`],
};

const MODE_WORDS: Readonly<Record<AvoidMode, readonly [label: Text, description: Text]>> = {
  skip: [
    text`Leave it out where nobody can tell it is for me`,
    text`It needs four or more of us; in smaller rooms it may play`,
  ],
  always: [text`Leave it out always`, text`In a small room, or when I come late, others may guess`],
  warn: [text`Only tell whoever queues it`, text`It plays, and nobody is named`],
};

const components = (list: AvoidList | undefined, say: Say): APIModalInteractionResponseCallbackData["components"] => [
  {
    type: ComponentType.Label,
    label: say`Kinds of sound`,
    description: say`What you would rather not hear. Nobody else sees this.`,
    component: {
      type: ComponentType.StringSelect,
      custom_id: "triggers",
      placeholder: say`None`,
      min_values: 0,
      max_values: TRIGGERS.length,
      required: false,
      options: TRIGGERS.map((trigger) => ({
        label: say.word(trigger),
        value: trigger,
        default: list?.triggers.includes(trigger) ?? false,
      })),
    },
  },
  {
    type: ComponentType.Label,
    label: say`What a sound has`,
    component: {
      type: ComponentType.CheckboxGroup,
      custom_id: "risks",
      min_values: 0,
      required: false,
      options: RISKS.map((risk) => {
        const [label, description] = RISK_WORDS[risk];
        return {
          label: say.of(label),
          description: say.of(description),
          value: risk,
          default: list?.risks.includes(risk) ?? false,
        };
      }),
    },
  },
  {
    type: ComponentType.Label,
    label: say`When such a sound comes`,
    component: {
      type: ComponentType.RadioGroup,
      custom_id: "mode",
      required: true,
      options: (["skip", "always", "warn"] as const).map((mode) => {
        const [label, description] = MODE_WORDS[mode];
        return { label: say.of(label), description: say.of(description), value: mode, default: mode === list?.mode };
      }),
    },
  },
];

/** What it comes to, in a room as it is. */
const CONFIRMATIONS: Readonly<Record<AvoidMode, Text>> = {
  skip: text`It counts from now on, in every community, as soon as it could be for any of four or more. What plays already is not cut off.`,
  always: text`It counts from now on, in every community. In a small room others may guess that it is for you. What plays already is not cut off.`,
  warn: text`It counts from now on, in every community. Whoever queues such a sound is told that it is not a good fit for everyone, without a name.`,
};

export const avoid: PlainCommand = {
  definition: new SlashCommandBuilder()
    .setName("avoid")
    .setDescription("Say, for yourself alone, what you would rather not hear"),
  async run({ user, say }, context) {
    const list = await context.avoidLists.of(user);
    return {
      modal: { customId: customId("avoid"), title: say`Rather not hear`, components: components(list, say) },
    };
  },
};

export const avoidSubmitted: ModalHandler = {
  action: "avoid",
  async run({ guild, user, values, say }, context) {
    const triggers: readonly Trigger[] = TRIGGERS.filter((trigger) => values("triggers").includes(trigger));
    const risks: readonly Risk[] = RISKS.filter((risk) => values("risks").includes(risk));
    const mode = AVOID_MODES.find((one) => one === values("mode")[0]) ?? "skip";
    if (triggers.length + risks.length === 0) {
      await context.avoidLists.forget(user);
      return { text: say`Your list is empty now. You hear what the room hears.` };
    }
    const list = { triggers, risks, mode };
    await context.avoidLists.set(user, list);
    context.sessions.avoidListChanged(guild);
    return {
      text: [avoidListText(list), CONFIRMATIONS[mode], text`/privacy delete removes it at once.`]
        .map(say.of)
        .join("\n"),
    };
  },
};
