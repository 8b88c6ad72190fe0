import { SlashCommandBuilder } from "discord.js";
import type { Say } from "../kernel/text.ts";
import { type Millis, minutes } from "../kernel/units.ts";
import { parseClockTime } from "../session/clockTime.ts";
import { parseDuration } from "../session/duration.ts";
import type { SessionView } from "../session/view.ts";
import { choice, completeDuration } from "./choices.ts";
import type { Complete, GroupCommand, Part, Reply } from "./command.ts";
import { inTheRoom, sessionOf } from "./guards.ts";
import { relativeTime } from "./markdown.ts";
import { mayNotMove } from "./refusals.ts";
import { sleepLine } from "./sleepLine.ts";

export const USUAL_EXTENSION: Millis = minutes(15);
const HALF_HOUR = minutes(30);

const answer = ({ sleep }: SessionView, say: Say): Reply => ({
  text: sleep ? say.of(sleepLine(sleep)) : say`No sleep timer is set. Set one with /sleep in, such as /sleep in 30m.`,
});

/** The next half hours, as the clocks of the host's zone show them. */
const completeTime: Complete = (typed, _, { now, timeZone }) => {
  const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone });
  const first = Math.ceil((now() + minutes(10)) / HALF_HOUR) * HALF_HOUR;
  return Array.from({ length: 23 }, (_unused, i) => clock.format(first + i * HALF_HOUR))
    .filter((time) => time.includes(typed.trim()))
    .map((time) => choice(time, time));
};

const sleepIn: Part = {
  guards: [inTheRoom],
  complete: { duration: completeDuration },
  async run({ guild, user, options, say }, house) {
    const endsAt = house.now() + parseDuration(options.text("duration"));
    return answer(await house.sessions.dispatch(guild, { type: "sleepRequested", by: user, endsAt }), say);
  },
};

const sleepAt: Part = {
  guards: [inTheRoom],
  complete: { time: completeTime },
  async run({ guild, user, options, say }, house) {
    const endsAt = parseClockTime(options.text("time"), house.now(), house.timeZone);
    return answer(await house.sessions.dispatch(guild, { type: "sleepRequested", by: user, endsAt }), say);
  },
};

const afterThis: Part = {
  guards: [inTheRoom],
  async run({ guild, user, say }, house) {
    return answer(await house.sessions.dispatch(guild, { type: "sleepAfterThisRequested", by: user }), say);
  },
};

const extend: Part = {
  guards: [inTheRoom],
  complete: { by: completeDuration },
  async run({ guild, user, options, say }, house) {
    const by = options.textIfGiven("by");
    const extra = by === undefined ? USUAL_EXTENSION : parseDuration(by);
    return answer(await house.sessions.dispatch(guild, { type: "sleepExtended", by: user, extra }), say);
  },
};

/** In the languages that Lull speaks. */
const OFF = /^(off|none|0|aus|kein|keiner|no|ninguno|non|aucun|なし|オフ)$/iu;

/** The caller's own: the room plays on. */
const me: Part = {
  guards: [inTheRoom],
  complete: { duration: completeDuration },
  async run({ guild, user, options, say }, house) {
    const typed = options.text("duration").trim();
    if (OFF.test(typed)) {
      await house.sessions.dispatch(guild, { type: "departureSet", by: user });
      return { text: say`Your own timer is off.` };
    }
    const at = house.now() + parseDuration(typed);
    if (!house.doors.mayMove(guild)) throw mayNotMove();
    await house.sessions.dispatch(guild, { type: "departureSet", by: user, at });
    return { text: say`You are disconnected ${relativeTime(at)}; the room plays on. /sleep me off takes it back.` };
  },
};

const cancel: Part = {
  guards: [inTheRoom],
  async run({ guild, user, say }, { sessions }) {
    await sessions.dispatch(guild, { type: "sleepCancelled", by: user });
    return { text: say`The sleep timer is off. The sound goes on.` };
  },
};

const show: Part = {
  async run(call, house) {
    return answer(sessionOf(call, house), call.say);
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
  parts: { in: sleepIn, at: sleepAt, me, "after-this": afterThis, extend, cancel, show },
};
