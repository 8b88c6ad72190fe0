import {
  type APIMessageTopLevelComponent,
  type APISelectMenuOption,
  ButtonStyle,
  ChannelType,
  ComponentType,
} from "discord.js";
import { LANGUAGES } from "../../i18n/languages.ts";
import { type Message, message, titled } from "../../i18n/message.ts";
import type { Say } from "../../i18n/say.ts";
import { minutes } from "../../kernel/units.ts";
import type { GuildSettings } from "../../ports/guild.ts";
import { describeDuration } from "../../session/duration.ts";
import { MAX_FADE, type QuietHours, TIMER_END_ACTIONS, type TimerEndAction, WHOLE_TIMER } from "../../session/rules.ts";
import { VOLUME_NAMES, VOLUMES, volumeLevel } from "../../session/volume.ts";
import type { Reply } from "../command.ts";
import { customId } from "../customId.ts";
import { channelLink } from "../markdown.ts";

const FADES = [...[0, 1, 3, 5, 10, 20, 30].map(minutes), WHOLE_TIMER];
const GRACES = [0, 5, 10, 15, 30].map(minutes);
const DUCKINGS = [0, 6, 9, 15];

/** Each choice, and what it does where its words do not say. */
const ENDS: Readonly<Record<TimerEndAction, readonly [offered: Message, detail?: Message]>> = {
  leave: [message("settings.endLeaveOption")],
  "take-along": [message("settings.endTakeAlongOption"), message("settings.endTakeAlong")],
  whisper: [message("settings.endWhisperOption")],
};

/** A time of day as `23:30`. */
export const timeOfDayText = (minutesOfDay: number): string =>
  `${String(Math.floor(minutesOfDay / 60)).padStart(2, "0")}:${String(minutesOfDay % 60).padStart(2, "0")}`;

const quietText = ({ from, to, timeZone, timer, softerBy }: QuietHours): Message =>
  message("settings.quietHours", {
    from: timeOfDayText(from),
    to: timeOfDayText(to),
    timeZone,
    decibels: softerBy,
    duration: describeDuration(timer),
  });

/** What is known of a quiet channel beside its setting. */
export interface QuietChannelStatus {
  /** What it plays; absent: that is gone. */
  readonly title?: string;
  /** Why the bot can't be heard there. */
  readonly problem?: Message;
}

const quietChannelText = (
  { channel, hours, stay }: NonNullable<GuildSettings["quietChannel"]>,
  { title }: QuietChannelStatus,
): Message =>
  message(stay ? "settings.quietChannelOnStaying" : "settings.quietChannelOn", {
    channel: channelLink(channel),
    title: title === undefined ? message("settings.quietChannelSoundGone") : titled(title),
    hours: hours
      ? message("settings.quietChannelTimes", {
          from: timeOfDayText(hours.from),
          to: timeOfDayText(hours.to),
          timeZone: hours.timeZone,
        })
      : message("settings.quietChannelAllDay"),
  });

const fadeText = (fade: number): Message => {
  if (fade === 0) return message("settings.noFade");
  return fade > MAX_FADE ? message("settings.wholeTimerFade") : describeDuration(fade);
};

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

/** What no select shows with its value. */
const summary = (
  settings: GuildSettings,
  newerRelease: string | undefined,
  status: QuietChannelStatus,
): readonly Message[] => [
  message("settings.quietHoursSummary", {
    hours: settings.quiet ? quietText(settings.quiet) : message("settings.noQuietHours"),
  }),
  settings.quietChannel ? quietChannelText(settings.quietChannel, status) : message("settings.quietChannelOff"),
  ...(status.problem === undefined ? [] : [status.problem]),
  settings.eyesClosed ? message("settings.eyesClosedOn") : message("settings.eyesClosedOff"),
  settings.votes ? message("settings.votesOn") : message("settings.votesOff"),
  ...(newerRelease === undefined ? [] : [message("settings.newerRelease", { version: newerRelease })]),
];

