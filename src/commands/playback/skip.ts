import { SlashCommandBuilder } from "discord.js";
import { descriptionOf } from "../../i18n/english.ts";
import { titled } from "../../i18n/message.ts";
import type { PlainCommand } from "../command.ts";
import { inBotChannel } from "../guards.ts";
import { requestAsListener } from "../listenerRequest.ts";
import { voteText } from "./voteText.ts";

/** `/skip`: goes on to the next sound, or votes to. */
export const skip: PlainCommand = {
  definition: new SlashCommandBuilder().setName("skip").setDescription(descriptionOf("skip")),
  guards: [inBotChannel],
  async run(call, context) {
    const { now, coming, votes } = await requestAsListener(call, context, { type: "skipped" });
    if (votes?.to === "skip") return { text: call.say.of(voteText(votes)) };
    const next = coming ?? now;
    return { text: next ? call.say("queue.skippedTo", { title: titled(next.title) }) : call.say("queue.skipped") };
  },
};
