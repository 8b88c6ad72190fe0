import { type APIButtonComponent, ButtonStyle, ComponentType, SlashCommandBuilder } from "discord.js";
import { descriptionOf } from "../../i18n/english.ts";
import { type Message, message, named, titled } from "../../i18n/message.ts";
import type { Say } from "../../i18n/say.ts";
import { truncate } from "../../kernel/graphemes.ts";
import { rawText } from "../../kernel/memberText.ts";
import type { Suggestion } from "../../ports/listeners.ts";
import type { ComponentHandler, PlainCommand } from "../command.ts";
import { customId } from "../customId.ts";
import { botCanSpeak } from "../guards.ts";
import { queueSound } from "../playback/play.ts";

const whenHeard = (last: number | undefined): Message => {
  if (last === undefined) return message("discover.notHeardHere");
  if (last === 0) return message("discover.heardTonight");
  return message("discover.lastHeard", { count: last });
};

const line = ({ sound, daysSinceHeard }: Suggestion, say: Say): string =>
  say("discover.suggestion", {
    title: titled(sound.title),
    kind: named(sound.trigger),
    lastHeard: whenHeard(daysSinceHeard),
    description: named(sound.description),
  });

const button = ({ sound }: Suggestion, say: Say): APIButtonComponent => ({
  type: ComponentType.Button,
  style: ButtonStyle.Secondary,
  label: truncate(rawText(say.word(sound.title)), 80, 80),
  custom_id: customId("discover", sound.id),
});

/** `/discover`: suggests sounds that the guild has not heard, or not for a while. */
export const discover: PlainCommand = {
  definition: new SlashCommandBuilder().setName("discover").setDescription(descriptionOf("discover")),
  async run({ guild, voiceChannel, user, say }, { listenerService }) {
    const suggestions = await listenerService.suggest(guild, voiceChannel, user);
    if (suggestions.length === 0) return { text: say("discover.nothingNew") };
    const content = [
      say("discover.heading"),
      ...suggestions.map((one) => line(one, say)),
      say("discover.tapToQueue"),
    ].join("\n");
    return {
      components: [
        { type: ComponentType.TextDisplay, content },
        { type: ComponentType.ActionRow, components: suggestions.map((one) => button(one, say)) },
      ],
    };
  },
};

/** Queues a suggested sound. */
export const discoverPlayButton: ComponentHandler = {
  action: "discover",
  scope: "private",
  guards: [botCanSpeak],
  run: async (press, context) => queueSound(press.parts[0] ?? "", press, context),
};
