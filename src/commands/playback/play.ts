import { SlashCommandBuilder, type SlashCommandStringOption } from "discord.js";
import { titled } from "../../kernel/text.ts";
import { type Frames, framesIn } from "../../kernel/units.ts";
import { parseDuration } from "../../session/duration.ts";
import type { QueuePlacement } from "../../session/events.ts";
import type { CommandContext, CommandOptions, Invoker, PlainCommand, Reply } from "../command.ts";
import { botCanSpeak, requireVoiceChannel } from "../guards.ts";
import { channelLink, withRemark } from "../markdown.ts";
import {
  autocompleteDuration,
  autocompleteSoundOrFavourite,
  type ResolvedRequest,
  resolveRequest,
} from "../soundChoices.ts";

/** Queues a sound or a mix for the invoker's channel, and says where it stands. */
export const queueRequest = async (
  { favourite, ...wish }: ResolvedRequest,
  when: QueuePlacement,
  invoker: Invoker,
  { sessions, favourites, listenerService }: CommandContext,
): Promise<Reply> => {
  const before = sessions.view(invoker.guild);
  const channel = requireVoiceChannel(invoker);
  const { request, remark } = await listenerService.filterRequest(invoker.guild, channel, wish);
  const { title } = request;
  const { say } = invoker;
  const said = (words: string): Reply => ({ text: withRemark(words, remark && say.of(remark)) });
  const name = titled(title);
  const event = {
    type: "soundQueued",
    by: invoker.user,
    request,
    when,
    channel,
    panel: invoker.channel,
  } as const;
  const view = await sessions.dispatch(invoker.guild, event);
  if (favourite !== undefined) await favourites.countPlay(invoker.guild, favourite);
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

export const chosenWhen = (options: CommandOptions): QueuePlacement =>
  (options.optionalText("when") ?? "last") as QueuePlacement;

/** The option `for`, for whatever queues a sound. */
const lengthOption = (option: SlashCommandStringOption) =>
  option
    .setName("for")
    .setDescription("How long it is heard before the queue goes on, such as 20m")
    .setMaxLength(40)
    .setAutocomplete(true);

/** @throws UserError when it is no duration */
const chosenLength = (options: CommandOptions): { readonly lasts?: Frames } => {
  const typed = options.optionalText("for");
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
  guards: [botCanSpeak],
  autocomplete: { sound: autocompleteSoundOrFavourite, for: autocompleteDuration },
  async run(call, context) {
    const meant = await resolveRequest(call.options.text("sound"), call, context);
    return queueRequest({ ...meant, ...chosenLength(call.options) }, chosenWhen(call.options), call, context);
  },
};
