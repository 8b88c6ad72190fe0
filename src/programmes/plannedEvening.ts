import { type Message, message } from "../i18n/message.ts";
import { UserError } from "../kernel/errors.ts";
import type { MemberText } from "../kernel/memberText.ts";
import type { Millis } from "../kernel/units.ts";
import type { Occurrence, PlannedEvening, Schedule } from "../ports/programmes.ts";
import { nextOccurrence, type OccurrenceTime } from "./occurrences.ts";

/** For a schedule whose days never come. */
export const neverOccurs = (): UserError => new UserError("never-comes", message("evening.daysNeverOccur"));

/** How many past occurrences say what became of a schedule last, and what it skips. */
export const RECENT_OCCURRENCES = 30;

/**
 * When a schedule starts next, and next without what it skips.
 * @param past its latest occurrences
 * @throws UserError when it never does
 */
export const nextStarts = (
  schedule: Schedule,
  past: readonly Occurrence[],
  now: Millis,
): { readonly soonest: OccurrenceTime; readonly next: OccurrenceTime } => {
  const skipped = new Set(past.filter(({ status }) => status === "skipped").map(({ date }) => date));
  const soonest = nextOccurrence(schedule, now);
  const next = soonest !== undefined && skipped.has(soonest.date) ? nextOccurrence(schedule, now, skipped) : soonest;
  if (soonest === undefined || next === undefined) throw neverOccurs();
  return { soonest, next };
};

/**
 * A schedule as members see it.
 * @throws UserError when it never starts
 */
export const plannedEvening = (
  schedule: Schedule,
  {
    title,
    past,
    eventProblem,
    now,
  }: {
    readonly title: MemberText | undefined;
    readonly past: readonly Occurrence[];
    readonly eventProblem: Message | undefined;
    readonly now: Millis;
  },
): PlannedEvening => {
  const { soonest, next } = nextStarts(schedule, past, now);
  const last = past.find(({ status, at }) => status !== "skipped" && at <= now);
  return {
    ...schedule,
    title,
    next: next.at,
    ...(soonest.date !== next.date && { skippedAt: soonest.at }),
    ...((last?.status === "missed" || last?.status === "refused") && { last }),
    ...(eventProblem !== undefined && { eventProblem }),
  };
};
