import { SlashCommandBuilder } from "discord.js";
import type { PlainCommand } from "./command.ts";
import { inTheRoom } from "./guards.ts";
import { strong } from "./markdown.ts";

export const back: PlainCommand = {
  definition: new SlashCommandBuilder().setName("back").setDescription("Return to the sound before this one"),
  guards: [inTheRoom],
  async run({ guild, user }, { sessions }) {
    const { now, coming } = await sessions.dispatch(guild, { type: "wentBack", by: user });
    const before = coming ?? now;
    return { text: before ? `Back to ${strong(before.title)}.` : "Back to the sound before." };
  },
};
