import {
  ChannelType,
  type Guild,
  type GuildBasedChannel,
  type GuildMember,
  PermissionFlagsBits,
  type PermissionsBitField,
} from "discord.js";
import type { Millis } from "../kernel/units.ts";
import type { AccessProblem } from "../ports/channelAccess.ts";

/** What keeps the bot from writing in a channel. */
export type WriteProblem = "no-view" | "no-send" | "no-send-in-threads" | "no-history" | "timed-out" | "not-text";

/** When a time-out of the bot ends, in milliseconds since the Unix epoch; undefined when there is none. */
export const timedOutUntil = (me: GuildMember, now: Millis): Millis | undefined => {
  const until = me.communicationDisabledUntilTimestamp;
  // Administrators can't be put in time-out; one from before they became that has no effect.
  if (until === null || until <= now || me.permissions.has(PermissionFlagsBits.Administrator)) return undefined;
  return until;
};

/**
 * What keeps the bot from being heard in a voice channel: roles, overwrites, a time-out, the kind of
 * channel, and how full it is.
 */
export const speakProblem = (
  guild: Guild,
  me: GuildMember,
  channel: GuildBasedChannel | undefined,
  now: Millis,
): AccessProblem | undefined => {
  if (!channel?.isVoiceBased()) return "no-view";
  const allowed = channel.permissionsFor(me);
  if (!allowed.has(PermissionFlagsBits.ViewChannel)) return "no-view";
  if (timedOutUntil(me, now) !== undefined) return "timed-out";
  if (!allowed.has(PermissionFlagsBits.Connect)) return "no-connect";
  const states = guild.voiceStates.cache;
  const taken = states.filter((state) => state.channelId === channel.id).size;
  const isFull = channel.userLimit > 0 && taken >= channel.userLimit && states.get(me.id)?.channelId !== channel.id;
  if (isFull && !allowed.has(PermissionFlagsBits.MoveMembers)) return "full";
  // There Discord suppresses everyone.
  if (guild.afkChannelId === channel.id) return "afk-channel";
  // On a stage, permission to speak is requested after joining.
  if (channel.type === ChannelType.GuildVoice && !allowed.has(PermissionFlagsBits.Speak)) return "no-speak";
  return undefined;
};

/**
 * What keeps the bot from writing, and from editing what it wrote, in a channel.
 * @param stated the bot's permissions there, if Discord stated them with an interaction
 */
export const writeProblem = (
  me: GuildMember,
  channel: GuildBasedChannel | undefined,
  now: Millis,
  stated?: Readonly<PermissionsBitField>,
): WriteProblem | undefined => {
  if (!channel?.isTextBased()) return "not-text";
  const computed = channel.permissionsFor(me);
  const has = (permission: bigint) => computed?.has(permission) === true && stated?.has(permission) !== false;
  if (!has(PermissionFlagsBits.ViewChannel)) return "no-view";
  if (timedOutUntil(me, now) !== undefined) return "timed-out";
  if (channel.isThread() && !has(PermissionFlagsBits.SendMessagesInThreads)) return "no-send-in-threads";
  if (!channel.isThread() && !has(PermissionFlagsBits.SendMessages)) return "no-send";
  if (!has(PermissionFlagsBits.ReadMessageHistory)) return "no-history";
  return undefined;
};
