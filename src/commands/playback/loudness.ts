import { SlashCommandBuilder } from "discord.js";
import { VOLUME_NAMES, type Volume } from "../../session/volume.ts";
import type { PlainCommand } from "../command.ts";
import { inBotChannel } from "../guards.ts";
import { isHost } from "../hostGuard.ts";

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
  guards: [inBotChannel],
  async run(call, context) {
    const { guild, user, options } = call;
    const volume = options.text("step") as Volume;
    const asHost = await isHost(call, context);
    const view = await context.sessions.dispatch(guild, { type: "volumeChanged", by: user, volume, asHost });
    return { text: call.say`The loudness goes to “${VOLUME_NAMES[view.volume]}”.` };
  },
};
