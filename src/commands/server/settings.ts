import { SlashCommandBuilder } from "discord.js";
import { descriptionOf } from "../../i18n/english.ts";
import { languageNamed } from "../../i18n/languages.ts";
import { type ChannelId, id, type RoleId } from "../../kernel/ids.ts";
import type { SettingsChange } from "../../ports/guild.ts";
import { MAX_FADE, MAX_GRACE, TIMER_END_ACTIONS, WHOLE_TIMER } from "../../session/rules.ts";
import { VOLUMES, volumeLevel } from "../../session/volume.ts";
import type {
  CommandContext,
  ComponentHandler,
  FormValues,
  Invoker,
  ModalHandler,
  PlainCommand,
  Reply,
} from "../command.ts";
import { requireGuildHost } from "../hostGuard.ts";
import { parseQuietHours, quietHoursForm, quietHoursModal } from "./quietHoursModal.ts";
import { settingsMessage } from "./settingsMessage.ts";

/** `/settings`: the guild's settings on one page. */
export const settings: PlainCommand = {
  definition: new SlashCommandBuilder().setName("settings").setDescription(descriptionOf("settings")),
  async run(call, context) {
    await requireGuildHost(call, context);
    return settingsMessage(await context.settings.of(call.guild), call.say, {
      inPlace: false,
      newerRelease: context.newerRelease?.(),
    });
  },
};

const numberIn = (value: string | undefined, least: number, most: number): number | undefined => {
  const number = Number(value);
  return value !== undefined && number >= least && number <= most ? number : undefined;
};

/** What a select of roles or channels gives: null where nothing is chosen, undefined for what is no ID. */
const chosenId = <Id extends string>(value: string | undefined): Id | null | undefined => {
  if (value === undefined) return null;
  return /^\d{1,20}$/.test(value) ? id<Id>(value) : undefined;
};

/** A change of one setting; none if there is no value for it. */
const given = <Key extends keyof SettingsChange>(key: Key, value: SettingsChange[Key] | undefined): SettingsChange =>
  value === undefined ? {} : { [key]: value };

/** What a select or button of the page changes; nothing for an unknown value. */
const changeOf = async (
  key: string,
  [value]: readonly string[],
  invoker: Invoker,
  context: CommandContext,
): Promise<SettingsChange> => {
  const { eyesClosed, votes } = await context.settings.of(invoker.guild);
  switch (key) {
    case "ceiling": {
      const step = VOLUMES.find((one) => one === value);
      return step === undefined ? {} : { ceilingDb: volumeLevel(step) };
    }
    case "fade":
      return given("fade", value === "whole" ? WHOLE_TIMER : numberIn(value, 0, MAX_FADE));
    case "grace":
      return given("grace", numberIn(value, 0, MAX_GRACE));
    case "end":
      return given(
        "timerEnd",
        TIMER_END_ACTIONS.find((one) => one === value),
      );
    case "ducking":
      return given("duckingDb", numberIn(value, 0, 30));
    case "host":
      return given("hostRole", chosenId<RoleId>(value));
    case "channel":
      return given("defaultChannel", chosenId<ChannelId>(value));
    case "language":
      return given("language", value === "discord" ? null : languageNamed(value));
    case "eyes":
      return { eyesClosed: !eyesClosed };
    case "votes":
      return { votes: !votes };
    case "no-quiet":
      return { quiet: null };
    default:
      return {};
  }
};

const change = async (
  invoker: Invoker,
  wanted: SettingsChange,
  context: CommandContext,
  inPlace: boolean,
): Promise<Reply> => {
  const now = await context.settings.change(invoker.guild, wanted);
  await context.sessions.settingsChanged(invoker.guild);
  if (wanted.language !== undefined) context.evenings.refreshEvents(invoker.guild);
  return settingsMessage(now, invoker.say, { inPlace, newerRelease: context.newerRelease?.() });
};

/** Handlers of the selects and buttons of `/settings`. */
export const settingsComponents: ComponentHandler = {
  action: "settings",
  scope: "private",
  async run(press, context) {
    await requireGuildHost(press, context);
    const [key = ""] = press.parts;
    if (key === "quiet")
      return { modal: quietHoursModal((await context.settings.of(press.guild)).quiet, context.timeZone, press.say) };
    return change(press, await changeOf(key, press.values, press, context), context, true);
  },
};

const only = (values: FormValues) => (field: string) => values(field)[0] ?? "";

/** Saves the quiet hours that were submitted. */
export const quietHoursSubmitted: ModalHandler = {
  action: "settings-quiet",
  async filledIn(submission, context) {
    await requireGuildHost(submission, context);
    return quietHoursForm(only(submission.values), submission.say);
  },
  async run(submission, context) {
    await requireGuildHost(submission, context);
    const quiet = parseQuietHours(only(submission.values));
    return change(submission, { quiet }, context, false);
  },
};
