import { type Millis, minutes } from "../../kernel/units.ts";
import type { WakeUp } from "../../ports/wakeUps.ts";
import type { PlayRequest } from "../../session/session.ts";
import type { CommandContext, Invoker } from "../command.ts";
import { botCanSpeak, requireVoiceChannel } from "../guards.ts";

/** Over which the sound rises, unless the invoker has chosen otherwise. */
const USUAL_RISE: Millis = minutes(10);

/** A wake-up as somebody asks for it. */
interface WakeUpRequest {
  readonly scope: WakeUp["scope"];
  /** As it was typed, such as `7:30`. */
  readonly time: string;
  /** IANA name; absent: the operator's. */
  readonly zone?: string | undefined;
  readonly rise?: Millis;
  /** Absent: a gentle sound that suits those who are there. */
  readonly request?: PlayRequest;
}

/**
 * Sets a wake-up: the one way for the commands and the pages.
 * @throws UserError when the time or zone was not understood; for one in a channel, also when the invoker is in none, or the
 *   bot can't be heard there
 */
export const planWakeUp = async (
  invoker: Pick<Invoker, "guild" | "user" | "channel" | "voiceChannel">,
  context: Pick<CommandContext, "sessions" | "channelAccess" | "wakeUps" | "timeZone">,
  { scope, time, zone = context.timeZone, rise = USUAL_RISE, request }: WakeUpRequest,
): Promise<WakeUp> => {
  if (scope === "channel") botCanSpeak(invoker, context);
  const channel = scope === "channel" ? requireVoiceChannel(invoker) : (invoker.voiceChannel ?? invoker.channel);
  return context.wakeUps.plan(invoker.guild, {
    scope,
    by: invoker.user,
    time,
    zone,
    rise,
    channel,
    panel: invoker.channel,
    ...(request && { request }),
  });
};
