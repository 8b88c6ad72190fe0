import {
  type APIActionRowComponent,
  type APIButtonComponent,
  type Client,
  MessageFlags,
  PermissionFlagsBits,
} from "discord.js";
import type { GuildLocale } from "../i18n/guildLocale.ts";
import type { Message } from "../i18n/message.ts";
import type { Say } from "../i18n/say.ts";
import type { ChannelId, GuildId } from "../kernel/ids.ts";
import type { Log } from "../kernel/log.ts";
import type { AnnouncementImage } from "../ports/guild.ts";

/**
 * Posts one line in a text channel, silently and without a ping, if the bot may write there; with
 * the picture if it may attach files.
 */
export const createAnnounce =
  (client: Client, guildLocale: GuildLocale, log: Log) =>
  async (
    guild: GuildId,
    channel: ChannelId,
    line: Message,
    picture?: AnnouncementImage,
    buttons?: (say: Say) => APIActionRowComponent<APIButtonComponent>,
  ): Promise<void> => {
    const place = client.guilds.cache.get(guild)?.channels.cache.get(channel);
    const me = place?.guild.members.me;
    if (!place?.isSendable() || me == null) return;
    const allowed = place.permissionsFor(me);
    if (!allowed.has([PermissionFlagsBits.ViewChannel, PermissionFlagsBits.SendMessages])) return;
    const files = picture && allowed.has(PermissionFlagsBits.AttachFiles) ? [picture] : [];
    const say = await guildLocale.forGuild(guild);
    try {
      await place.send({
        content: say.of(line),
        files: files.map(({ name, data, description }) => ({
          name,
          attachment: Buffer.from(data),
          description: say.of(description),
        })),
        ...(buttons && { components: [buttons(say)] }),
        flags: MessageFlags.SuppressNotifications,
        allowedMentions: { parse: [] },
      });
    } catch (error) {
      log.warn("A line could not be written", { guild, channel, error });
    }
  };
