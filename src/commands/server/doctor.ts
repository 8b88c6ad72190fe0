import { SlashCommandBuilder } from "discord.js";
import type { PlainCommand } from "../command.ts";
import { channelLink } from "../markdown.ts";

export const doctor: PlainCommand = {
  definition: new SlashCommandBuilder()
    .setName("doctor")
    .setDescription("Find what keeps the bot from being heard here"),
  async run({ guild, channel, voiceChannel, say }, { channelAccess }) {
    const { problems, optional } = channelAccess.diagnose(guild, channel, voiceChannel);
    const [first] = problems;
    const rest = optional.map((line) => `-# ${say.of(line)}`);
    if (first !== undefined) return { text: [say.of(first), ...rest].join("\n") };
    const well =
      voiceChannel === undefined
        ? say`Nothing is in the way here. Join a voice channel and ask again to have that one looked at, too.`
        : say`Nothing is in the way here. ${channelLink(voiceChannel)} is ready.`;
    return { text: [well, ...rest].join("\n") };
  },
};
