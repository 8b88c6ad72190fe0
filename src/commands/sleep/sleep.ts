import { SlashCommandBuilder } from "discord.js";
import type { Say } from "../../kernel/text.ts";
import { type Millis, minutes } from "../../kernel/units.ts";
import { parseClockTime } from "../../session/clockTime.ts";
import { parseDuration } from "../../session/duration.ts";
import type { SessionView } from "../../session/view.ts";
import type { Autocomplete, CommandHandler, GroupCommand, Reply } from "../command.ts";
import { inBotChannel, requireSession } from "../guards.ts";
import { relativeTime } from "../markdown.ts";
import { cannotMoveMembers } from "../refusals.ts";
import { autocompleteDuration, choice } from "../soundChoices.ts";
import { sleepTimerText } from "./sleepLine.ts";

export const DEFAULT_EXTENSION: Millis = minutes(15);
const HALF_HOUR = minutes(30);

const answer = ({ sleepTimer }: SessionView, say: Say): Reply => ({
  text: sleepTimer
    ? say.of(sleepTimerText(sleepTimer))
    : say`No sleep timer is set. Set one with /sleep in, such as /sleep in 30m.`,
});

/** The next half hours, as the clocks of the host's zone show them. */
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
  async run({ guild, user, options, say }, context) {
    const endsAt = context.now() + parseDuration(options.text("duration"));
    return answer(await context.sessions.dispatch(guild, { type: "sleepRequested", by: user, endsAt }), say);
  },
};

const sleepAt: CommandHandler = {
  guards: [inBotChannel],
  autocomplete: { time: autocompleteTime },
  async run({ guild, user, options, say }, context) {
    const endsAt = parseClockTime(options.text("time"), context.now(), context.timeZone);
    return answer(await context.sessions.dispatch(guild, { type: "sleepRequested", by: user, endsAt }), say);
  },
};

const afterThis: CommandHandler = {
  guards: [inBotChannel],
  async run({ guild, user, say }, context) {
    return answer(await context.sessions.dispatch(guild, { type: "sleepAfterThisRequested", by: user }), say);
  },
};

const extend: CommandHandler = {
  guards: [inBotChannel],
  autocomplete: { by: autocompleteDuration },
  async run({ guild, user, options, say }, context) {
    const by = options.optionalText("by");
    const extra = by === undefined ? DEFAULT_EXTENSION : parseDuration(by);
    return answer(await context.sessions.dispatch(guild, { type: "sleepExtended", by: user, extra }), say);
  },
};

/** In the languages that Lull speaks. */
const OFF = /^(off|none|0|aus|kein|keiner|no|ninguno|non|aucun|なし|オフ)$/iu;

/** The caller's own: the room plays on. */
const me: CommandHandler = {
  guards: [inBotChannel],
  autocomplete: { duration: autocompleteDuration },
  async run({ guild, user, options, say }, context) {
    const typed = options.text("duration").trim();
    if (OFF.test(typed)) {
      await context.sessions.dispatch(guild, { type: "departureSet", by: user });
      return { text: say`Your own timer is off.` };
    }
    const at = context.now() + parseDuration(typed);
    if (!context.channelAccess.canMoveMembers(guild)) throw cannotMoveMembers();
    await context.sessions.dispatch(guild, { type: "departureSet", by: user, at });
    return { text: say`You are disconnected ${relativeTime(at)}; the room plays on. /sleep me off takes it back.` };
  },
};

const cancel: CommandHandler = {
  guards: [inBotChannel],
  async run({ guild, user, say }, { sessions }) {
    await sessions.dispatch(guild, { type: "sleepCancelled", by: user });
    return { text: say`The sleep timer is off. The sound goes on.` };
  },
};

const show: CommandHandler = {
  async run(call, context) {
    return answer(requireSession(call, context), call.say);
  },
};

export const sleep: GroupCommand = {
  definition: new SlashCommandBuilder()
    .setName("sleep")
    .setDescription("One timer for the room: the sound fades, then the bot leaves")
    .addSubcommand((part) =>
      part
        .setName("in")
        .setDescription("Fall silent after a while")
        .addStringOption((option) =>
          option
            .setName("duration")
            .setDescription("Such as 30m, 1h15, or 90 for ninety minutes")
            .setRequired(true)
            .setMaxLength(40)
            .setAutocomplete(true),
        ),
    )
    .addSubcommand((part) =>
      part
        .setName("at")
        .setDescription("Fall silent at a time of day")
        .addStringOption((option) =>
          option
            .setName("time")
            .setDescription("Such as 23:30 or 11:30 pm")
            .setRequired(true)
            .setMaxLength(20)
            .setAutocomplete(true),
        ),
    )
    .addSubcommand((part) =>
      part
        .setName("me")
        .setDescription("Leave by yourself after a while; the room plays on")
        .addStringOption((option) =>
          option
            .setName("duration")
            .setDescription("Such as 40m; off takes it back")
            .setRequired(true)
            .setMaxLength(40)
            .setAutocomplete(true),
        ),
    )
    .addSubcommand((part) =>
      part.setName("after-this").setDescription("Fall silent when this sound has come to its end"),
    )
    .addSubcommand((part) =>
      part
        .setName("extend")
        .setDescription("Give the room more time; brings the sound back from its fade")
        .addStringOption((option) =>
          option
            .setName("by")
            .setDescription("Such as 30m; 15 minutes, unless you say otherwise")
            .setMaxLength(40)
            .setAutocomplete(true),
        ),
    )
    .addSubcommand((part) => part.setName("cancel").setDescription("Take the timer off; the sound goes on"))
    .addSubcommand((part) => part.setName("show").setDescription("Show how much time is left")),
  subcommands: { in: sleepIn, at: sleepAt, me, "after-this": afterThis, extend, cancel, show },
};
