import { SlashCommandBuilder } from "discord.js";
import { descriptionOf } from "../../i18n/english.ts";
import type { PlainCommand } from "../command.ts";
import { inBotChannel } from "../guards.ts";
import { isSessionHost } from "../hostGuard.ts";
import { voteText } from "./voteText.ts";

/** `/stop`: ends the session, or votes to. */
export const stop: PlainCommand = {
  definition: new SlashCommandBuilder().setName("stop").setDescription(descriptionOf("stop")),
  guards: [inBotChannel],
  async run(call, context) {
    const { guild, user } = call;
    const asHost = await isSessionHost(call, context);
    const { votes } = await context.sessions.dispatch(guild, { type: "stopped", by: user, asHost });
    if (votes?.to === "stop") return { text: call.say.of(voteText(votes)) };
    return { text: call.say("session.stopping") };
  },
};
