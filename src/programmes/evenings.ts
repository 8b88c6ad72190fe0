import { randomUUID } from "node:crypto";
import { aboutOf, type Programme } from "../catalogue/programmes.ts";
import { VISUALS } from "../catalogue/visuals.ts";
import { type Message, message, named, plain, plainly, together } from "../i18n/message.ts";
import type { Clock } from "../kernel/clock.ts";
import { UserError } from "../kernel/errors.ts";
import { type ChannelId, type GuildId, id, type ScheduleId } from "../kernel/ids.ts";
import type { Log } from "../kernel/log.ts";
import type { Announce, AnnouncementImage } from "../ports/guild.ts";
import type { Visuals } from "../ports/pictures.ts";
import type {
  Evenings,
  Occurrence,
  PlannedEvening,
  Schedule,
  ScheduledEvents,
  Schedules,
} from "../ports/programmes.ts";
import type { SessionView } from "../session/view.ts";
import type { GuildProgrammes } from "./guildProgrammes.ts";
import { nextOccurrence } from "./occurrences.ts";
import { parseRecurrence } from "./parseRecurrence.ts";
import { createScheduler, occurrenceKey } from "./scheduler.ts";

const unknownEvening = () => new UserError("no-such-evening", message("evening.notFound"));
const programmeGone = () => new UserError("programme-gone", message("evening.programmeGone"));
const neverOccurs = () => new UserError("never-comes", message("evening.daysNeverOccur"));

const didNotBegin = (title: string | undefined): Message =>
  title === undefined
    ? message("evening.untitledDidNotStart")
    : message("evening.didNotStart", { title: named(title) });

/** What scheduled evenings need of the rest of the bot. */
export interface EveningsOptions {
  readonly schedules: Schedules;
  readonly guildProgrammes: GuildProgrammes;
  readonly scheduledEvents: ScheduledEvents;
  readonly clock: Clock;
  readonly log: Log;
  /** The guild's session. */
  view(guild: GuildId): SessionView | undefined;
  /** Whether the guild can be served now. */
  isAvailable(guild: GuildId): boolean;
  /** @throws UserError when the bot cannot be heard in the channel */
  checkAccess(guild: GuildId, channel: ChannelId): void;
  readonly announce: Announce;
  readonly visuals: Pick<Visuals, "render">;
}

/** Scheduled evenings, with what only the bot itself may do. */
export interface EveningsService extends Evenings {
  /** Starts waiting, once earlier sessions have been restored. */
  open(): Promise<void>;
  /** To be called when a session has changed or ended. Cheap. */
  observe(view: SessionView): void;
  /** Stops waiting for the evenings of a guild whose rows have been deleted. */
  forgetGuild(guild: GuildId): void;
  close(): void;
}

