import { ButtonStyle, ComponentType, SlashCommandBuilder } from "discord.js";
import { descriptionOf } from "../../i18n/english.ts";
import { message } from "../../i18n/message.ts";
import { UserError } from "../../kernel/errors.ts";
import type { PlainCommand } from "../command.ts";
import { inBotChannel, requireSession } from "../guards.ts";

const remoteOff = () => new UserError("remote-off", message("remote.off"));

/** `/remote`: a private link to a page that controls the session. */
export const remote: PlainCommand = {
  definition: new SlashCommandBuilder().setName("remote").setDescription(descriptionOf("remote")),
  guards: [inBotChannel],
  async run(call, context) {
    const { guild, user, say } = call;
    if (context.remoteLinks === undefined) throw remoteOff();
    const { id: session } = requireSession(call, context);
    const url = context.remoteLinks.issue({ guild, user, session, language: say.language });
    return {
      components: [
        { type: ComponentType.TextDisplay, content: say("remote.link") },
        {
          type: ComponentType.ActionRow,
          // A button: Discord fetches the addresses that it finds in text.
          components: [{ type: ComponentType.Button, style: ButtonStyle.Link, label: say("remote.open"), url }],
        },
      ],
    };
  },
};
