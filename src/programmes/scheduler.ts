import { createDueTimers } from "../kernel/dueTimers.ts";
import { type GuildId, id, type ScheduleId } from "../kernel/ids.ts";
import type { Log } from "../kernel/log.ts";
import { createTimeSlices } from "../kernel/timeSlices.ts";
import { type Millis, seconds } from "../kernel/units.ts";
import type { DueJobResult, OpenDueJobs } from "../ports/dueJobs.ts";
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
}

/** What the scheduler needs of the rest of the bot. */
export interface SchedulerOptions extends OccurrenceStarterOptions {
  readonly schedules: Pick<Schedules, "all" | "of" | "find" | "lastSettled" | "claim" | "settle" | "occurrences">;
  readonly log: Log;
  /** Whether this process looks after the guild; absent: after every one. */
  readonly carries?: (guild: GuildId) => boolean;
  /** What says when an occurrence is due; absent: this process's own timer. */
  readonly openDueJobs?: OpenDueJobs | undefined;
}

/** Starts each occurrence of each schedule exactly once, whatever restarts and clocks do. */
export interface Scheduler {
  /** Starts waiting; later, reads all schedules again. @throws Error when the schedules can't be read */
  open(): Promise<void>;
  /** Reads a guild's schedules again, which another process may have changed. @throws Error when they can't be read */
  reload(guild: GuildId): Promise<void>;
  put(schedule: Schedule): void;
  remove(schedule: ScheduleId): void;
  get(schedule: ScheduleId): Schedule | undefined;
  of(guild: GuildId): readonly Schedule[];
  all(): readonly Schedule[];
  close(): void;
}

/** Sets a job for the next occurrence of each schedule, and starts those that are due. */
export const createScheduler = (options: SchedulerOptions): Scheduler => {
  const { schedules, clock, log, carries = () => true, openDueJobs = createDueTimers(clock) } = options;
  const starter = createOccurrenceStarter(options);
  const entries = new Map<ScheduleId, Entry>();
  const guilds = new Map<GuildId, Set<ScheduleId>>();

  const windowOf = (entry: Entry, now: Millis): CalendarWindow => {
    const { window, schedule } = entry;
    if (window !== undefined && window.from <= now && now < (window.next?.at ?? 0)) return window;
    entry.window = { from: now, last: lastOccurrence(schedule, now), next: nextOccurrence(schedule, now) };
    return entry.window;
  };

  /** The occurrence that is due, if there is one, and when the next is. */
  const dueIn = (entry: Entry): { readonly due?: OccurrenceTime; readonly next: Millis | undefined } => {
    const { last, next } = windowOf(entry, clock.now());
    const isDue = last !== undefined && last.at >= entry.schedule.createdAt && entry.settled !== last.date;
    return { ...(isDue && { due: last }), next: next?.at };
  };

  /** One schedule that cannot be understood keeps no other from starting. */
  const dueSafely = (entry: Entry): ReturnType<typeof dueIn> => {
    try {
      return dueIn(entry);
    } catch (error) {
      log.error("The next time of an evening could not be found", { schedule: entry.schedule.id, error });
      return { next: undefined };
    }
  };

  /** Another process may have cancelled it meanwhile. */
  const forgetIfGone = async ({ schedule }: Entry): Promise<void> => {
    const found = await schedules.find(schedule.id).catch(() => schedule);
    if (found === undefined) remove(schedule.id);
  };

  /** @returns whether the outcome of the occurrence is settled */
  const attend = async (entry: Entry, moment: OccurrenceTime, turn: number | undefined): Promise<boolean> => {
    const { guild } = entry.schedule;
    try {
      if (!(await starter.attend(entry.schedule, moment, turn))) return false;
      entry.settled = moment.date;
      return true;
    } catch (error) {
      log.error("An evening could not start; trying again", { schedule: entry.schedule.id, guild, error });
      await forgetIfGone(entry);
      return false;
    }
  };

  const run = async (name: string, turn: number | undefined): Promise<DueJobResult> => {
    let entry: Entry | undefined;
    try {
      entry = await entryOf(id<ScheduleId>(name));
    } catch (error) {
      log.warn("An evening could not be read; trying again", { schedule: name, error });
      return { isDone: false, at: clock.now() + RETRY_INTERVAL };
    }
    while (entry !== undefined && entries.get(entry.schedule.id) === entry) {
      const { due, next } = dueSafely(entry);
      if (due === undefined) return { isDone: true, at: next };
      if (await attend(entry, due, turn)) continue;
      const retryAt = clock.now() + RETRY_INTERVAL;
      return { isDone: false, at: Math.min(retryAt, next ?? retryAt) };
    }
    return { isDone: true, at: undefined };
  };
  const dueJobs = openDueJobs("evening", run);

  const wait = (entry: Entry) => {
    const { due, next } = dueSafely(entry);
    const at = due === undefined ? next : clock.now();
    if (at !== undefined) dueJobs.set(entry.schedule.id, entry.schedule.guild, at);
  };

  const add = (schedule: Schedule, settled?: string): Entry => {
    const entry: Entry = { schedule, settled };
    entries.set(schedule.id, entry);
    guilds.set(schedule.guild, (guilds.get(schedule.guild) ?? new Set()).add(schedule.id));
    return entry;
  };

  /** A schedule, which another process may have added. */
  const entryOf = async (name: ScheduleId): Promise<Entry | undefined> => {
    const known = entries.get(name);
    if (known !== undefined) return known;
    const found = await schedules.find(name);
    return found && (entries.get(name) ?? add(found));
  };

  const remove = (schedule: ScheduleId): void => {
    const guild = entries.get(schedule)?.schedule.guild;
    entries.delete(schedule);
    starter.forget(schedule);
    if (guild === undefined) return;
    dueJobs.delete(schedule, guild);
    guilds.get(guild)?.delete(schedule);
    if (guilds.get(guild)?.size === 0) guilds.delete(guild);
  };

  const put = (schedule: Schedule): void => {
    const known = entries.get(schedule.id);
    if (known !== undefined) Object.assign(known, { schedule, window: undefined });
    wait(known ?? add(schedule));
  };

  const isKnown = (schedule: Schedule): boolean =>
    JSON.stringify(entries.get(schedule.id)?.schedule) === JSON.stringify(schedule);

  const keepOnly = (found: readonly Schedule[], those: Iterable<ScheduleId>): void => {
    const there = new Set(found.map(({ id: name }) => name));
    for (const name of [...those]) if (!there.has(name)) remove(name);
  };

  return {
    async open() {
      const settled = await schedules.lastSettled();
      const pause = createTimeSlices(clock);
      const found = (await schedules.all()).filter(({ guild }) => carries(guild));
      keepOnly(found, entries.keys());
      for (const schedule of found) {
        const known = entries.get(schedule.id);
        if (known === undefined) wait(add(schedule, settled.get(schedule.id)));
        else if (!isKnown(schedule)) put(schedule);
        await pause();
      }
    },
    async reload(guild) {
      const found = carries(guild) ? await schedules.of(guild) : [];
      keepOnly(found, guilds.get(guild) ?? []);
      for (const schedule of found) if (!isKnown(schedule)) put(schedule);
    },
    put,
    remove,
    get: (schedule) => entries.get(schedule)?.schedule,
    of: (guild) =>
      [...(guilds.get(guild) ?? [])].map((one) => entries.get(one)?.schedule).filter((one) => one !== undefined),
    all: () => [...entries.values()].map(({ schedule }) => schedule),
    close() {
      starter.close();
      dueJobs.close();
    },
  };
};
