import {
  ApplicationCommandType,
  ApplicationIntegrationType,
  EntryPointCommandHandlerType,
  InteractionContextType,
} from "discord.js";
import { descriptionOf } from "../i18n/english.ts";
import { localised } from "../i18n/localise.ts";

/** The command with which members open the activity; Discord itself answers it. An application has at most one. */
export const entryPoint = (): object =>
  localised({
    type: ApplicationCommandType.PrimaryEntryPoint,
    name: "launch",
    description: descriptionOf("launch"),
    handler: EntryPointCommandHandlerType.DiscordLaunchActivity,
    contexts: [InteractionContextType.Guild],
    integration_types: [ApplicationIntegrationType.GuildInstall],
  });
