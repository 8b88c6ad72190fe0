import { ComponentType, SlashCommandBuilder } from "discord.js";
import { descriptionOf } from "../../i18n/english.ts";
import { type Message, message, together } from "../../i18n/message.ts";
import type { PlainCommand } from "../command.ts";
import { starterButtons } from "./starters.ts";

/** What is used most comes first. */
const LINES: readonly Message[] = [
  message("help.heading"),
  message("help.tagline"),
  message("help.startHeading"),
  message("help.stepJoin"),
  message("help.stepPlay"),
  message("help.stepSleep"),
  message("help.moreHeading"),
  message("help.queue"),
  message("help.sleepExtend"),
  message("help.sounds"),
  message("help.favourites"),
  message("help.discover"),
  message("help.evening"),
  message("help.avoid"),
  message("help.whoCan"),
  message("help.volumeHeading"),
  message("help.volume"),
  message("help.nightGuidance"),
  message("help.ownVolume"),
];

/** `/help`: how to get started. */
export const help: PlainCommand = {
  definition: new SlashCommandBuilder().setName("help").setDescription(descriptionOf("help")),
  run: async ({ say }) => ({
    components: [{ type: ComponentType.TextDisplay, content: say.of(together(LINES)) }, starterButtons(say)],
  }),
};
