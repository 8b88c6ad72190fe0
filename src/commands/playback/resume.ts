import { SlashCommandBuilder } from "discord.js";
import { descriptionOf } from "../../i18n/english.ts";
import type { PlainCommand } from "../command.ts";
import { inBotChannel } from "../guards.ts";
import { requestAsListener } from "../listenerRequest.ts";

/** `/resume`: continues from where the sound was paused. */
export const resume: PlainCommand = {
  definition: new SlashCommandBuilder().setName("resume").setDescription(descriptionOf("resume")),
  guards: [inBotChannel],
  async run(call, context) {
    await requestAsListener(call, context, { type: "resumed" });
    return { text: call.say("play.resuming") };
  },
};
