import { PermissionFlagsBits } from "discord-api-types/v10";
import type { Member, Shown } from "../api.ts";
import { commandData, messageCommandData, resolved } from "../interactions/commandData.ts";
import type { InteractionType } from "../interactions/interactions.ts";
import { modalData } from "../interactions/modalData.ts";
import { uploadOf } from "../messages/attachments.ts";
import { componentsOf } from "../messages/messageRules.ts";
import type { Parts } from "../rest/guildContext.ts";
import type { Json } from "../shared/json.ts";
import { BOT_ID, type VoiceState, type WorldMember, type WorldMessage } from "../state/guildState.ts";
import { memberJson, userJson } from "../state/objects.ts";
import { answerOf, shown } from "./visibleMessage.ts";

const MOST_FILES = 10;
const BUTTON = 2;
const STRING_SELECT = 3;
const SELECTS = [STRING_SELECT, 5, 6, 7, 8];

/** The people of an evening, and all that they can do. */
export const createPeople = (parts: Parts) => {
  const { world, gateway, interactions, messages, seats } = parts;

  const send = async (member: WorldMember, channelId: string, type: InteractionType, data: Json, on?: WorldMessage) => {
    if (!world.botIsMember) throw new Error("The bot is not in the guild.");
    if (!gateway.known()) throw new Error("The bot has not been online yet.");
    const { interaction, payload } = interactions.create(world, member, channelId, type, data, on);
    gateway.dispatch("INTERACTION_CREATE", payload);
    await interaction.settled;
    return interaction;
  };
  const ask = async (...question: Parameters<typeof send>) => answerOf(world, await send(...question));

  const channelNamed = (name: string) => {
    const found = world.channelNamed(name);
    if (found === undefined) throw new Error(`There is no channel "${name}".`);
    return found;
  };

  const visible = (user: string, each: WorldMessage) => each.onlyFor === undefined || each.onlyFor === user;
  const messageWith = (user: string, fits: (component: Json) => boolean, what: string, on?: Shown) => {
    const candidates = on === undefined ? [...world.messages.values()].reverse() : [world.messages.get(on.id)];
    for (const message of candidates) {
      if (message === undefined || !visible(user, message)) continue;
      const component = componentsOf(message.json).find(fits);
      if (component === undefined) continue;
      if (component.disabled === true) throw new Error(`The ${what} is disabled.`);
      return { message, component };
    }
    throw new Error(`There is no ${what} on ${on === undefined ? "any message" : "the message"} that they see.`);
  };

  const enter = (member: WorldMember, name: string) => {
    const channel = channelNamed(name);
    if (channel.type === 0) throw new Error(`"${name}" is no voice channel.`);
    const inside = [...world.voiceStates].filter(
      ([user, state]) => user !== member.id && state.channelId === channel.id,
    );
    const mayMove = (world.permissionsOf(member) & PermissionFlagsBits.MoveMembers) !== 0n;
    if (channel.userLimit > 0 && inside.length >= channel.userLimit && !mayMove) {
      throw new Error(`"${name}" is full.`);
    }
    seats.sit(member.id, channel.id);
  };
  const flag = (member: WorldMember, flags: Partial<VoiceState>) => {
    const state = world.voiceStates.get(member.id);
    if (state === undefined) throw new Error(`${member.name} sits in no voice channel.`);
    seats.sit(member.id, state.channelId, flags);
  };

  const setRoles = (member: WorldMember, roles: string[]) => {
    member.roles = roles;
    gateway.dispatch("GUILD_MEMBER_UPDATE", { ...memberJson(member), guild_id: world.guild });
    world.changed();
  };

  const memberApi = (member: WorldMember): Member => {
    const api: Member = {
      id: member.id,
      name: member.name,
      async join(name) {
        enter(member, name);
        return api;
      },
      async leave() {
        seats.sit(member.id, undefined);
        return api;
      },
      setSelfMute: (on) => flag(member, { selfMute: on }),
      setSelfDeaf: (on) => flag(member, { selfDeaf: on }),
      sendEffect(emoji) {
        const channel_id = world.voiceStates.get(member.id)?.channelId;
        if (channel_id === undefined) throw new Error(`${member.name} sits in no voice channel.`);
        const effect = { emoji: { id: null, name: emoji, animated: false }, animation_type: 1, animation_id: 0 };
        gateway.dispatch("VOICE_CHANNEL_EFFECT_SEND", {
          guild_id: world.guild,
          channel_id,
          user_id: member.id,
          ...effect,
        });
      },
      async slash(path, options = {}, { channel = "general" } = {}) {
        return ask(member, channelNamed(channel).id, 2, commandData(parts, member, path, options));
      },
      async autocomplete(path, option, typed, others = {}, { channel = "general" } = {}) {
        const data = commandData(parts, member, path, { ...others, [option]: typed }, option);
        const { choices } = await send(member, channelNamed(channel).id, 4, data);
        return (choices ?? []) as { name: string; value: string | number }[];
      },
      async click(button, on) {
        const fits = (each: Json) => each.type === BUTTON && (each.custom_id === button || each.label === button);
        const { message, component } = messageWith(member.id, fits, `button "${button}"`, on);
        const data = { custom_id: component.custom_id, component_type: BUTTON, id: component.id };
        return ask(member, message.channelId, 3, data, message);
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
          ...(!ofText && { resolved: resolved(world, values) }),
        };
        return ask(member, message.channelId, 3, data, message);
      },
      async submit(customId, fields) {
        const modal = interactions.modalOf(member.id);
        if (modal?.form.custom_id !== customId) throw new Error(`${member.name} sees no modal "${customId}".`);
        const data = modalData(parts, modal, fields);
        interactions.closeModal(member.id);
        return ask(member, modal.channelId, 5, data, modal.on);
      },
      async use(command, { id }) {
        const message = world.messages.get(id);
        if (message === undefined || !visible(member.id, message)) throw new Error("They see no such message.");
        return ask(member, message.channelId, 2, messageCommandData(world, member, command, message.json));
      },
      give: (role) => setRoles(member, [...member.roles.filter((each) => each !== role.id), role.id]),
      take: (role) =>
        setRoles(
          member,
          member.roles.filter((each) => each !== role.id),
        ),
      sees(name) {
        const { id } = channelNamed(name);
        return [...world.messages.values()]
          .filter((each) => each.channelId === id && visible(member.id, each))
          .map((each) => shown(world, each));
      },
      say(text, { channel = "general", files = [] } = {}) {
        if (files.length > MOST_FILES) throw new Error(`A message takes ${MOST_FILES} files at most.`);
        const body = { content: text };
        const uploads = files.map(uploadOf);
        const { id } = channelNamed(channel);
        return shown(world, messages.post({ channelId: id, author: member.id, body, files: uploads }));
      },
      listener: () => seats.earsOf(member.id),
      async quit() {
        seats.sit(member.id, undefined);
        world.members.delete(member.id);
        gateway.dispatch("GUILD_MEMBER_REMOVE", { guild_id: world.guild, user: userJson(member) });
        world.changed();
      },
    };
    return api;
  };

  return {
    member(name: string, options: { permissions?: bigint; roles?: readonly string[]; locale?: string } = {}): Member {
      const known = world.memberNamed(name);
      if (known?.id === BOT_ID) throw new Error("The bot speaks for itself.");
      const member = known ?? world.addMember(name);
      if (options.permissions !== undefined) member.permissions = options.permissions;
      if (options.roles !== undefined) member.roles = [...options.roles];
      if (options.locale !== undefined) member.locale = options.locale;
      if (known === undefined) {
        gateway.dispatch("GUILD_MEMBER_ADD", { ...memberJson(member), guild_id: world.guild });
        world.changed();
      }
      return memberApi(member);
    },
  };
};
