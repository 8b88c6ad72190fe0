import { asMessage, type Message, message } from "../i18n/message.ts";
import type { Clock } from "../kernel/clock.ts";
import { UserError } from "../kernel/errors.ts";
import type { GuildId, ScheduleId } from "../kernel/ids.ts";
import { createLimit } from "../kernel/serialise.ts";
import { type Millis, minutes } from "../kernel/units.ts";
import type { Occurrence, OccurrenceStatus, Schedule, Schedules } from "../ports/programmes.ts";
import type { OccurrenceTime } from "./occurrences.ts";

/** An evening starts up to this late; after that, it is missed. */
const MAX_DELAY: Millis = minutes(15);
/** How many evenings are started at a time; many are scheduled for the same minute. */
const MAX_STARTING = 5;

/** Codes of refusals that may be temporary. */
const TRANSIENT_ERRORS: ReadonlySet<string> = new Set(["channel-full", "evening-not-connected", "database-away"]);

const AWAY = message("evening.skippedWhileOffline");

/** A key that identifies an occurrence. */
export const occurrenceKey = ({ id }: Pick<Schedule, "id">, { date }: Pick<OccurrenceTime, "date">): string =>
  `${id}/${date}`;

/** What starting an evening needs of the rest of the bot. */
export interface OccurrenceStarterOptions {
  readonly schedules: Pick<Schedules, "claim" | "settle" | "occurrences">;
  readonly clock: Clock;
  /** Whether the guild is available; during an outage it is not. */
  isAvailable(guild: GuildId): boolean;
  /** Whether a session of the guild was started by the occurrence of this `occurrenceKey`. */
  isOn(guild: GuildId, occurrence: string): boolean;
  /** Starts the session. @throws UserError when it can't start */
  startSession(schedule: Schedule, key: string): Promise<void>;
  /**
   * Resolves once the session of an occurrence has been heard, or there is nothing more to wait for.
   * @throws UserError when it ended before
   */
  untilHeard(schedule: Schedule, key: string): Promise<void>;
  /** Called when the outcome of an occurrence is known. */
  onOutcome(schedule: Schedule, occurrence: Occurrence): void;
}

/** Starts occurrences that are due. */
export interface OccurrenceStarter {
  /**
   * Claims and starts an occurrence, and settles what became of it; `started` is only stored once it has been heard.
   * @param turn of the job; undefined where one process does them all
   * @returns whether its outcome is settled; otherwise it is to be tried again
   * @throws Error when the store does not answer, or while the bot shuts down
   */
  attend(schedule: Schedule, moment: OccurrenceTime, turn?: number): Promise<boolean>;
  forget(schedule: ScheduleId): void;
  close(): void;
}

/** An occurrence that is due. */
interface Due extends OccurrenceTime {
  readonly schedule: Schedule;
  readonly turn: number | undefined;
}

/**
 * An occurrence is started by the process that claimed it in the store, so it can't start twice. A
 * claim left by a crash is resumed, unless its session has already been restored.
 */
export const createOccurrenceStarter = (options: OccurrenceStarterOptions): OccurrenceStarter => {
  const { schedules, clock, isAvailable, startSession, untilHeard, onOutcome } = options;
  /** Why an evening could not start, where that may change. */
  const hindrances = new Map<ScheduleId, Message>();
  /** What this process has started, so that nothing starts twice when the database does not answer. */
  const begun = new Map<ScheduleId, string>();
  const starting = createLimit(MAX_STARTING);
  let closed = false;

  const statusOf = async (schedule: Schedule, date: string): Promise<OccurrenceStatus | undefined> =>
    (await schedules.occurrences(schedule.id, 30)).find((one) => one.date === date)?.status;

  /** @returns whether this process is to start the occurrence, or to call it missed */
  const claim = async ({ schedule, date, turn }: Due): Promise<boolean> => {
    if (await schedules.claim({ schedule: schedule.id, date, status: "claimed", at: clock.now() }, turn)) return true;
    if ((await statusOf(schedule, date)) !== "claimed") return false;
    // Where one process does them all, the claim is one that it left behind.
    if (turn === undefined) return true;
    throw new Error("A later turn has claimed the occurrence");
  };

  const settle = async ({ schedule, date, turn }: Due, status: OccurrenceStatus, note?: Message): Promise<true> => {
    const occurrence = { schedule: schedule.id, date, status, at: clock.now(), ...(note !== undefined && { note }) };
    const isSettled = await schedules.settle(occurrence, turn);
    hindrances.delete(schedule.id);
    if (isSettled && !closed) onOutcome(schedule, occurrence);
    return true;
  };

  /** @returns whether that settles the occurrence */
  const refused = async (due: Due, error: unknown): Promise<boolean> => {
    // While it shuts down everything is refused; the claim is taken up after the restart.
    if (!(error instanceof UserError) || closed) throw error;
    const { id } = due.schedule;
    begun.delete(id);
    if (!TRANSIENT_ERRORS.has(error.code)) return settle(due, "refused", asMessage(error.text));
    hindrances.set(id, asMessage(error.text));
    return false;
  };

  const isOn = (schedule: Schedule, key: string): boolean =>
    options.isOn(schedule.guild, key) || begun.get(schedule.id) === key;

  /** @returns the outcome where it is known already; `undefined`: its session is on */
  const begin = async (due: Due): Promise<boolean | undefined> => {
    const { schedule, at } = due;
    const key = occurrenceKey(schedule, due);
    const isLate = clock.now() - at > MAX_DELAY;
    if (!isLate && !isAvailable(schedule.guild)) return false;
    if (!(await claim(due))) return true;
    // A session that has been restored does not start again, however late it is.
    if (isOn(schedule, key)) return undefined;
    const hindrance = hindrances.get(schedule.id);
    if (isLate) return settle(due, hindrance === undefined ? "missed" : "refused", hindrance ?? AWAY);
    try {
      await startSession(schedule, key);
      begun.set(schedule.id, key);
      return undefined;
    } catch (error) {
      return refused(due, error);
    }
  };

  return {
    async attend(schedule, moment, turn) {
      const due: Due = { ...moment, schedule, turn };
      const outcome = await starting(() => begin(due));
      if (outcome !== undefined) return outcome;
      try {
        await untilHeard(schedule, occurrenceKey(schedule, moment));
      } catch (error) {
        return refused(due, error);
      }
      return settle(due, "started");
    },
    forget(schedule) {
      hindrances.delete(schedule);
      begun.delete(schedule);
    },
    close() {
      closed = true;
    },
  };
};
