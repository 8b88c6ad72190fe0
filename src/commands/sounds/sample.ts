import { SlashCommandBuilder } from "discord.js";
import { listed, named, plainly, text, titled } from "../../kernel/text.ts";
import type { CommandHandler, GroupCommand } from "../command.ts";
import { autocompleteSound, resolveSound } from "../soundChoices.ts";

const sound: CommandHandler = {
  autocomplete: { sound: autocompleteSound },
  async run(call, context) {
    const { options, say } = call;
    const { id, title, risks } = resolveSound(options.text("sound"), call, context);
    const lines = [
      text`20 seconds of ${titled(title)}, for you alone. Begin softly: your device decides how loud it is.`,
      ...(risks.length > 0 ? [text`-# Has: ${listed(risks.map(named))}`] : []),
    ];
    return {
      text: lines.map(say.of).join("\n"),
      files: [
        { name: `${id}.ogg`, data: await context.samples.of(id), description: say`20 seconds of ${plainly(title)}` },
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
  subcommands: { sound },
};
