import {
  type APIMessageTopLevelComponent,
  type APISelectMenuOption,
  ButtonStyle,
  ChannelType,
  ComponentType,
} from "discord.js";
import type { GuildSettings } from "../host/ports.ts";
import { minutes } from "../kernel/units.ts";
import { durationText } from "../session/duration.ts";
import { LOUDNESS_STEPS, levelOf, loudestUnder } from "../session/loudness.ts";
import type { QuietHours, TimerEnd } from "../session/rules.ts";
import type { Reply } from "./command.ts";
import { customId } from "./customId.ts";
import { channelLink } from "./markdown.ts";

const FADES = [0, 1, 3, 5, 10, 20, 30].map(minutes);
const DUCKINGS = [0, 6, 9, 15];

const ENDS: Readonly<Record<TimerEnd, string>> = {
  leave: "I leave",
  "take-along": "I leave, and take the listeners along: to the AFK channel, or out where they agreed",
  whisper: "the sound goes on at a whisper",
};

export const clockText = (minutesOfDay: number): string =>
  `${String(Math.floor(minutesOfDay / 60)).padStart(2, "0")}:${String(minutesOfDay % 60).padStart(2, "0")}`;

const quietText = ({ from, to, timeZone, timer, softerBy }: QuietHours): string =>
  `${clockText(from)} to ${clockText(to)} (${timeZone}): ${softerBy} LU softer, and a timer of ${durationText(timer)}`;

const fadeText = (fade: number): string => (fade === 0 ? "no fade" : durationText(fade));
const duckingText = (db: number): string => (db === 0 ? "not at all" : `${db} dB`);

const row = (...components: readonly object[]): APIMessageTopLevelComponent =>
  ({ type: ComponentType.ActionRow, components }) as APIMessageTopLevelComponent;

const select = (key: string, placeholder: string, options: readonly APISelectMenuOption[]) =>
  row({ type: ComponentType.StringSelect, custom_id: customId("settings", key), placeholder, options });

const choice = (label: string, value: string | number, isChosen: boolean): APISelectMenuOption => ({
  label,
  value: String(value),
  default: isChosen,
});

const button = (key: string, label: string) => ({
  type: ComponentType.Button,
  style: ButtonStyle.Secondary,
  label,
  custom_id: customId("settings", key),
});

const summary = (settings: GuildSettings): string =>
  [
    "### Settings of this server",
    `The loudest a room gets: **${loudestUnder(settings.ceilingDb)}**`,
    `The end of a sleep timer: **${fadeText(settings.fade)}**, then ${ENDS[settings.timerEnd]}`,
    `With eyes closed: **${settings.eyesClosed ? "on" : "off"}** (muting, deafening or a moon during the fade gives 15 minutes more)`,
    `While a member speaks, softer by: **${duckingText(settings.duckingDb)}**`,
    `Skip and stop: **${settings.votes ? "the one who queued it, a host, or more than half of the listeners" : "anyone who listens"}**`,
    `Quiet hours: **${settings.quiet ? quietText(settings.quiet) : "none"}**`,
    `Host role: ${settings.hostRole ? `<@&${settings.hostRole}>` : "**none**"}`,
    `Usual voice channel: ${settings.defaultChannel ? channelLink(settings.defaultChannel) : "**none**"}`,
  ].join("\n");

/** One page of everything that a guild can choose. */
export const settingsPanel = (settings: GuildSettings, inPlace: boolean): Reply => ({
  inPlace,
  components: [
    { type: ComponentType.TextDisplay, content: summary(settings) },
    select(
      "ceiling",
      "The loudest a room gets",
      LOUDNESS_STEPS.toReversed().map((step) => choice(`loudest: ${step}`, step, levelOf(step) === settings.ceilingDb)),
    ),
    select(
      "fade",
      "How long the end of a timer fades",
      FADES.map((fade) => choice(`fade: ${fadeText(fade)}`, fade, fade === settings.fade)),
    ),
    select("end", "What happens when the timer is over", [
      choice("at the end: leave", "leave", settings.timerEnd === "leave"),
      choice("at the end: take the listeners along", "take-along", settings.timerEnd === "take-along"),
      choice("at the end: go on at a whisper", "whisper", settings.timerEnd === "whisper"),
    ]),
    select(
      "ducking",
      "How much softer while a member speaks",
      DUCKINGS.map((db) =>
        choice(`while somebody speaks: ${db === 0 ? "no softer" : `${db} dB softer`}`, db, db === settings.duckingDb),
      ),
    ),
    row({
      type: ComponentType.RoleSelect,
      custom_id: customId("settings", "host"),
      placeholder: "Host role",
      min_values: 0,
      ...(settings.hostRole && { default_values: [{ id: settings.hostRole, type: "role" }] }),
    }),
    row({
      type: ComponentType.ChannelSelect,
      custom_id: customId("settings", "channel"),
      placeholder: "Usual voice channel",
      channel_types: [ChannelType.GuildVoice, ChannelType.GuildStageVoice],
      min_values: 0,
      ...(settings.defaultChannel && { default_values: [{ id: settings.defaultChannel, type: "channel" }] }),
    }),
    row(
      button("quiet", "Quiet hours"),
      ...(settings.quiet ? [button("no-quiet", "No quiet hours")] : []),
      button("eyes", settings.eyesClosed ? "Eyes closed: turn off" : "Eyes closed: turn on"),
      button("votes", settings.votes ? "Votes: turn off" : "Votes: turn on"),
    ),
  ],
});
