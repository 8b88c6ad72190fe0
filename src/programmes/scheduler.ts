import type { Clock } from "../kernel/clock.ts";
import { createDeadlineTimer } from "../kernel/deadlineTimer.ts";
import { UserError } from "../kernel/errors.ts";
import type { GuildId, ScheduleId } from "../kernel/ids.ts";
import type { Log } from "../kernel/log.ts";
import { asText, type Text, text } from "../kernel/text.ts";
import { type Millis, minutes, seconds } from "../kernel/units.ts";
import type { Occurrence, OccurrenceStatus, Schedule, Schedules } from "../ports/programmes.ts";
import { lastOccurrence, nextOccurrence, type OccurrenceTime } from "./occurrences.ts";

/** An evening begins up to this late; later, the room has gone on without it. */
const MAX_DELAY: Millis = minutes(15);
/** Between two tries to begin where something is in the way for now. */
const RETRY_INTERVAL: Millis = seconds(5);

/** Refusals that may be over in a moment, by their code. */
const TRANSIENT_ERRORS: ReadonlySet<string> = new Set(["channel-full"]);

const AWAY = text`Lull was away at that time, so this one was left out.`;

/** The occurrences around a moment. */
interface CalendarWindow {
  readonly from: Millis;
  readonly last: OccurrenceTime | undefined;
  readonly next: OccurrenceTime | undefined;
}

/** Names one occurrence among all. */
export const occurrenceKey = ({ id }: Pick<Schedule, "id">, { date }: Pick<OccurrenceTime, "date">): string =>
  `${id}/${date}`;

export interface SchedulerOptions {
  readonly schedules: Pick<Schedules, "all" | "claim" | "settle" | "occurrences">;
  readonly clock: Clock;
  readonly log: Log;
  /** Whether the guild can be served now; during an outage of Discord's it cannot. */
  isAvailable(guild: GuildId): boolean;
  /** The occurrence by whose name the guild's session began, as `occurrenceKey` gives it. */
  runningOccurrence(guild: GuildId): string | undefined;
  /** Lets the session begin. @throws UserError when it cannot be */
  startSession(schedule: Schedule, key: string): Promise<void>;
  /** Something has become of an occurrence. */
  onOutcome(schedule: Schedule, occurrence: Occurrence): void;
}

/** Begins each occurrence of each schedule once, whatever restarts and clocks do. */
export interface Scheduler {
  /** Begins to wait. @throws Error when the schedules cannot be read */
  open(): Promise<void>;
  put(schedule: Schedule): void;
  remove(schedule: ScheduleId): void;
  all(): readonly Schedule[];
  close(): void;
}

/**
 * What is claimed in the store is begun by whoever claimed it, so that two starts of one occurrence cannot be. A claim that a crash has
 * left is taken up again, unless its session is back already.
 */
export const createScheduler = (options: SchedulerOptions): Scheduler => {
  const { schedules, clock, log, isAvailable, runningOccurrence, startSession, onOutcome } = options;
  const known = new Map<ScheduleId, Schedule>();
  /** The date of each schedule of which something has become last. */
  const decided = new Map<ScheduleId, string>();
  const busy = new Set<ScheduleId>();
  /** What the calendar said of a schedule when it was looked at; it says the same until the next occurrence. */
  const calendar = new Map<ScheduleId, CalendarWindow>();
  /** Where something was in the way: when to try again. */
  const resting = new Map<ScheduleId, Millis>();
  /** What was in the way, where it may be gone in a moment. */
  const hindered = new Map<ScheduleId, Text>();
  /** What this process has begun, so that a database which does not answer lets nothing begin again. */
  const begun = new Map<ScheduleId, string>();
  let closed = false;

  const wakeUp = createDeadlineTimer(clock, () => look());

  const fateOf = async (schedule: Schedule, date: string): Promise<OccurrenceStatus | undefined> =>
    (await schedules.occurrences(schedule.id, 30)).find((one) => one.date === date)?.status;

  /** @returns whether this occurrence is ours to begin, or to call missed */
  const claim = async (schedule: Schedule, { date }: OccurrenceTime): Promise<boolean> =>
    (await schedules.claim({ schedule: schedule.id, date, status: "claimed", at: clock.now() })) ||
    (await fateOf(schedule, date)) === "claimed";

  const settle = async (schedule: Schedule, { date }: OccurrenceTime, status: OccurrenceStatus, note?: Text) => {
    const occurrence = { schedule: schedule.id, date, status, at: clock.now(), ...(note !== undefined && { note }) };
    await schedules.settle(occurrence);
    if (!closed) onOutcome(schedule, occurrence);
  };

  /** @returns whether something has become of it */
  const start = async (schedule: Schedule, moment: OccurrenceTime): Promise<boolean> => {
    const key = occurrenceKey(schedule, moment);
    if (runningOccurrence(schedule.guild) !== key && begun.get(schedule.id) !== key) {
      try {
        await startSession(schedule, key);
        begun.set(schedule.id, key);
      } catch (error) {
        // While it shuts down everything is refused; the claim is taken up after the restart.
        if (!(error instanceof UserError) || closed) throw error;
        if (TRANSIENT_ERRORS.has(error.code)) {
          hindered.set(schedule.id, asText(error.text));
          return false;
        }
        await settle(schedule, moment, "refused", asText(error.text));
        return true;
      }
    }
    await settle(schedule, moment, "started");
    return true;
  };

  /** @returns whether something has become of it */
  const decide = async (schedule: Schedule, moment: OccurrenceTime): Promise<boolean> => {
    const isLate = clock.now() - moment.at > MAX_DELAY;
    if (!isLate && !isAvailable(schedule.guild)) return false;
    if (!(await claim(schedule, moment))) return true;
    // A session that has been brought back is no second one, however late.
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

  /** The occurrence of a schedule that is to be attended to, if there is one. */
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
    // What is being attended to looks again when it is done.
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
