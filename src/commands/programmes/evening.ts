import { ChannelType, ComponentType, SlashCommandBuilder, type SlashCommandStringOption } from "discord.js";
import { aboutOf, type Programme } from "../../catalogue/programmes.ts";
import { VISUALS } from "../../catalogue/visuals.ts";
import { plainly, type Say, type Text, text, titled, together } from "../../kernel/text.ts";
import type { PlannedEvening } from "../../ports/programmes.ts";
import type { SessionView } from "../../session/view.ts";
import type { CommandContext, CommandHandler, ComponentHandler, GroupCommand, Invoker, Reply } from "../command.ts";
import { botCanSpeak, requireVoiceChannel } from "../guards.ts";
import { requireHost } from "../hostGuard.ts";
import { channelLink, dateAndTime, relativeTime, timeOfDay } from "../markdown.ts";
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

const PAGE_SIZE = 8;

const lines = (...all: readonly (string | undefined)[]): string =>
  all.filter((line) => line !== undefined && line !== "").join("\n");

const startedReply = (programme: Programme, { channel, sleepTimer }: SessionView, say: Say): Reply => ({
  text: lines(
    say`${titled(programme.title)} begins in ${channelLink(channel)}. ${aboutOf(programme)}`,
    sleepTimer ? say`It falls silent ${relativeTime(sleepTimer.endsAt)}.` : say`It goes round until somebody stops it.`,
    programme.line && say.word(programme.line),
  ),
});

const start: CommandHandler = {
  autocomplete: { programme: autocompleteProgramme },
  async run(call, context) {
    const programme = await resolveProgramme(call.options.text("programme"), call, context);
    // What is only looked at needs no voice channel.
    if (programme.phases.length === 0) {
      const picture = VISUALS.find(({ id }) => id === programme.visual) ?? VISUALS[0]!;
      const { line, title } = programme;
      const words = together([titled(title), ...(line === undefined ? [] : [plainly(line)])]);
      return visualReply(picture, false, call, context, words);
    }
    botCanSpeak(call, context);
    const staging = { by: call.user, channel: requireVoiceChannel(call), panel: call.channel };
    return startedReply(programme, await context.guildProgrammes.start(call.guild, programme, staging), call.say);
  },
};

const programmeTitle = ({ title }: PlannedEvening): Text =>
  title === undefined ? text`**A programme that is gone**` : titled(title);

const nextTime = ({ next }: PlannedEvening): Text => text`Next: ${dateAndTime(next)}, ${relativeTime(next)}.`;

const planned = (evening: PlannedEvening, say: Say): string =>
  lines(
    say`${programmeTitle(evening)} begins ${recurrenceText(evening, say)}, in ${channelLink(evening.channel)}.`,
    say.of(nextTime(evening)),
    evening.eventProblem && say.of(evening.eventProblem),
  );

const schedule: CommandHandler = {
  autocomplete: { programme: autocompleteProgramme, days: autocompleteDays, zone: autocompleteZone },
  async run(call, context) {
    await requireHost(call, context);
    const programme = await resolveProgramme(call.options.text("programme"), call, context);
    const channel = call.options.optionalChannel("channel") ?? (await context.settings.of(call.guild)).defaultChannel;
    if (channel === undefined) throw noDefaultChannel();
    const obstacle =
      programme.phases.length === 0 ? undefined : context.channelAccess.accessProblem(call.guild, channel);
    // That a channel is full now says nothing about then.
    if (obstacle !== undefined && obstacle !== "full") throw accessRefused(obstacle, channel);
    const evening = await context.evenings.plan(call.guild, {
      programme,
      at: call.options.text("at"),
      days: call.options.optionalText("days") ?? "daily",
      zone: call.options.optionalText("zone") ?? context.timeZone,
      channel,
      panel: call.channel,
      by: call.user,
    });
    return { text: planned(evening, call.say) };
  },
};

const small = (line: string): string => `-# ${line}`;

/** What became of it the last time. */
const lastTime = ({ last }: PlannedEvening): Text | undefined =>
  last && text`Did not begin the last time, ${timeOfDay(last.at)}: ${last.note ?? ""}`;

