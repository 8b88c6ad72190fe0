import {
  type APIMessageTopLevelComponent,
  type APISelectMenuOption,
  ButtonStyle,
  ChannelType,
  ComponentType,
} from "discord.js";
import { type Language, type Say, type Text, text } from "../../kernel/text.ts";
import { minutes } from "../../kernel/units.ts";
import type { GuildSettings } from "../../ports/guild.ts";
import { describeDuration } from "../../session/duration.ts";
import { type QuietHours, TIMER_END_ACTIONS, type TimerEndAction } from "../../session/rules.ts";
import { loudestVolumeUnder, VOLUME_NAMES, VOLUMES, volumeLevel } from "../../session/volume.ts";
import type { Reply } from "../command.ts";
import { customId } from "../customId.ts";
import { channelLink } from "../markdown.ts";

const FADES = [0, 1, 3, 5, 10, 20, 30].map(minutes);
const DUCKINGS = [0, 6, 9, 15];

const ENDS: Readonly<Record<TimerEndAction, readonly [told: Text, offered: Text]>> = {
  leave: [text`I leave`, text`at the end: leave`],
  "take-along": [
    text`I leave, and take the listeners along: to the AFK channel, or out where they agreed`,
    text`at the end: take the listeners along`,
  ],
  whisper: [text`the sound goes on at a whisper`, text`at the end: go on at a whisper`],
};

/** Each by its own name, as whoever looks for it reads it. */
const LANGUAGE_NAMES: readonly (readonly [Language, string])[] = [
  ["en", "English"],
  ["de", "Deutsch"],
  ["es", "Español"],
  ["fr", "Français"],
  ["ja", "日本語"],
];

const languageName = (language: Language | undefined): Text | string =>
  LANGUAGE_NAMES.find(([one]) => one === language)?.[1] ?? text`as Discord says`;

export const timeOfDayText = (minutesOfDay: number): string =>
  `${String(Math.floor(minutesOfDay / 60)).padStart(2, "0")}:${String(minutesOfDay % 60).padStart(2, "0")}`;

const quietText = ({ from, to, timeZone, timer, softerBy }: QuietHours): Text =>
  text`${timeOfDayText(from)} to ${timeOfDayText(to)} (${timeZone}): ${softerBy} LU softer, and a timer of ${describeDuration(timer)}`;

const fadeText = (fade: number): Text => (fade === 0 ? text`no fade` : describeDuration(fade));
const duckingText = (db: number): Text => (db === 0 ? text`not at all` : text`${db} dB`);

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

const summary = (settings: GuildSettings): readonly Text[] => [
  text`### Settings of this server`,
  text`The loudest a room gets: **${VOLUME_NAMES[loudestVolumeUnder(settings.ceilingDb)]}**`,
  text`The end of a sleep timer: **${fadeText(settings.fade)}**, then ${ENDS[settings.timerEnd][0]}`,
  settings.eyesClosed
    ? text`With eyes closed: **on** (muting, deafening or a moon during the fade gives 15 minutes more)`
    : text`With eyes closed: **off** (muting, deafening or a moon during the fade gives 15 minutes more)`,
  text`While a member speaks, softer by: **${duckingText(settings.duckingDb)}**`,
  settings.votes
    ? text`Skip and stop: **the one who queued it, a host, or more than half of the listeners**`
    : text`Skip and stop: **anyone who listens**`,
  text`Quiet hours: **${settings.quiet ? quietText(settings.quiet) : text`none`}**`,
  text`Host role: ${settings.hostRole ? `<@&${settings.hostRole}>` : text`**none**`}`,
  text`Usual voice channel: ${settings.defaultChannel ? channelLink(settings.defaultChannel) : text`**none**`}`,
  text`Language of what the whole room sees: **${languageName(settings.language)}**`,
];

/** One page of everything that a guild can choose. */
export const settingsMessage = (settings: GuildSettings, say: Say, inPlace: boolean): Reply => ({
  inPlace,
  components: [
    { type: ComponentType.TextDisplay, content: summary(settings).map(say.of).join("\n") },
    select(
      "ceiling",
      say`The loudest a room gets`,
      VOLUMES.toReversed().map((step) =>
        choice(say`loudest: ${VOLUME_NAMES[step]}`, step, volumeLevel(step) === settings.ceilingDb),
      ),
    ),
    select(
      "fade",
      say`How long the end of a timer fades`,
      FADES.map((fade) => choice(say`fade: ${fadeText(fade)}`, fade, fade === settings.fade)),
    ),
    select(
      "end",
      say`What happens when the timer is over`,
      TIMER_END_ACTIONS.map((end) => choice(say.of(ENDS[end][1]), end, end === settings.timerEnd)),
    ),
    select(
      "ducking",
      say`How much softer while a member speaks`,
      DUCKINGS.map((db) =>
        choice(
          db === 0 ? say`while somebody speaks: no softer` : say`while somebody speaks: ${db} dB softer`,
          db,
          db === settings.duckingDb,
        ),
      ),
    ),
    select("language", say`Language of what the whole room sees`, [
      choice(say`language: as Discord says`, "discord", settings.language === undefined),
      ...LANGUAGE_NAMES.map(([language, name]) =>
        choice(say`language: ${name}`, language, language === settings.language),
      ),
    ]),
    row({
      type: ComponentType.RoleSelect,
      custom_id: customId("settings", "host"),
      placeholder: say`Host role`,
      min_values: 0,
      ...(settings.hostRole && { default_values: [{ id: settings.hostRole, type: "role" }] }),
    }),
    row({
      type: ComponentType.ChannelSelect,
      custom_id: customId("settings", "channel"),
      placeholder: say`Usual voice channel`,
      channel_types: [ChannelType.GuildVoice, ChannelType.GuildStageVoice],
      min_values: 0,
      ...(settings.defaultChannel && { default_values: [{ id: settings.defaultChannel, type: "channel" }] }),
    }),
    row(
      button("quiet", say`Quiet hours`),
      ...(settings.quiet ? [button("no-quiet", say`No quiet hours`)] : []),
      button("eyes", settings.eyesClosed ? say`Eyes closed: turn off` : say`Eyes closed: turn on`),
      button("votes", settings.votes ? say`Votes: turn off` : say`Votes: turn on`),
    ),
  ],
});
