import { SlashCommandBuilder, type SlashCommandStringOption } from "discord.js";
import { choiceName, descriptionOf } from "../../i18n/english.ts";
import { titled } from "../../i18n/message.ts";
import { type Frames, framesIn } from "../../kernel/units.ts";
import { parseDuration } from "../../session/duration.ts";
import type { QueuePlacement } from "../../session/events.ts";
import { isHeard } from "../../session/view.ts";
import type { CommandContext, CommandOptions, ComponentHandler, Invoker, PlainCommand, Reply } from "../command.ts";
import { botCanSpeak, requireVoiceChannel } from "../guards.ts";
import { channelLink, withRemark } from "../markdown.ts";
import { refusalOfOptIn } from "../optInNames.ts";
import { unknownSound } from "../refusals.ts";
import {
  autocompleteDuration,
  autocompleteSoundOrFavourite,
  type ResolvedRequest,
  resolveRequest,
  singleSound,
} from "../soundChoices.ts";

/** Queues a sound or a mix for the invoker's channel, and says at which position. */
export const queueRequest = async (
  { favourite, isOwn, ...wanted }: ResolvedRequest,
  when: QueuePlacement,
  invoker: Pick<Invoker, "guild" | "user" | "channel" | "voiceChannel" | "say">,
  {
    sessions,
    favourites,
    personalFavourites,
    listenerService,
  }: Pick<CommandContext, "sessions" | "favourites" | "personalFavourites" | "listenerService">,
): Promise<Reply> => {
  const channel = requireVoiceChannel(invoker);
  const before = sessions.view(invoker.guild, channel);
  const { request, remark } = await listenerService.filterRequest(invoker.guild, channel, wanted);
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
  if (favourite !== undefined)
    await (isOwn
      ? personalFavourites.countPlay(invoker.user, favourite)
      : favourites.countPlay(invoker.guild, favourite));
  const starts = when === "now" || before === undefined || before.status === "quiet" || before.status === "over";
  if (starts && view.coming === undefined && view.now?.title === title && isHeard(view))
    return said(say("play.playing", { title: name, channel: channelLink(view.channel) }));
  if (starts) return said(say("play.gettingReady", { title: name, channel: channelLink(view.channel) }));
  const place = when === "next" ? 1 : view.queue.length;
  return said(
    place === 1 ? say("play.isNext", { title: name }) : say("play.queuedAt", { title: name, position: place }),
  );
};

/**
 * Queues one sound last, for a button or select that names it.
 * @throws UserError when there is no such sound any more
 */
export const queueSound = (name: string, invoker: Invoker, context: CommandContext): Promise<Reply> => {
  const sound = context.catalogue.find(name);
  if (sound === undefined) throw refusalOfOptIn(name, undefined, invoker, context) ?? unknownSound(name);
  return queueRequest(singleSound(sound), "last", invoker, context);
};

/** The handler of buttons that name a sound, to play it or to queue it. */
export const soundButton = (action: string): ComponentHandler => ({
  action,
  scope: "private",
  guards: [botCanSpeak],
  run: (press, context) => queueSound(press.parts[0] ?? "", press, context),
});

/** The option `when`, for every command that queues a sound. */
export const whenOption = (option: SlashCommandStringOption) =>
  option
    .setName("when")
    .setDescription(descriptionOf("play when"))
    .addChoices(
      (["now", "next", "last"] as const).map((place) => ({ name: choiceName(`play when ${place}`), value: place })),
    );

/** The value of the option `when`; `last` without one. */
export const chosenWhen = (options: CommandOptions): QueuePlacement =>
  (options.optionalText("when") ?? "last") as QueuePlacement;

/** The option `for`, for every command that queues a sound. */
const lengthOption = (option: SlashCommandStringOption) =>
  option.setName("for").setDescription(descriptionOf("play for")).setMaxLength(40).setAutocomplete(true);

/** @throws UserError when it is not a duration */
const chosenLength = (options: CommandOptions): { readonly lasts?: Frames } => {
  const typed = options.optionalText("for");
  return typed === undefined ? {} : { lasts: framesIn(parseDuration(typed)) };
};

/** `/play`: plays a sound or a favourite, or queues it. */
export const play: PlainCommand = {
  definition: new SlashCommandBuilder()
    .setName("play")
    .setDescription(descriptionOf("play"))
    .addStringOption((option) =>
      option
        .setName("sound")
        .setDescription(descriptionOf("play sound"))
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
