import { ChannelType, ComponentType, SlashCommandBuilder, type SlashCommandStringOption } from "discord.js";
import { aboutOf, type Programme } from "../../catalogue/programmes.ts";
import { VISUALS } from "../../catalogue/visuals.ts";
import { descriptionOf } from "../../i18n/english.ts";
import { type Message, message, plainly, titled, together } from "../../i18n/message.ts";
import type { Say } from "../../i18n/say.ts";
import type { PlannedEvening } from "../../ports/programmes.ts";
import type { SessionView } from "../../session/view.ts";
import type { CommandContext, CommandHandler, ComponentHandler, GroupCommand, Invoker, Reply } from "../command.ts";
import { requireChannelHost, requireGuildHost } from "../hostGuard.ts";
import { channelLink, dateAndTime, dateOnly, timeOfDay } from "../markdown.ts";
import { pageButtons, pageNote, pageOf } from "../pages.ts";
import { accessRefused, noDefaultChannel } from "../refusals.ts";
import { visualReply } from "../sounds/visual.ts";
import { design } from "./eveningDesign.ts";
import {
  autocompleteDays,
  autocompleteEvening,
  autocompleteProgramme,
  autocompleteZone,
  recurrenceText,
  resolveProgramme,
} from "./eveningOptions.ts";
import { requireHostOfEvening, skipNextEvening, startProgramme } from "./eveningRequests.ts";

const PAGE_SIZE = 8;

const lines = (...all: readonly (string | undefined)[]): string =>
  all.filter((line) => line !== undefined && line !== "").join("\n");

const startedReply = (programme: Programme, { channel, sleepTimer }: SessionView, say: Say): Reply => ({
  text: lines(
    say("evening.started", {
      title: titled(programme.title),
      channel: channelLink(channel),
      about: aboutOf(programme),
    }),
    sleepTimer ? say("evening.endsAt", { time: timeOfDay(sleepTimer.endsAt) }) : say("evening.loops"),
    programme.line && say.word(programme.line),
  ),
});

const start: CommandHandler = {
  autocomplete: { programme: autocompleteProgramme },
  async run(call, context) {
    const programme = await resolveProgramme(call.options.text("programme"), call, context);
    // A programme with nothing to hear needs no voice channel.
    if (programme.phases.length === 0) {
      const picture = VISUALS.find(({ id }) => id === programme.visual) ?? VISUALS[0]!;
      const { line, title } = programme;
      const words = together([titled(title), ...(line === undefined ? [] : [plainly(line)])]);
      return visualReply(picture, false, call, context, words);
    }
    return startedReply(programme, await startProgramme(programme, call, context), call.say);
  },
};

const programmeTitle = ({ title }: PlannedEvening): Message =>
  title === undefined ? message("evening.missingProgrammeBold") : titled(title);

const nextTime = ({ next }: PlannedEvening): Message => message("evening.next", { time: dateAndTime(next) });

const planned = (evening: PlannedEvening, say: Say): string =>
  lines(
    say("evening.planned", {
      title: programmeTitle(evening),
      recurrence: recurrenceText(evening, say),
      channel: channelLink(evening.channel),
    }),
    say.of(nextTime(evening)),
    evening.wake && say("evening.wakesAt", { time: evening.wake }),
    evening.eventProblem && say.of(evening.eventProblem),
  );

const schedule: CommandHandler = {
  autocomplete: { programme: autocompleteProgramme, days: autocompleteDays, zone: autocompleteZone },
  async run(call, context) {
    const channel = call.options.optionalChannel("channel") ?? (await context.settings.of(call.guild)).defaultChannel;
    if (channel === undefined) await requireGuildHost(call, context);
    if (channel === undefined) throw noDefaultChannel();
    await requireChannelHost(call, context, channel);
    const programme = await resolveProgramme(call.options.text("programme"), call, context);
    const obstacle =
      programme.phases.length === 0 ? undefined : context.channelAccess.accessProblem(call.guild, channel);
    // A channel that is full now may not be when the evening starts.
    if (obstacle !== undefined && obstacle !== "full") throw accessRefused(obstacle, channel);
    const evening = await context.evenings.plan(call.guild, {
      programme,
      at: call.options.text("at"),
      days: call.options.optionalText("days") ?? "daily",
      zone: call.options.optionalText("zone") ?? context.timeZone,
      wake: call.options.optionalText("wake"),
      channel,
      panel: call.channel,
      by: call.user,
    });
    return { text: planned(evening, call.say) };
  },
};

const small = (line: string): string => `-# ${line}`;

/** How the last occurrence went. */
const lastTime = ({ last }: PlannedEvening): Message | undefined =>
  last && message("evening.lastDidNotStart", { time: dateAndTime(last.at), reason: last.note ?? "" });

