import { randomUUID } from "node:crypto";
import type { Visuals } from "../host/libraryPorts.ts";
import type { Repertoire } from "../host/repertoire.ts";
import type {
  Evenings,
  EventBoard,
  Occurrence,
  Picture,
  PlannedEvening,
  Schedule,
  Schedules,
  WriteLine,
} from "../host/schedulePorts.ts";
import type { Clock } from "../kernel/clock.ts";
import { UserError } from "../kernel/errors.ts";
import { type ChannelId, type GuildId, id, type ScheduleId } from "../kernel/ids.ts";
import type { Log } from "../kernel/log.ts";
import { named, plain, plainly, type Text, text, together } from "../kernel/text.ts";
import { aboutOf, type Programme } from "../library/programmes.ts";
import { VISUALS } from "../library/visuals.ts";
import type { SessionView } from "../session/view.ts";
import { nextMoment } from "./occurrences.ts";
import { createScheduler, occurrenceKey } from "./scheduler.ts";
import { parseRecurrence } from "./written.ts";

const unknown = () =>
  new UserError("no-such-evening", text`There is no such evening planned here. /evening list shows those there are.`);
const programmeGone = () =>
  new UserError(
    "programme-gone",
    text`Its programme is no longer there. Plan it anew with /evening schedule, or take it off with /evening cancel.`,
  );
const neverComes = () =>
  new UserError("never-comes", text`Those days never come at that place. Choose other ones, such as daily.`);

const didNotBegin = (title: string | undefined): Text =>
  title === undefined ? text`An evening did not begin.` : text`${named(title)} did not begin.`;

export interface EveningsOptions {
  readonly schedules: Schedules;
  readonly repertoire: Repertoire;
  readonly events: EventBoard;
  readonly clock: Clock;
  readonly log: Log;
  /** The guild's session. */
  view(guild: GuildId): SessionView | undefined;
  /** Whether the guild can be served now. */
  isHere(guild: GuildId): boolean;
  /** @throws UserError when the bot cannot be heard in the channel */
  enter(guild: GuildId, channel: ChannelId): void;
  readonly writeLine: WriteLine;
  readonly visuals: Pick<Visuals, "render">;
}

export interface EveningsHouse extends Evenings {
  /** Begins to wait, once the sessions of before are back. */
  open(): Promise<void>;
  /** Something has changed in a session, or it is over. Cheap. */
  watch(view: SessionView): void;
  /** Waits no more for the evenings of a guild, whose rows are gone. */
  forgetGuild(guild: GuildId): void;
  close(): void;
}

