import { v7 as uuid } from "uuid";
import { type Message, message, named, together } from "../i18n/message.ts";
import type { Clock } from "../kernel/clock.ts";
import { UserError } from "../kernel/errors.ts";
import { type GuildId, id, type ScheduleId } from "../kernel/ids.ts";
import type { Log } from "../kernel/log.ts";
import type { MemberText } from "../kernel/memberText.ts";
import { createLimit } from "../kernel/serialise.ts";
import type { OpenDueJobs } from "../ports/dueJobs.ts";
import type {
  Evenings,
  Occurrence,
  PlannedEvening,
  Schedule,
  ScheduledEvents,
  Schedules,
} from "../ports/programmes.ts";
import { parseTimeOfDay } from "../session/clockTime.ts";
import type { SessionView } from "../session/view.ts";
import { createEveningEvents } from "./eveningEvents.ts";
import { createEveningSessions, type EveningSessionsOptions } from "./eveningSessions.ts";
import type { GuildProgrammes } from "./guildProgrammes.ts";
import { occurrenceKey } from "./occurrenceStarter.ts";
import { nextOccurrence } from "./occurrences.ts";
import { parseRecurrence } from "./parseRecurrence.ts";
import { neverOccurs, nextStarts, plannedEvening, RECENT_OCCURRENCES } from "./plannedEvening.ts";
import { createScheduler, type Scheduler } from "./scheduler.ts";

/** Events that a start updates at a time, so that what members ask for comes between. */
const MAX_REFRESHES = 4;

const unknownEvening = () => new UserError("no-such-evening", message("evening.notFound"));

/** Of these nothing is said in the channel: nobody was there to read it. */
const isSilent = (note: Message): boolean => "key" in note && note.key === "evening.nobodyCame";

const didNotBegin = (title: MemberText | undefined): Message =>
  title === undefined
    ? message("evening.untitledDidNotStart")
    : message("evening.didNotStart", { title: named(title) });

/** What scheduled evenings need of the rest of the bot. */
export interface EveningsOptions extends EveningSessionsOptions {
  readonly schedules: Schedules;
  readonly guildProgrammes: GuildProgrammes;
  readonly scheduledEvents: ScheduledEvents;
  readonly clock: Clock;
  readonly log: Log;
  /** Whether the guild is available; during an outage it is not. */
  isAvailable(guild: GuildId): boolean;
  /** Whether this process looks after the guild; absent: after every one. */
  readonly carries?: (guild: GuildId) => boolean;
  /** What says when an evening is due; absent: this process's own timer. */
  readonly openDueJobs?: OpenDueJobs | undefined;
  /** Sets the wake-up that follows an occurrence, if its schedule has one; absent: none has. */
  readonly planWakeUp?: (schedule: Schedule, occurrence: string) => Promise<void>;
  /** Is told when what a guild has planned may have changed. */
  readonly onPlansChanged?: ((guild: GuildId) => void) | undefined;
}

/** Scheduled evenings, with what only the bot itself may do. */
export interface EveningsService extends Evenings {
  /** Starts waiting; evenings of guilds that are not available wait longer. */
  open(): Promise<void>;
  /** Reads a guild's evenings again, which another process may have changed. */
  reload(guild: GuildId): Promise<void>;
  /** Brings the Discord events of these guilds up to date, once their earlier sessions have been restored. */
  resume(includes: (guild: GuildId) => boolean): void;
  /** To be called when a session has changed or ended. Cheap. */
  observe(view: SessionView): void;
  /** Stops waiting for the evenings of a guild whose rows have been deleted. */
  forgetGuild(guild: GuildId): void;
  close(): void;
}

