import { SlashCommandBuilder } from "discord.js";
import { justThis } from "./choices.ts";
import type { PlainCommand } from "./command.ts";
import { canBeHeard } from "./guards.ts";
import { needHost } from "./hosts.ts";
import { playWanted, whenMeant, whenOption } from "./play.ts";

export const whisper: PlainCommand = {
  definition: new SlashCommandBuilder()
    .setName("whisper")
    .setDescription("Have a few words whispered to the room")
    .addStringOption((option) =>
      option
        .setName("text")
        .setDescription("A sentence or two, in English; links and mentions are left out")
        .setRequired(true)
        .setMaxLength(600),
    )
    .addStringOption(whenOption),
  guards: [canBeHeard],
  async run(call, house) {
    await needHost(call, house);
    const sound = await house.whispers.say(call.guild, call.options.text("text"));
    return playWanted(justThis(sound), whenMeant(call.options), call, house);
  },
};
