import { asMessage, type Message, message } from "../i18n/message.ts";
import type { Clock } from "../kernel/clock.ts";
import { createDeadlineTimer } from "../kernel/deadlineTimer.ts";
import { UserError } from "../kernel/errors.ts";
import type { GuildId, ScheduleId } from "../kernel/ids.ts";
import type { Log } from "../kernel/log.ts";
import { type Millis, minutes, seconds } from "../kernel/units.ts";
import type { Occurrence, OccurrenceStatus, Schedule, Schedules } from "../ports/programmes.ts";
import { lastOccurrence, nextOccurrence, type OccurrenceTime } from "./occurrences.ts";

/** An evening starts up to this late; after that, it is missed. */
const MAX_DELAY: Millis = minutes(15);
/** Between two attempts to start while something temporary prevents it. */
const RETRY_INTERVAL: Millis = seconds(5);

/** Codes of refusals that may be temporary. */
const TRANSIENT_ERRORS: ReadonlySet<string> = new Set(["channel-full"]);

const AWAY = message("evening.skippedWhileOffline");

/** The occurrences around a moment. */
interface CalendarWindow {
  readonly from: Millis;
  readonly last: OccurrenceTime | undefined;
  readonly next: OccurrenceTime | undefined;
}

/** A key that identifies an occurrence. */
export const occurrenceKey = ({ id }: Pick<Schedule, "id">, { date }: Pick<OccurrenceTime, "date">): string =>
  `${id}/${date}`;

/** What the scheduler needs of the rest of the bot. */
export interface SchedulerOptions {
  readonly schedules: Pick<Schedules, "all" | "claim" | "settle" | "occurrences">;
  readonly clock: Clock;
  readonly log: Log;
  /** Whether the guild is available; during an outage it is not. */
  isAvailable(guild: GuildId): boolean;
  /** The `occurrenceKey` of the occurrence that started the guild's session. */
  runningOccurrence(guild: GuildId): string | undefined;
  /** Starts the session. @throws UserError when it can't start */
  startSession(schedule: Schedule, key: string): Promise<void>;
  /** Called when the outcome of an occurrence is known. */
  onOutcome(schedule: Schedule, occurrence: Occurrence): void;
}

/** Starts each occurrence of each schedule exactly once, whatever restarts and clocks do. */
export interface Scheduler {
  /** Starts waiting. @throws Error when the schedules can't be read */
  open(): Promise<void>;
  put(schedule: Schedule): void;
  remove(schedule: ScheduleId): void;
  all(): readonly Schedule[];
  close(): void;
}

/**
 * An occurrence is started by the process that claimed it in the store, so it can't start twice. A
 * claim left by a crash is resumed, unless its session has already been restored.
 */
