import type { ChannelId, UserId } from "../kernel/ids.ts";
import { escapeMarkdown } from "../kernel/markdown.ts";
import type { MemberText } from "../kernel/memberText.ts";
import type { Millis } from "../kernel/units.ts";

/** Bold, with the name's own Markdown escaped. */
export const strong = (name: MemberText): string => `**${escapeMarkdown(name)}**`;

/** Shown as the member's name; pings nobody, because none of our messages allows mentions. */
export const member = (user: UserId): string => `<@${user}>`;

/** A link to the channel, shown by its name. */
export const channelLink = (channel: ChannelId): string => `<#${channel}>`;

const stamp = (moment: Millis, style: "R" | "t" | "f" | "D"): string => `<t:${Math.round(moment / 1_000)}:${style}>`;

/** "in 12 minutes", kept up to date by Discord's client. */
export const relativeTime = (moment: Millis): string => stamp(moment, "R");

/** "29 March 2026 23:30", in the reader's own time zone. */
export const dateAndTime = (moment: Millis): string => stamp(moment, "f");

/** "29 March 2026", in the reader's own time zone. */
export const dateOnly = (moment: Millis): string => stamp(moment, "D");

/** "23:30", in the reader's own time zone. */
export const timeOfDay = (moment: Millis): string => stamp(moment, "t");

/** An answer, followed by a note in small print. */
export const withRemark = (text: string, remark: string | undefined): string =>
  remark === undefined ? text : `${text}\n-# ${remark.replaceAll("\n", "\n-# ")}`;
