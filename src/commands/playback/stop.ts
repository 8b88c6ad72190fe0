import { SlashCommandBuilder } from "discord.js";
import { descriptionOf } from "../../i18n/english.ts";
import type { PlainCommand } from "../command.ts";
import { inBotChannel } from "../guards.ts";
import { requestAsListener } from "../listenerRequest.ts";
import { voteText } from "./voteText.ts";

/** `/stop`: ends the session, or votes to. */
export const stop: PlainCommand = {
  definition: new SlashCommandBuilder().setName("stop").setDescription(descriptionOf("stop")),
  guards: [inBotChannel],
  async run(call, context) {
    const { votes } = await requestAsListener(call, context, { type: "stopped" });
    if (votes?.to === "stop") return { text: call.say.of(voteText(votes)) };
    return { text: call.say("session.stopping") };
  },
};
