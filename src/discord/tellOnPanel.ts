import { type APIMessageTopLevelComponent, type Client, ComponentType, MessageFlags } from "discord.js";
import type { GuildId } from "../kernel/ids.ts";
import type { Text } from "../kernel/text.ts";
import type { Posted } from "../session/session.ts";
import type { RoomSay } from "./roomSay.ts";

/** Adds a line to a message of ours; rejects with Discord's reason, as when the message is gone. */
export type TellOnPanel = (guild: GuildId, posted: Posted, line: Text) => Promise<void>;

/** An edit makes no sound and pings nobody. */
export const createTellOnPanel =
  (client: Client, roomSay: RoomSay): TellOnPanel =>
  async (guild, { channel: id, message: name }, line) => {
    const channel = client.channels.cache.get(id);
    if (!channel?.isTextBased()) throw new Error("The panel's channel is gone");
    const message = await channel.messages.fetch(name);
    const before = message.components.map((component) => component.toJSON() as APIMessageTopLevelComponent);
    const say = await roomSay.of(guild);
    await message.edit({
      components: [...before, { type: ComponentType.TextDisplay, content: `-# ${say.of(line)}` }],
      flags: MessageFlags.IsComponentsV2,
      allowedMentions: { parse: [] },
    });
  };
