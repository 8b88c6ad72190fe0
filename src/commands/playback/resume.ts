import { SlashCommandBuilder } from "discord.js";
import type { PlainCommand } from "../command.ts";
import { inBotChannel } from "../guards.ts";

export const resume: PlainCommand = {
  definition: new SlashCommandBuilder().setName("resume").setDescription("Go on after a pause"),
  guards: [inBotChannel],
  async run({ guild, user, say }, { sessions }) {
    await sessions.dispatch(guild, { type: "resumed", by: user });
    return { text: say`The sound is coming back.` };
  },
};
