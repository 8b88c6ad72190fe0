import { aboutOf } from "../catalogue/programmes.ts";
import { type Message, message, plain, plainly } from "../i18n/message.ts";
import { type GuildId, id, type ScheduleId } from "../kernel/ids.ts";
import type { Log } from "../kernel/log.ts";
import { createKeyedQueue } from "../kernel/serialise.ts";
import type { Millis } from "../kernel/units.ts";
import type { Schedule, ScheduledEvents, Schedules } from "../ports/programmes.ts";
import type { GuildProgrammes } from "./guildProgrammes.ts";
import type { Scheduler } from "./scheduler.ts";

/** The Discord events of scheduled evenings, and which evenings are on in each guild. */
export interface EveningEvents {
  /** Why Discord does not show a schedule as an event. */
  problemOf(schedule: ScheduleId): Message | undefined;
  /** Updates an event to its next occurrence; while the evening is on, its event is left alone. Never rejects. */
  refresh(schedule: ScheduleId): Promise<void>;
  /** The session of an occurrence is on. */
  began(schedule: Schedule, occurrence: string): void;
  /** An occurrence was on before a restart, and its session is back. */
  resumed(schedule: Schedule, occurrence: string): void;
  /** The `occurrenceKey` of everything that is on in the guild. */
  runningIn(guild: GuildId): readonly string[];
  /** Whether the session of an occurrence is on, or was: its end updates the event by itself. */
  hasBegun(schedule: ScheduleId, occurrence: string): boolean;
  /** The session of an occurrence has ended, or has moved on to something else. */
  ended(guild: GuildId, occurrence: string): void;
  /** Removes the event of a schedule that is cancelled. */
  cancelled(schedule: Schedule): Promise<void>;
  forgetGuild(guild: GuildId): void;
}

/** Keeps the events in step with the schedules; requests for one schedule follow each other. */
export const createEveningEvents = (options: {
  readonly schedules: Pick<Schedules, "setEvent">;
  readonly scheduler: () => Pick<Scheduler, "get" | "put">;
  readonly scheduledEvents: ScheduledEvents;
  readonly guildProgrammes: Pick<GuildProgrammes, "find">;
  readonly isAvailable: (guild: GuildId) => boolean;
  /** When a schedule starts next. @throws UserError when it never does */
  readonly nextStart: (schedule: Schedule) => Promise<Millis>;
  readonly log: Log;
}): EveningEvents => {
  const { schedules, scheduler, scheduledEvents, guildProgrammes, isAvailable, nextStart, log } = options;
  const problems = new Map<ScheduleId, Message>();
  const running = new Map<GuildId, readonly string[]>();
  /** The occurrence of each schedule that was on last. */
  const begun = new Map<ScheduleId, string>();
  const requests = createKeyedQueue<ScheduleId>();

  const request = async (schedule: ScheduleId, act: () => Promise<void>): Promise<void> => {
    try {
      await requests.run(schedule, act);
    } catch (error) {
      log.warn("An event could not be updated", { schedule, error });
    }
  };

  const runningIn = (guild: GuildId) => running.get(guild) ?? [];
  const isOn = ({ id, guild }: Schedule) => runningIn(guild).some((occurrence) => occurrence.startsWith(`${id}/`));

  const publish = async (id: ScheduleId): Promise<void> => {
    const schedule = scheduler().get(id);
    if (schedule === undefined || isOn(schedule) || !isAvailable(schedule.guild)) return;
    const programme = await guildProgrammes.find(schedule.guild, schedule.programme);
    const shown = await scheduledEvents.publish({
      ...schedule,
      title: programme ? plainly(programme.title) : message("evening.untitledEvent"),
      about: programme ? aboutOf(programme) : plain(""),
      next: await nextStart(schedule),
    });
    if ("trouble" in shown) problems.set(id, shown.trouble);
    else problems.delete(id);
    const event = "event" in shown ? shown.event : undefined;
    if (event === schedule.event || scheduler().get(id) === undefined) return;
    await schedules.setEvent(id, event);
    const { event: _, ...rest } = schedule;
    scheduler().put({ ...rest, ...(event !== undefined && { event }) });
  };

  const refresh = (id: ScheduleId) => request(id, () => publish(id));

  const ended = (guild: GuildId, occurrence: string): void => {
    const [name = ""] = occurrence.split("/");
    const others = runningIn(guild).filter((one) => one !== occurrence);
    if (others.length > 0) running.set(guild, others);
    else running.delete(guild);
    const schedule = scheduler().get(id<ScheduleId>(name));
    if (schedule === undefined) return;
    const { event } = schedule;
    if (event !== undefined) void request(schedule.id, () => scheduledEvents.end(guild, event));
    void refresh(schedule.id);
  };

  return {
    problemOf: (schedule) => problems.get(schedule),
    refresh,
    began(schedule, occurrence) {
      const { id, guild, event } = schedule;
      if (runningIn(guild).includes(occurrence)) return;
      running.set(guild, [...runningIn(guild), occurrence]);
      begun.set(id, occurrence);
      if (event !== undefined) void request(id, () => scheduledEvents.start(guild, event));
    },
    resumed({ id, guild }, occurrence) {
      running.set(guild, [...runningIn(guild), occurrence]);
      begun.set(id, occurrence);
    },
    hasBegun: (schedule, occurrence) => begun.get(schedule) === occurrence,
    runningIn,
    ended,
    async cancelled({ id, guild, event }) {
      problems.delete(id);
      begun.delete(id);
      if (event !== undefined) await request(id, () => scheduledEvents.remove(guild, event));
    },
    forgetGuild: (guild) => void running.delete(guild),
  };
};
