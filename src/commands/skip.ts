import { SlashCommandBuilder } from "discord.js";
import { titled } from "../kernel/text.ts";
import type { PlainCommand } from "./command.ts";
import { inTheRoom } from "./guards.ts";
import { isHost } from "./hosts.ts";
import { voteText } from "./votes.ts";

export const skip: PlainCommand = {
  definition: new SlashCommandBuilder().setName("skip").setDescription("Go on to the next sound"),
  guards: [inTheRoom],
  async run(call, house) {
    const { guild, user } = call;
    const asHost = await isHost(call, house);
    const { now, coming, votes } = await house.sessions.dispatch(guild, { type: "skipped", by: user, asHost });
    if (votes?.to === "skip") return { text: call.say.of(voteText(votes)) };
    const next = coming ?? now;
    return { text: next ? call.say`Going on to ${titled(next.title)}.` : call.say`Skipped.` };
  },
};
