import { type Client, MessageFlags, PermissionFlagsBits } from "discord.js";
import type { GuildLocale } from "../i18n/guildLocale.ts";

import type { Log } from "../kernel/log.ts";
import type { Announce } from "../ports/guild.ts";

/**
 * Writes one line into a text channel, without a sound and without a ping, where the bot may; otherwise not at all. The picture goes
 * with it where the bot may attach files.
 */
export const createAnnounce =
  (client: Client, roomSay: GuildLocale, log: Log): Announce =>
  async (guild, channel, line, picture) => {
    const place = client.guilds.cache.get(guild)?.channels.cache.get(channel);
    const me = place?.guild.members.me;
    if (!place?.isSendable() || me == null) return;
    const allowed = place.permissionsFor(me);
    if (!allowed.has([PermissionFlagsBits.ViewChannel, PermissionFlagsBits.SendMessages])) return;
    const files = picture && allowed.has(PermissionFlagsBits.AttachFiles) ? [picture] : [];
    const say = await roomSay.forGuild(guild);
    try {
      await place.send({
        content: say.of(line),
        files: files.map(({ name, data, description }) => ({
          name,
          attachment: Buffer.from(data),
          description: say.of(description),
        })),
        flags: MessageFlags.SuppressNotifications,
        allowedMentions: { parse: [] },
      });
    } catch (error) {
      log.warn("A line could not be written", { guild, channel, error });
    }
  };
