import { createDeadlineHeap } from "../kernel/deadlineHeap.ts";
import { createDeadlineTimer } from "../kernel/deadlineTimer.ts";
import type { GuildId, ScheduleId } from "../kernel/ids.ts";
import type { Log } from "../kernel/log.ts";
import { createTimeSlices } from "../kernel/timeSlices.ts";
import { type Millis, seconds } from "../kernel/units.ts";
import type { Schedule, Schedules } from "../ports/programmes.ts";
import { createOccurrenceStarter, type OccurrenceStarterOptions } from "./occurrenceStarter.ts";
import { lastOccurrence, nextOccurrence, type OccurrenceTime } from "./occurrences.ts";

/** Between two attempts to start while something temporary prevents it. */
const RETRY_INTERVAL: Millis = seconds(5);

/** The occurrences around a moment. */
interface CalendarWindow {
  readonly from: Millis;
  readonly last: OccurrenceTime | undefined;
  readonly next: OccurrenceTime | undefined;
}

/** A schedule, and how far it has been looked after. */
interface Entry {
  schedule: Schedule;
  /** What the calendar said last; it says the same until the next occurrence. */
  window?: CalendarWindow | undefined;
  /** The date of the last occurrence whose outcome is settled. */
  settled?: string | undefined;
  /** When an attempt that failed is repeated. */
  retryAt?: Millis | undefined;
  isBusy: boolean;
}

/** What the scheduler needs of the rest of the bot. */
export interface SchedulerOptions extends OccurrenceStarterOptions {
  readonly schedules: Pick<Schedules, "all" | "lastSettled" | "claim" | "settle" | "occurrences">;
  readonly log: Log;
  /** Whether this process looks after the guild; absent: after every one. */
  readonly carries?: (guild: GuildId) => boolean;
}

/** Starts each occurrence of each schedule exactly once, whatever restarts and clocks do. */
export interface Scheduler {
  /** Starts waiting. @throws Error when the schedules can't be read */
  open(): Promise<void>;
  put(schedule: Schedule): void;
  remove(schedule: ScheduleId): void;
  get(schedule: ScheduleId): Schedule | undefined;
  of(guild: GuildId): readonly Schedule[];
  all(): readonly Schedule[];
  close(): void;
}

/**
 * Waits for the earliest of all occurrences, and attends to those that are due. Looks at no other schedule, and lets the
 * thread do other work every few milliseconds, however many are due at once.
 */
export const createScheduler = (options: SchedulerOptions): Scheduler => {
  const { schedules, clock, log, carries = () => true } = options;
  const starter = createOccurrenceStarter(options);
  const entries = new Map<ScheduleId, Entry>();
  const guilds = new Map<GuildId, Set<ScheduleId>>();
  /** When each schedule is to be looked at next. */
  const deadlines = createDeadlineHeap<ScheduleId>();
  let isLooking = false;
  let lastLook: Millis = 0;
  let closed = false;

  const wakeUp = createDeadlineTimer(clock, () => void look());

  const windowOf = (entry: Entry, now: Millis): CalendarWindow => {
    const { window, schedule } = entry;
    if (window !== undefined && window.from <= now && now < (window.next?.at ?? 0)) return window;
    entry.window = { from: now, last: lastOccurrence(schedule, now), next: nextOccurrence(schedule, now) };
    return entry.window;
  };

  const attend = async (entry: Entry, moment: OccurrenceTime): Promise<void> => {
    const { id, guild } = entry.schedule;
    entry.isBusy = true;
    entry.retryAt = undefined;
    try {
      if (await starter.attend(entry.schedule, moment)) entry.settled = moment.date;
      else entry.retryAt = clock.now() + RETRY_INTERVAL;
    } catch (error) {
      log.error("An evening could not start; trying again", { schedule: id, guild, error });
      entry.retryAt = clock.now() + RETRY_INTERVAL;
    }
    entry.isBusy = false;
    if (entries.get(id) !== entry) return;
    deadlines.set(id, clock.now());
    void look();
  };

  /** Attends to a schedule where an occurrence is due, and says when to look at it next. */
  const consider = (entry: Entry, now: Millis) => {
    const { schedule, retryAt } = entry;
    const { last, next } = windowOf(entry, now);
    const isDue = last !== undefined && last.at >= schedule.createdAt && entry.settled !== last.date && !entry.isBusy;
    // A clock that is set back does not prolong the wait.
    const rests = retryAt !== undefined && retryAt > now && retryAt <= now + RETRY_INTERVAL ? retryAt : undefined;
    const at = isDue && rests !== undefined ? Math.min(rests, next?.at ?? rests) : next?.at;
    if (at !== undefined) deadlines.set(schedule.id, at);
    if (isDue && rests === undefined) void attend(entry, last);
  };

  /** One schedule that cannot be understood keeps no other from starting. */
  const considerSafely = (id: ScheduleId, now: Millis) => {
    deadlines.delete(id);
    try {
      const entry = entries.get(id);
      if (entry !== undefined) consider(entry, now);
    } catch (error) {
      log.error("The next time of an evening could not be found", { schedule: id, error });
    }
  };

  const look = async (): Promise<void> => {
    if (isLooking) return;
    isLooking = true;
    const pause = createTimeSlices();
    for (;;) {
      const now = clock.now();
      if (now < lastLook) for (const id of entries.keys()) deadlines.set(id, now);
      lastLook = now;
      const first = deadlines.first();
      if (closed || first === undefined || first.at > now) break;
      considerSafely(first.key, now);
      await pause();
    }
    isLooking = false;
    wakeUp.set(closed ? undefined : deadlines.first()?.at);
  };

  const add = (schedule: Schedule): Entry => {
    const entry: Entry = { schedule, isBusy: false };
    entries.set(schedule.id, entry);
    guilds.set(schedule.guild, (guilds.get(schedule.guild) ?? new Set()).add(schedule.id));
    deadlines.set(schedule.id, clock.now());
    return entry;
  };

  return {
    async open() {
      const settled = await schedules.lastSettled();
      const pause = createTimeSlices();
      for (const schedule of await schedules.all()) {
        if (carries(schedule.guild)) add(schedule).settled = settled.get(schedule.id);
        await pause();
      }
      await look();
    },
    put(schedule) {
      const known = entries.get(schedule.id);
      if (known === undefined) add(schedule);
      else {
        known.schedule = schedule;
        known.window = undefined;
        deadlines.set(schedule.id, clock.now());
      }
      void look();
    },
    remove(schedule) {
      const guild = entries.get(schedule)?.schedule.guild;
      entries.delete(schedule);
      deadlines.delete(schedule);
      starter.forget(schedule);
      if (guild === undefined) return;
      guilds.get(guild)?.delete(schedule);
      if (guilds.get(guild)?.size === 0) guilds.delete(guild);
    },
    get: (schedule) => entries.get(schedule)?.schedule,
    of: (guild) =>
      [...(guilds.get(guild) ?? [])].map((id) => entries.get(id)?.schedule).filter((one) => one !== undefined),
    all: () => [...entries.values()].map(({ schedule }) => schedule),
    close() {
      closed = true;
      starter.close();
      wakeUp.set(undefined);
    },
  };
};
