import { SlashCommandBuilder } from "discord.js";
import { descriptionOf } from "../../i18n/english.ts";
import type { PlainCommand } from "../command.ts";
import { botCanSpeak } from "../guards.ts";
import { requireGuildHost } from "../hostGuard.ts";
import { chosenWhen, queueRequest, whenOption } from "../playback/play.ts";
import { singleSound } from "../soundChoices.ts";

/** `/whisper`: renders a sentence as a whisper and queues it. */
export const whisper: PlainCommand = {
  definition: new SlashCommandBuilder()
    .setName("whisper")
    .setDescription(descriptionOf("whisper"))
    .addStringOption((option) =>
      option.setName("text").setDescription(descriptionOf("whisper text")).setRequired(true).setMaxLength(600),
    )
    .addStringOption(whenOption),
  guards: [botCanSpeak],
  async run(call, context) {
    await requireGuildHost(call, context);
    const sound = await context.whispers.say(call.guild, call.options.text("text"));
    return queueRequest(singleSound(sound), chosenWhen(call.options), call, context);
  },
};
