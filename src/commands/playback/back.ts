import { SlashCommandBuilder } from "discord.js";
import { titled } from "../../kernel/text.ts";
import type { PlainCommand } from "../command.ts";
import { inBotChannel } from "../guards.ts";

export const back: PlainCommand = {
  definition: new SlashCommandBuilder().setName("back").setDescription("Return to the sound before this one"),
  guards: [inBotChannel],
  async run({ guild, user, say }, { sessions }) {
    const { now, coming } = await sessions.dispatch(guild, { type: "wentBack", by: user });
    const before = coming ?? now;
    return { text: before ? say`Back to ${titled(before.title)}.` : say`Back to the sound before.` };
  },
};
