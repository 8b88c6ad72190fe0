import { SlashCommandBuilder } from "discord.js";
import { descriptionOf } from "../../i18n/english.ts";
import { titled } from "../../i18n/message.ts";
import type { PlainCommand } from "../command.ts";
import { inBotChannel } from "../guards.ts";

/** `/back`: crossfades to the previous sound. */
export const back: PlainCommand = {
  definition: new SlashCommandBuilder().setName("back").setDescription(descriptionOf("back")),
  guards: [inBotChannel],
  async run({ guild, user, voiceChannel, say }, { sessions }) {
    const { now, coming } = await sessions.dispatch(guild, { type: "wentBack", by: user }, voiceChannel);
    const before = coming ?? now;
    return { text: before ? say("queue.backTo", { title: titled(before.title) }) : say("queue.backToPrevious") };
  },
};
