import { SlashCommandBuilder } from "discord.js";
import type { Loudness } from "../session/loudness.ts";
import type { PlainCommand } from "./command.ts";
import { inTheRoom } from "./guards.ts";

export const loudness: PlainCommand = {
  definition: new SlashCommandBuilder()
    .setName("loudness")
    .setDescription("Choose how loud it is for everyone in the room")
    .addStringOption((option) =>
      option
        .setName("step")
        .setDescription("From the softest to the loudest")
        .setRequired(true)
        .addChoices(
          { name: "whisper", value: "whisper" },
          { name: "quiet", value: "quiet" },
          { name: "soft", value: "soft" },
          { name: "normal", value: "normal" },
        ),
    ),
  guards: [inTheRoom],
  async run({ guild, user, options }, { sessions }) {
    const step = options.text("step") as Loudness;
    const view = await sessions.dispatch(guild, { type: "loudnessChanged", by: user, loudness: step });
    return { text: `The loudness goes to “${view.loudness}”.` };
  },
};
