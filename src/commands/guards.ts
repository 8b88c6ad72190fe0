import type { ChannelId } from "../kernel/ids.ts";
import { nothingPlaying } from "../session/refusals.ts";
import type { SessionView } from "../session/view.ts";
import type { CommandContext, Guard, Invoker } from "./command.ts";
import { accessRefused, notInBotChannel, notInVoice, outdatedPanel } from "./refusals.ts";

/** The invoker's voice channel. @throws UserError when the invoker is in none */
export const requireVoiceChannel = (invoker: Pick<Invoker, "voiceChannel">): ChannelId => {
  if (invoker.voiceChannel === undefined) throw notInVoice();
  return invoker.voiceChannel;
};

/** The session that the invoker hears; where they hear none, the guild's first. Undefined where nothing is on. */
export const nearestSession = (
  { guild, voiceChannel }: Pick<Invoker, "guild" | "voiceChannel">,
  { sessions }: Pick<CommandContext, "sessions">,
): SessionView | undefined => {
  const shown = sessions.all(guild).filter(({ resting }) => !resting);
  return shown.find(({ channel }) => channel === voiceChannel) ?? shown[0];
};

/** @returns `nearestSession`. @throws UserError when nothing is on in the guild */
export const requireSession = (
  invoker: Pick<Invoker, "guild" | "voiceChannel">,
  context: Pick<CommandContext, "sessions">,
): SessionView => {
  const view = nearestSession(invoker, context);
  if (view === undefined) throw nothingPlaying();
  return view;
};

/**
 * Requires that the bot can be heard in the invoker's channel. A full channel is fine if the bot is
 * already in it.
 */
export const botCanSpeak = (
  invoker: Pick<Invoker, "guild" | "voiceChannel">,
  context: Pick<CommandContext, "sessions" | "channelAccess">,
): void => {
  const voice = requireVoiceChannel(invoker);
  if (context.sessions.view(invoker.guild, voice) !== undefined) return;
  const { helper } = context.sessions.freeBot(invoker.guild, voice) ?? {};
  const obstacle = context.channelAccess.accessProblem(invoker.guild, voice, helper);
  if (obstacle !== undefined) throw accessRefused(obstacle, voice);
};

/** Requires that the invoker is in the channel of a session: only its listeners control it. */
export const inBotChannel = (
  invoker: Pick<Invoker, "guild" | "voiceChannel">,
  context: Pick<CommandContext, "sessions">,
): void => {
  const { channel } = requireSession(invoker, context);
  if (invoker.voiceChannel !== channel) throw notInBotChannel(channel);
};

/**
 * The session whose id a button carries, as those of its panel do.
 * @throws UserError when it has ended
 */
export const panelSession = (
  { guild, parts }: Pick<Invoker, "guild"> & { readonly parts?: readonly string[] },
  { sessions }: Pick<CommandContext, "sessions">,
): SessionView => {
  const view = sessions.all(guild).find(({ id, resting }) => id === parts?.[0] && !resting);
  if (view === undefined) throw outdatedPanel();
  return view;
};

/** Requires that the button's panel belongs to a session that is on. */
export const isCurrentPanel: Guard = (invoker, context) => void panelSession(invoker, context);

/** Requires that the invoker listens to the session to which the button's panel belongs. */
export const listensToPanel: Guard = (invoker, context) => {
  const { channel } = panelSession(invoker, context);
  if (invoker.voiceChannel !== channel) throw notInBotChannel(channel);
};
