import { ComponentType } from "discord.js";
import { truncate } from "../../kernel/graphemes.ts";
import { id, type SoundId } from "../../kernel/ids.ts";
import { rawText } from "../../kernel/memberText.ts";
import type { CommandContext, CommandHandler, ComponentHandler, Invoker, Reply } from "../command.ts";
import { customId } from "../customId.ts";
import { soundLine } from "./soundCard.ts";
import { requireSoundManager } from "./soundsAdd.ts";

const ACTION = "sounds-optional";

const page = (
  { guild, say }: Pick<Invoker, "guild" | "say">,
  { optInSounds }: Pick<CommandContext, "optInSounds">,
  inPlace: boolean,
): Reply => {
  const [all, on] = [optInSounds.all, optInSounds.of(guild)];
  const content = [
    say("sounds.optionalHeading"),
    say("sounds.optionalIntro"),
    ...all.map((sound) => say.of(soundLine(sound))),
  ].join("\n");
  return {
    inPlace,
    components: [
      { type: ComponentType.TextDisplay, content },
      {
        type: ComponentType.ActionRow,
        components: [
          {
            type: ComponentType.StringSelect,
            custom_id: customId(ACTION),
            placeholder: say("sounds.optionalAllOff"),
            min_values: 0,
            max_values: all.length,
            options: all.map((sound) => ({
              label: truncate(rawText(say.word(sound.title)), 100, 100),
              value: sound.id,
              default: on.includes(sound.id),
            })),
          },
        ],
      },
    ],
  };
};

/** `/sounds optional`: shows the sounds that are off until a guild turns them on, to turn them on or off. */
export const optional: CommandHandler = {
  async run(call, context) {
    await requireSoundManager(call, context);
    return page(call, context, false);
  },
};

/** Turns on what is selected, and everything else off. */
export const optionalSelect: ComponentHandler = {
  action: ACTION,
  scope: "private",
  async run(press, context) {
    await requireSoundManager(press, context);
    await context.optInSounds.set(
      press.guild,
      press.values.map((value) => id<SoundId>(value)),
    );
    return page(press, context, true);
  },
};
