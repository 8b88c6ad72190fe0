import { SlashCommandBuilder } from "discord.js";
import type { PlainCommand } from "./command.ts";
import { inTheRoom } from "./guards.ts";
import { isHost } from "./hosts.ts";
import { strong } from "./markdown.ts";
import { voteText } from "./votes.ts";

export const skip: PlainCommand = {
  definition: new SlashCommandBuilder().setName("skip").setDescription("Go on to the next sound"),
  guards: [inTheRoom],
  async run(call, house) {
    const { guild, user } = call;
    const asHost = await isHost(call, house);
    const { now, coming, votes } = await house.sessions.dispatch(guild, { type: "skipped", by: user, asHost });
    if (votes?.to === "skip") return { text: voteText(votes) };
    const next = coming ?? now;
    return { text: next ? `Going on to ${strong(next.title)}.` : "Skipped." };
  },
};
