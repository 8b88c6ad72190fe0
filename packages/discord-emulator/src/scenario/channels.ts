import { PermissionFlagsBits } from "discord-api-types/v10";
import type { EmulatedChannel } from "../api.ts";
import type { GuildContext } from "../rest/guildContext.ts";
import { BOT_ID, type GuildChannel } from "../state/guild.ts";
import { channelJson } from "../state/objects.ts";

/** "MOVE_MEMBERS", as Discord's documents write it, is MoveMembers in its types; acronyms stay as they are. */
const parsePermission = (name: string): bigint => {
  const plain = name.replaceAll("_", "").toLowerCase();
  const found = Object.entries(PermissionFlagsBits).find(([key]) => key.toLowerCase() === plain);
  if (found === undefined) throw new Error(`There is no permission "${name}".`);
  return found[1];
};

/** Names as in Discord's documents, to bits. @throws Error for a name that is no permission */
export const parsePermissions = (names: readonly string[]): bigint =>
  names.map(parsePermission).reduce((sum, each) => sum | each, 0n);

/** What a test does to a channel, as a moderator would. */
export const createEmulatedChannel = (
  { guild, gateway, voiceStates }: GuildContext,
  channel: GuildChannel,
): EmulatedChannel => {
  const announce = () => {
    gateway.dispatch("CHANNEL_UPDATE", channelJson(channel));
    guild.notifyChange();
  };
  /** In a voice channel a member without the permission to speak is suppressed; on a stage moderators decide. */
  const silenceAsAllowed = () => {
    if (channel.type !== 2 || guild.voiceStates.get(BOT_ID)?.channelId !== channel.id) return;
    const mayTalk = (guild.botPermissionsIn(channel.id) & PermissionFlagsBits.Speak) !== 0n;
    voiceStates.set(BOT_ID, channel.id, { suppress: !mayTalk });
  };
  return {
    id: channel.id,
    name: channel.name,
    setUserLimit(limit) {
      channel.userLimit = limit;
      announce();
    },
    denyBot(...names) {
      channel.deniedToBot |= parsePermissions(names);
      announce();
      silenceAsAllowed();
    },
    allowBot(...names) {
      channel.deniedToBot &= ~parsePermissions(names);
      announce();
      silenceAsAllowed();
    },
    allowMember(name, ...permissions) {
      const member = guild.memberNamed(name);
      if (member === undefined) throw new Error(`There is no member "${name}".`);
      const known = channel.allowedToMembers.get(member.id) ?? 0n;
      channel.allowedToMembers.set(member.id, known | parsePermissions(permissions));
      announce();
    },
    delete() {
      guild.channels.delete(channel.id);
      for (const [user, state] of [...guild.voiceStates]) {
        if (state.channelId === channel.id) voiceStates.set(user, undefined);
      }
      gateway.dispatch("CHANNEL_DELETE", channelJson(channel));
      guild.notifyChange();
    },
  };
};
