import { SlashCommandBuilder } from "discord.js";
import { listed, named, plainly, text, titled } from "../kernel/text.ts";
import { completeSound, soundMeant } from "./choices.ts";
import type { GroupCommand, Part } from "./command.ts";

const sound: Part = {
  complete: { sound: completeSound },
  async run(call, house) {
    const { options, say } = call;
    const { id, title, risks } = soundMeant(options.text("sound"), call, house);
    const lines = [
      text`20 seconds of ${titled(title)}, for you alone. Begin softly: your device decides how loud it is.`,
      ...(risks.length > 0 ? [text`-# Has: ${listed(risks.map(named))}`] : []),
    ];
    return {
      text: lines.map(say.of).join("\n"),
      files: [
        { name: `${id}.ogg`, data: await house.samples.of(id), description: say`20 seconds of ${plainly(title)}` },
      ],
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
