import { SlashCommandBuilder } from "discord.js";
import type { PlainCommand } from "../command.ts";
import { inBotChannel } from "../guards.ts";
import { isHost } from "../hostGuard.ts";
import { voteText } from "./voteText.ts";

export const stop: PlainCommand = {
  definition: new SlashCommandBuilder().setName("stop").setDescription("End the session; the bot leaves"),
  guards: [inBotChannel],
  async run(call, context) {
    const { guild, user } = call;
    const asHost = await isHost(call, context);
    const { votes } = await context.sessions.dispatch(guild, { type: "stopped", by: user, asHost });
    if (votes?.to === "stop") return { text: call.say.of(voteText(votes)) };
    return { text: call.say`The sound goes quiet, and I leave. Good night.` };
  },
};
