import type { Goal, Risk, Sound, Trigger } from "../catalogue/sound.ts";
import type { Message } from "../i18n/message.ts";
import type { ChannelId, GuildId, SessionId, SoundId, UserId } from "../kernel/ids.ts";
import { type Millis, seconds } from "../kernel/units.ts";
import type { PanelMessage, PlayRequest } from "../session/session.ts";
import type { SessionView } from "../session/view.ts";

/**
 * `warn`: only the member who queues it is told. `skip`: it is skipped where nobody can tell for
 * whom. `always`: it is skipped in small groups too, where others may guess.
 */
export const AVOID_MODES = ["warn", "skip", "always"] as const;
/** What should happen to a sound on an avoid list. */
export type AvoidMode = (typeof AVOID_MODES)[number];

/** What a member does not want to hear, in every guild. */
export interface AvoidList {
  readonly triggers: readonly Trigger[];
  readonly risks: readonly Risk[];
  readonly mode: AvoidMode;
}

/** Members' avoid lists. */
export interface AvoidLists {
  of(user: UserId): Promise<AvoidList | undefined>;
  /** The lists of these users, without names and in no meaningful order. */
  ofUsers(users: readonly UserId[]): Promise<readonly AvoidList[]>;
  set(user: UserId, list: AvoidList): Promise<void>;
  forget(user: UserId): Promise<void>;
}

/**
 * For how long a member has been in a voice channel before they count towards an
 * anonymity set.
 */
export const MIN_PRESENCE: Millis = seconds(30);

/**
 * Members whose avoid lists take effect together, so that a change could be because of any
 * of them. Members stay in their set until the night is over, and are in no other set of that
 * night.
 */
export interface AnonymitySet {
  readonly id: string;
  readonly guild: GuildId;
  /** In ascending order. */
  readonly members: readonly UserId[];
  /**
   * The voice channels where it takes effect: the one where it was formed, and those that its
   * members moved on to.
   */
  readonly channels: readonly ChannelId[];
}

/**
 * The anonymity sets of the current night. Nights are named by their date, from noon to noon:
 * `2026-03-29`.
 */
export interface AnonymitySets {
  /** Every guild's sets of a night. */
  of(night: string): Promise<readonly AnonymitySet[]>;
  /** Adds a set, or changes the channels of one that is there; its members never change. */
  save(night: string, set: AnonymitySet): Promise<void>;
  /** Deletes the sets of every other night. */
  keepOnly(night: string): Promise<void>;
}

/** What a member consents to in one guild. */
export const CONSENTS = ["named", "disconnect", "wake"] as const;
/**
 * `named`: by name in the morning message. `disconnect`: from the voice channel when the timer
 * ends. `wake`: others' own wake-ups may sound in the channel where the member is.
 */
export type Consent = (typeof CONSENTS)[number];

/** What members have consented to, per guild. */
export interface Consents {
  of(guild: GuildId, user: UserId): Promise<readonly Consent[]>;
  set(guild: GuildId, user: UserId, consent: Consent, given: boolean): Promise<void>;
  /** The users among these who have given it, in the same order. */
  usersConsenting(guild: GuildId, consent: Consent, users: readonly UserId[]): Promise<readonly UserId[]>;
}

/** A guild's tingles in one minute of a sound. */
export interface TingleCount {
  readonly sound: SoundId;
  /** The minute since the sound started, from 0. */
  readonly minute: number;
  readonly count: number;
}

/**
 * What became of a tingle: `repeated` within half a minute of the same member's last one; `nothing`
 * plays that it could be about.
 */
export type TingleOutcome = "counted" | "repeated" | "nothing";

/** Tingles, counted without names. */
export interface Tingles {
  add(guild: GuildId, sound: SoundId, minute: number): Promise<void>;
  of(guild: GuildId): Promise<readonly TingleCount[]>;
}

/** How long a guild heard a sound on one date. */
export interface HeardSound {
  readonly sound: SoundId;
  /** The date, from noon to noon: `2026-03-29`. */
  readonly date: string;
  readonly minutes: number;
}

/** A trigger that a guild lets rest: nothing suggests it until then, and it can still be played. */
interface Rest {
  readonly trigger: Trigger;
  /** The first date on which it is suggested again. */
  readonly until: string;
}

/** What guilds have heard in the last 90 days. */
export interface ListeningHistory {
  add(guild: GuildId, heard: HeardSound): Promise<void>;
  /** The latest dates last. */
  of(guild: GuildId): Promise<readonly HeardSound[]>;
  /**
   * Records that a guild was told that it mostly hears one trigger.
   * @returns false if it has been told since that date
   */
  claimHint(guild: GuildId, trigger: Trigger, evening: string, since: string): Promise<boolean>;
  /** The triggers that rest on a date. */
  rests(guild: GuildId, date: string): Promise<readonly Rest[]>;
  /** Lets a trigger rest until a date, or ends its rest. */
  setRest(guild: GuildId, trigger: Trigger, until: string | undefined): Promise<void>;
}

