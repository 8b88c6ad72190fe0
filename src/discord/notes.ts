import { type Client, MessageFlags, PermissionFlagsBits } from "discord.js";
import type { ChannelId, GuildId } from "../kernel/ids.ts";
import type { Log } from "../kernel/log.ts";

/** Writes one line into a text channel, without a sound and without a ping, where the bot may; otherwise not at all. */
export const createNotes =
  (client: Client, log: Log) =>
  async (guild: GuildId, channel: ChannelId, line: string): Promise<void> => {
    const place = client.guilds.cache.get(guild)?.channels.cache.get(channel);
    const me = place?.guild.members.me;
    if (!place?.isSendable() || me == null) return;
    if (!place.permissionsFor(me).has([PermissionFlagsBits.ViewChannel, PermissionFlagsBits.SendMessages])) return;
    try {
      await place.send({
        content: line,
        flags: MessageFlags.SuppressNotifications,
        allowedMentions: { parse: [] },
      });
    } catch (error) {
      log.warn("A line could not be written", { guild, channel, error });
    }
  };