/** Scheduled evenings, each with its Discord event. */
export const createEvenings = (options: EveningsOptions): EveningsService => {
  const { schedules, guildProgrammes, clock, log, isAvailable, announce, onPlansChanged = () => {} } = options;
  const sessions = createEveningSessions(options);
  const refreshes = createLimit(MAX_REFRESHES);
  const pastOf = (schedule: ScheduleId) => schedules.occurrences(schedule, RECENT_OCCURRENCES);
  const isOn = (guild: GuildId, occurrence: string): boolean =>
    options.all(guild).some(({ programme }) => programme?.occurrence === occurrence);

  const events = createEveningEvents({
    ...options,
    scheduler: () => scheduler,
    nextStart: async (schedule) => nextStarts(schedule, await pastOf(schedule.id), clock.now()).next.at,
  });

  const planned = async (
    schedule: Schedule,
    given?: Awaited<ReturnType<GuildProgrammes["finder"]>>,
  ): Promise<PlannedEvening> => {
    const find = given ?? (await guildProgrammes.finder(schedule.guild));
    return plannedEvening(schedule, {
      title: find(schedule.programme)?.title,
      past: await pastOf(schedule.id),
      eventProblem: events.problemOf(schedule.id),
      now: clock.now(),
    });
  };

  const announceFailure = async ({ guild, programme, panel }: Schedule, note: Message): Promise<void> => {
    try {
      const found = await guildProgrammes.find(guild, programme);
      await announce(guild, panel, together([didNotBegin(found?.title), note], " "));
    } catch (error) {
      log.warn("What became of an evening could not be announced", { guild, error });
    }
  };

  const onOutcome = (schedule: Schedule, { date, note }: Occurrence): void => {
    if (!events.hasBegun(schedule.id, occurrenceKey(schedule, { date }))) void events.refresh(schedule.id);
    onPlansChanged(schedule.guild);
    if (note === undefined || isSilent(note) || !isAvailable(schedule.guild)) return;
    void announceFailure(schedule, note);
  };

  /** An evening does not depend on its morning. */
  const planMorning = async (schedule: Schedule, occurrence: string): Promise<void> => {
    try {
      await options.planWakeUp?.(schedule, occurrence);
    } catch (error) {
      log.warn("The wake-up after an evening could not be set", { guild: schedule.guild, error });
    }
  };

  const scheduler: Scheduler = createScheduler({
    ...options,
    isOn,
    async startSession(schedule, occurrence) {
      await sessions.start(schedule, occurrence);
      void planMorning(schedule, occurrence);
      // A programme with nothing to hear has no session that could end.
      if (isOn(schedule.guild, occurrence)) events.began(schedule, occurrence);
    },
    untilHeard: sessions.untilHeard,
    onOutcome,
  });

  /** @throws UserError when the guild has no such evening */
  const scheduleOf = (guild: GuildId, schedule: string): Schedule => {
    const found = scheduler.get(id<ScheduleId>(schedule));
    if (found?.guild !== guild) throw unknownEvening();
    return found;
  };

  return {
    async plan(guild, { programme, channel, panel, by, wake, ...typed }) {
      const schedule: Schedule = {
        ...parseRecurrence(typed),
        ...(wake !== undefined && { wake: parseTimeOfDay(wake).toString({ smallestUnit: "minute" }) }),
        id: id<ScheduleId>(uuid()),
        guild,
        programme: programme.id,
        channel,
        panel,
        by,
        createdAt: clock.now(),
      };
      await schedules.add(schedule);
      scheduler.put(schedule);
      await events.refresh(schedule.id);
      onPlansChanged(guild);
      return planned(scheduler.get(schedule.id) ?? schedule);
    },

    async list(guild) {
      const find = await guildProgrammes.finder(guild);
      const evenings = await Promise.all(scheduler.of(guild).map((schedule) => planned(schedule, find)));
      return evenings.toSorted((a, b) => a.next - b.next);
    },

    async skipNext(guild, name) {
      const schedule = scheduleOf(guild, name);
      const next = nextOccurrence(schedule, clock.now());
      if (next === undefined) throw neverOccurs();
      await schedules.claim({ schedule: schedule.id, date: next.date, status: "skipped", at: clock.now() });
      await events.refresh(schedule.id);
      onPlansChanged(guild);
      return planned(schedule);
    },

    refreshEvents(guild) {
      for (const schedule of scheduler.of(guild)) void events.refresh(schedule.id);
    },

    async cancel(guild, name) {
      const schedule = scheduleOf(guild, name);
      const last = await planned(schedule);
      await schedules.remove(guild, schedule.id);
      scheduler.remove(schedule.id);
      await events.cancelled(schedule);
      onPlansChanged(guild);
      return last;
    },

    open: () => scheduler.open(),
    async reload(guild) {
      await scheduler.reload(guild);
      onPlansChanged(guild);
    },

    resume(includes) {
      const schedules = scheduler.all().filter(({ guild }) => includes(guild));
      for (const schedule of schedules) {
        for (const { programme } of options.all(schedule.guild))
          if (programme?.occurrence?.startsWith(`${schedule.id}/`)) events.resumed(schedule, programme.occurrence);
      }
      for (const { id } of schedules) void refreshes(() => events.refresh(id));
    },

    observe(view) {
      sessions.observe(view);
      for (const occurrence of events.runningIn(view.guild))
        if (!isOn(view.guild, occurrence)) events.ended(view.guild, occurrence);
    },

    forgetGuild(guild) {
      for (const schedule of scheduler.of(guild)) scheduler.remove(schedule.id);
      events.forgetGuild(guild);
    },

    close: () => scheduler.close(),
  };
};
