import type { Message } from "../i18n/message.ts";
import type { ChannelId, GuildId } from "../kernel/ids.ts";

/** What keeps the bot from being heard in a voice channel. */
export type AccessProblem = "no-view" | "no-connect" | "no-speak" | "full";

/** What the bot lacks, in sentences that say where to change it. */
export interface Diagnosis {
  /** What keeps it from being heard or from showing its panel, the worst first. */
  readonly problems: readonly Message[];
  /** What it can do without. */
  readonly optional: readonly Message[];
}

/** What commands must know about channels beyond who sits in them. */
export interface ChannelAccess {
  /** Undefined when the bot may go in and be heard. */
  accessProblem(guild: GuildId, channel: ChannelId): AccessProblem | undefined;
  /** What is in the way in these two channels. */
  diagnose(guild: GuildId, text: ChannelId, voice: ChannelId | undefined): Diagnosis;
  /** Whether the bot may disconnect and move members. */
  canMoveMembers(guild: GuildId): boolean;
}