/** Evenings that begin by themselves, each with its event. */
export const createEvenings = (options: EveningsOptions): EveningsHouse => {
  const { schedules, repertoire, events, clock, log, view, isHere, enter, writeLine, visuals } = options;
  const troubles = new Map<ScheduleId, Text>();
  /** By guild, the occurrence whose session is on. */
  const running = new Map<GuildId, string>();
  /** Each schedule's dealings with Discord one after the other. */
  const turns = new Map<ScheduleId, Promise<void>>();

  const runningIn = (guild: GuildId): string | undefined => view(guild)?.programme?.occurrence;
  const known = (schedule: ScheduleId) => scheduler.all().find((one) => one.id === schedule);
  const isOn = ({ id, guild }: Schedule) => running.get(guild)?.startsWith(`${id}/`) === true;

  const inTurn = (schedule: ScheduleId, act: () => Promise<void>): Promise<void> => {
    const turn = (turns.get(schedule) ?? Promise.resolve()).then(act).catch((error: unknown) => {
      log.warn("An event could not be seen to", { schedule, error });
    });
    turns.set(schedule, turn);
    void turn.then(() => turns.get(schedule) === turn && turns.delete(schedule));
    return turn;
  };

  const planned = async (schedule: Schedule): Promise<PlannedEvening> => {
    const [programme, past] = await Promise.all([
      repertoire.find(schedule.guild, schedule.programme),
      schedules.occurrences(schedule.id, 30),
    ]);
    const now = clock.now();
    const skipped = new Set(past.filter(({ fate }) => fate === "skipped").map(({ date }) => date));
    const soonest = nextMoment(schedule, now);
    const next = nextMoment(schedule, now, skipped);
    if (soonest === undefined || next === undefined) throw neverComes();
    const last = past.find(({ fate, at }) => fate !== "skipped" && at <= now);
    const trouble = troubles.get(schedule.id);
    return {
      ...schedule,
      title: programme?.title,
      next: next.at,
      ...(soonest.date !== next.date && { leavesOut: soonest.at }),
      ...((last?.fate === "missed" || last?.fate === "refused") && { last }),
      ...(trouble !== undefined && { eventTrouble: trouble }),
    };
  };

  /** Lets the event say when the evening is next. While it is on, its event is left as it is. */
  const refresh = (id: ScheduleId): Promise<void> =>
    inTurn(id, async () => {
      const schedule = known(id);
      if (schedule === undefined || isOn(schedule) || !isHere(schedule.guild)) return;
      const programme = await repertoire.find(schedule.guild, schedule.programme);
      const { next } = await planned(schedule);
      const shown = await events.show({
        ...schedule,
        title: programme ? plainly(programme.title) : text`An evening of sound`,
        about: programme ? aboutOf(programme) : plain(""),
        next,
      });
      if ("trouble" in shown) troubles.set(id, shown.trouble);
      else troubles.delete(id);
      const event = "event" in shown ? shown.event : undefined;
      if (event === schedule.event || known(id) === undefined) return;
      await schedules.setEvent(id, event);
      const { event: _, ...rest } = schedule;
      scheduler.put({ ...rest, ...(event !== undefined && { event }) });
    });

  /** What there is to look at; the line does without it where it cannot be drawn. */
  const pictureOf = async ({ visual }: Programme): Promise<Picture | undefined> => {
    const found = VISUALS.find(({ id }) => id === visual);
    if (found === undefined) return undefined;
    try {
      return { name: `${found.id}.gif`, data: await visuals.render(found.id, "gif"), description: plainly(found.alt) };
    } catch (error) {
      log.warn("A picture could not be drawn", { visual: found.id, error });
      return undefined;
    }
  };

  const begin = async (schedule: Schedule, occurrence: string): Promise<void> => {
    const { guild, channel, panel } = schedule;
    // Whoever planned it may have had their name taken off since.
    const { by } = (await schedules.of(guild)).find(({ id }) => id === schedule.id) ?? schedule;
    const programme = await repertoire.find(guild, schedule.programme);
    if (programme === undefined) throw programmeGone();
    if (programme.phases.length === 0)
      return writeLine(
        guild,
        panel,
        programme.line === undefined ? aboutOf(programme) : plainly(programme.line),
        await pictureOf(programme),
      );
    enter(guild, channel);
    await repertoire.start(guild, programme, { by, channel, panel, occurrence });
  };

  /** The session of an occurrence is over, or has gone on to something else. */
  const finish = (guild: GuildId): void => {
    const [id] = (running.get(guild) ?? "").split("/");
    running.delete(guild);
    const schedule = scheduler.all().find((one) => one.id === id);
    if (schedule === undefined) return;
    const { event } = schedule;
    if (event !== undefined) void inTurn(schedule.id, () => events.end(guild, event));
    void refresh(schedule.id);
  };

  const opened = (schedule: Schedule, { date }: Occurrence): void => {
    const { guild, event } = schedule;
    const key = occurrenceKey(schedule, { date });
    if (running.get(guild) === key) return;
    if (running.has(guild)) finish(guild);
    // Something to look at alone has no session that could end.
    if (runningIn(guild) !== key) {
      void refresh(schedule.id);
      return;
    }
    running.set(guild, key);
    if (event !== undefined) void inTurn(schedule.id, () => events.open(guild, event));
  };

  const onFate = (schedule: Schedule, occurrence: Occurrence): void => {
    if (occurrence.fate === "started") {
      opened(schedule, occurrence);
      return;
    }
    void refresh(schedule.id);
    if (occurrence.note === undefined || !isHere(schedule.guild)) return;
    void repertoire
      .find(schedule.guild, schedule.programme)
      .then((programme) =>
        writeLine(
          schedule.guild,
          schedule.panel,
          together([didNotBegin(programme?.title), ...(occurrence.note ? [occurrence.note] : [])], " "),
        ),
      )
      .catch((error: unknown) => log.warn("What became of an evening could not be said", { error }));
  };

  const scheduler = createScheduler({ schedules, clock, log, isHere, running: runningIn, begin, onFate });

  /** @throws UserError when the guild has none such */
  const scheduleOf = (guild: GuildId, schedule: string): Schedule => {
    const found = scheduler.all().find((one) => one.guild === guild && one.id === schedule);
    if (found === undefined) throw unknown();
    return found;
  };

  return {
    async plan(guild, { programme, channel, panel, by, ...typed }) {
      const schedule: Schedule = {
        ...parseRecurrence(typed),
        id: id<ScheduleId>(randomUUID()),
        guild,
        programme: programme.id,
        channel,
        panel,
        by,
        createdAt: clock.now(),
      };
      await schedules.add(schedule);
      scheduler.put(schedule);
      await refresh(schedule.id);
      return planned(known(schedule.id) ?? schedule);
    },

    async list(guild) {
      const own = scheduler.all().filter((one) => one.guild === guild);
      return (await Promise.all(own.map(planned))).toSorted((a, b) => a.next - b.next);
    },

    async skipNext(guild, name) {
      const schedule = scheduleOf(guild, name);
      const next = nextMoment(schedule, clock.now());
      if (next === undefined) throw neverComes();
      await schedules.claim({ schedule: schedule.id, date: next.date, fate: "skipped", at: clock.now() });
      await refresh(schedule.id);
      return planned(schedule);
    },

    retell(guild) {
      for (const schedule of scheduler.all()) if (schedule.guild === guild) void refresh(schedule.id);
    },

    async cancel(guild, name) {
      const schedule = scheduleOf(guild, name);
      const last = await planned(schedule);
      await schedules.remove(guild, schedule.id);
      scheduler.remove(schedule.id);
      troubles.delete(schedule.id);
      const { event } = schedule;
      if (event !== undefined) await inTurn(schedule.id, () => events.remove(guild, event));
      return last;
    },

    async open() {
      await scheduler.open();
      for (const schedule of scheduler.all()) {
        const key = runningIn(schedule.guild);
        if (key?.startsWith(`${schedule.id}/`)) running.set(schedule.guild, key);
      }
      for (const { id } of scheduler.all()) void refresh(id);
    },

    watch({ guild, status, programme }) {
      const key = running.get(guild);
      if (key !== undefined && (status === "over" || programme?.occurrence !== key)) finish(guild);
    },

    forgetGuild(guild) {
      for (const one of scheduler.all().filter((each) => each.guild === guild)) scheduler.remove(one.id);
      running.delete(guild);
    },

    close: () => scheduler.close(),
  };
};
