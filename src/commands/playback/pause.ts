import { SlashCommandBuilder } from "discord.js";
import type { PlainCommand } from "../command.ts";
import { inBotChannel } from "../guards.ts";

export const pause: PlainCommand = {
  definition: new SlashCommandBuilder().setName("pause").setDescription("Hold the sound where it is"),
  guards: [inBotChannel],
  async run({ guild, user, say }, { sessions }) {
    await sessions.dispatch(guild, { type: "paused", by: user });
    return { text: say`Paused. /resume brings the sound back.` };
  },
};
