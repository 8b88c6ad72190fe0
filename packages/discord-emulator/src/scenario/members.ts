import type { Member } from "../api.ts";
import { toMultipartFile } from "../messages/attachments.ts";
import type { GuildContext } from "../rest/guildContext.ts";
import { EVERYONE_PERMISSIONS, type GuildMember } from "../state/guild.ts";
import { memberJson, rolesJson, userJson } from "../state/objects.ts";
import { findChannel, isVisibleTo } from "./lookup.ts";
import { createMemberInteractions } from "./memberInteractions.ts";
import { createMemberVoice } from "./memberVoice.ts";
import { toVisibleMessage } from "./visibleMessage.ts";

const MAX_FILES = 10;

/** One member of a guild, and all that they can do. */
const createMember = (context: GuildContext, member: GuildMember): Member => {
  const { guild, gateway, messages, activities } = context;
  const { join, leave, ...voice } = createMemberVoice(context, member);

  const setRoles = (roles: string[]) => {
    member.roles = roles;
    gateway.dispatch("GUILD_MEMBER_UPDATE", { ...memberJson(member), guild_id: guild.id });
    guild.notifyChange();
  };
  const withoutRole = (id: string) => member.roles.filter((each) => each !== id);

  const api: Member = {
    id: member.id,
    name: member.name,
    ...createMemberInteractions(context, member),
    ...voice,
    async join(channel) {
      join(channel);
      return api;
    },
    async leave() {
      leave();
      return api;
    },
    openActivity: (tell, { platform = "desktop" } = {}) => activities.open(guild, member, tell, platform),
    activity: () => activities.of(member.id),
    addRole: ({ id }) => setRoles([...withoutRole(id), id]),
    removeRole: ({ id }) => setRoles(withoutRole(id)),
    messages(channel) {
      const { id } = findChannel(guild, channel);
      return [...guild.messages.values()]
        .filter((each) => each.channelId === id && isVisibleTo(member.id, each))
        .map((each) => toVisibleMessage(guild, each));
    },
    dismiss({ id }) {
      if (guild.messages.get(id)?.visibleTo !== member.id) throw new Error("It is no ephemeral message of theirs.");
      guild.messages.delete(id);
      guild.notifyChange();
    },
    send(text, { channel = "general", files = [] } = {}) {
      if (files.length > MAX_FILES) throw new Error(`A message takes ${MAX_FILES} files at most.`);
      const uploads = files.map(toMultipartFile);
      const { id } = findChannel(guild, channel);
      const message = { channelId: id, author: member.id, body: { content: text }, files: uploads };
      return toVisibleMessage(guild, messages.post(message));
    },
    async leaveGuild() {
      leave();
      guild.members.delete(member.id);
      gateway.dispatch("GUILD_MEMBER_REMOVE", { guild_id: guild.id, user: userJson(member) });
      guild.notifyChange();
    },
  };
  return api;
};

/** The members of one guild, found by name and created on first mention. */
export const createMembers = (context: GuildContext) => {
  const { guild, gateway } = context;

  /** Permissions come from roles alone: those beyond @everyone's get one of the member's own. */
  const personalRole = (member: GuildMember): readonly string[] => {
    const permissions = member.permissions & ~EVERYONE_PERMISSIONS;
    if (permissions === 0n) return [];
    const role = { id: guild.snowflake(), name: member.name, permissions, isPersonal: true };
    guild.roles.set(role.id, role);
    const json = rolesJson(guild).find((each) => each.id === role.id);
    gateway.dispatch("GUILD_ROLE_CREATE", { guild_id: guild.id, role: json });
    return [role.id];
  };

  return {
    /** @throws Error for the bot's name */
    member(
      name: string,
      options: { readonly permissions?: bigint; readonly roles?: readonly string[]; readonly locale?: string } = {},
    ): Member {
      const known = guild.memberNamed(name);
      if (known?.bot) throw new Error("A bot speaks for itself.");
      const member = known ?? guild.addMember(name);
      if (options.roles !== undefined) member.roles = [...options.roles];
      if (options.permissions !== undefined) {
        member.permissions = options.permissions;
        const personal = personalRole(member);
        member.roles = [...member.roles.filter((role) => !guild.roles.get(role)?.isPersonal), ...personal];
        if (known !== undefined) gateway.dispatch("GUILD_MEMBER_UPDATE", { ...memberJson(member), guild_id: guild.id });
      }
      if (options.locale !== undefined) member.locale = options.locale;
      if (known === undefined) {
        gateway.dispatch("GUILD_MEMBER_ADD", { ...memberJson(member), guild_id: guild.id });
        guild.notifyChange();
      }
      return createMember(context, member);
    },
  };
};
