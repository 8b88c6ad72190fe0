import { SlashCommandBuilder } from "discord.js";
import type { PlainCommand } from "./command.ts";
import { inTheRoom } from "./guards.ts";
import { strong } from "./markdown.ts";

export const skip: PlainCommand = {
  definition: new SlashCommandBuilder().setName("skip").setDescription("Go on to the next sound"),
  guards: [inTheRoom],
  async run({ guild, user }, { sessions }) {
    const { now, coming } = await sessions.dispatch(guild, { type: "skipped", by: user });
    const next = coming ?? now;
    return { text: next ? `Going on to ${strong(next.title)}.` : "Skipped." };
  },
};