/** Scheduled evenings, each with its Discord event. */
export const createEvenings = (options: EveningsOptions): EveningsService => {
  const { schedules, guildProgrammes, scheduledEvents, clock, log, view, isAvailable, checkAccess, announce, visuals } =
    options;
  const troubles = new Map<ScheduleId, Message>();
  /** The running occurrence of each guild. */
  const running = new Map<GuildId, string>();
  /** Requests to Discord, one after another per schedule. */
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
      guildProgrammes.find(schedule.guild, schedule.programme),
      schedules.occurrences(schedule.id, 30),
    ]);
    const now = clock.now();
    const skipped = new Set(past.filter(({ status }) => status === "skipped").map(({ date }) => date));
    const soonest = nextOccurrence(schedule, now);
    const next = nextOccurrence(schedule, now, skipped);
    if (soonest === undefined || next === undefined) throw neverOccurs();
    const last = past.find(({ status, at }) => status !== "skipped" && at <= now);
    const trouble = troubles.get(schedule.id);
    return {
      ...schedule,
      title: programme?.title,
      next: next.at,
      ...(soonest.date !== next.date && { skippedAt: soonest.at }),
      ...((last?.status === "missed" || last?.status === "refused") && { last }),
      ...(trouble !== undefined && { eventProblem: trouble }),
    };
  };

  /**
   * Updates the event to the next occurrence. While the evening is running, its event is left
   * alone.
   */
  const refresh = (id: ScheduleId): Promise<void> =>
    inTurn(id, async () => {
      const schedule = known(id);
      if (schedule === undefined || isOn(schedule) || !isAvailable(schedule.guild)) return;
      const programme = await guildProgrammes.find(schedule.guild, schedule.programme);
      const { next } = await planned(schedule);
      const shown = await scheduledEvents.publish({
        ...schedule,
        title: programme ? plainly(programme.title) : message("evening.untitledEvent"),
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

  /** The visual; the message goes without it if it can't be drawn. */
  const pictureOf = async ({ visual }: Programme): Promise<AnnouncementImage | undefined> => {
    const found = VISUALS.find(({ id }) => id === visual);
    if (found === undefined) return undefined;
    try {
      return { name: `${found.id}.gif`, data: await visuals.render(found.id, "gif"), description: plainly(found.alt) };
    } catch (error) {
      log.warn("A picture could not be drawn", { visual: found.id, error });
      return undefined;
    }
  };

  const startSession = async (schedule: Schedule, occurrence: string): Promise<void> => {
    const { guild, channel, panel } = schedule;
    // The member who scheduled it may have deleted their data since.
    const { by } = (await schedules.of(guild)).find(({ id }) => id === schedule.id) ?? schedule;
    const programme = await guildProgrammes.find(guild, schedule.programme);
    if (programme === undefined) throw programmeGone();
    if (programme.phases.length === 0)
      return announce(
        guild,
        panel,
        programme.line === undefined ? aboutOf(programme) : plainly(programme.line),
        await pictureOf(programme),
      );
    checkAccess(guild, channel);
    await guildProgrammes.start(guild, programme, { by, channel, panel, occurrence });
  };

  /** The session of an occurrence has ended, or has moved on to something else. */
  const finish = (guild: GuildId): void => {
    const [id] = (running.get(guild) ?? "").split("/");
    running.delete(guild);
    const schedule = scheduler.all().find((one) => one.id === id);
    if (schedule === undefined) return;
    const { event } = schedule;
    if (event !== undefined) void inTurn(schedule.id, () => scheduledEvents.end(guild, event));
    void refresh(schedule.id);
  };

  const opened = (schedule: Schedule, { date }: Occurrence): void => {
    const { guild, event } = schedule;
    const key = occurrenceKey(schedule, { date });
    if (running.get(guild) === key) return;
    if (running.has(guild)) finish(guild);
    // A programme with nothing to hear has no session that could end.
    if (runningIn(guild) !== key) {
      void refresh(schedule.id);
      return;
    }
    running.set(guild, key);
    if (event !== undefined) void inTurn(schedule.id, () => scheduledEvents.start(guild, event));
  };

  const onOutcome = (schedule: Schedule, occurrence: Occurrence): void => {
    if (occurrence.status === "started") {
      opened(schedule, occurrence);
      return;
    }
    void refresh(schedule.id);
    if (occurrence.note === undefined || !isAvailable(schedule.guild)) return;
    void guildProgrammes
      .find(schedule.guild, schedule.programme)
      .then((programme) =>
        announce(
          schedule.guild,
          schedule.panel,
          together([didNotBegin(programme?.title), ...(occurrence.note ? [occurrence.note] : [])], " "),
        ),
      )
      .catch((error: unknown) => log.warn("What became of an evening could not be said", { error }));
  };

  const scheduler = createScheduler({
    schedules,
    clock,
    log,
    isAvailable,
    runningOccurrence: runningIn,
    startSession,
    onOutcome,
  });

  /** @throws UserError when the guild has no such evening */
  const scheduleOf = (guild: GuildId, schedule: string): Schedule => {
    const found = scheduler.all().find((one) => one.guild === guild && one.id === schedule);
    if (found === undefined) throw unknownEvening();
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
      const next = nextOccurrence(schedule, clock.now());
      if (next === undefined) throw neverOccurs();
      await schedules.claim({ schedule: schedule.id, date: next.date, status: "skipped", at: clock.now() });
      await refresh(schedule.id);
      return planned(schedule);
    },

    refreshEvents(guild) {
      for (const schedule of scheduler.all()) if (schedule.guild === guild) void refresh(schedule.id);
    },

    async cancel(guild, name) {
      const schedule = scheduleOf(guild, name);
      const last = await planned(schedule);
      await schedules.remove(guild, schedule.id);
      scheduler.remove(schedule.id);
      troubles.delete(schedule.id);
      const { event } = schedule;
      if (event !== undefined) await inTurn(schedule.id, () => scheduledEvents.remove(guild, event));
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

    observe({ guild, status, programme }) {
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
