import { SlashCommandBuilder } from "discord.js";
import { choiceName, descriptionOf } from "../../i18n/english.ts";
import { VOLUME_NAMES, type Volume } from "../../session/volume.ts";
import type { PlainCommand } from "../command.ts";
import { inBotChannel } from "../guards.ts";
import { requestAsListener } from "../listenerRequest.ts";

/** `/loudness`: sets the session's volume. */
export const loudness: PlainCommand = {
  definition: new SlashCommandBuilder()
    .setName("loudness")
    .setDescription(descriptionOf("loudness"))
    .addStringOption((option) =>
      option
        .setName("step")
        .setDescription(descriptionOf("loudness step"))
        .setRequired(true)
        .addChoices(
          { name: choiceName("loudness step whisper"), value: "whisper" },
          { name: choiceName("loudness step quiet"), value: "quiet" },
          { name: choiceName("loudness step soft"), value: "soft" },
          { name: choiceName("loudness step normal"), value: "normal" },
        ),
    ),
  guards: [inBotChannel],
  async run(call, context) {
    const volume = call.options.text("step") as Volume;
    const view = await requestAsListener(call, context, { type: "volumeChanged", volume });
    return { text: call.say("play.volumeFading", { step: VOLUME_NAMES[view.volume] }) };
  },
};
