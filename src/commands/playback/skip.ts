import { SlashCommandBuilder } from "discord.js";
import { titled } from "../../kernel/text.ts";
import type { PlainCommand } from "../command.ts";
import { inBotChannel } from "../guards.ts";
import { isHost } from "../hostGuard.ts";
import { voteText } from "./voteText.ts";

export const skip: PlainCommand = {
  definition: new SlashCommandBuilder().setName("skip").setDescription("Go on to the next sound"),
  guards: [inBotChannel],
  async run(call, context) {
    const { guild, user } = call;
    const asHost = await isHost(call, context);
    const { now, coming, votes } = await context.sessions.dispatch(guild, { type: "skipped", by: user, asHost });
    if (votes?.to === "skip") return { text: call.say.of(voteText(votes)) };
    const next = coming ?? now;
    return { text: next ? call.say`Going on to ${titled(next.title)}.` : call.say`Skipped.` };
  },
};
