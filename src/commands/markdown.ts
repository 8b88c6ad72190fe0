import type { ChannelId, UserId } from "../kernel/ids.ts";
import { plainName } from "../kernel/names.ts";
import type { Millis } from "../kernel/units.ts";

/** Discord hides a backslash before any punctuation; these are what could start a style, a link or a mention. */
const SPECIAL = /[\\*_~`|[\]<>#@]|:(?=\/\/)/g;

/** A name of somebody's making, shown as it is: no style, no link, no mention. */
export const shown = (name: string): string => plainName(name).replace(SPECIAL, "\\$&");

export const strong = (name: string): string => `**${shown(name)}**`;

/** Shown as the member's name; pings nobody, since no message of ours allows mentions. */
export const member = (user: UserId): string => `<@${user}>`;

export const channelLink = (channel: ChannelId): string => `<#${channel}>`;

const stamp = (moment: Millis, style: "R" | "t"): string => `<t:${Math.round(moment / 1_000)}:${style}>`;

/** "in 12 minutes", kept up to date by Discord's client. */
export const relativeTime = (moment: Millis): string => stamp(moment, "R");

/** "23:30", in the reader's own time zone. */
export const timeOfDay = (moment: Millis): string => stamp(moment, "t");
