import { SlashCommandBuilder, type SlashCommandStringOption } from "discord.js";
import type { SoundId } from "../kernel/ids.ts";
import type { When } from "../session/events.ts";
import { completeSoundOrFavourite, soundMeant } from "./choices.ts";
import type { Asker, House, Options, PlainCommand, Reply } from "./command.ts";
import { canBeHeard, voiceOf } from "./guards.ts";
import { channelLink, strong } from "./markdown.ts";

/** Queues a sound for the asker's channel, and says where it stands. */
export const playSound = async (
  sound: { readonly id: SoundId; readonly title: string },
  when: When,
  asker: Asker,
  { sessions }: House,
): Promise<Reply> => {
  const before = sessions.view(asker.guild);
  const channel = voiceOf(asker);
  const { id, title } = sound;
  const event = {
    type: "soundQueued",
    by: asker.user,
    sound: { id, title },
    when,
    channel,
    panel: asker.channel,
  } as const;
  const view = await sessions.dispatch(asker.guild, event);
  const starts = when === "now" || before === undefined || before.status === "quiet" || before.status === "over";
  if (starts && view.now?.sound === id) return { text: `${strong(title)} plays in ${channelLink(view.channel)}.` };
  if (starts) return { text: `${strong(title)} is on its way to ${channelLink(view.channel)}.` };
  const place = when === "next" ? 1 : view.queue.length;
  return { text: place === 1 ? `${strong(title)} comes next.` : `${strong(title)} is number ${place} in the queue.` };
};

/** The option `when`, for whatever queues a sound. */
export const whenOption = (option: SlashCommandStringOption) =>
  option
    .setName("when")
    .setDescription("Where it goes in the queue; last, unless you say otherwise")
    .addChoices(["now", "next", "last"].map((place) => ({ name: place, value: place })));

export const whenMeant = (options: Options): When => (options.textIfGiven("when") ?? "last") as When;

export const play: PlainCommand = {
  definition: new SlashCommandBuilder()
    .setName("play")
    .setDescription("Play a sound in your voice channel, or queue it")
    .addStringOption((option) =>
      option
        .setName("sound")
        .setDescription("A sound, or one of the favourites here")
        .setRequired(true)
        .setMaxLength(100)
        .setAutocomplete(true),
    )
    .addStringOption(whenOption),
  guards: [canBeHeard],
  complete: { sound: completeSoundOrFavourite },
  async run(call, house) {
    const sound = await soundMeant(call.options.text("sound"), call.guild, house);
    return playSound(sound, whenMeant(call.options), call, house);
  },
};
