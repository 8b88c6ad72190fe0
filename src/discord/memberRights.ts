import { type Client, type GuildMember, PermissionFlagsBits } from "discord.js";
import type { MemberRights } from "../commands/command.ts";
import { type GuildId, id, type RoleId, type UserId } from "../kernel/ids.ts";
import type { Log } from "../kernel/log.ts";

/** What a member may do, by the roles that discord.js knows of them. */
export const memberRights = (member: GuildMember): MemberRights => ({
  roles: [...member.roles.cache.keys()].map((role) => id<RoleId>(role)),
  hasGuildPermission: (permission) => member.permissions.has(PermissionFlagsBits[permission]),
  hasChannelPermission: (channel, permission) =>
    member.guild.channels.cache.get(channel)?.permissionsFor(member).has(PermissionFlagsBits[permission]) === true,
});

const NONE: MemberRights = { roles: [], hasGuildPermission: () => false, hasChannelPermission: () => false };

/**
 * What members may do who have not just used a command. Without a privileged intent the gateway does not say when roles
 * change, so Discord is asked where it counts.
 */
export interface MembersRights {
  /** As last heard; none for a member who is not known. */
  known(guild: GuildId, user: UserId): MemberRights;
  /** As Discord has it now; none where it does not answer. */
  ask(guild: GuildId, user: UserId): Promise<MemberRights>;
}

/** Looks up what members may do. */
export const createMembersRights = (client: Client, log: Log): MembersRights => ({
  known(guild, user) {
    const member = client.guilds.cache.get(guild)?.members.cache.get(user);
    return member === undefined ? NONE : memberRights(member);
  },
  async ask(guild, user) {
    try {
      const member = await client.guilds.cache.get(guild)?.members.fetch({ user, force: true });
      return member === undefined ? NONE : memberRights(member);
    } catch (error) {
      log.info("Discord did not say what a member may do", { guild, error });
      return NONE;
    }
  },
});
