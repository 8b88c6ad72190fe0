import type { ChannelId, FavouriteId, GuildId, RoleId, ScheduleId, SessionId, SoundId, UserId } from "../kernel/ids.ts";
import type { Decibels, Frames, Millis } from "../kernel/units.ts";
import type { Mix } from "../library/mix.ts";
import type { Programme } from "../library/programmes.ts";
import type { PlayableSound, Risk, Sound, Trigger } from "../library/sound.ts";
import type { Visual } from "../library/visuals.ts";
import type { PlayerCommand, PlayerEvent } from "../session/protocol.ts";
import type { HouseRules } from "../session/rules.ts";
import type { Posted, Session, Wanted } from "../session/session.ts";
import type { SessionView } from "../session/view.ts";

/** The engine as one guild sees it. Sending never waits and never throws; what goes wrong comes back as an event. */
export interface Player {
  send(command: PlayerCommand): void;
  /** Lets go of the guild's stream, wherever it is. May be called twice. */
  close(): void;
}

export interface Players {
  open(guild: GuildId, onEvent: (event: PlayerEvent) => void): Player;
}

/** The main gateway as a voice connection needs it: voice states out, voice state and server updates in. */
export interface VoiceGateway {
  open(
    guild: GuildId,
    on: {
      stateUpdate(payload: unknown): void;
      serverUpdate(payload: unknown): void;
      /** The guild or its shard is gone for now. */
      closed(): void;
      /** The shard has begun a new session: Discord has forgotten who sat where. */
      renewed(): void;
    },
  ): {
    /** @returns false while the shard cannot send */
    send(payload: unknown): boolean;
    close(): void;
  };
}

/** Makes a sound of the catalogue playable, rendering it first where it is not there yet. */
export interface Sounds {
  /**
   * @param onWhole where it is given, the sound may be a short loop of its beginning, and this is called with the whole when that is there
   * @throws UserError when the sound is unknown or cannot be made playable
   */
  prepare(sound: SoundId, onWhole?: (whole: PlayableSound) => void): Promise<PlayableSound>;
}

export interface Favourite {
  readonly id: FavouriteId;
  readonly guild: GuildId;
  readonly name: string;
  readonly mix: Mix;
  /** How often it was played. */
  readonly uses: number;
  readonly addedBy: UserId;
  readonly addedAt: Millis;
}

/** Each guild's favourites, in its own order; the guild is part of every question. */
export interface Favourites {
  /** @throws UserError when the name is taken or the guild has 500 */
  add(guild: GuildId, favourite: { name: string; mix: Mix; by: UserId }): Promise<Favourite>;
  list(guild: GuildId): Promise<readonly Favourite[]>;
  /** @throws UserError when the new name is taken or there is none of the old name */
  rename(guild: GuildId, name: string, to: string): Promise<Favourite>;
  /** @throws UserError when there is none of that name */
  remove(guild: GuildId, name: string): Promise<Favourite>;
  /** Counts one more playing; nothing where it is gone. */
  used(guild: GuildId, favourite: FavouriteId): Promise<void>;
  /** Moves to a place, 1 being the first. @throws UserError when there is none of that name */
  move(guild: GuildId, name: string, position: number): Promise<Favourite>;
}

/** What a guild has chosen; absent rows have the defaults. */
export interface GuildSettings extends HouseRules {
  /** Where the room's loudness stood last. */
  readonly loudnessDb: Decibels;
  /** Whoever has it is a host of the guild's rooms. */
  readonly hostRole?: RoleId;
  /** The voice channel for what names none. */
  readonly defaultChannel?: ChannelId;
}

/** What is to change; null takes back what was chosen. */
export type SettingsChange = {
  readonly [Key in keyof GuildSettings]?: GuildSettings[Key] | null;
};

export interface Settings {
  of(guild: GuildId): Promise<GuildSettings>;
  change(guild: GuildId, change: SettingsChange): Promise<GuildSettings>;
}

/** What the bot may do about members, each of whom asked for it or agreed to it. Failing is logged, and harms nothing. */
export interface Members {
  /** Disconnects a member from the voice channel. */
  sendAway(guild: GuildId, user: UserId): Promise<void>;
  /** At the end of a timer: to the guild's channel for those who are away, or out, as each agreed. */
  takeAlong(guild: GuildId, channel: ChannelId, listeners: readonly UserId[]): Promise<void>;
}

/** Who sits in a voice channel, as the gateway tells it. */
export interface Rooms {
  /** The voice channel in which the user sits, or undefined. */
  channelOf(guild: GuildId, user: UserId): ChannelId | undefined;
  /** Its members without the bots. */
  listeners(guild: GuildId, channel: ChannelId): readonly UserId[];
}

