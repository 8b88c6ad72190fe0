import { SlashCommandBuilder } from "discord.js";
import { descriptionOf } from "../../i18n/english.ts";
import { listed, message, named, plainly, titled } from "../../i18n/message.ts";
import { UserError } from "../../kernel/errors.ts";
import type { CommandHandler, GroupCommand } from "../command.ts";
import { autocompleteSound, resolveSound } from "../soundChoices.ts";

const noSampleOfRadio = () => new UserError("no-sample", message("sounds.noSampleOfRadio"));

const sound: CommandHandler = {
  autocomplete: { sound: autocompleteSound },
  async run(call, context) {
    const { options, say } = call;
    const { id, title, risks, origin } = resolveSound(options.text("sound"), call, context);
    if (origin.kind === "radio") throw noSampleOfRadio();
    const lines = [
      message("sounds.preview", { title: titled(title) }),
      ...(risks.length > 0 ? [message("sounds.mayBotherSomeNote", { warnings: listed(risks.map(named)) })] : []),
    ];
    return {
      text: lines.map(say.of).join("\n"),
      files: [
        {
          name: `${id}.ogg`,
          data: await context.samples.of(id, call),
          description: say("sounds.previewDescription", { title: plainly(title) }),
        },
      ],
    };
  },
};

/** `/sample`: 20 seconds of a sound as a file, for the invoker alone. */
export const sample: GroupCommand = {
  definition: new SlashCommandBuilder()
    .setName("sample")
    .setDescription(descriptionOf("sample"))
    .addSubcommand((part) =>
      part
        .setName("sound")
        .setDescription(descriptionOf("sample sound"))
        .addStringOption((option) =>
          option
            .setName("sound")
            .setDescription(descriptionOf("sample sound sound"))
            .setRequired(true)
            .setMaxLength(100)
            .setAutocomplete(true),
        ),
    ),
  subcommands: { sound },
};
