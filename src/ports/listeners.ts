import type { Risk, Sound, Trigger } from "../catalogue/sound.ts";
import type { Message } from "../i18n/message.ts";
import type { ChannelId, GuildId, SessionId, SoundId, UserId } from "../kernel/ids.ts";
import { type Millis, seconds } from "../kernel/units.ts";
import type { PanelMessage, PlayRequest } from "../session/session.ts";
import type { SessionView } from "../session/view.ts";

/**
 * `warn`: only who queues it is told. `skip`: it is left out where nobody can tell for whom. `always`: it is left out in small
 * rooms too, where others may guess.
 */
export const AVOID_MODES = ["warn", "skip", "always"] as const;
/** What should happen to a sound on an avoid list. */
export type AvoidMode = (typeof AVOID_MODES)[number];

/** What a member would rather not hear, in every guild. */
export interface AvoidList {
  readonly triggers: readonly Trigger[];
  readonly risks: readonly Risk[];
  readonly mode: AvoidMode;
}

/** Members' avoid lists. */
export interface AvoidLists {
  of(user: UserId): Promise<AvoidList | undefined>;
  /** The lists of those who have one, without their names, in no order of theirs. */
  ofUsers(users: readonly UserId[]): Promise<readonly AvoidList[]>;
  set(user: UserId, list: AvoidList): Promise<void>;
  forget(user: UserId): Promise<void>;
}

/** For how long a member has been in a voice channel before they make up the number of those who form an anonymity set. */
export const MIN_PRESENCE: Millis = seconds(30);

/**
 * Members whose avoid lists take effect together, so that what they change could be on account of any of them. Whoever is in a
 * set stays in it until the night is over, and is in no other set of that night.
 */
export interface AnonymitySet {
  readonly id: string;
  readonly guild: GuildId;
  /** In ascending order. */
  readonly members: readonly UserId[];
  /** The voice channels where it takes effect: the one where it was formed, and those that its members went on to. */
  readonly channels: readonly ChannelId[];
}

/** The anonymity sets of the current night. Nights are named by their date, from noon to noon: `2026-03-29`. */
export interface AnonymitySets {
  /** Every guild's sets of a night. */
  of(night: string): Promise<readonly AnonymitySet[]>;
  /** Adds a set, or changes the channels of one that is there; its members never change. */
  save(night: string, set: AnonymitySet): Promise<void>;
  /** Deletes the sets of every other night. */
  keepOnly(night: string): Promise<void>;
}

/** What a member allows in one guild. */
export const CONSENTS = ["named", "disconnect"] as const;
/** `named`: by name in the morning's line. `disconnect`: out of the voice channel when the timer ends. */
export type Consent = (typeof CONSENTS)[number];

/** What members have consented to, per guild. */
export interface Consents {
  of(guild: GuildId, user: UserId): Promise<readonly Consent[]>;
  set(guild: GuildId, user: UserId, consent: Consent, given: boolean): Promise<void>;
  /** Those among the users who have given it, in the order asked. */
  usersConsenting(guild: GuildId, consent: Consent, users: readonly UserId[]): Promise<readonly UserId[]>;
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
  readonly date: string;
  readonly minutes: number;
}

/** What rooms have heard; older than 90 days it is forgotten. */
export interface ListeningHistory {
  add(guild: GuildId, heard: HeardSound): Promise<void>;
  /** The latest evenings last. */
  of(guild: GuildId): Promise<readonly HeardSound[]>;
  /** Notes that the room was told of a trigger that it hears most. @returns false when it was told since that evening */
  claimHint(guild: GuildId, trigger: Trigger, evening: string, since: string): Promise<boolean>;
}

/** A night of which the panel is to tell in the morning. */
export interface Night {
  readonly session: SessionId;
  readonly guild: GuildId;
  /** The voice channel. */
  readonly channel: ChannelId;
  /** The panel's message. */
  readonly posted: PanelMessage;
  readonly startedAt: Millis;
  readonly endedAt: Millis;
  /** Who rested; kept until it is told. */
  readonly guests: readonly UserId[];
  /** When it is to be told. */
  readonly dueAt: Millis;
}

/** Nights whose morning message is still to come. */
export interface Nights {
  add(night: Night): Promise<void>;
  /** The soonest first. */
  all(): Promise<readonly Night[]>;
  /** @returns whether it was there, so that it is told once */
  take(night: Night): Promise<boolean>;
}

/** What is kept that names a user, by what it is; for that user's eyes alone. */
export type PersonalData = Readonly<Record<string, unknown>>;

/** Everything that is kept about a member. */
export interface PersonalDataStore {
  of(user: UserId): Promise<PersonalData>;
  /** Deletes what is the user's own, and takes their name off what belongs to a guild. At once. */
  erase(user: UserId): Promise<void>;
}

/** A sound that a room might like to hear next. */
export interface Suggestion {
  readonly sound: Sound;
  /** How many evenings ago the room heard its trigger last; absent: never. */
  readonly daysSinceHeard?: number;
}

/** A wish as it suits the room. */
export interface FilteredRequest<W extends PlayRequest> {
  /** Without the layers that are left out. */
  readonly request: W;
  /** For the one who wishes, beside the answer. */
  readonly remark?: Message;
}

/** Each member's ears, and what works for a room. Nothing of it tells who it is about. */
export interface ListenerService {
  /** @throws UserError when all of it is left out */
  filterRequest<W extends PlayRequest>(guild: GuildId, channel: ChannelId, wanted: W): Promise<FilteredRequest<W>>;
  /** Which of the sounds are left out of a voice channel tonight, each with a sentence that everybody may read; never rejects. */
  excludedSounds(
    guild: GuildId,
    channel: ChannelId,
    sounds: readonly SoundId[],
  ): Promise<ReadonlyMap<SoundId, Message>>;
  /** Which sounds suit those who are there, for programmes. */
  soundFilter(guild: GuildId, channel: ChannelId): Promise<(sound: Sound) => boolean>;
  /** Up to three sounds that are new to the room, or have not been heard for long. */
  suggest(guild: GuildId, channel: ChannelId | undefined, user: UserId): Promise<readonly Suggestion[]>;
  /** What the room has heard, the latest last. */
  heardSounds(guild: GuildId): Promise<readonly SoundId[]>;
  /** On how many evenings of the last 90 days the room has heard each sound, as of a minute ago at most; never rejects. */
  heardCounts(guild: GuildId): Promise<ReadonlyMap<SoundId, number>>;
  /** A listener feels it. @returns whether something is heard that it could be about */
  recordTingle(guild: GuildId, user: UserId): boolean;
  /** What becomes of a session; called after each of its steps, cheap, and never throws. */
  observe(view: SessionView): void;
}