/** The now-playing panels: one a session, silent, edited or replaced as Discord allows. */
export interface Panels {
  /**
   * Makes the panel say what the view says: posts it the first time, with `over` for the last time.
   * A panel of before a restart is found again by the view's `posted`.
   * Called one at a time a guild, and only when what is shown has changed. A rejection is logged, and harms nothing.
   * @returns where it is, when it was posted anew
   */
  show(view: SessionView): Promise<Posted | undefined>;
}

/** Sessions as they stand, so that a room that was cut off comes back after a restart. */
export interface SessionStore {
  save(sessions: readonly Session[], at: Millis): Promise<void>;
  forget(guild: GuildId): Promise<void>;
  /** What cannot be read any more is left out. */
  all(): Promise<readonly { readonly session: Session; readonly savedAt: Millis }[]>;
}

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
export type OccurrenceFate = "claimed" | "started" | "skipped" | "missed" | "refused";

/** One occurrence of a schedule is told by its date there: `2026-03-29`. A date comes once, whatever its clocks do. */
export interface Occurrence {
  readonly schedule: ScheduleId;
  readonly date: string;
  readonly fate: OccurrenceFate;
  /** When this became of it. */
  readonly at: Millis;
  /** A sentence that may be shown. */
  readonly note?: string;
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
export interface Programmes {
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
  readonly leavesOut?: Millis;
  /** What became of it last, where that is worth a word. */
  readonly last?: Occurrence;
  /** Why Discord does not show it as an event, as one sentence. */
  readonly eventTrouble?: string;
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
  /** @throws UserError when there is no such schedule */
  cancel(guild: GuildId, schedule: string): Promise<PlannedEvening>;
}

/** Something to look at that goes with a line. */
export interface Picture {
  readonly name: string;
  readonly data: Uint8Array;
  /** For those who do not see it. */
  readonly description: string;
}

/** Writes a line into a text channel that wakes nobody. Failing is logged, and harms nothing. */
export type Say = (guild: GuildId, channel: ChannelId, line: string, picture?: Picture) => Promise<void>;

/** Discord's scheduled events. None of these throws: a session begins with or without its event. */
export interface EventBoard {
  /**
   * Lets the event of a schedule say when it is next; posts it where there is none.
   * @returns its id, or why there is none, as one sentence
   */
  show(
    evening: Schedule & { readonly title: string; readonly about: string; readonly next: Millis },
  ): Promise<{ readonly event: string } | { readonly trouble: string }>;
  /** The event begins. */
  open(guild: GuildId, event: string): Promise<void>;
  /** The event is over; where it recurs, Discord goes on to the next. */
  end(guild: GuildId, event: string): Promise<void>;
  remove(guild: GuildId, event: string): Promise<void>;
}

/**
 * `warn`: only who queues it is told. `skip`: it is left out where nobody can tell for whom. `always`: it is left out in small
 * rooms too, where others may guess.
 */
export const AVOID_MODES = ["warn", "skip", "always"] as const;
export type AvoidMode = (typeof AVOID_MODES)[number];

/** What a member would rather not hear, in every guild. */
export interface AvoidList {
  readonly triggers: readonly Trigger[];
  readonly risks: readonly Risk[];
  readonly mode: AvoidMode;
}

export interface AvoidLists {
  of(user: UserId): Promise<AvoidList | undefined>;
  /** The lists of those who have one, without their names, in no order of theirs. */
  among(users: readonly UserId[]): Promise<readonly AvoidList[]>;
  set(user: UserId, list: AvoidList): Promise<void>;
  forget(user: UserId): Promise<void>;
}

/** What a member allows in one guild. */
export const CONSENTS = ["named", "disconnect"] as const;
/** `named`: by name in the morning's line. `disconnect`: out of the voice channel when the timer ends. */
export type Consent = (typeof CONSENTS)[number];

export interface Consents {
  of(guild: GuildId, user: UserId): Promise<readonly Consent[]>;
  set(guild: GuildId, user: UserId, consent: Consent, given: boolean): Promise<void>;
  /** Those among the users who have given it, in the order asked. */
  agreed(guild: GuildId, consent: Consent, users: readonly UserId[]): Promise<readonly UserId[]>;
}

/** Tingles of a room at one minute of hearing a sound. */
export interface TingleCount {
  readonly sound: SoundId;
  /** From 0, since the sound began to be heard. */
  readonly minute: number;
  readonly count: number;
}

/** Counts without names. */
export interface Tingles {
  add(guild: GuildId, sound: SoundId, minute: number): Promise<void>;
  of(guild: GuildId): Promise<readonly TingleCount[]>;
}

/** How long a room heard a sound on one evening. */
export interface HeardSound {
  readonly sound: SoundId;
  /** Its date, from noon to noon: `2026-03-29`. */
  readonly evening: string;
  readonly minutes: number;
}

/** What rooms have heard; older than 90 days it is forgotten. */
export interface Heard {
  add(guild: GuildId, heard: HeardSound): Promise<void>;
  /** The latest evenings last. */
  of(guild: GuildId): Promise<readonly HeardSound[]>;
  /** Notes that the room was told of a trigger that it hears most. @returns false when it was told since that evening */
  tellOnce(guild: GuildId, trigger: Trigger, evening: string, since: string): Promise<boolean>;
}

/** A night of which the panel is to tell in the morning. */
export interface Night {
  readonly session: SessionId;
  readonly guild: GuildId;
  /** The voice channel. */
  readonly channel: ChannelId;
  /** The panel's message. */
  readonly posted: Posted;
  readonly startedAt: Millis;
  readonly endedAt: Millis;
  /** Who rested; kept until it is told. */
  readonly guests: readonly UserId[];
  /** When it is to be told. */
  readonly dueAt: Millis;
}

export interface Nights {
  add(night: Night): Promise<void>;
  /** The soonest first. */
  all(): Promise<readonly Night[]>;
  /** @returns whether it was there, so that it is told once */
  take(night: Night): Promise<boolean>;
}

/** What is kept that names a user, by what it is; for that user's eyes alone. */
export type PersonalData = Readonly<Record<string, unknown>>;

export interface Personal {
  of(user: UserId): Promise<PersonalData>;
  /** Deletes what is the user's own, and takes their name off what belongs to a guild. At once. */
  forget(user: UserId): Promise<void>;
}

/** A sound that a room might like to hear next. */
export interface Suggestion {
  readonly sound: Sound;
  /** How many evenings ago the room heard its trigger last; absent: never. */
  readonly last?: number;
}

/** A wish as it suits the room. */
export interface Considered<W extends Wanted> {
  /** Without the layers that are left out. */
  readonly wanted: W;
  /** For the one who wishes, beside the answer. */
  readonly remark?: string;
}

/** Each member's ears, and what works for a room. Nothing of it tells who it is about. */
export interface Care {
  /** @throws UserError when all of it is left out */
  consider<W extends Wanted>(guild: GuildId, channel: ChannelId, wanted: W): Promise<Considered<W>>;
  /** Which of the sounds are left out of a voice channel tonight, each with a sentence that everybody may read; never rejects. */
  leftOut(guild: GuildId, channel: ChannelId, sounds: readonly SoundId[]): Promise<ReadonlyMap<SoundId, string>>;
  /** Which sounds suit those who are there, for programmes. */
  suiting(guild: GuildId, channel: ChannelId): Promise<(sound: Sound) => boolean>;
  /** Up to three sounds that are new to the room, or have not been heard for long. */
  suggest(guild: GuildId, channel: ChannelId | undefined, user: UserId): Promise<readonly Suggestion[]>;
  /** What the room has heard, the latest last. */
  heard(guild: GuildId): Promise<readonly SoundId[]>;
  /** A listener feels it. @returns whether something is heard that it could be about */
  tingled(guild: GuildId, user: UserId): boolean;
  /** What becomes of a session; called after each of its steps, cheap, and never throws. */
  watch(view: SessionView): void;
}

/** A sound that a guild's members have added. */
export interface GuildSound {
  readonly id: SoundId;
  readonly guild: GuildId;
  readonly title: string;
  readonly trigger: Trigger;
  readonly risks: readonly Risk[];
  readonly licence: string;
  /** What it was made from, in words. */
  readonly origin: string;
  readonly addedBy: UserId | undefined;
  readonly addedAt: Millis;
  /** Names the file that was made of it. */
  readonly hash: string;
  readonly bytes: number;
  readonly length: Frames;
  /** Whether every guild hears it. */
  readonly shared: boolean;
  /** Set: it is gone, and this says what was there. */
  readonly removedAt: Millis | undefined;
}

/** What can be changed of it, and what its file is. */
type GuildSoundChange = Partial<
  Pick<GuildSound, "title" | "trigger" | "risks" | "licence" | "shared" | "hash" | "bytes" | "length">
>;

/** The sounds that members have added, of all guilds; the guild is part of every change. */
export interface GuildSounds {
  /** Those that are gone too. */
  all(): Promise<readonly GuildSound[]>;
  /** @throws UserError when the guild has 200 already, or has one of that title */
  add(sound: Omit<GuildSound, "id" | "addedAt" | "shared" | "removedAt">): Promise<GuildSound>;
  /** @throws UserError when the guild has no such sound, or another one of that title */
  change(guild: GuildId, id: SoundId, change: GuildSoundChange): Promise<GuildSound>;
  /** Leaves a tombstone. @throws UserError when the guild has no such sound */
  remove(guild: GuildId, id: SoundId): Promise<GuildSound>;
}

/** A file that a member has attached. */
interface Attachment {
  /** Signed by Discord, and good for a day: it is fetched at once, and never kept. */
  readonly url: string;
  readonly name: string;
  readonly size: number;
}

export interface UploadWish {
  readonly guild: GuildId;
  readonly by: UserId;
  readonly attachment: Attachment;
  /** Absent: the file's name. */
  readonly title?: string | undefined;
  readonly trigger: Trigger;
  readonly risks: readonly Risk[];
  readonly licence: string;
  /** Whether its end goes over into its beginning. */
  readonly loop: boolean;
}

/** What became of an upload. */
export interface TakenIn {
  readonly sound: GuildSound;
  /** What the file was, in words: `MP3`. */
  readonly kind: string;
  /** Where a sudden sound is, from the beginning of the file. */
  readonly sudden: readonly Millis[];
  /** Whether those are rounded off. */
  readonly softened: boolean;
  /** LUFS of the file, and of what was made of it. */
  readonly loudness: Decibels;
  readonly level: Decibels;
}

/** Sounds of a guild's own making: taken in, changed, and taken away. */
export interface Uploads {
  /**
   * Fetches a file and makes a sound of it.
   * @param onProgress from 0 to 1, now and then
   * @throws UserError that says what is wrong and what to do
   */
  add(wish: UploadWish, onProgress?: (fraction: number) => void): Promise<TakenIn>;
  /** Makes it anew, from what was uploaded, within the hour. @throws UserError when that is gone */
  remake(guild: GuildId, id: SoundId, soften: boolean): Promise<TakenIn>;
  /** @throws UserError when the guild has no such sound */
  change(guild: GuildId, id: SoundId, change: Omit<GuildSoundChange, "hash" | "bytes" | "length">): Promise<GuildSound>;
  /** @throws UserError when the guild has no such sound */
  remove(guild: GuildId, id: SoundId): Promise<GuildSound>;
  /** A sound that the guild has, or had, or that is shared. */
  known(guild: GuildId, id: SoundId): GuildSound | undefined;
}

/** Pieces of sounds that one member hears alone. */
export interface Samples {
  /** @returns an Ogg Opus file of 20 seconds, stereo. @throws UserError when it cannot be made */
  of(sound: SoundId): Promise<Uint8Array>;
}

/** What sounds look like. */
export interface SoundPictures {
  /** A PNG, or undefined while there is none; never rejects. */
  of(sound: Sound): Promise<Uint8Array | undefined>;
}

/** Small files that members attach, such as favourites of another server. */
export interface Attachments {
  /**
   * @param most bytes
   * @throws UserError when it is larger, too slow, or elsewhere than on Discord
   */
  read(file: { readonly url: string; readonly size: number }, most: number): Promise<Uint8Array>;
}

/** Words that are whispered on the spot. */
export interface Whispers {
  /** Makes a sound of a text that this guild alone hears. @throws UserError when the text cannot be whispered */
  say(guild: GuildId, text: string): Promise<{ readonly id: SoundId; readonly title: string }>;
}

/** As what a visual is given: GIF plays everywhere, animated WebP is a tenth of it, and the still is a PNG. */
export type VisualKind = "gif" | "webp" | "still";

/** Slow, silent pictures, drawn once and kept. */
export interface Visuals {
  list(): readonly Visual[];
  /** Whether it is there already; drawing one takes some ten seconds. */
  isDrawn(visual: string, kind: VisualKind): boolean;
  /** @throws UserError when there is no such visual, or it cannot be drawn */
  render(visual: string, kind: VisualKind): Promise<Uint8Array>;
}

/** Pictures of numbers. */
export interface Charts {
  /** @returns a PNG, what it shows in one sentence, and its numbers in lines. @throws Error when it cannot be drawn */
  draw(chart: {
    readonly title: string;
    readonly bars: readonly { readonly label: string; readonly value: number }[];
  }): Promise<{ readonly png: Uint8Array; readonly alt: string; readonly text: string }>;
}
