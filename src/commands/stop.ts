import { SlashCommandBuilder } from "discord.js";
import type { PlainCommand } from "./command.ts";
import { inTheRoom } from "./guards.ts";
import { isHost } from "./hosts.ts";
import { voteText } from "./votes.ts";

export const stop: PlainCommand = {
  definition: new SlashCommandBuilder().setName("stop").setDescription("End the session; the bot leaves"),
  guards: [inTheRoom],
  async run(call, house) {
    const { guild, user } = call;
    const asHost = await isHost(call, house);
    const { votes } = await house.sessions.dispatch(guild, { type: "stopped", by: user, asHost });
    if (votes?.to === "stop") return { text: call.say.of(voteText(votes)) };
    return { text: call.say`The sound goes quiet, and I leave. Good night.` };
  },
};
