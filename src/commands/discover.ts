import { type APIButtonComponent, ButtonStyle, ComponentType, SlashCommandBuilder } from "discord.js";
import type { Suggestion } from "../host/carePorts.ts";
import { cut } from "../kernel/graphemes.ts";
import { named, type Say, type Text, text, titled } from "../kernel/text.ts";
import { justThis } from "./choices.ts";
import type { Control, PlainCommand } from "./command.ts";
import { customId } from "./customId.ts";
import { canBeHeard } from "./guards.ts";
import { playWanted } from "./play.ts";
import { unknownSound } from "./refusals.ts";

const whenHeard = (last: number | undefined): Text => {
  if (last === undefined) return text`not heard here yet`;
  if (last === 0) return text`heard this evening`;
  return last === 1 ? text`heard last evening` : text`last heard ${last} evenings ago`;
};

const line = ({ sound, last }: Suggestion, say: Say): string =>
  say`${titled(sound.title)} · ${named(sound.trigger)}, ${whenHeard(last)}\n${named(sound.description)}`;

const button = ({ sound }: Suggestion, say: Say): APIButtonComponent => ({
  type: ComponentType.Button,
  style: ButtonStyle.Secondary,
  label: cut(say.word(sound.title), 80, 80),
  custom_id: customId("discover", sound.id),
});

export const discover: PlainCommand = {
  definition: new SlashCommandBuilder()
    .setName("discover")
    .setDescription("Three sounds that are new to this room, or have not been heard for long"),
  async run({ guild, voice, user, say }, { care }) {
    const suggestions = await care.suggest(guild, voice, user);
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

export const discoverPlay: Control = {
  action: "discover",
  of: "member",
  guards: [canBeHeard],
  async run(press, house) {
    const [name = ""] = press.parts;
    const sound = house.catalogue.find(name);
    if (sound === undefined) throw unknownSound(name);
    return playWanted(justThis(sound), "last", press, house);
  },
};
