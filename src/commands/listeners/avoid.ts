import { type APIModalInteractionResponseCallbackData, ComponentType, SlashCommandBuilder } from "discord.js";
import { RISKS, type Risk, TRIGGERS } from "../../catalogue/sound.ts";
import { descriptionOf } from "../../i18n/english.ts";
import { type Message, message } from "../../i18n/message.ts";
import type { Say } from "../../i18n/say.ts";
import { AVOID_MODES, type AvoidList, type AvoidMode } from "../../ports/listeners.ts";
import type { FormValues, Modal, ModalHandler, PlainCommand } from "../command.ts";
import { customId } from "../customId.ts";
import { avoidListSaved } from "./avoidListLine.ts";

/** How each content warning is named to somebody who wants to avoid it. */
const RISK_WORDS: Readonly<Record<Risk, readonly [label: Message, description: Message]>> = {
  whisper: [message("avoid.riskWhisper"), message("avoid.riskWhisperExamples")],
  breath: [message("avoid.riskBreath"), message("avoid.riskBreathExamples")],
  "sharp onset": [message("avoid.riskSharpOnset"), message("avoid.riskSharpOnsetExamples")],
  "repetitive click": [message("avoid.riskRepetitiveClick"), message("avoid.riskRepetitiveClickExamples")],
  ticking: [message("avoid.riskTicking"), message("avoid.riskTickingExamples")],
  wet: [message("avoid.riskWet"), message("avoid.riskWetExamples")],
  bright: [message("avoid.riskBright"), message("avoid.riskBrightExamples")],
};

const MODE_WORDS: Readonly<Record<AvoidMode, readonly [label: Message, description: Message]>> = {
  skip: [message("avoid.modeSkip"), message("avoid.modeSkipDetail")],
  always: [message("avoid.modeAlways"), message("avoid.modeAlwaysDetail")],
  warn: [message("avoid.modeWarn"), message("avoid.modeWarnDetail")],
};

/** Nothing is avoided; the mode that reveals least is chosen. */
const EMPTY: AvoidList = { triggers: [], risks: [], mode: "skip" };

const components = (list: AvoidList, say: Say): APIModalInteractionResponseCallbackData["components"] => [
  {
    type: ComponentType.Label,
    label: say("avoid.kindsLabel"),
    description: say("avoid.kindsDescription"),
    component: {
      type: ComponentType.StringSelect,
      custom_id: "triggers",
      placeholder: say("avoid.noKinds"),
      min_values: 0,
      max_values: TRIGGERS.length,
      required: false,
      options: TRIGGERS.map((trigger) => ({
        label: say.word(trigger),
        value: trigger,
        default: list.triggers.includes(trigger),
      })),
    },
  },
  {
    type: ComponentType.Label,
    label: say("avoid.qualitiesLabel"),
    description: say("avoid.qualitiesDescription"),
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
          default: list.risks.includes(risk),
        };
      }),
    },
  },
  {
    type: ComponentType.Label,
    label: say("avoid.modeLabel"),
    description: say("avoid.modeDescription"),
    component: {
      type: ComponentType.RadioGroup,
      custom_id: "mode",
      required: true,
      options: (["skip", "always", "warn"] as const).map((mode) => {
        const [label, description] = MODE_WORDS[mode];
        return { label: say.of(label), description: say.of(description), value: mode, default: mode === list.mode };
      }),
    },
  },
];

const modal = (list: AvoidList, say: Say): Modal => ({
  customId: customId("avoid"),
  title: say("avoid.formTitle"),
  components: components(list, say),
});

const submittedList = (values: FormValues): AvoidList => ({
  triggers: TRIGGERS.filter((trigger) => values("triggers").includes(trigger)),
  risks: RISKS.filter((risk) => values("risks").includes(risk)),
  mode: AVOID_MODES.find((one) => one === values("mode")[0]) ?? "skip",
});

/** `/avoid`: opens the modal with the invoker's avoid list. */
export const avoid: PlainCommand = {
  definition: new SlashCommandBuilder().setName("avoid").setDescription(descriptionOf("avoid")),
  async run({ user, say }, context) {
    return { modal: modal((await context.avoidLists.of(user)) ?? EMPTY, say) };
  },
};

/** Saves the avoid list that was submitted; an empty one is deleted. */
export const avoidSubmitted: ModalHandler = {
  action: "avoid",
  filledIn: async ({ values, say }) => modal(submittedList(values), say),
  async run({ guild, user, values, say }, context) {
    const list = submittedList(values);
    if (list.triggers.length + list.risks.length === 0) {
      await context.avoidLists.forget(user);
      return { text: say("avoid.listEmptied") };
    }
    await context.avoidLists.set(user, list);
    context.sessions.avoidListChanged(guild);
    return { text: avoidListSaved(list).map(say.of).join("\n") };
  },
};
