import { type APIMessageTopLevelComponent, type Client, ComponentType, MessageFlags } from "discord.js";
import type { Posted } from "../session/session.ts";

/** Adds a line to a message of ours; rejects with Discord's reason, as when the message is gone. */
export type TellOnPanel = (posted: Posted, line: string) => Promise<void>;

/** An edit makes no sound and pings nobody. */
export const createTellOnPanel =
  (client: Client): TellOnPanel =>
  async ({ channel: id, message: name }, line) => {
    const channel = client.channels.cache.get(id);
    if (!channel?.isTextBased()) throw new Error("The panel's channel is gone");
    const message = await channel.messages.fetch(name);
    const before = message.components.map((component) => component.toJSON() as APIMessageTopLevelComponent);
    await message.edit({
      components: [...before, { type: ComponentType.TextDisplay, content: `-# ${line}` }],
      flags: MessageFlags.IsComponentsV2,
      allowedMentions: { parse: [] },
    });
  };
