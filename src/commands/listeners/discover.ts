import { type APIButtonComponent, ButtonStyle, ComponentType, SlashCommandBuilder } from "discord.js";
import { truncate } from "../../kernel/graphemes.ts";
import { named, type Say, type Text, text, titled } from "../../kernel/text.ts";
import type { Suggestion } from "../../ports/listeners.ts";
import type { ComponentHandler, PlainCommand } from "../command.ts";
import { customId } from "../customId.ts";
import { botCanSpeak } from "../guards.ts";
import { queueRequest } from "../playback/play.ts";
import { unknownSound } from "../refusals.ts";
import { singleSound } from "../soundChoices.ts";

const whenHeard = (last: number | undefined): Text => {
  if (last === undefined) return text`not heard here yet`;
  if (last === 0) return text`heard this evening`;
  return last === 1 ? text`heard last evening` : text`last heard ${last} evenings ago`;
};

const line = ({ sound, daysSinceHeard }: Suggestion, say: Say): string =>
  say`${titled(sound.title)} · ${named(sound.trigger)}, ${whenHeard(daysSinceHeard)}\n${named(sound.description)}`;

const button = ({ sound }: Suggestion, say: Say): APIButtonComponent => ({
  type: ComponentType.Button,
  style: ButtonStyle.Secondary,
  label: truncate(say.word(sound.title), 80, 80),
  custom_id: customId("discover", sound.id),
});

export const discover: PlainCommand = {
  definition: new SlashCommandBuilder()
    .setName("discover")
    .setDescription("Three sounds that are new to this room, or have not been heard for long"),
  async run({ guild, voiceChannel, user, say }, { listenerService }) {
    const suggestions = await listenerService.suggest(guild, voiceChannel, user);
    if (suggestions.length === 0)
      return { text: say`There is nothing new to offer tonight. /sounds browse shows all there is.` };
    const content = [
      say`### Something else tonight`,
      ...suggestions.map((one) => line(one, say)),
      say`-# A tap queues it.`,
    ].join("\n");
    return {
      components: [
        { type: ComponentType.TextDisplay, content },
        { type: ComponentType.ActionRow, components: suggestions.map((one) => button(one, say)) },
      ],
    };
  },
};

export const discoverPlayButton: ComponentHandler = {
  action: "discover",
  scope: "private",
  guards: [botCanSpeak],
  async run(press, context) {
    const [name = ""] = press.parts;
    const sound = context.catalogue.find(name);
    if (sound === undefined) throw unknownSound(name);
    return queueRequest(singleSound(sound), "last", press, context);
  },
};
