import { type APIModalInteractionResponseCallbackData, ChannelType, ComponentType, TextInputStyle } from "discord.js";
import { type Message, message } from "../../i18n/message.ts";
import type { Say } from "../../i18n/say.ts";
import { UserError } from "../../kernel/errors.ts";
import { type ChannelId, id } from "../../kernel/ids.ts";
import { rawText } from "../../kernel/memberText.ts";
import { foldName, plainName } from "../../kernel/names.ts";
import type { QuietChannel } from "../../ports/guild.ts";
import type { CommandContext, FormValues, Invoker, Modal } from "../command.ts";
import { customId } from "../customId.ts";
import { resolveRequest } from "../soundChoices.ts";
import { parseDailyHours } from "./dailyHours.ts";
import { timeOfDayText } from "./settingsMessage.ts";

/** Discord's limit for what is typed into these fields. */
const MAX_LENGTH = 100;

const label = (name: string, description: string, component: object) =>
  ({
    type: ComponentType.Label,
    label: name,
    description,
    component,
  }) as APIModalInteractionResponseCallbackData["components"][number];

const text = (name: string, value: string, required: boolean) => ({
  type: ComponentType.TextInput,
  custom_id: name,
  style: TextInputStyle.Short,
  ...(value !== "" && { value }),
  max_length: MAX_LENGTH,
  required,
});

/** The modal for the quiet channel, filled in with the given values. */
export const quietChannelForm = (values: FormValues, say: Say): Modal => {
  const one = (name: string) => values(name)[0] ?? "";
  const [channel] = values("channel");
  return {
    customId: customId("settings-quiet-channel"),
    title: say("settings.quietChannelTitle"),
    components: [
      label(say("settings.quietChannelLabel"), say("settings.quietChannelNote"), {
        type: ComponentType.ChannelSelect,
        custom_id: "channel",
        channel_types: [ChannelType.GuildVoice, ChannelType.GuildStageVoice],
        required: true,
        ...(channel !== undefined && { default_values: [{ id: channel, type: "channel" }] }),
      }),
      label(
        say("settings.quietChannelPlays"),
        say("settings.quietChannelPlaysNote"),
        text("plays", one("plays"), true),
      ),
      label(
        say("settings.quietChannelHours"),
        say("settings.quietChannelHoursNote"),
        text("hours", one("hours"), false),
      ),
      label(say("settings.timeZone"), say("settings.timeZoneExample"), text("zone", one("zone"), true)),
      label(say("settings.quietChannelStay"), say("settings.quietChannelStayNote"), {
        type: ComponentType.RadioGroup,
        custom_id: "stay",
        required: true,
        options: (["no", "yes"] as const).map((value) => ({
          label: say(value === "yes" ? "settings.quietChannelStays" : "settings.quietChannelLeaves"),
          value,
          default: value === (one("stay") === "yes" ? "yes" : "no"),
        })),
      }),
    ],
  };
};

/** What a quiet channel plays, by its name in the member's language; undefined for a programme that is gone. */
export const quietChannelTitle = async (
  { plays }: QuietChannel,
  { guild, say }: Pick<Invoker, "guild" | "say">,
  { guildProgrammes }: Pick<CommandContext, "guildProgrammes">,
): Promise<string | undefined> => {
  if ("request" in plays) return rawText(say.word(plays.request.title));
  const title = (await guildProgrammes.find(guild, plays.programme))?.title;
  return title === undefined ? undefined : rawText(say.word(title));
};

/** The form with the current quiet channel, or for a first one. */
export const quietChannelModal = async (
  chosen: QuietChannel | undefined,
  invoker: Invoker,
  context: CommandContext,
): Promise<Modal> => {
  const { hours } = chosen ?? {};
  const values: Readonly<Record<string, string | undefined>> = {
    channel: chosen?.channel ?? invoker.voiceChannel,
    plays: chosen && (await quietChannelTitle(chosen, invoker, context)),
    hours: hours && `${timeOfDayText(hours.from)} - ${timeOfDayText(hours.to)}`,
    zone: hours?.timeZone ?? context.timeZone,
    stay: chosen?.stay ? "yes" : "no",
  };
  return quietChannelForm((name) => [values[name]].filter((value) => value !== undefined), invoker.say);
};

const notUnderstood = (why: Message) => new UserError("not-understood", why);

/** A programme by its name, or a sound or favourite. @throws UserError when there is none */
const playsOf = async (typed: string, invoker: Invoker, context: CommandContext): Promise<QuietChannel["plays"]> => {
  const { quietChannel } = await context.settings.of(invoker.guild);
  // Another member's own favourite can't be found by its name, and may stay.
  if (quietChannel !== undefined && (await quietChannelTitle(quietChannel, invoker, context)) === typed.trim())
    return quietChannel.plays;
  const wanted = foldName(plainName(typed));
  const programme = (await context.guildProgrammes.all(invoker.guild)).find(({ title }) =>
    [title, invoker.say.word(title)].some((name) => foldName(name) === wanted),
  );
  if (programme !== undefined && programme.phases.length > 0) return { programme: programme.id };
  const { favourite: _, isOwn: _own, ...request } = await resolveRequest(typed, invoker, context);
  return { request };
};

/**
 * The quiet channel that was submitted.
 * @throws UserError that names the first invalid field
 */
export const parseQuietChannel = async (
  values: FormValues,
  invoker: Invoker,
  context: CommandContext,
): Promise<QuietChannel> => {
  const [channel = ""] = values("channel");
  if (!/^\d{1,20}$/.test(channel)) throw notUnderstood(message("settings.quietChannelMissing"));
  const hours = parseDailyHours(values("hours")[0] ?? "", values("zone")[0] ?? "");
  return {
    channel: id<ChannelId>(channel),
    ...(hours && { hours }),
    stay: values("stay")[0] === "yes",
    plays: await playsOf(values("plays")[0] ?? "", invoker, context),
  };
};
