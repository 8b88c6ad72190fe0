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

/** The guild's session. @throws UserError when there is none */
export const requireSession = (
  invoker: Pick<Invoker, "guild">,
  context: Pick<CommandContext, "sessions">,
): SessionView => {
  const view = context.sessions.view(invoker.guild);
  if (view === undefined || view.status === "over") throw nothingPlaying();
  return view;
};

/**
 * Requires that the bot can be heard in the invoker's channel. A full channel is fine if the bot is
 * already in it.
 */
export const botCanSpeak: Guard = (invoker, context) => {
  const voice = requireVoiceChannel(invoker);
  if (context.sessions.view(invoker.guild)?.channel === voice) return;
  const obstacle = context.channelAccess.accessProblem(invoker.guild, voice);
  if (obstacle !== undefined) throw accessRefused(obstacle, voice);
};

/** Requires that the invoker is in the bot's channel: only listeners control it. */
export const inBotChannel = (
  invoker: Pick<Invoker, "guild" | "voiceChannel">,
  context: Pick<CommandContext, "sessions">,
): void => {
  const { channel } = requireSession(invoker, context);
  if (invoker.voiceChannel !== channel) throw notInBotChannel(channel);
};

/** Requires that the button's panel belongs to the current session. */
export const isCurrentPanel: Guard = (invoker, context) => {
  const view = context.sessions.view(invoker.guild);
  if (view === undefined || view.status === "over" || view.id !== invoker.parts?.[0]) throw outdatedPanel();
};
