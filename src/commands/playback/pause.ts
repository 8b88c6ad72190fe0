import { SlashCommandBuilder } from "discord.js";
import { descriptionOf } from "../../i18n/english.ts";
import type { PlainCommand } from "../command.ts";
import { inBotChannel } from "../guards.ts";
import { requestAsListener } from "../listenerRequest.ts";

/** `/pause`: holds the sound at its position. */
export const pause: PlainCommand = {
  definition: new SlashCommandBuilder().setName("pause").setDescription(descriptionOf("pause")),
  guards: [inBotChannel],
  async run(call, context) {
    await requestAsListener(call, context, { type: "paused" });
    return { text: call.say("play.pausedUseResume") };
  },
};
