import { SlashCommandBuilder, type SlashCommandSubcommandBuilder } from "discord.js";
import { type CommandPath, descriptionOf } from "../../i18n/english.ts";
import type { Say } from "../../i18n/say.ts";
import { minutes } from "../../kernel/units.ts";
import type { WakeUp } from "../../ports/wakeUps.ts";
import type { PlayRequest } from "../../session/session.ts";
import type { Autocomplete, CommandCall, CommandContext, CommandHandler, GroupCommand } from "../command.ts";
import { botCanSpeak } from "../guards.ts";
import { channelLink, dateAndTime, member } from "../markdown.ts";
import { autocompleteZone } from "../programmes/eveningOptions.ts";
import { autocompleteSoundOrFavourite, choice, resolveRequest } from "../soundChoices.ts";
import { planWakeUp } from "./wakeRequests.ts";

/** In minutes. */
const [LEAST_RISE, MOST_RISE] = [5, 30];

/** The sound that was named; none: one that suits those who are there. */
const chosenRequest = async (call: CommandCall, context: CommandContext): Promise<PlayRequest | undefined> => {
  const typed = call.options.optionalText("sound");
  if (typed === undefined) return undefined;
  const { favourite: _, isOwn: _own, ...request } = await resolveRequest(typed, call, context);
  return request;
};

const plan = async (call: CommandCall, context: CommandContext, scope: WakeUp["scope"]): Promise<WakeUp> => {
  const [request, rise] = [await chosenRequest(call, context), call.options.optionalInteger("rise")];
  return planWakeUp(call, context, {
    scope,
    time: call.options.text("time"),
    zone: call.options.optionalText("zone"),
    ...(rise !== undefined && { rise: minutes(rise) }),
    ...(request && { request }),
  });
};

const autocomplete = { sound: autocompleteSoundOrFavourite, zone: autocompleteZone };

const at: CommandHandler = {
  guards: [botCanSpeak],
  autocomplete,
  async run(call, context) {
    const wakeUp = await plan(call, context, "channel");
    return {
      text: call.say("wake.set", { time: dateAndTime(wakeUp.at), channel: channelLink(wakeUp.channel) }),
    };
  },
};

/** For the invoker; whether it may be heard is decided when its time has come. */
const me: CommandHandler = {
  autocomplete,
  async run(call, context) {
    const { at: time } = await plan(call, context, "me");
    return { text: call.say("wake.setForMe", { time: dateAndTime(time) }) };
  },
};

const line = ({ scope, at: time, channel, by }: WakeUp, say: Say): string =>
  scope === "me"
    ? say("wake.listedForMe", { time: dateAndTime(time) })
    : say("wake.listed", { time: dateAndTime(time), channel: channelLink(channel), user: member(by) });

const list: CommandHandler = {
  async run({ guild, user, say }, { wakeUps }) {
    const lines = wakeUps.list(guild, user).map((one) => `- ${line(one, say)}`);
    return { text: [say("wake.heading"), ...(lines.length > 0 ? lines : [say("wake.none")])].join("\n") };
  },
};

const autocompleteWakeUp: Autocomplete = (typed, { guild, user, say }, { wakeUps, timeZone }) => {
  const clock = new Intl.DateTimeFormat(say.language, {
    weekday: "short",
    hour: "2-digit",
    minute: "2-digit",
    timeZone,
  });
  return wakeUps
    .list(guild, user)
    .map(({ id: value, scope, at: time }) =>
      choice(
        scope === "me"
          ? say("wake.listedForMe", { time: clock.format(time) })
          : say("wake.choice", { time: clock.format(time) }),
        value,
      ),
    )
    .filter(({ name }) => name.includes(typed.trim()))
    .slice(0, 25);
};

/** Anyone who sees a wake-up may cancel it: those of channels are everyone's, as the sleep timer is. */
const cancel: CommandHandler = {
  autocomplete: { "wake-up": autocompleteWakeUp },
  async run({ guild, user, options, say }, { wakeUps }) {
    const { at: time } = await wakeUps.cancel(guild, user, options.text("wake-up"));
    return { text: say("wake.cancelled", { time: dateAndTime(time) }) };
  },
};

const timeOptions =
  (name: "at" | "me") =>
  (part: SlashCommandSubcommandBuilder): SlashCommandSubcommandBuilder => {
    const described = (option: "time" | "sound" | "rise" | "zone") =>
      descriptionOf(`wake ${name} ${option}` satisfies CommandPath);
    return part
      .setName(name)
      .setDescription(descriptionOf(`wake ${name}`))
      .addStringOption((option) =>
        option.setName("time").setDescription(described("time")).setRequired(true).setMaxLength(20),
      )
      .addStringOption((option) =>
        option.setName("sound").setDescription(described("sound")).setMaxLength(100).setAutocomplete(true),
      )
      .addIntegerOption((option) =>
        option.setName("rise").setDescription(described("rise")).setMinValue(LEAST_RISE).setMaxValue(MOST_RISE),
      )
      .addStringOption((option) =>
        option.setName("zone").setDescription(described("zone")).setMaxLength(60).setAutocomplete(true),
      );
  };

/** `/wake`: wake-ups for a voice channel, and the invoker's own. */
export const wake: GroupCommand = {
  definition: new SlashCommandBuilder()
    .setName("wake")
    .setDescription(descriptionOf("wake"))
    .addSubcommand(timeOptions("at"))
    .addSubcommand(timeOptions("me"))
    .addSubcommand((part) => part.setName("list").setDescription(descriptionOf("wake list")))
    .addSubcommand((part) =>
      part
        .setName("cancel")
        .setDescription(descriptionOf("wake cancel"))
        .addStringOption((option) =>
          option
            .setName("wake-up")
            .setDescription(descriptionOf("wake cancel wake-up"))
            .setRequired(true)
            .setMaxLength(60)
            .setAutocomplete(true),
        ),
    ),
  subcommands: { at, me, list, cancel },
};
