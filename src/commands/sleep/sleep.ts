import { SlashCommandBuilder } from "discord.js";
import { descriptionOf } from "../../i18n/english.ts";
import type { Say } from "../../i18n/say.ts";
import { type Millis, minutes } from "../../kernel/units.ts";
import { parseClockTime } from "../../session/clockTime.ts";
import { parseDuration } from "../../session/duration.ts";
import type { SessionView } from "../../session/view.ts";
import type { Autocomplete, CommandHandler, GroupCommand, Reply } from "../command.ts";
import { inBotChannel, requireSession } from "../guards.ts";
import { timeOfDay } from "../markdown.ts";
import { cannotMoveMembers } from "../refusals.ts";
import { autocompleteDuration, choice } from "../soundChoices.ts";
import { sleepTimerText } from "./sleepLine.ts";

/** What `/sleep extend` and the panel's button add to the timer. */
export const DEFAULT_EXTENSION: Millis = minutes(15);
/** The timer that the panel's button sets where there is none. */
export const DEFAULT_TIMER: Millis = minutes(30);
const HALF_HOUR = minutes(30);

const answer = ({ sleepTimer }: SessionView, say: Say): Reply => ({
  text: sleepTimer ? say.of(sleepTimerText(sleepTimer)) : say("sleep.notSet"),
});

/** The next full and half hours in the operator's time zone. */
const autocompleteTime: Autocomplete = (typed, _, { now, timeZone }) => {
  const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone });
  const first = Math.ceil((now() + minutes(10)) / HALF_HOUR) * HALF_HOUR;
  return Array.from({ length: 23 }, (_unused, i) => clock.format(first + i * HALF_HOUR))
    .filter((time) => time.includes(typed.trim()))
    .map((time) => choice(time, time));
};

const sleepIn: CommandHandler = {
  guards: [inBotChannel],
  autocomplete: { duration: autocompleteDuration },
  async run({ guild, user, voiceChannel, options, say }, context) {
    const endsAt = context.now() + parseDuration(options.text("duration"));
    return answer(
      await context.sessions.dispatch(guild, { type: "sleepRequested", by: user, endsAt }, voiceChannel),
      say,
    );
  },
};

const sleepAt: CommandHandler = {
  guards: [inBotChannel],
  autocomplete: { time: autocompleteTime },
  async run({ guild, user, voiceChannel, options, say }, context) {
    const endsAt = parseClockTime(options.text("time"), context.now(), context.timeZone);
    return answer(
      await context.sessions.dispatch(guild, { type: "sleepRequested", by: user, endsAt }, voiceChannel),
      say,
    );
  },
};

const afterThis: CommandHandler = {
  guards: [inBotChannel],
  async run({ guild, user, voiceChannel, say }, context) {
    return answer(
      await context.sessions.dispatch(guild, { type: "sleepAfterThisRequested", by: user }, voiceChannel),
      say,
    );
  },
};

const extend: CommandHandler = {
  guards: [inBotChannel],
  autocomplete: { by: autocompleteDuration },
  async run({ guild, user, voiceChannel, options, say }, context) {
    const by = options.optionalText("by");
    const extra = by === undefined ? DEFAULT_EXTENSION : parseDuration(by);
    return answer(
      await context.sessions.dispatch(guild, { type: "sleepExtended", by: user, extra }, voiceChannel),
      say,
    );
  },
};

/** "off" in the languages that Lull speaks. */
const OFF = /^(off|none|0|aus|kein|keiner|no|ninguno|non|aucun|なし|オフ)$/iu;

/** The invoker's own timer; the session continues. */
const me: CommandHandler = {
  guards: [inBotChannel],
  autocomplete: { duration: autocompleteDuration },
  async run({ guild, user, voiceChannel, options, say }, context) {
    const typed = options.text("duration").trim();
    if (OFF.test(typed)) {
      await context.sessions.dispatch(guild, { type: "departureSet", by: user }, voiceChannel);
      return { text: say("sleep.ownTimerOff") };
    }
    const at = context.now() + parseDuration(typed);
    if (!context.channelAccess.canMoveMembers(guild)) throw cannotMoveMembers();
    await context.sessions.dispatch(guild, { type: "departureSet", by: user, at }, voiceChannel);
    return { text: say("sleep.ownTimerSet", { time: timeOfDay(at) }) };
  },
};

const cancel: CommandHandler = {
  guards: [inBotChannel],
  async run({ guild, user, voiceChannel, say }, { sessions }) {
    await sessions.dispatch(guild, { type: "sleepCancelled", by: user }, voiceChannel);
    return { text: say("sleep.timerOff") };
  },
};

const show: CommandHandler = {
  async run(call, context) {
    return answer(requireSession(call, context), call.say);
  },
};

/** `/sleep`: the session's sleep timer, and the invoker's own. */
export const sleep: GroupCommand = {
  definition: new SlashCommandBuilder()
    .setName("sleep")
    .setDescription(descriptionOf("sleep"))
    .addSubcommand((part) =>
      part
        .setName("in")
        .setDescription(descriptionOf("sleep in"))
        .addStringOption((option) =>
          option
            .setName("duration")
            .setDescription(descriptionOf("sleep in duration"))
            .setRequired(true)
            .setMaxLength(40)
            .setAutocomplete(true),
        ),
    )
    .addSubcommand((part) =>
      part
        .setName("at")
        .setDescription(descriptionOf("sleep at"))
        .addStringOption((option) =>
          option
            .setName("time")
            .setDescription(descriptionOf("sleep at time"))
            .setRequired(true)
            .setMaxLength(20)
            .setAutocomplete(true),
        ),
    )
    .addSubcommand((part) =>
      part
        .setName("me")
        .setDescription(descriptionOf("sleep me"))
        .addStringOption((option) =>
          option
            .setName("duration")
            .setDescription(descriptionOf("sleep me duration"))
            .setRequired(true)
            .setMaxLength(40)
            .setAutocomplete(true),
        ),
    )
    .addSubcommand((part) => part.setName("after-this").setDescription(descriptionOf("sleep after-this")))
    .addSubcommand((part) =>
      part
        .setName("extend")
        .setDescription(descriptionOf("sleep extend"))
        .addStringOption((option) =>
          option.setName("by").setDescription(descriptionOf("sleep extend by")).setMaxLength(40).setAutocomplete(true),
        ),
    )
    .addSubcommand((part) => part.setName("cancel").setDescription(descriptionOf("sleep cancel")))
    .addSubcommand((part) => part.setName("show").setDescription(descriptionOf("sleep show"))),
  subcommands: { in: sleepIn, at: sleepAt, me, "after-this": afterThis, extend, cancel, show },
};
