import { ComponentType, InteractionType } from "discord-api-types/v10";
import type { InteractionResponse, Member, VisibleMessage } from "../api.ts";
import { commandData, messageCommandData, resolved } from "../interactions/commandData.ts";
import { modalData } from "../interactions/modalData.ts";
import { componentsOf } from "../messages/messageRules.ts";
import type { GuildContext } from "../rest/guildContext.ts";
import type { Json } from "../shared/json.ts";
import { BOT_ID, type GuildMember, type StoredMessage } from "../state/guild.ts";
import { findChannel, isVisibleTo } from "./lookup.ts";
import { toInteractionResponse } from "./visibleMessage.ts";

const SELECTS: readonly ComponentType[] = [
  ComponentType.StringSelect,
  ComponentType.UserSelect,
  ComponentType.RoleSelect,
  ComponentType.MentionableSelect,
  ComponentType.ChannelSelect,
];

/** @throws Error for values that Discord's client would not let anybody choose */
const checkChosen = (component: Json, values: readonly string[]): void => {
  const name = `The select "${String(component.custom_id)}"`;
  const { min_values: least = 1, max_values: most = 1, options = [] } = component;
  if (values.length < Number(least) || values.length > Number(most)) {
    throw new Error(`${name} takes ${String(least)} to ${String(most)} values.`);
  }
  if (component.type !== ComponentType.StringSelect) return;
  const unknown = values.find((value) => !(options as Json[]).some((each) => each.value === value));
  if (unknown !== undefined) throw new Error(`${name} has no value "${unknown}".`);
};

type Interactions = Pick<Member, "slash" | "autocomplete" | "click" | "select" | "submit" | "useMessageCommand">;

/** What a member asks of the bot: commands, components and modals, as Discord's client lets them be used. */
export const createMemberInteractions = (context: GuildContext, member: GuildMember): Interactions => {
  const { guild, gateway, interactions } = context;

  const send = async (channelId: string, type: InteractionType, data: Json, on?: StoredMessage) => {
    if (!guild.botIsMember) throw new Error("The bot is not in the guild.");
    if (!gateway.hasSession()) throw new Error("The bot has not been online yet.");
    const { interaction, payload } = interactions.create(guild, member, channelId, type, data, on);
    gateway.dispatch("INTERACTION_CREATE", payload, BOT_ID);
    await interaction.answer;
    return interaction;
  };
  const ask = async (...interaction: Parameters<typeof send>): Promise<InteractionResponse> =>
    toInteractionResponse(guild, await send(...interaction));

  /** The newest message that the member sees, or the one that is given, with its first component that fits. */
  const findComponent = (fits: (component: Json) => boolean, what: string, on?: VisibleMessage) => {
    const candidates = on === undefined ? [...guild.messages.values()].reverse() : [guild.messages.get(on.id)];
    for (const message of candidates) {
      if (message === undefined || !isVisibleTo(member.id, message)) continue;
      const component = componentsOf(message.json).find(fits);
      if (component === undefined) continue;
      if (component.disabled === true) throw new Error(`The ${what} is disabled.`);
      return { message, component };
    }
    throw new Error(`There is no ${what} on ${on === undefined ? "any message" : "the message"} that they see.`);
  };

  return {
    async slash(path, options = {}, { channel = "general" } = {}) {
      const data = commandData(context, member, path, options);
      return ask(findChannel(guild, channel).id, InteractionType.ApplicationCommand, data);
    },
    async autocomplete(path, option, typed, others = {}, { channel = "general" } = {}) {
      const data = commandData(context, member, path, { ...others, [option]: typed }, option);
      const { id } = findChannel(guild, channel);
      const { choices } = await send(id, InteractionType.ApplicationCommandAutocomplete, data);
      return (choices ?? []) as { name: string; value: string | number }[];
    },
    async click(button, on) {
      const fits = ({ type, custom_id, label }: Json) =>
        type === ComponentType.Button && (custom_id === button || label === button);
      const { message, component } = findComponent(fits, `button "${button}"`, on);
      const data = { custom_id: component.custom_id, component_type: ComponentType.Button, id: component.id };
      return ask(message.channelId, InteractionType.MessageComponent, data, message);
    },
    async select(customId, values, on) {
      const fits = (each: Json) => SELECTS.includes(Number(each.type)) && each.custom_id === customId;
      const { message, component } = findComponent(fits, `select "${customId}"`, on);
      checkChosen(component, values);
      const data = {
        custom_id: customId,
        component_type: component.type,
        id: component.id,
        values,
        ...(component.type !== ComponentType.StringSelect && { resolved: resolved(guild, values) }),
      };
      return ask(message.channelId, InteractionType.MessageComponent, data, message);
    },
    async submit(customId, fields) {
      const modal = interactions.modalOf(member.id);
      if (modal?.form.custom_id !== customId) throw new Error(`${member.name} sees no modal "${customId}".`);
      const data = modalData(context, modal, fields);
      interactions.closeModal(member.id);
      return ask(modal.channelId, InteractionType.ModalSubmit, data, modal.message);
    },
    async useMessageCommand(command, { id }) {
      const message = guild.messages.get(id);
      if (message === undefined || !isVisibleTo(member.id, message)) throw new Error("They see no such message.");
      const data = messageCommandData(guild, member, command, message.json);
      return ask(message.channelId, InteractionType.ApplicationCommand, data);
    },
  };
};
