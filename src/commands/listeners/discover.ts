import { type APIButtonComponent, ButtonStyle, ComponentType, SlashCommandBuilder } from "discord.js";
import { TRIGGERS, type Trigger } from "../../catalogue/sound.ts";
import { descriptionOf } from "../../i18n/english.ts";
import { type Message, message, named, titled } from "../../i18n/message.ts";
import type { Say } from "../../i18n/say.ts";
import { truncate } from "../../kernel/graphemes.ts";
import { rawText } from "../../kernel/memberText.ts";
import type { RestAdvice, Suggestion } from "../../ports/listeners.ts";
import type { CommandContext, ComponentHandler, Invoker, PlainCommand, Reply } from "../command.ts";
import { customId } from "../customId.ts";
import { soundButton } from "../playback/play.ts";
import { outdatedButton } from "../refusals.ts";

const whenHeard = (last: number | undefined): Message => {
  if (last === undefined) return message("discover.notHeardHere");
  if (last === 0) return message("discover.heardTonight");
  return message("discover.lastHeard", { count: last });
};

const line = ({ sound, daysSinceHeard }: Suggestion, say: Say): string =>
  say("discover.suggestion", {
    title: titled(sound.title),
    kind: named(sound.trigger),
    lastHeard: whenHeard(daysSinceHeard),
    description: named(sound.description),
  });

const button = ({ sound }: Suggestion, say: Say): APIButtonComponent => ({
  type: ComponentType.Button,
  style: ButtonStyle.Secondary,
  label: truncate(rawText(say.word(sound.title)), 80, 80),
  custom_id: customId("discover", sound.id),
});

/** The number of a trigger, for a button. */
const numberOf = (trigger: Trigger): number => TRIGGERS.indexOf(trigger);

const restLines = ({ advised, evenings, resting }: RestAdvice): readonly Message[] => [
  ...(advised === undefined ? [] : [message("discover.restAdvised", { kind: named(advised), evenings })]),
  ...resting.map(({ trigger, evenings: left }) =>
    message("discover.resting", { kind: named(trigger), evenings: left }),
  ),
];

const restButtons = ({ advised, resting }: RestAdvice, say: Say): readonly APIButtonComponent[] => [
  ...(advised === undefined
    ? []
    : [restButton(say("discover.restButton", { kind: named(advised) }), "discover-rest", advised)]),
  ...resting
    .slice(0, MAX_REST_BUTTONS)
    .map(({ trigger }) =>
      restButton(say("discover.restEndButton", { kind: named(trigger) }), "discover-unrest", trigger),
    ),
];

/** Discord's limit of buttons in a row, less one for what is advised. */
const MAX_REST_BUTTONS = 4;

const restButton = (label: string, action: string, trigger: Trigger): APIButtonComponent => ({
  type: ComponentType.Button,
  style: ButtonStyle.Secondary,
  label: truncate(label, 80, 80),
  custom_id: customId(action, numberOf(trigger)),
});

const discoveries = async (
  { guild, voiceChannel, user, say }: Invoker,
  { listenerService }: CommandContext,
  inPlace: boolean,
): Promise<Reply> => {
  const suggestions = await listenerService.suggest(guild, voiceChannel, user);
  const advice = await listenerService.restAdvice(guild);
  const rest = restLines(advice).map(say.of);
  const buttons = restButtons(advice, say);
  const content = [
    ...(suggestions.length === 0
      ? [say("discover.nothingNew")]
      : [say("discover.heading"), ...suggestions.map((one) => line(one, say)), say("discover.tapToQueue")]),
    ...rest,
  ].join("\n");
  return {
    components: [
      { type: ComponentType.TextDisplay, content },
      ...(suggestions.length === 0
        ? []
        : [{ type: ComponentType.ActionRow as const, components: suggestions.map((one) => button(one, say)) }]),
      ...(buttons.length === 0 ? [] : [{ type: ComponentType.ActionRow as const, components: [...buttons] }]),
    ],
    inPlace,
  };
};

/** `/discover`: suggests sounds that the guild has not heard, or not for a while. */
export const discover: PlainCommand = {
  definition: new SlashCommandBuilder().setName("discover").setDescription(descriptionOf("discover")),
  run: (call, context) => discoveries(call, context, false),
};

const changesRest = (action: string, change: "planRest" | "endRest"): ComponentHandler => ({
  action,
  scope: "private",
  async run(press, context) {
    const trigger = TRIGGERS[Number(press.parts[0])];
    if (trigger === undefined) throw outdatedButton();
    await context.listenerService[change](press.guild, trigger);
    return discoveries(press, context, true);
  },
});

/** Plan and end a trigger's rest. */
export const discoverRestButtons: readonly ComponentHandler[] = [
  changesRest("discover-rest", "planRest"),
  changesRest("discover-unrest", "endRest"),
];

/** Queues a suggested sound. */
export const discoverPlayButton = soundButton("discover");
