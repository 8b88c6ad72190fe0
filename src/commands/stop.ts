import { SlashCommandBuilder } from "discord.js";
import type { PlainCommand } from "./command.ts";
import { inTheRoom } from "./guards.ts";

export const stop: PlainCommand = {
  definition: new SlashCommandBuilder().setName("stop").setDescription("End the session; the bot leaves"),
  guards: [inTheRoom],
  async run({ guild, user }, { sessions }) {
    await sessions.dispatch(guild, { type: "stopped", by: user });
    return { text: "The sound goes quiet, and I leave. Good night." };
  },
};
