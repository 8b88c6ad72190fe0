import { SlashCommandBuilder } from "discord.js";
import type { PlainCommand } from "./command.ts";
import { channelLink } from "./markdown.ts";

export const doctor: PlainCommand = {
  definition: new SlashCommandBuilder()
    .setName("doctor")
    .setDescription("Find what keeps the bot from being heard here"),
  async run({ guild, channel, voice }, { doors }) {
    const { inTheWay, missing } = doors.examine(guild, channel, voice);
    const [first] = inTheWay;
    const rest = missing.map((line) => `-# ${line}`);
    if (first !== undefined) return { text: [first, ...rest].join("\n") };
    const where =
      voice === undefined
        ? "Join a voice channel and ask again to have that one looked at, too."
        : `${channelLink(voice)} is ready.`;
    return { text: [`Nothing is in the way here. ${where}`, ...rest].join("\n") };
  },
};
