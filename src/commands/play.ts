import { SlashCommandBuilder, type SlashCommandStringOption } from "discord.js";
import { titled } from "../kernel/text.ts";
import { type Frames, framesIn } from "../kernel/units.ts";
import { parseDuration } from "../session/duration.ts";
import type { When } from "../session/events.ts";
import { completeDuration, completeSoundOrFavourite, type Meant, wantedMeant } from "./choices.ts";
import type { Asker, House, Options, PlainCommand, Reply } from "./command.ts";
import { canBeHeard, voiceOf } from "./guards.ts";
import { channelLink, withRemark } from "./markdown.ts";

/** Queues a sound or a mix for the asker's channel, and says where it stands. */
export const playWanted = async (
  { favourite, ...wish }: Meant,
  when: When,
  asker: Asker,
  { sessions, favourites, care }: House,
): Promise<Reply> => {
  const before = sessions.view(asker.guild);
  const channel = voiceOf(asker);
  const { wanted, remark } = await care.consider(asker.guild, channel, wish);
  const { title } = wanted;
  const { say } = asker;
  const said = (words: string): Reply => ({ text: withRemark(words, remark && say.of(remark)) });
  const name = titled(title);
  const event = {
    type: "soundQueued",
    by: asker.user,
    wanted,
    when,
    channel,
    panel: asker.channel,
  } as const;
  const view = await sessions.dispatch(asker.guild, event);
  if (favourite !== undefined) await favourites.used(asker.guild, favourite);
  const starts = when === "now" || before === undefined || before.status === "quiet" || before.status === "over";
  if (starts && view.coming === undefined && view.now?.title === title)
    return said(say`${name} plays in ${channelLink(view.channel)}.`);
  if (starts) return said(say`${name} is on its way to ${channelLink(view.channel)}.`);
  const place = when === "next" ? 1 : view.queue.length;
  return said(place === 1 ? say`${name} comes next.` : say`${name} is number ${place} in the queue.`);
};

/** The option `when`, for whatever queues a sound. */
export const whenOption = (option: SlashCommandStringOption) =>
  option
    .setName("when")
    .setDescription("Where it goes in the queue; last, unless you say otherwise")
    .addChoices(["now", "next", "last"].map((place) => ({ name: place, value: place })));

export const whenMeant = (options: Options): When => (options.textIfGiven("when") ?? "last") as When;

/** The option `for`, for whatever queues a sound. */
const lengthOption = (option: SlashCommandStringOption) =>
  option
    .setName("for")
    .setDescription("How long it is heard before the queue goes on, such as 20m")
    .setMaxLength(40)
    .setAutocomplete(true);

/** @throws UserError when it is no duration */
const lengthMeant = (options: Options): { readonly lasts?: Frames } => {
  const typed = options.textIfGiven("for");
  return typed === undefined ? {} : { lasts: framesIn(parseDuration(typed)) };
};

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
    .addStringOption(whenOption)
    .addStringOption(lengthOption),
  guards: [canBeHeard],
  complete: { sound: completeSoundOrFavourite, for: completeDuration },
  async run(call, house) {
    const meant = await wantedMeant(call.options.text("sound"), call, house);
    return playWanted({ ...meant, ...lengthMeant(call.options) }, whenMeant(call.options), call, house);
  },
};
