import { type APIButtonComponent, ButtonStyle, ComponentType, SlashCommandBuilder } from "discord.js";
import type { Suggestion } from "../host/carePorts.ts";
import { cut } from "../kernel/graphemes.ts";
import { shown } from "../kernel/markdown.ts";
import { justThis } from "./choices.ts";
import type { Control, PlainCommand } from "./command.ts";
import { customId } from "./customId.ts";
import { canBeHeard } from "./guards.ts";
import { strong } from "./markdown.ts";
import { playWanted } from "./play.ts";
import { unknownSound } from "./refusals.ts";

const whenHeard = (last: number | undefined): string => {
  if (last === undefined) return "not heard here yet";
  if (last === 0) return "heard this evening";
  return last === 1 ? "heard last evening" : `last heard ${last} evenings ago`;
};

const line = ({ sound, last }: Suggestion): string =>
  `${strong(sound.title)} · ${sound.trigger}, ${whenHeard(last)}\n${shown(sound.description)}`;

const button = ({ sound }: Suggestion): APIButtonComponent => ({
  type: ComponentType.Button,
  style: ButtonStyle.Secondary,
  label: cut(sound.title, 80, 80),
  custom_id: customId("discover", sound.id),
});

export const discover: PlainCommand = {
  definition: new SlashCommandBuilder()
    .setName("discover")
    .setDescription("Three sounds that are new to this room, or have not been heard for long"),
  async run({ guild, voice, user }, { care }) {
    const suggestions = await care.suggest(guild, voice, user);
    if (suggestions.length === 0) return { text: "There is nothing new to offer tonight. /sounds shows all there is." };
    const content = ["### Something else tonight", ...suggestions.map(line), "-# A tap queues it."].join("\n");
    return {
      components: [
        { type: ComponentType.TextDisplay, content },
        { type: ComponentType.ActionRow, components: suggestions.map(button) },
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
