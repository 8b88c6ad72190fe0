import { PermissionFlagsBits } from "discord-api-types/v10";
import type { RehearsalChannel } from "../api.ts";
import type { Parts } from "../rest/guildContext.ts";
import { BOT_ID, type WorldChannel } from "../state/guildState.ts";
import { channelJson } from "../state/objects.ts";

/** "MOVE_MEMBERS", as Discord's documents write it, is MoveMembers in its types; acronyms stay as they are. */
const permissionNamed = (name: string): bigint => {
  const plain = name.replaceAll("_", "").toLowerCase();
  const found = Object.entries(PermissionFlagsBits).find(([key]) => key.toLowerCase() === plain);
  if (found === undefined) throw new Error(`There is no permission "${name}".`);
  return found[1];
};

/** Names as in Discord's documents, to bits. @throws Error for a name that is no permission */
export const permissionsNamed = (names: readonly string[]): bigint =>
  names.map(permissionNamed).reduce((sum, each) => sum | each, 0n);

/** What a test does to a channel, as a moderator would. */
export const channelApi = ({ world, gateway, seats }: Parts, channel: WorldChannel): RehearsalChannel => {
  const announce = () => {
    gateway.dispatch("CHANNEL_UPDATE", channelJson(channel));
    world.changed();
  };
  /** In a voice channel whoever may not speak is suppressed; on a stage that is the moderators' to say. */
  const silenceAsAllowed = () => {
    if (channel.type !== 2 || world.voiceStates.get(BOT_ID)?.channelId !== channel.id) return;
    const mayTalk = (world.botPermissions(channel.id) & PermissionFlagsBits.Speak) !== 0n;
    seats.sit(BOT_ID, channel.id, { suppress: !mayTalk });
  };
  return {
    id: channel.id,
    name: channel.name,
    setUserLimit(limit) {
      channel.userLimit = limit;
      announce();
    },
    denyBot(...names) {
      channel.denied |= permissionsNamed(names);
      announce();
      silenceAsAllowed();
    },
    allowBot(...names) {
      channel.denied &= ~permissionsNamed(names);
      announce();
      silenceAsAllowed();
    },
    delete() {
      world.channels.delete(channel.id);
      for (const [user, state] of [...world.voiceStates]) {
        if (state.channelId === channel.id) seats.sit(user, undefined);
      }
      gateway.dispatch("CHANNEL_DELETE", channelJson(channel));
      world.changed();
    },
  };
};