const display = (content: string): APIMessageTopLevelComponent => ({ type: ComponentType.TextDisplay, content });
/** The name of a select whose options do not have it. */
const caption = (words: string): APIMessageTopLevelComponent => display(`-# ${words}`);

/**
 * Everything that a guild can choose, on one page.
 * @param newerRelease the version of Lull that the operator could install; undefined: this is the latest
 */
export const settingsMessage = (
  settings: GuildSettings,
  say: Say,
  {
    inPlace,
    newerRelease,
    quietChannel,
  }: {
    readonly inPlace: boolean;
    readonly newerRelease: string | undefined;
    readonly quietChannel: QuietChannelStatus;
  },
): Reply => ({
  inPlace,
  components: [
    display(say("settings.heading")),
    select(
      "ceiling",
      say("settings.maxVolumeLabel"),
      VOLUMES.toReversed().map((step) =>
        choice(
          say("settings.maxVolumeOption", { volume: VOLUME_NAMES[step] }),
          step,
          volumeLevel(step) === settings.ceilingDb,
        ),
      ),
    ),
    select(
      "fade",
      say("settings.fadeLabel"),
      FADES.map((fade) =>
        choice(
          say("settings.fadeOption", { duration: fadeText(fade) }),
          fade === WHOLE_TIMER ? "whole" : fade,
          fade === settings.fade,
        ),
      ),
    ),
    select(
      "grace",
      say("settings.graceLabel"),
      GRACES.map((grace) =>
        choice(
          grace === 0
            ? say("settings.graceOptionNone")
            : say("settings.graceOption", { duration: describeDuration(grace) }),
          grace,
          grace === settings.grace,
        ),
      ),
    ),
    select(
      "end",
      say("settings.timerEndLabel"),
      TIMER_END_ACTIONS.map((end) => {
        const [offered, detail] = ENDS[end];
        return {
          ...choice(say.of(offered), end, end === settings.timerEnd),
          ...(detail && { description: say.of(detail) }),
        };
      }),
    ),
    select(
      "ducking",
      say("settings.duckingLabel"),
      DUCKINGS.map((db) =>
        choice(
          db === 0 ? say("settings.duckingOptionNone") : say("settings.duckingOption", { decibels: db }),
          db,
          db === settings.duckingDb,
        ),
      ),
    ),
    select("language", say("settings.languageLabel"), [
      choice(say("settings.languageOptionDiscord"), "discord", settings.language === undefined),
      ...LANGUAGES.map(({ language, name }) =>
        choice(say("settings.languageOption", { language: name }), language, language === settings.language),
      ),
    ]),
    caption(say("settings.hostRoleLabel")),
    row({
      type: ComponentType.RoleSelect,
      custom_id: customId("settings", "host"),
      placeholder: say("settings.notSet"),
      min_values: 0,
      ...(settings.hostRole && { default_values: [{ id: settings.hostRole, type: "role" }] }),
    }),
    caption(say("settings.defaultChannelLabel")),
    row({
      type: ComponentType.ChannelSelect,
      custom_id: customId("settings", "channel"),
      placeholder: say("settings.notSet"),
      channel_types: [ChannelType.GuildVoice, ChannelType.GuildStageVoice],
      min_values: 0,
      ...(settings.defaultChannel && { default_values: [{ id: settings.defaultChannel, type: "channel" }] }),
    }),
    display(summary(settings, newerRelease, quietChannel).map(say.of).join("\n")),
    row(
      button("quiet", say("settings.quietHoursTitle")),
      ...(settings.quiet ? [button("no-quiet", say("settings.turnOffQuietHours"))] : []),
      button("eyes", settings.eyesClosed ? say("settings.turnOffMuteForTime") : say("settings.turnOnMuteForTime")),
      button("votes", settings.votes ? say("settings.turnOffVotes") : say("settings.turnOnVotes")),
    ),
    row(
      button("quiet-channel", say("settings.quietChannelTitle")),
      ...(settings.quietChannel ? [button("no-quiet-channel", say("settings.turnOffQuietChannel"))] : []),
    ),
  ],
});
