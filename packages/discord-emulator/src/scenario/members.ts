import { PermissionFlagsBits } from "discord-api-types/v10";
import type { Member, VisibleMessage } from "../api.ts";
import { commandData, messageCommandData, resolved } from "../interactions/commandData.ts";
import type { InteractionType } from "../interactions/interactions.ts";
import { modalData } from "../interactions/modalData.ts";
import { toMultipartFile } from "../messages/attachments.ts";
import { componentsOf } from "../messages/messageRules.ts";
import type { GuildContext } from "../rest/guildContext.ts";
import type { Json } from "../shared/json.ts";
import { BOT_ID, type GuildMember, type StoredMessage, type VoiceState } from "../state/guild.ts";
import { memberJson, userJson } from "../state/objects.ts";
import { toInteractionResponse, toVisibleMessage } from "./visibleMessage.ts";

const MOST_FILES = 10;
const BUTTON = 2;
const STRING_SELECT = 3;
const SELECTS = [STRING_SELECT, 5, 6, 7, 8];

/** The people of an evening, and all that they can do. */
export const createMembers = (context: GuildContext) => {
  const { guild, gateway, interactions, messages, voiceStates } = context;

  const sendInteraction = async (
    member: GuildMember,
    channelId: string,
    type: InteractionType,
    data: Json,
    on?: StoredMessage,
  ) => {
    if (!guild.botIsMember) throw new Error("The bot is not in the guild.");
    if (!gateway.hasSession()) throw new Error("The bot has not been online yet.");
    const { interaction, payload } = interactions.create(guild, member, channelId, type, data, on);
    gateway.dispatch("INTERACTION_CREATE", payload);
    await interaction.answer;
    return interaction;
  };
  const interact = async (...question: Parameters<typeof sendInteraction>) =>
    toInteractionResponse(guild, await sendInteraction(...question));

  const channelNamed = (name: string) => {
    const found = guild.channelNamed(name);
    if (found === undefined) throw new Error(`There is no channel "${name}".`);
    return found;
  };

  const visible = (user: string, each: StoredMessage) => each.visibleTo === undefined || each.visibleTo === user;
  const messageWith = (user: string, fits: (component: Json) => boolean, what: string, on?: VisibleMessage) => {
    const candidates = on === undefined ? [...guild.messages.values()].reverse() : [guild.messages.get(on.id)];
    for (const message of candidates) {
      if (message === undefined || !visible(user, message)) continue;
      const component = componentsOf(message.json).find(fits);
      if (component === undefined) continue;
      if (component.disabled === true) throw new Error(`The ${what} is disabled.`);
      return { message, component };
    }
    throw new Error(`There is no ${what} on ${on === undefined ? "any message" : "the message"} that they see.`);
  };

  const joinVoice = (member: GuildMember, name: string) => {
    const channel = channelNamed(name);
    if (channel.type === 0) throw new Error(`"${name}" is no voice channel.`);
    const inside = [...guild.voiceStates].filter(
      ([user, state]) => user !== member.id && state.channelId === channel.id,
    );
    const mayMove = (guild.permissionsOf(member) & PermissionFlagsBits.MoveMembers) !== 0n;
    if (channel.userLimit > 0 && inside.length >= channel.userLimit && !mayMove) {
      throw new Error(`"${name}" is full.`);
    }
    voiceStates.set(member.id, channel.id);
  };
  const setVoiceFlags = (member: GuildMember, flags: Partial<VoiceState>) => {
    const state = guild.voiceStates.get(member.id);
    if (state === undefined) throw new Error(`${member.name} sits in no voice channel.`);
    voiceStates.set(member.id, state.channelId, flags);
  };

  const setRoles = (member: GuildMember, roles: string[]) => {
    member.roles = roles;
    gateway.dispatch("GUILD_MEMBER_UPDATE", { ...memberJson(member), guild_id: guild.id });
    guild.notifyChange();
  };

  const memberApi = (member: GuildMember): Member => {
    const api: Member = {
      id: member.id,
      name: member.name,
      async join(name) {
        joinVoice(member, name);
        return api;
      },
      async leave() {
        voiceStates.set(member.id, undefined);
        return api;
      },
      setSelfMute: (on) => setVoiceFlags(member, { selfMute: on }),
      setSelfDeaf: (on) => setVoiceFlags(member, { selfDeaf: on }),
      sendVoiceEffect(emoji) {
        const channel_id = guild.voiceStates.get(member.id)?.channelId;
        if (channel_id === undefined) throw new Error(`${member.name} sits in no voice channel.`);
        const effect = { emoji: { id: null, name: emoji, animated: false }, animation_type: 1, animation_id: 0 };
        gateway.dispatch("VOICE_CHANNEL_EFFECT_SEND", {
          guild_id: guild.id,
          channel_id,
          user_id: member.id,
          ...effect,
        });
      },
      async slash(path, options = {}, { channel = "general" } = {}) {
        return interact(member, channelNamed(channel).id, 2, commandData(context, member, path, options));
      },
      async autocomplete(path, option, typed, others = {}, { channel = "general" } = {}) {
        const data = commandData(context, member, path, { ...others, [option]: typed }, option);
        const { choices } = await sendInteraction(member, channelNamed(channel).id, 4, data);
        return (choices ?? []) as { name: string; value: string | number }[];
      },
      async click(button, on) {
        const fits = (each: Json) => each.type === BUTTON && (each.custom_id === button || each.label === button);
        const { message, component } = messageWith(member.id, fits, `button "${button}"`, on);
        const data = { custom_id: component.custom_id, component_type: BUTTON, id: component.id };
        return interact(member, message.channelId, 3, data, message);
      },
      async select(customId, values, on) {
        const fits = (each: Json) => SELECTS.includes(Number(each.type)) && each.custom_id === customId;
        const { message, component } = messageWith(member.id, fits, `select "${customId}"`, on);
        const { min_values: least = 1, max_values: most = 1, options = [] } = component;
        if (values.length < Number(least) || values.length > Number(most)) {
          throw new Error(`The select "${customId}" takes ${String(least)} to ${String(most)} values.`);
        }
        const ofText = component.type === STRING_SELECT;
        const unknown = values.find((value) => ofText && !(options as Json[]).some((each) => each.value === value));
        if (unknown !== undefined) throw new Error(`The select "${customId}" has no value "${unknown}".`);
        const data = {
          custom_id: customId,
          component_type: component.type,
          id: component.id,
          values,
          ...(!ofText && { resolved: resolved(guild, values) }),
        };
        return interact(member, message.channelId, 3, data, message);
      },
      async submit(customId, fields) {
        const modal = interactions.modalOf(member.id);
        if (modal?.form.custom_id !== customId) throw new Error(`${member.name} sees no modal "${customId}".`);
        const data = modalData(context, modal, fields);
        interactions.closeModal(member.id);
        return interact(member, modal.channelId, 5, data, modal.message);
      },
      async useMessageCommand(command, { id }) {
        const message = guild.messages.get(id);
        if (message === undefined || !visible(member.id, message)) throw new Error("They see no such message.");
        return interact(member, message.channelId, 2, messageCommandData(guild, member, command, message.json));
      },
      addRole: (role) => setRoles(member, [...member.roles.filter((each) => each !== role.id), role.id]),
      removeRole: (role) =>
        setRoles(
          member,
          member.roles.filter((each) => each !== role.id),
        ),
      messages(name) {
        const { id } = channelNamed(name);
        return [...guild.messages.values()]
          .filter((each) => each.channelId === id && visible(member.id, each))
          .map((each) => toVisibleMessage(guild, each));
      },
      send(text, { channel = "general", files = [] } = {}) {
        if (files.length > MOST_FILES) throw new Error(`A message takes ${MOST_FILES} files at most.`);
        const body = { content: text };
        const uploads = files.map(toMultipartFile);
        const { id } = channelNamed(channel);
        return toVisibleMessage(guild, messages.post({ channelId: id, author: member.id, body, files: uploads }));
      },
      listener: () => voiceStates.listenerOf(member.id),
      async leaveGuild() {
        voiceStates.set(member.id, undefined);
        guild.members.delete(member.id);
        gateway.dispatch("GUILD_MEMBER_REMOVE", { guild_id: guild.id, user: userJson(member) });
        guild.notifyChange();
      },
    };
    return api;
  };

  return {
    member(name: string, options: { permissions?: bigint; roles?: readonly string[]; locale?: string } = {}): Member {
      const known = guild.memberNamed(name);
      if (known?.id === BOT_ID) throw new Error("The bot speaks for itself.");
      const member = known ?? guild.addMember(name);
      if (options.permissions !== undefined) member.permissions = options.permissions;
      if (options.roles !== undefined) member.roles = [...options.roles];
      if (options.locale !== undefined) member.locale = options.locale;
      if (known === undefined) {
        gateway.dispatch("GUILD_MEMBER_ADD", { ...memberJson(member), guild_id: guild.id });
        guild.notifyChange();
      }
      return memberApi(member);
    },
  };
};