export const createScheduler = (options: SchedulerOptions): Scheduler => {
  const { schedules, clock, log, isAvailable, runningOccurrence, startSession, onOutcome } = options;
  const known = new Map<ScheduleId, Schedule>();
  /** The date of each schedule's latest occurrence with an outcome. */
  const decided = new Map<ScheduleId, string>();
  const busy = new Set<ScheduleId>();
  /** Cached occurrences of each schedule; they stay the same until the next occurrence. */
  const calendar = new Map<ScheduleId, CalendarWindow>();
  /** When to try again after a temporary refusal. */
  const resting = new Map<ScheduleId, Millis>();
  /** The temporary refusal of each schedule. */
  const hindered = new Map<ScheduleId, Message>();
  /**
   * What this process has started, so that nothing starts twice if the database does not answer.
   */
  const begun = new Map<ScheduleId, string>();
  let closed = false;

  const wakeUp = createDeadlineTimer(clock, () => look());

  const fateOf = async (schedule: Schedule, date: string): Promise<OccurrenceStatus | undefined> =>
    (await schedules.occurrences(schedule.id, 30)).find((one) => one.date === date)?.status;

  /** @returns whether this process may start the occurrence, or call it missed */
  const claim = async (schedule: Schedule, { date }: OccurrenceTime): Promise<boolean> =>
    (await schedules.claim({ schedule: schedule.id, date, status: "claimed", at: clock.now() })) ||
    (await fateOf(schedule, date)) === "claimed";

  const settle = async (schedule: Schedule, { date }: OccurrenceTime, status: OccurrenceStatus, note?: Message) => {
    const occurrence = { schedule: schedule.id, date, status, at: clock.now(), ...(note !== undefined && { note }) };
    await schedules.settle(occurrence);
    if (!closed) onOutcome(schedule, occurrence);
  };

  /** @returns whether it has an outcome */
  const start = async (schedule: Schedule, moment: OccurrenceTime): Promise<boolean> => {
    const key = occurrenceKey(schedule, moment);
    if (runningOccurrence(schedule.guild) !== key && begun.get(schedule.id) !== key) {
      try {
        await startSession(schedule, key);
        begun.set(schedule.id, key);
      } catch (error) {
        // During shutdown everything is refused; the claim is resumed after the restart.
        if (!(error instanceof UserError) || closed) throw error;
        if (TRANSIENT_ERRORS.has(error.code)) {
          hindered.set(schedule.id, asMessage(error.text));
          return false;
        }
        await settle(schedule, moment, "refused", asMessage(error.text));
        return true;
      }
    }
    await settle(schedule, moment, "started");
    return true;
  };

  /** @returns whether it has an outcome */
  const decide = async (schedule: Schedule, moment: OccurrenceTime): Promise<boolean> => {
    const isLate = clock.now() - moment.at > MAX_DELAY;
    if (!isLate && !isAvailable(schedule.guild)) return false;
    if (!(await claim(schedule, moment))) return true;
    // A restored session is not a second start, however late.
    if (!isLate || runningOccurrence(schedule.guild) === occurrenceKey(schedule, moment))
      return start(schedule, moment);
    const reason = hindered.get(schedule.id);
    await settle(schedule, moment, reason === undefined ? "missed" : "refused", reason ?? AWAY);
    return true;
  };

  const attend = async (schedule: Schedule, moment: OccurrenceTime): Promise<void> => {
    busy.add(schedule.id);
    try {
      if (await decide(schedule, moment)) {
        decided.set(schedule.id, moment.date);
        hindered.delete(schedule.id);
      } else resting.set(schedule.id, clock.now() + RETRY_INTERVAL);
    } catch (error) {
      log.error("An evening could not begin; trying again", { schedule: schedule.id, guild: schedule.guild, error });
      resting.set(schedule.id, clock.now() + RETRY_INTERVAL);
    }
    busy.delete(schedule.id);
    look();
  };

  const pageOf = (schedule: Schedule, now: Millis): CalendarWindow => {
    const known = calendar.get(schedule.id);
    if (known !== undefined && known.from <= now && now < (known.next?.at ?? 0)) return known;
    const page = { from: now, last: lastOccurrence(schedule, now), next: nextOccurrence(schedule, now) };
    calendar.set(schedule.id, page);
    return page;
  };

  /** The occurrence of a schedule that is due, if there is one. */
  const due = (schedule: Schedule, { last }: CalendarWindow): OccurrenceTime | undefined => {
    const isNew = last !== undefined && last.at >= schedule.createdAt && decided.get(schedule.id) !== last.date;
    return isNew ? last : undefined;
  };

  const look = () => {
    if (closed) return;
    const now = clock.now();
    const deadlines = [...known.values()].flatMap((schedule) => {
      const page = pageOf(schedule, now);
      const next = page.next?.at ?? [];
      const moment = busy.has(schedule.id) ? undefined : due(schedule, page);
      if (moment === undefined) return next;
      const rests = resting.get(schedule.id);
      if (rests !== undefined && rests > now && rests <= now + RETRY_INTERVAL) return rests;
      void attend(schedule, moment);
      return next;
    });
    // An occurrence that is being handled checks again when it is done.
    wakeUp.set(deadlines.length > 0 ? Math.min(...deadlines) : undefined);
  };

  return {
    async open() {
      for (const schedule of await schedules.all()) known.set(schedule.id, schedule);
      look();
    },
    put(schedule) {
      known.set(schedule.id, schedule);
      calendar.delete(schedule.id);
      look();
    },
    remove(schedule) {
      known.delete(schedule);
      calendar.delete(schedule);
      decided.delete(schedule);
      resting.delete(schedule);
      hindered.delete(schedule);
      begun.delete(schedule);
      look();
    },
    all: () => [...known.values()],
    close() {
      closed = true;
      wakeUp.set(undefined);
    },
  };
};
