import type { Programme } from "../catalogue/programmes.ts";
import type { Message } from "../i18n/message.ts";
import type { ChannelId, GuildId, ScheduleId, UserId } from "../kernel/ids.ts";
import type { Millis } from "../kernel/units.ts";

/** Monday is 1, Sunday 7. */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

/** When an evening comes again, by the clocks of a place. */
export interface Recurrence {
  /** One or more, in order. */
  readonly days: readonly Weekday[];
  /** `23:30` */
  readonly time: string;
  /** IANA name. */
  readonly zone: string;
}

/** A programme that begins by itself. */
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
  /** The event by which Discord shows it. */
  readonly event?: string;
}

/**
 * What has become of one occurrence. `claimed`: about to begin; `started`: its session has begun; `skipped`: on a member's word;
 * `missed`: Lull was away; `refused`: it could not be, for the reason noted.
 */
export type OccurrenceStatus = "claimed" | "started" | "skipped" | "missed" | "refused";

/** One occurrence of a schedule is told by its date there: `2026-03-29`. A date comes once, whatever its clocks do. */
export interface Occurrence {
  readonly schedule: ScheduleId;
  readonly date: string;
  readonly status: OccurrenceStatus;
  /** When this became of it. */
  readonly at: Millis;
  /** A sentence that may be shown. */
  readonly note?: Message;
}

/** Schedules and what became of their occurrences. */
export interface Schedules {
  /** @throws UserError when the guild has 50 */
  add(schedule: Schedule): Promise<void>;
  of(guild: GuildId): Promise<readonly Schedule[]>;
  /** Of every guild. */
  all(): Promise<readonly Schedule[]>;
  remove(guild: GuildId, schedule: ScheduleId): Promise<void>;
  setEvent(schedule: ScheduleId, event: string | undefined): Promise<void>;
  /** Makes an occurrence one's own. @returns false when something has become of it before */
  claim(occurrence: Occurrence): Promise<boolean>;
  /** Changes what has become of a claimed occurrence. */
  settle(occurrence: Occurrence): Promise<void>;
  /** The latest dates first, at most so many. */
  occurrences(schedule: ScheduleId, limit: number): Promise<readonly Occurrence[]>;
}

/** A guild's own programmes; the guild is part of every question. */
export interface ProgrammeStore {
  of(guild: GuildId): Promise<readonly Programme[]>;
  /** In place of one of the same name. @throws UserError when the guild has 50 */
  save(guild: GuildId, programme: Omit<Programme, "id">, by: UserId): Promise<Programme>;
  /** @throws UserError when there is none of that name */
  remove(guild: GuildId, name: string): Promise<Programme>;
}

/** A schedule as members see it. */
export interface PlannedEvening extends Schedule {
  /** The programme's title; undefined when it is there no more. */
  readonly title: string | undefined;
  /** The next time it begins. */
  readonly next: Millis;
  /** The time before that which it was told to leave out. */
  readonly skippedAt?: Millis;
  /** What became of it last, where that is worth a word. */
  readonly last?: Occurrence;
  /** Why Discord does not show it as an event, as one sentence. */
  readonly eventProblem?: Message;
}

/** Evenings that begin by themselves. */
export interface Evenings {
  /** Takes days, time and zone as a member typed them. @throws UserError that names what was not understood, with an example */
  plan(
    guild: GuildId,
    wish: {
      readonly programme: Programme;
      readonly at: string;
      readonly days: string;
      readonly zone: string;
      readonly channel: ChannelId;
      readonly panel: ChannelId;
      readonly by: UserId;
    },
  ): Promise<PlannedEvening>;
  /** The soonest first. */
  list(guild: GuildId): Promise<readonly PlannedEvening[]>;
  /** @throws UserError when there is no such schedule */
  skipNext(guild: GuildId, schedule: string): Promise<PlannedEvening>;
  /** Lets their events say in the guild's language what they are; it has changed. */
  refreshEvents(guild: GuildId): void;
  /** @throws UserError when there is no such schedule */
  cancel(guild: GuildId, schedule: string): Promise<PlannedEvening>;
}

/** Discord's scheduled events. None of these throws: a session begins with or without its event. */
export interface ScheduledEvents {
  /**
   * Lets the event of a schedule say when it is next; posts it where there is none.
   * @returns its id, or why there is none, as one sentence
   */
  publish(
    evening: Schedule & { readonly title: Message; readonly about: Message; readonly next: Millis },
  ): Promise<{ readonly event: string } | { readonly trouble: Message }>;
  /** The event begins. */
  start(guild: GuildId, event: string): Promise<void>;
  /** The event is over; where it recurs, Discord goes on to the next. */
  end(guild: GuildId, event: string): Promise<void>;
  remove(guild: GuildId, event: string): Promise<void>;
}
