import type { Programme } from "../../catalogue/programmes.ts";
import type { PlannedEvening } from "../../ports/programmes.ts";
import type { SessionView } from "../../session/view.ts";
import type { CommandContext, Invoker, MemberRights } from "../command.ts";
import { botCanSpeak, requireVoiceChannel } from "../guards.ts";
import { requireChannelHost, requireGuildHost } from "../hostGuard.ts";

/**
 * Starts a programme that has something to hear in the invoker's voice channel: the one way for the command and the pages.
 * @throws UserError when the bot can't be heard there, or the programme can't start
 */
export const startProgramme = async (
  programme: Programme,
  invoker: Pick<Invoker, "guild" | "user" | "channel" | "voiceChannel">,
  context: Pick<CommandContext, "sessions" | "channelAccess" | "guildProgrammes">,
): Promise<SessionView> => {
  botCanSpeak(invoker, context);
  const staging = { by: invoker.user, channel: requireVoiceChannel(invoker), panel: invoker.channel };
  return context.guildProgrammes.start(invoker.guild, programme, staging);
};

type EveningInvoker = Pick<Invoker, "guild" | "voiceChannel"> & MemberRights;

/** @throws UserError for everyone who isn't a host of the channel for which the evening is planned */
export const requireHostOfEvening = async (
  wanted: string,
  invoker: EveningInvoker,
  context: Pick<CommandContext, "evenings" | "settings">,
): Promise<void> => {
  const planned = (await context.evenings.list(invoker.guild)).find(({ id: schedule }) => schedule === wanted);
  if (planned === undefined) await requireGuildHost(invoker, context);
  else await requireChannelHost(invoker, context, planned.channel);
};

/**
 * Skips the next occurrence of an evening: the one way for the command and the pages.
 * @throws UserError for everyone who isn't a host of its channel, and when there is no such evening
 */
export const skipNextEvening = async (
  wanted: string,
  invoker: EveningInvoker,
  context: Pick<CommandContext, "evenings" | "settings">,
): Promise<PlannedEvening> => {
  await requireHostOfEvening(wanted, invoker, context);
  return context.evenings.skipNext(invoker.guild, wanted);
};
