import { SlashCommandBuilder } from "discord.js";
import type { PlainCommand } from "../command.ts";
import { botCanSpeak } from "../guards.ts";
import { requireHost } from "../hostGuard.ts";
import { chosenWhen, queueRequest, whenOption } from "../playback/play.ts";
import { singleSound } from "../soundChoices.ts";

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
  guards: [botCanSpeak],
  async run(call, context) {
    await requireHost(call, context);
    const sound = await context.whispers.say(call.guild, call.options.text("text"));
    return queueRequest(singleSound(sound), chosenWhen(call.options), call, context);
  },
};
