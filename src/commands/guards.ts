import type { ChannelId } from "../kernel/ids.ts";
import { nothingPlaying } from "../session/refusals.ts";
import type { SessionView } from "../session/view.ts";
import type { CommandContext, Guard, Invoker } from "./command.ts";
import { accessRefused, notInBotChannel, notInVoice, outdatedPanel } from "./refusals.ts";

/** The voice channel of somebody whom `inVoice` let through. @throws UserError */
export const requireVoiceChannel = (invoker: Invoker): ChannelId => {
  if (invoker.voiceChannel === undefined) throw notInVoice();
  return invoker.voiceChannel;
};

/** The guild's session. @throws UserError when there is none */
export const requireSession = (invoker: Invoker, context: CommandContext): SessionView => {
  const view = context.sessions.view(invoker.guild);
  if (view === undefined || view.status === "over") throw nothingPlaying();
  return view;
};

/** The bot may be heard in the invoker's channel. Where it sits already, there is room enough. */
export const botCanSpeak: Guard = (invoker, context) => {
  const voice = requireVoiceChannel(invoker);
  if (context.sessions.view(invoker.guild)?.channel === voice) return;
  const obstacle = context.channelAccess.accessProblem(invoker.guild, voice);
  if (obstacle !== undefined) throw accessRefused(obstacle, voice);
};

/** Whoever sits in the bot's channel may control it, and nobody else. */
export const inBotChannel: Guard = (invoker, context) => {
  const { channel } = requireSession(invoker, context);
  if (invoker.voiceChannel !== channel) throw notInBotChannel(channel);
};

/** The panel on which the button is belongs to the session that plays now. */
export const isCurrentPanel: Guard = (invoker, context) => {
  const view = context.sessions.view(invoker.guild);
  if (view === undefined || view.status === "over" || view.id !== invoker.parts?.[0]) throw outdatedPanel();
};
