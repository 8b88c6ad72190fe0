import { SlashCommandBuilder } from "discord.js";
import { descriptionOf } from "../../i18n/english.ts";
import { languageNamed } from "../../i18n/languages.ts";
import { asMessage } from "../../i18n/message.ts";
import { type ChannelId, id, type RoleId } from "../../kernel/ids.ts";
import type { GuildSettings, SettingsChange } from "../../ports/guild.ts";
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
import { accessRefused } from "../refusals.ts";
import { parseQuietChannel, quietChannelForm, quietChannelModal, quietChannelTitle } from "./quietChannelModal.ts";
import { parseQuietHours, quietHoursForm, quietHoursModal } from "./quietHoursModal.ts";
import { type QuietChannelStatus, settingsMessage } from "./settingsMessage.ts";

/** What the page says of the quiet channel that the settings alone don't say. */
const quietChannelStatus = async (
  { quietChannel }: GuildSettings,
  invoker: Invoker,
  context: CommandContext,
): Promise<QuietChannelStatus> => {
  if (quietChannel === undefined) return {};
  const title = await quietChannelTitle(quietChannel, invoker, context);
  const { helper } = context.sessions.freeBot(invoker.guild, quietChannel.channel) ?? {};
  const problem = context.channelAccess.accessProblem(invoker.guild, quietChannel.channel, helper);
  return {
    ...(title !== undefined && { title }),
    ...(problem !== undefined && { problem: asMessage(accessRefused(problem, quietChannel.channel).text) }),
  };
};

const page = async (
  settings: GuildSettings,
  invoker: Invoker,
  context: CommandContext,
  inPlace: boolean,
): Promise<Reply> =>
  settingsMessage(settings, invoker.say, {
    inPlace,
    newerRelease: context.newerRelease?.(),
    quietChannel: await quietChannelStatus(settings, invoker, context),
  });

/** `/settings`: the guild's settings on one page. */
export const settings: PlainCommand = {
  definition: new SlashCommandBuilder().setName("settings").setDescription(descriptionOf("settings")),
  async run(call, context) {
    await requireGuildHost(call, context);
    return page(await context.settings.of(call.guild), call, context, false);
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
    case "no-quiet-channel":
      return { quietChannel: null };
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
  if (wanted.quietChannel !== undefined) context.quietChannels.settingsChanged(invoker.guild, now.quietChannel);
  return page(now, invoker, context, inPlace);
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
    if (key === "quiet-channel")
      return { modal: await quietChannelModal((await context.settings.of(press.guild)).quietChannel, press, context) };
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

/** Saves the quiet channel that was submitted. */
export const quietChannelSubmitted: ModalHandler = {
  action: "settings-quiet-channel",
  async filledIn(submission, context) {
    await requireGuildHost(submission, context);
    return quietChannelForm(submission.values, submission.say);
  },
  async run(submission, context) {
    await requireGuildHost(submission, context);
    const quietChannel = await parseQuietChannel(submission.values, submission, context);
    return change(submission, { quietChannel }, context, false);
  },
};
