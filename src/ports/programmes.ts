import type { Programme } from "../catalogue/programmes.ts";
import type { Message } from "../i18n/message.ts";
import type { ChannelId, GuildId, ScheduleId, UserId } from "../kernel/ids.ts";
import type { MemberText } from "../kernel/memberText.ts";
import type { Millis } from "../kernel/units.ts";

/** Monday is 1, Sunday 7. */
export const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const;
/** A day of the week by its ISO number. */
export type Weekday = (typeof WEEKDAYS)[number];

/** When an evening recurs, in local time. */
export interface Recurrence {
  /** One or more, in order. */
  readonly days: readonly Weekday[];
  /** `23:30` */
  readonly time: string;
  /** IANA name. */
  readonly zone: string;
}

/** A scheduled programme. */
export interface Schedule extends Recurrence {
  readonly id: ScheduleId;
  readonly guild: GuildId;
  /** Of a built-in programme, or of one of the guild's own. */
  readonly programme: string;
  /** The voice or stage channel. */
  readonly channel: ChannelId;
  /** The text channel of its panel. */
  readonly panel: ChannelId;
  readonly by: UserId;
  readonly createdAt: Millis;
  /** Its Discord event. */
  readonly event?: string;
  /** Local time of the wake-up on the morning after: `07:30`. */
  readonly wake?: string;
}

/**
 * The state of an occurrence. `claimed`: about to start; `started`: its session has started;
 * `skipped`: by a member; `missed`: Lull was not running; `refused`: not possible, for the reason
 * noted.
 */
export const OCCURRENCE_STATUSES = ["claimed", "started", "skipped", "missed", "refused"] as const;
/** What became of an occurrence. */
export type OccurrenceStatus = (typeof OCCURRENCE_STATUSES)[number];

/**
 * One occurrence of a schedule, identified by its local date: `2026-03-29`. A date comes once,
 * whatever the clocks do.
 */
export interface Occurrence {
  readonly schedule: ScheduleId;
  readonly date: string;
  readonly status: OccurrenceStatus;
  /** When it got this state. */
  readonly at: Millis;
  /** A sentence that can be shown to members. */
  readonly note?: Message;
}

/** Schedules and their occurrences. */
export interface Schedules {
  /** @throws UserError when the guild has 50 */
  add(schedule: Schedule): Promise<void>;
  of(guild: GuildId): Promise<readonly Schedule[]>;
  /** The schedules of every guild. */
  all(): Promise<readonly Schedule[]>;
  find(schedule: ScheduleId): Promise<Schedule | undefined>;
  remove(guild: GuildId, schedule: ScheduleId): Promise<void>;
  setEvent(schedule: ScheduleId, event: string | undefined): Promise<void>;
  /**
   * Claims an occurrence; one that is only claimed already, by an earlier turn, is taken over by a later one.
   * @param turn of the job that is about to start it (`DueJobRun`)
   * @returns false if it already has a state
   */
  claim(occurrence: Occurrence, turn?: number): Promise<boolean>;
  /**
   * Changes the state of a claimed occurrence.
   * @param turn which claimed it
   * @returns false where a later turn has taken it over
   */
  settle(occurrence: Occurrence, turn?: number): Promise<boolean>;
  /** Every schedule's latest date whose state is not `claimed`. */
  lastSettled(): Promise<ReadonlyMap<ScheduleId, string>>;
  /** The latest dates first, at most this many. */
  occurrences(schedule: ScheduleId, limit: number): Promise<readonly Occurrence[]>;
}

/** A guild's own programmes; every query names the guild. */
export interface ProgrammeStore {
  of(guild: GuildId): Promise<readonly Programme[]>;
  /** Saves a programme, replacing one of the same name. @throws UserError when the guild has 50 */
  save(guild: GuildId, programme: Omit<Programme, "id">, by: UserId): Promise<Programme>;
  /** @throws UserError when there is no programme of that name */
  remove(guild: GuildId, name: MemberText): Promise<Programme>;
}

/** A schedule as members see it. */
export interface PlannedEvening extends Schedule {
  /** The programme's title; undefined if it no longer exists. */
  readonly title: MemberText | undefined;
  /** The next occurrence. */
  readonly next: Millis;
  /** The occurrence before that, which a member has skipped. */
  readonly skippedAt?: Millis;
  /** The last occurrence, if there is something to say about it. */
  readonly last?: Occurrence;
  /** Why it has no Discord event, as one sentence. */
  readonly eventProblem?: Message;
}

/** Scheduled evenings. */
export interface Evenings {
  /**
   * Takes days, time and zone as a member typed them.
   * @throws UserError that names what was not understood, with an example
   */
  plan(
    guild: GuildId,
    request: {
      readonly programme: Programme;
      readonly at: string;
      readonly days: string;
      readonly zone: string;
      /** The time of the wake-up on the morning after. */
      readonly wake?: string | undefined;
      readonly channel: ChannelId;
      readonly panel: ChannelId;
      readonly by: UserId;
    },
  ): Promise<PlannedEvening>;
  /** The soonest first. */
  list(guild: GuildId): Promise<readonly PlannedEvening[]>;
  /** @throws UserError when there is no such schedule */
  skipNext(guild: GuildId, schedule: string): Promise<PlannedEvening>;
  /** Updates the events after the guild's language has changed. */
  refreshEvents(guild: GuildId): void;
  /** @throws UserError when there is no such schedule */
  cancel(guild: GuildId, schedule: string): Promise<PlannedEvening>;
}

/** Discord's scheduled events. None of these throws: a session starts with or without its event. */
export interface ScheduledEvents {
  /**
   * Updates the event of a schedule to its next occurrence, or creates it.
   * @returns its id, or why there is none, as one sentence
   */
  publish(
    evening: Schedule & { readonly title: Message; readonly about: Message; readonly next: Millis },
  ): Promise<{ readonly event: string } | { readonly trouble: Message }>;
  /** Starts the event. */
  start(guild: GuildId, event: string): Promise<void>;
  /** Ends the event; if it recurs, Discord moves on to the next. */
  end(guild: GuildId, event: string): Promise<void>;
  remove(guild: GuildId, event: string): Promise<void>;
}