const eveningLines = (evening: PlannedEvening, say: Say): string => {
  const notes = [
    evening.skippedAt === undefined ? undefined : text`Leaves out ${dateAndTime(evening.skippedAt)}`,
    lastTime(evening),
    evening.eventProblem,
  ];
  return lines(
    say`${programmeTitle(evening)} · ${recurrenceText(evening, say)} · ${channelLink(evening.channel)}`,
    say.of(nextTime(evening)),
    ...notes.map((note) => note && small(say.of(note))),
  );
};

const eveningPage = (evenings: readonly PlannedEvening[], wanted: number, inPlace: boolean, say: Say): Reply => {
  const turned = pageOf(evenings, wanted, PAGE_SIZE);
  const content = [
    say`### Evenings`,
    turned.items.map((one) => eveningLines(one, say)).join("\n") ||
      say`None is planned yet. /evening schedule plans one that begins by itself.`,
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
    await requireHost(call, context);
    const evening = await context.evenings.skipNext(call.guild, call.options.text("evening"));
    const [title, next] = [programmeTitle(evening), dateAndTime(evening.next)];
    return {
      text:
        evening.skippedAt === undefined
          ? call.say`${title} is next ${next}.`
          : call.say`${title} is next ${next}. It leaves out ${dateAndTime(evening.skippedAt)}.`,
    };
  },
};

const cancel: CommandHandler = {
  autocomplete: { evening: autocompleteEvening },
  async run(call, context) {
    await requireHost(call, context);
    const evening = await context.evenings.cancel(call.guild, call.options.text("evening"));
    return { text: call.say`${programmeTitle(evening)} is no longer planned. What plays now goes on.` };
  },
};

const programmeOption = (option: SlashCommandStringOption) =>
  option
    .setName("programme")
    .setDescription("Which programme")
    .setRequired(true)
    .setMaxLength(100)
    .setAutocomplete(true);

const eveningOption = (option: SlashCommandStringOption) =>
  option
    .setName("evening")
    .setDescription("Which of the evenings that are planned")
    .setRequired(true)
    .setMaxLength(100)
    .setAutocomplete(true);

export const evening: GroupCommand = {
  definition: new SlashCommandBuilder()
    .setName("evening")
    .setDescription("Programmes that lead through an evening, now or by themselves")
    .addSubcommand((part) =>
      part
        .setName("start")
        .setDescription("Let a programme begin in your voice channel")
        .addStringOption(programmeOption),
    )
    .addSubcommand((part) =>
      part
        .setName("schedule")
        .setDescription("Plan a programme that begins by itself")
        .addStringOption(programmeOption)
        .addStringOption((option) =>
          option
            .setName("at")
            .setDescription("The time of day, such as 22:30 or 10:30 pm")
            .setRequired(true)
            .setMaxLength(20),
        )
        .addChannelOption((option) =>
          option
            .setName("channel")
            .setDescription("The voice or stage channel; the usual one of /settings, unless you choose another")
            .addChannelTypes(ChannelType.GuildVoice, ChannelType.GuildStageVoice),
        )
        .addStringOption((option) =>
          option
            .setName("days")
            .setDescription("Daily, unless you say otherwise; such as weekdays, or mon wed fri")
            .setMaxLength(100)
            .setAutocomplete(true),
        )
        .addStringOption((option) =>
          option
            .setName("zone")
            .setDescription("The time zone, such as Europe/Berlin; the host's, unless you say otherwise")
            .setMaxLength(60)
            .setAutocomplete(true),
        ),
    )
    .addSubcommand((part) => part.setName("design").setDescription("Make a programme of this community's own"))
    .addSubcommand((part) => part.setName("list").setDescription("Show the evenings that begin by themselves"))
    .addSubcommand((part) =>
      part.setName("skip-next").setDescription("Leave out the next time of an evening").addStringOption(eveningOption),
    )
    .addSubcommand((part) =>
      part
        .setName("cancel")
        .setDescription("Take an evening off the plan; what plays goes on")
        .addStringOption(eveningOption),
    ),
  subcommands: { start, schedule, design, list, "skip-next": skipNext, cancel },
};

/** Turns the pages of `/evening list`. */
export const eveningPageButtons: ComponentHandler = {
  action: "evenings",
  scope: "private",
  run: (press, context) => pageAt(press, context, Number(press.parts[0]), true),
};
