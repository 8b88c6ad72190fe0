import { type APIModalInteractionResponseCallbackData, ComponentType, TextInputStyle } from "discord.js";
import type { Catalogue } from "../../catalogue/catalogue.ts";
import {
  aboutOf,
  type PhaseName,
  type PhasePlan,
  PROGRAMME_SHARES,
  type Programme,
} from "../../catalogue/programmes.ts";
import { TRIGGERS, type Trigger } from "../../catalogue/sound.ts";
import { message } from "../../i18n/message.ts";
import type { Say } from "../../i18n/say.ts";
import { cleanName } from "../../kernel/cleanName.ts";
import { UserError } from "../../kernel/errors.ts";
import { minutes } from "../../kernel/units.ts";
import { describeDuration } from "../../session/duration.ts";
import type { CommandHandler, FormValues, Modal, ModalHandler } from "../command.ts";
import { customId } from "../customId.ts";
import { requireGuildHost } from "../hostGuard.ts";
import { strong } from "../markdown.ts";

type Field = APIModalInteractionResponseCallbackData["components"][number];
type Option = { readonly label: string; readonly value: string; readonly default?: boolean };

const LENGTHS: readonly number[] = [15, 30, 45, 60, 90, 120, 180, 240];
const DEFAULT_LENGTH = 60;

const FIELDS = {
  settle: [message("evening.designSettle"), message("evening.designSettleDetail")],
  trigger: [message("evening.designTrigger"), message("evening.designTriggerDetail")],
  deepen: [message("evening.designDeepen"), message("evening.designDeepenDetail")],
} as const;

/** What the form begins with, as far as the guild has such sounds. */
const SUGGESTED: Readonly<Record<string, string>> = {
  settle: "rain",
  trigger: "brushing",
  deepen: "noise",
  minutes: String(DEFAULT_LENGTH),
};
const suggested: FormValues = (field) => [SUGGESTED[field] ?? []].flat();

const select = (id: string, label: string, description: string, options: readonly Option[]): Field => ({
  type: ComponentType.Label,
  label,
  description,
  component: { type: ComponentType.StringSelect, custom_id: id, options: [...options], min_values: 1, max_values: 1 },
});

/** What this guild's catalogue has to choose from. */
const triggersOf = (catalogue: Catalogue): readonly Trigger[] =>
  TRIGGERS.filter((trigger) => catalogue.byTrigger(trigger).length > 0).slice(0, 25);

const modal = (catalogue: Catalogue, say: Say, filled: FormValues): Modal => {
  const optionOf = (field: string, label: string, value: string): Option => ({
    label,
    value,
    default: filled(field).includes(value),
  });
  const triggers = triggersOf(catalogue);
  const triggerOptions = (field: string) => triggers.map((trigger) => optionOf(field, say.word(trigger), trigger));
  const lengths = LENGTHS.map((length) =>
    optionOf("minutes", say.of(describeDuration(minutes(length))), String(length)),
  );
  return {
    customId: customId("evening-design"),
    title: say("evening.designTitle"),
    components: [
      {
        type: ComponentType.Label,
        label: say("evening.designName"),
        description: say("evening.designNameDetail"),
        component: {
          type: ComponentType.TextInput,
          custom_id: "name",
          style: TextInputStyle.Short,
          max_length: 80,
          required: true,
          ...(filled("name")[0] && { value: filled("name")[0] }),
        },
      },
      ...Object.entries(FIELDS).map(([id, [label, about]]) =>
        select(id, say.of(label), say.of(about), triggerOptions(id)),
      ),
      select("minutes", say("evening.designLength"), say("evening.designLengthDetail"), lengths),
    ],
  };
};

const incomplete = () => new UserError("design-incomplete", message("evening.designIncomplete"));

/** Soft at both ends of the programme. */
const LEVELS: Readonly<Record<"settle" | "trigger" | "deepen" | "dissolve", readonly [number, number]>> = {
  settle: [-2, -2],
  trigger: [-2, -4],
  deepen: [-4, -9],
  dissolve: [-9, -18],
};

/** The phases of a programme from three choices; the last one also fades into silence. */
const programmeFrom = (
  title: string,
  triggers: Readonly<Record<"settle" | "trigger" | "deepen", Trigger>>,
  length: number,
): Omit<Programme, "id"> => {
  const phase = (name: PhaseName & keyof typeof LEVELS): PhasePlan => {
    const [fromDb, toDb] = LEVELS[name];
    const trigger = triggers[name === "dissolve" ? "deepen" : name];
    return { name, minutes: length * PROGRAMME_SHARES[name], fromDb, toDb, pick: { trigger } };
  };
  return {
    title,
    description: `From ${triggers.settle} through ${triggers.trigger} to ${triggers.deepen}.`,
    goal: "sleep",
    ends: "silence",
    phases: [phase("settle"), phase("trigger"), phase("deepen"), phase("dissolve")],
  };
};

/** `/evening design`: opens the modal for a programme of the guild's own. */
export const design: CommandHandler = {
  async run(call, context) {
    await requireGuildHost(call, context);
    return { modal: modal(context.catalogue, call.say, suggested) };
  },
};

/** Saves the programme that was submitted. */
export const eveningDesignModal: ModalHandler = {
  action: "evening-design",
  async filledIn(submission, context) {
    await requireGuildHost(submission, context);
    return modal(context.catalogue, submission.say, submission.values);
  },
  async run(submission, context) {
    await requireGuildHost(submission, context);
    const chosen = (field: string): string => submission.values(field)[0] ?? "";
    const trigger = (field: keyof typeof FIELDS): Trigger => {
      const found = TRIGGERS.find((one) => one === chosen(field));
      if (found === undefined) throw incomplete();
      return found;
    };
    const length = LENGTHS.find((one) => String(one) === chosen("minutes"));
    if (length === undefined) throw incomplete();
    const triggers = { settle: trigger("settle"), trigger: trigger("trigger"), deepen: trigger("deepen") };
    const programme = programmeFrom(cleanName(chosen("name")), triggers, length);
    const { title } = await context.programmeStore.save(submission.guild, programme, submission.user);
    const words = describeDuration(minutes(length));
    return {
      text: submission.say("evening.designSaved", { title: strong(title), length: words, about: aboutOf(programme) }),
    };
  },
};
