import { SlashCommandBuilder } from "discord.js";
import { descriptionOf } from "../../i18n/english.ts";
import type { PlainCommand } from "../command.ts";
import { inBotChannel } from "../guards.ts";

/** `/pause`: holds the sound at its position. */
export const pause: PlainCommand = {
  definition: new SlashCommandBuilder().setName("pause").setDescription(descriptionOf("pause")),
  guards: [inBotChannel],
  async run({ guild, user, say }, { sessions }) {
    await sessions.dispatch(guild, { type: "paused", by: user });
    return { text: say("play.pausedUseResume") };
  },
};
