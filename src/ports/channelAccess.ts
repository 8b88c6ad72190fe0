import type { Message } from "../i18n/message.ts";
import type { ChannelId, GuildId, HelperId } from "../kernel/ids.ts";

/** What keeps the bot from being heard in a voice channel. */
export type AccessProblem = "no-view" | "no-connect" | "no-speak" | "full" | "timed-out" | "afk-channel";

/** Missing permissions, in sentences that say where to change them. */
export interface Diagnosis {
  /** What keeps it from being heard or from showing its panel, the worst first. */
  readonly problems: readonly Message[];
  /** Optional permissions that are missing. */
  readonly optional: readonly Message[];
}

/** What the bot may do in channels. */
export interface ChannelAccess {
  /**
   * Undefined if the bot can join and be heard.
   * @param helper the helper that is to speak; absent: the bot itself
   */
  accessProblem(guild: GuildId, channel: ChannelId, helper?: HelperId): AccessProblem | undefined;
  /**
   * Problems in a text channel and a voice channel.
   * @param stated the bot's permissions in the text channel, as Discord stated them with the
   * interaction: a bit field
   */
  diagnose(guild: GuildId, text: ChannelId, voice: ChannelId | undefined, stated?: bigint): Diagnosis;
  /** Whether the bot may disconnect and move members. */
  canMoveMembers(guild: GuildId): boolean;
}