/** A night whose morning message is still to come. */
export interface Night {
  readonly session: SessionId;
  readonly guild: GuildId;
  /** The voice channel. */
  readonly channel: ChannelId;
  /** The panel's message. */
  readonly posted: PanelMessage;
  readonly startedAt: Millis;
  readonly endedAt: Millis;
  /** Who rested; kept until the morning message has been sent. */
  readonly guests: readonly UserId[];
  /** When the morning message is due. */
  readonly dueAt: Millis;
}

/** Nights whose morning message is still to come. */
export interface Nights {
  add(night: Night): Promise<void>;
  /** The soonest first. */
  all(): Promise<readonly Night[]>;
  find(session: SessionId): Promise<Night | undefined>;
  /** @returns whether it existed, so that the message is sent once */
  take(night: Night): Promise<boolean>;
}

/** Everything kept about a user, by kind; only for that user. */
export type PersonalData = Readonly<Record<string, unknown>>;

/** Everything that is kept about a member. */
export interface PersonalDataStore {
  of(user: UserId): Promise<PersonalData>;
  /** Deletes what is the user's own and removes their name from what belongs to guilds, at once. */
  erase(user: UserId): Promise<void>;
}

/** A sound that listeners might like to hear next. */
export interface Suggestion {
  readonly sound: Sound;
  /** How many dates ago the guild last heard its trigger; absent: never. */
  readonly daysSinceHeard?: number;
}

/** Whether one trigger has been heard so much that a rest may do it good, and what rests already. */
export interface RestAdvice {
  /** A trigger that has filled most of the last evenings and doesn't rest. */
  readonly advised?: Trigger;
  /** For how many evenings a trigger rests. */
  readonly evenings: number;
  /** What rests, and for how many more evenings, tonight included. */
  readonly resting: readonly { readonly trigger: Trigger; readonly evenings: number }[];
}

/** A request, adjusted to the people in the channel. */
export interface FilteredRequest<W extends PlayRequest> {
  /** Without the layers that are skipped. */
  readonly request: W;
  /** For the invoker, beside the answer. */
  readonly remark?: Message;
}

/** Avoid lists, tingles and history. Nothing it returns reveals whose they are. */
export interface ListenerService {
  /** @throws UserError when every layer is skipped */
  filterRequest<W extends PlayRequest>(guild: GuildId, channel: ChannelId, wanted: W): Promise<FilteredRequest<W>>;
  /**
   * Which of the sounds are skipped in a voice channel tonight, each with a sentence that everyone
   * may read; never rejects.
   */
  excludedSounds(
    guild: GuildId,
    channel: ChannelId,
    sounds: readonly SoundId[],
  ): Promise<ReadonlyMap<SoundId, Message>>;
  /** Which sounds suit the people in the channel, for programmes. */
  soundFilter(guild: GuildId, channel: ChannelId): Promise<(sound: Sound) => boolean>;
  /** Up to three sounds that the guild has not heard, or not for a while. */
  suggest(guild: GuildId, channel: ChannelId | undefined, user: UserId): Promise<readonly Suggestion[]>;
  /**
   * A mix whose triggers go together, from what the guild has not heard for longest and what suits
   * the people in the channel.
   * @throws UserError when no two sounds are left that go together
   */
  surprise(guild: GuildId, channel: ChannelId, goal: Goal | undefined): Promise<PlayRequest>;
  /** What a guild might let rest. The same for everyone who asks. */
  restAdvice(guild: GuildId): Promise<RestAdvice>;
  /** Lets a trigger rest for some evenings, tonight included. */
  planRest(guild: GuildId, trigger: Trigger): Promise<void>;
  /** Suggests a trigger again. */
  endRest(guild: GuildId, trigger: Trigger): Promise<void>;
  /** What the guild has heard, the latest last. */
  heardSounds(guild: GuildId): Promise<readonly SoundId[]>;
  /**
   * On how many of the last 90 dates the guild has heard each sound, at most a minute old; never
   * rejects.
   */
  heardCounts(guild: GuildId): Promise<ReadonlyMap<SoundId, number>>;
  /** Records a tingle of a listener, once for what plays. */
  recordTingle(guild: GuildId, user: UserId): TingleOutcome;
  /** Observes a session; called after each of its steps, cheap, never throws. */
  observe(view: SessionView): void;
}