const eveningLines = (evening: PlannedEvening, say: Say): string => {
  const notes = [
    evening.skippedAt === undefined ? undefined : message("evening.skips", { time: dateAndTime(evening.skippedAt) }),
    lastTime(evening),
    evening.eventProblem,
  ];
  return lines(
    say("evening.listed", {
      title: programmeTitle(evening),
      recurrence: recurrenceText(evening, say),
      channel: channelLink(evening.channel),
    }),
    say.of(nextTime(evening)),
    evening.wake && say("evening.wakesAt", { time: evening.wake }),
    ...notes.map((note) => note && small(say.of(note))),
  );
};

const eveningPage = (evenings: readonly PlannedEvening[], wanted: number, inPlace: boolean, say: Say): Reply => {
  const turned = pageOf(evenings, wanted, PAGE_SIZE);
  const content = [
    say("evening.heading"),
    turned.items.map((one) => eveningLines(one, say)).join("\n") || say("evening.nonePlanned"),
    ...pageNote(turned, say),
  ].join("\n");
  const buttons = pageButtons(turned, say, "evenings");
  return { components: [{ type: ComponentType.TextDisplay, content }, ...buttons], inPlace };
};

const pageAt = async ({ guild, say }: Invoker, context: CommandContext, wanted: number, inPlace: boolean) =>
  eveningPage(await context.evenings.list(guild), wanted, inPlace, say);

const list: CommandHandler = {
  run: (call, context) => pageAt(call, context, 0, false),
};

const skipNext: CommandHandler = {
  autocomplete: { evening: autocompleteEvening },
  async run(call, context) {
    const evening = await skipNextEvening(call.options.text("evening"), call, context);
    const [title, next] = [programmeTitle(evening), dateAndTime(evening.next)];
    return {
      text:
        evening.skippedAt === undefined
          ? call.say("evening.nextOn", { title, next })
          : call.say("evening.skippedNextOn", { title, next, skipped: dateOnly(evening.skippedAt) }),
    };
  },
};

const cancel: CommandHandler = {
  autocomplete: { evening: autocompleteEvening },
  async run(call, context) {
    await requireHostOfEvening(call.options.text("evening"), call, context);
    const evening = await context.evenings.cancel(call.guild, call.options.text("evening"));
    return { text: call.say("evening.cancelled", { title: programmeTitle(evening) }) };
  },
};

const programmeOption = (option: SlashCommandStringOption) =>
  option
    .setName("programme")
    .setDescription(descriptionOf("evening start programme"))
    .setRequired(true)
    .setMaxLength(100)
    .setAutocomplete(true);

const eveningOption = (option: SlashCommandStringOption) =>
  option
    .setName("evening")
    .setDescription(descriptionOf("evening skip-next evening"))
    .setRequired(true)
    .setMaxLength(100)
    .setAutocomplete(true);

/** `/evening`: starts, schedules and designs programmes. */
export const evening: GroupCommand = {
  definition: new SlashCommandBuilder()
    .setName("evening")
    .setDescription(descriptionOf("evening"))
    .addSubcommand((part) =>
      part.setName("start").setDescription(descriptionOf("evening start")).addStringOption(programmeOption),
    )
    .addSubcommand((part) =>
      part
        .setName("schedule")
        .setDescription(descriptionOf("evening schedule"))
        .addStringOption(programmeOption)
        .addStringOption((option) =>
          option.setName("at").setDescription(descriptionOf("evening schedule at")).setRequired(true).setMaxLength(20),
        )
        .addChannelOption((option) =>
          option
            .setName("channel")
            .setDescription(descriptionOf("evening schedule channel"))
            .addChannelTypes(ChannelType.GuildVoice, ChannelType.GuildStageVoice),
        )
        .addStringOption((option) =>
          option
            .setName("days")
            .setDescription(descriptionOf("evening schedule days"))
            .setMaxLength(100)
            .setAutocomplete(true),
        )
        .addStringOption((option) =>
          option
            .setName("zone")
            .setDescription(descriptionOf("evening schedule zone"))
            .setMaxLength(60)
            .setAutocomplete(true),
        )
        .addStringOption((option) =>
          option.setName("wake").setDescription(descriptionOf("evening schedule wake")).setMaxLength(20),
        ),
    )
    .addSubcommand((part) => part.setName("design").setDescription(descriptionOf("evening design")))
    .addSubcommand((part) => part.setName("list").setDescription(descriptionOf("evening list")))
    .addSubcommand((part) =>
      part.setName("skip-next").setDescription(descriptionOf("evening skip-next")).addStringOption(eveningOption),
    )
    .addSubcommand((part) =>
      part.setName("cancel").setDescription(descriptionOf("evening cancel")).addStringOption(eveningOption),
    ),
  subcommands: { start, schedule, design, list, "skip-next": skipNext, cancel },
};

/** Turns the pages of `/evening list`. */
export const eveningPageButtons: ComponentHandler = {
  action: "evenings",
  scope: "private",
  run: (press, context) => pageAt(press, context, Number(press.parts[0]), true),
};
