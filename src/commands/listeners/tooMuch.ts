import {
  type APIButtonComponentWithCustomId,
  type APIMessageTopLevelComponent,
  type APIStringSelectComponent,
  ButtonStyle,
  ComponentType,
} from "discord.js";
import { TRIGGERS, type Trigger } from "../../catalogue/sound.ts";
import { type Message, message } from "../../i18n/message.ts";
import { truncate } from "../../kernel/graphemes.ts";
import { rawText } from "../../kernel/memberText.ts";
import type { AvoidList } from "../../ports/listeners.ts";
import type { SessionView } from "../../session/view.ts";
import { VOLUME_NAMES } from "../../session/volume.ts";
import type { CommandContext, ComponentHandler, Invoker, Reply } from "../command.ts";
import { customId } from "../customId.ts";
import { isCurrentPanel, listensToPanel, panelSession } from "../guards.ts";
import { requestAsListener } from "../listenerRequest.ts";
import { cannotMoveMembers } from "../refusals.ts";
import { avoidListSaved } from "./avoidListLine.ts";

/** Discord's limit for the description of an option. */
const MAX_DESCRIPTION = 100;

const EMPTY: AvoidList = { triggers: [], risks: [], mode: "skip" };

/** The triggers that play or are about to, each with the titles of its sounds. */
const triggersPlaying = (
  view: SessionView,
  { say }: Invoker,
  context: CommandContext,
): ReadonlyMap<Trigger, readonly string[]> => {
  const found = [...(view.now?.layers ?? []), ...(view.coming?.layers ?? [])]
    .map(({ sound }) => context.catalogue.find(sound))
    .filter((sound) => sound !== undefined);
  const titles = Map.groupBy(found, ({ trigger }) => trigger);
  return new Map(
    [...titles].map(([trigger, sounds]) => [
      trigger,
      [...new Set(sounds.map(({ title }) => rawText(say.word(title))))],
    ]),
  );
};

const button = (action: string, label: string, session: string): APIButtonComponentWithCustomId => ({
  type: ComponentType.Button,
  style: ButtonStyle.Secondary,
  label,
  custom_id: customId(action, session),
});

const avoidSelect = (
  playing: ReadonlyMap<Trigger, readonly string[]>,
  list: AvoidList,
  { say }: Invoker,
): APIStringSelectComponent | undefined => {
  const options = [...playing]
    .filter(([trigger]) => !list.triggers.includes(trigger))
    .map(([trigger, titles]) => ({
      label: say.word(trigger),
      value: trigger,
      description: truncate(titles.join(", "), MAX_DESCRIPTION, MAX_DESCRIPTION),
    }));
  if (options.length === 0) return undefined;
  return {
    type: ComponentType.StringSelect,
    custom_id: customId("too-much-avoid"),
    placeholder: say("tooMuch.avoidPlaceholder"),
    min_values: 1,
    max_values: options.length,
    options,
  };
};

/** What somebody can do for whom it is too much; only they see it. */
const choices = async (
  invoker: Invoker & { readonly parts: readonly string[] },
  context: CommandContext,
  lines: readonly Message[],
): Promise<readonly APIMessageTopLevelComponent[]> => {
  const { guild, user, voiceChannel, say } = invoker;
  const session = panelSession(invoker, context);
  const { id, channel } = session;
  const list = (await context.avoidLists.of(user)) ?? EMPTY;
  const isListening = voiceChannel === channel;
  const canLeave = isListening && context.channelAccess.canMoveMembers(guild);
  const buttons = [
    ...(canLeave ? [button("too-much-leave", say("tooMuch.leave"), id)] : []),
    ...(isListening ? [button("too-much-softer", say("tooMuch.softer"), id)] : []),
  ];
  const select = avoidSelect(triggersPlaying(session, invoker, context), list, invoker);
  const said = [...lines, ...(isListening && !canLeave ? [message("tooMuch.howToLeave")] : [])];
  return [
    { type: ComponentType.TextDisplay, content: said.map(say.of).join("\n") },
    ...(buttons.length > 0 ? [{ type: ComponentType.ActionRow as const, components: buttons }] : []),
    ...(select ? [{ type: ComponentType.ActionRow as const, components: [select] }] : []),
  ];
};

const inPlace = (content: string): Reply => ({
  components: [{ type: ComponentType.TextDisplay, content }],
  inPlace: true,
});

const tooMuchButton: ComponentHandler = {
  action: "too-much",
  // Each member gets an answer of their own.
  scope: "private",
  // Those who have left already can still say what they don't want to hear again.
  guards: [isCurrentPanel],
  run: async (press, context) => ({ components: await choices(press, context, [message("tooMuch.onlyYou")]) }),
};

const leaveButton: ComponentHandler = {
  action: "too-much-leave",
  scope: "private",
  guards: [listensToPanel],
  async run({ guild, user, voiceChannel, say }, { sessions, channelAccess }) {
    if (!channelAccess.canMoveMembers(guild)) throw cannotMoveMembers();
    await sessions.dispatch(guild, { type: "leftQuietly", by: user }, voiceChannel);
    return inPlace(say("tooMuch.left"));
  },
};

const softerButton: ComponentHandler = {
  action: "too-much-softer",
  scope: "private",
  guards: [listensToPanel],
  async run(press, context) {
    const { volume } = await requestAsListener(press, context, { type: "softened" });
    const said = [message("tooMuch.softened", { step: VOLUME_NAMES[volume] })];
    return { components: await choices(press, context, said), inPlace: true };
  },
};

const avoidChoice: ComponentHandler = {
  action: "too-much-avoid",
  scope: "private",
  async run({ guild, user, values, say }, { avoidLists, sessions }) {
    const before = (await avoidLists.of(user)) ?? EMPTY;
    const list = {
      ...before,
      triggers: TRIGGERS.filter((one) => before.triggers.includes(one) || values.includes(one)),
    };
    if (list.triggers.length + list.risks.length === 0) return inPlace(say("avoid.listEmptied"));
    await avoidLists.set(user, list);
    sessions.avoidListChanged(guild);
    return inPlace(avoidListSaved(list).map(say.of).join("\n"));
  },
};

/**
 * The panel's button for somebody for whom it is too much, and what its answer offers: to leave, to
 * make it softer for everyone, and to leave a trigger out from now on. Nobody else sees any of it.
 */
export const tooMuchButtons: readonly ComponentHandler[] = [tooMuchButton, leaveButton, softerButton, avoidChoice];
