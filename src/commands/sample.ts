import { SlashCommandBuilder } from "discord.js";
import { completeSound, soundMeant } from "./choices.ts";
import type { GroupCommand, Part } from "./command.ts";
import { strong } from "./markdown.ts";

const sound: Part = {
  complete: { sound: completeSound },
  async run({ options }, house) {
    const { id, title, risks } = soundMeant(options.text("sound"), house);
    const has = risks.length > 0 ? `\n-# Has: ${risks.join(", ")}` : "";
    return {
      text: `20 seconds of ${strong(title)}, for you alone. Begin softly: your device decides how loud it is.${has}`,
      files: [{ name: `${id}.ogg`, data: await house.samples.of(id), description: `20 seconds of ${title}` }],
    };
  },
};

export const sample: GroupCommand = {
  definition: new SlashCommandBuilder()
    .setName("sample")
    .setDescription("Hear a sound before the room does")
    .addSubcommand((part) =>
      part
        .setName("sound")
        .setDescription("20 seconds of a sound, for you alone")
        .addStringOption((option) =>
          option
            .setName("sound")
            .setDescription("Which sound")
            .setRequired(true)
            .setMaxLength(100)
            .setAutocomplete(true),
        ),
    ),
  parts: { sound },
};
