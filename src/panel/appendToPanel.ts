import { type APIMessageTopLevelComponent, type Client, ComponentType, MessageFlags } from "discord.js";
import type { GuildLocale } from "../i18n/guildLocale.ts";
import type { AppendToPanel } from "../ports/guild.ts";

/** Appends a line by editing the panel, which makes no sound and pings nobody. */
export const createAppendToPanel =
  (client: Client, guildLocale: GuildLocale): AppendToPanel =>
  async (guild, { channel: id, message: name }, line) => {
    const channel = client.channels.cache.get(id);
    if (!channel?.isTextBased()) throw new Error("The panel's channel is gone");
    const message = await channel.messages.fetch(name);
    const before = message.components.map((component) => component.toJSON() as APIMessageTopLevelComponent);
    const say = await guildLocale.forGuild(guild);
    await message.edit({
      components: [...before, { type: ComponentType.TextDisplay, content: `-# ${say.of(line)}` }],
      flags: MessageFlags.IsComponentsV2,
      allowedMentions: { parse: [] },
    });
  };
