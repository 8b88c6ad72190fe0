import { SlashCommandBuilder } from "discord.js";
import { LOUDNESS_WORDS, type Loudness } from "../session/loudness.ts";
import type { PlainCommand } from "./command.ts";
import { inTheRoom } from "./guards.ts";
import { isHost } from "./hosts.ts";

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
  async run(call, house) {
    const { guild, user, options } = call;
    const loudness = options.text("step") as Loudness;
    const asHost = await isHost(call, house);
    const view = await house.sessions.dispatch(guild, { type: "loudnessChanged", by: user, loudness, asHost });
    return { text: call.say`The loudness goes to “${LOUDNESS_WORDS[view.loudness]}”.` };
  },
};
