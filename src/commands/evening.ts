import { ChannelType, ComponentType, SlashCommandBuilder, type SlashCommandStringOption } from "discord.js";
import type { PlannedEvening } from "../host/schedulePorts.ts";
import { plainly, type Say, type Text, text, titled, together } from "../kernel/text.ts";
import { aboutOf, type Programme } from "../library/programmes.ts";
import { VISUALS } from "../library/visuals.ts";
import type { SessionView } from "../session/view.ts";
import type { Asker, Control, GroupCommand, House, Part, Reply } from "./command.ts";
import {
  completeDays,
  completeEvening,
  completeProgramme,
  completeZone,
  programmeMeant,
  recurrenceText,
} from "./eveningChoices.ts";
import { design } from "./eveningDesign.ts";
import { canBeHeard, voiceOf } from "./guards.ts";
import { needHost } from "./hosts.ts";
import { channelLink, dateAndTime, relativeTime, timeOfDay } from "./markdown.ts";
import { pageButtons, pageNote, pageOf } from "./pages.ts";
import { blocked, noUsualChannel } from "./refusals.ts";
import { visualReply } from "./visual.ts";

const PAGE_SIZE = 8;

const lines = (...all: readonly (string | undefined)[]): string =>
  all.filter((line) => line !== undefined && line !== "").join("\n");

const begun = (programme: Programme, { channel, sleep }: SessionView, say: Say): Reply => ({
  text: lines(
    say`${titled(programme.title)} begins in ${channelLink(channel)}. ${aboutOf(programme)}`,
    sleep ? say`It falls silent ${relativeTime(sleep.endsAt)}.` : say`It goes round until somebody stops it.`,
    programme.line && say.word(programme.line),
  ),
});

const start: Part = {
  complete: { programme: completeProgramme },
  async run(call, house) {
    const programme = await programmeMeant(call.options.text("programme"), call, house);
    // What is only looked at needs no voice channel.
    if (programme.phases.length === 0) {
      const picture = VISUALS.find(({ id }) => id === programme.visual) ?? VISUALS[0]!;
      const { line, title } = programme;
      const words = together([titled(title), ...(line === undefined ? [] : [plainly(line)])]);
      return visualReply(picture, false, call, house, words);
    }
    canBeHeard(call, house);
    const staging = { by: call.user, channel: voiceOf(call), panel: call.channel };
    return begun(programme, await house.repertoire.start(call.guild, programme, staging), call.say);
  },
};

const programmeOf = ({ title }: PlannedEvening): Text =>
  title === undefined ? text`**A programme that is gone**` : titled(title);

const nextTime = ({ next }: PlannedEvening): Text => text`Next: ${dateAndTime(next)}, ${relativeTime(next)}.`;

const planned = (evening: PlannedEvening, say: Say): string =>
  lines(
    say`${programmeOf(evening)} begins ${recurrenceText(evening, say)}, in ${channelLink(evening.channel)}.`,
    say.of(nextTime(evening)),
    evening.eventTrouble && say.of(evening.eventTrouble),
  );

const schedule: Part = {
  complete: { programme: completeProgramme, days: completeDays, zone: completeZone },
  async run(call, house) {
    await needHost(call, house);
    const programme = await programmeMeant(call.options.text("programme"), call, house);
    const channel = call.options.channelIfGiven("channel") ?? (await house.settings.of(call.guild)).defaultChannel;
    if (channel === undefined) throw noUsualChannel();
    const obstacle = programme.phases.length === 0 ? undefined : house.doors.obstacle(call.guild, channel);
    // That a channel is full now says nothing about then.
    if (obstacle !== undefined && obstacle !== "full") throw blocked(obstacle, channel);
    const evening = await house.evenings.plan(call.guild, {
      programme,
      at: call.options.text("at"),
      days: call.options.textIfGiven("days") ?? "daily",
      zone: call.options.textIfGiven("zone") ?? house.timeZone,
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

const listing = (evening: PlannedEvening, say: Say): string => {
  const notes = [
    evening.leavesOut === undefined ? undefined : text`Leaves out ${dateAndTime(evening.leavesOut)}`,
    lastTime(evening),
    evening.eventTrouble,
  ];
  return lines(
    say`${programmeOf(evening)} · ${recurrenceText(evening, say)} · ${channelLink(evening.channel)}`,
    say.of(nextTime(evening)),
    ...notes.map((note) => note && small(say.of(note))),
  );
};

const page = (evenings: readonly PlannedEvening[], wanted: number, inPlace: boolean, say: Say): Reply => {
  const turned = pageOf(evenings, wanted, PAGE_SIZE);
  const content = [
    say`### Evenings`,
    turned.items.map((one) => listing(one, say)).join("\n") ||
      say`None is planned yet. /evening schedule plans one that begins by itself.`,
    ...pageNote(turned, say),
  ].join("\n");
  const buttons = pageButtons(turned, say, "evenings");
  return { components: [{ type: ComponentType.TextDisplay, content }, ...buttons], inPlace };
};

const pageAt = async ({ guild, say }: Asker, house: House, wanted: number, inPlace: boolean) =>
  page(await house.evenings.list(guild), wanted, inPlace, say);

const list: Part = {
  run: (call, house) => pageAt(call, house, 0, false),
};

const skipNext: Part = {
  complete: { evening: completeEvening },
  async run(call, house) {
    await needHost(call, house);
    const evening = await house.evenings.skipNext(call.guild, call.options.text("evening"));
    const [title, next] = [programmeOf(evening), dateAndTime(evening.next)];
    return {
      text:
        evening.leavesOut === undefined
          ? call.say`${title} is next ${next}.`
          : call.say`${title} is next ${next}. It leaves out ${dateAndTime(evening.leavesOut)}.`,
    };
  },
};

const cancel: Part = {
  complete: { evening: completeEvening },
  async run(call, house) {
    await needHost(call, house);
    const evening = await house.evenings.cancel(call.guild, call.options.text("evening"));
    return { text: call.say`${programmeOf(evening)} is no longer planned. What plays now goes on.` };
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
  parts: { start, schedule, design, list, "skip-next": skipNext, cancel },
};

/** Turns the pages of `/evening list`. */
export const eveningPages: Control = {
  action: "evenings",
  of: "member",
  run: (press, house) => pageAt(press, house, Number(press.parts[0]), true),
};
