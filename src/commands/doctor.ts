import { SlashCommandBuilder } from "discord.js";
import type { PlainCommand } from "./command.ts";
import { channelLink } from "./markdown.ts";

export const doctor: PlainCommand = {
  definition: new SlashCommandBuilder()
    .setName("doctor")
    .setDescription("Find what keeps the bot from being heard here"),
  async run({ guild, channel, voice, say }, { doors }) {
    const { inTheWay, missing } = doors.examine(guild, channel, voice);
    const [first] = inTheWay;
    const rest = missing.map((line) => `-# ${say.of(line)}`);
    if (first !== undefined) return { text: [say.of(first), ...rest].join("\n") };
    const well =
      voice === undefined
        ? say`Nothing is in the way here. Join a voice channel and ask again to have that one looked at, too.`
        : say`Nothing is in the way here. ${channelLink(voice)} is ready.`;
    return { text: [well, ...rest].join("\n") };
  },
};
