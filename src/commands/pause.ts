import { SlashCommandBuilder } from "discord.js";
import type { PlainCommand } from "./command.ts";
import { inTheRoom } from "./guards.ts";

export const pause: PlainCommand = {
  definition: new SlashCommandBuilder().setName("pause").setDescription("Hold the sound where it is"),
  guards: [inTheRoom],
  async run({ guild, user, say }, { sessions }) {
    await sessions.dispatch(guild, { type: "paused", by: user });
    return { text: say`Paused. /resume brings the sound back.` };
  },
};
