import { SlashCommandBuilder } from "discord.js";
import { descriptionOf } from "../../i18n/english.ts";
import type { PlainCommand } from "../command.ts";
import { inBotChannel } from "../guards.ts";

/** `/resume`: continues from where the sound was paused. */
export const resume: PlainCommand = {
  definition: new SlashCommandBuilder().setName("resume").setDescription(descriptionOf("resume")),
  guards: [inBotChannel],
  async run({ guild, user, say }, { sessions }) {
    await sessions.dispatch(guild, { type: "resumed", by: user });
    return { text: say("play.resuming") };
  },
};
