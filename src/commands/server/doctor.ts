import { SlashCommandBuilder } from "discord.js";
import { descriptionOf } from "../../i18n/english.ts";
import type { PlainCommand } from "../command.ts";
import { channelLink } from "../markdown.ts";

/** `/doctor`: finds what keeps the bot from being heard. */
export const doctor: PlainCommand = {
  definition: new SlashCommandBuilder().setName("doctor").setDescription(descriptionOf("doctor")),
  async run({ guild, channel, voiceChannel, botPermissions, say }, { channelAccess }) {
    const { problems, optional } = channelAccess.diagnose(guild, channel, voiceChannel, botPermissions);
    const [first] = problems;
    const rest = optional.map((line) => `-# ${say.of(line)}`);
    if (first !== undefined) return { text: [say.of(first), ...rest].join("\n") };
    const well =
      voiceChannel === undefined
        ? say("doctor.allGoodJoinVoice")
        : say("doctor.allGood", { channel: channelLink(voiceChannel) });
    return { text: [well, ...rest].join("\n") };
  },
};
