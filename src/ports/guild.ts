import type { Mix } from "../catalogue/mix.ts";
import type { Message } from "../i18n/message.ts";
import type { ChannelId, FavouriteId, GuildId, RoleId, UserId } from "../kernel/ids.ts";
import type { MemberText } from "../kernel/memberText.ts";
import type { PlayerRef } from "../kernel/playerId.ts";
import type { Decibels, Millis } from "../kernel/units.ts";
import type { QuietChannelRule, SessionRules } from "../session/rules.ts";
import type { PanelMessage, PlayRequest, Session } from "../session/session.ts";
import type { SessionView } from "../session/view.ts";

/** What a guild has chosen for its quiet channel. */
export interface QuietChannel extends QuietChannelRule {
  /** A programme by its id, or a sound or mix. */
  readonly plays: { readonly programme: string } | { readonly request: PlayRequest };
}

/** A guild's settings; defaults where it has chosen nothing. */
export interface GuildSettings extends SessionRules {
  /** The volume of the last session. */
  readonly volumeDb: Decibels;
  /** Members with this role are hosts. */
  readonly hostRole?: RoleId;
  readonly quietChannel?: QuietChannel;
  /** The voice channel for scheduled evenings that name none. */
  readonly defaultChannel?: ChannelId;
}

/** A change of settings; null restores the default. */
export type SettingsChange = {
  readonly [Key in keyof GuildSettings]?: GuildSettings[Key] | null;
};

/** Each guild's settings. */
export interface Settings {
  of(guild: GuildId): Promise<GuildSettings>;
  change(guild: GuildId, change: SettingsChange): Promise<GuildSettings>;
}

/** Every guild's quiet channel, and where sound has been heard since the channel was last empty. */
export interface QuietChannelStore {
  all(): Promise<readonly { readonly guild: GuildId; readonly rule: QuietChannel; readonly heardIn?: ChannelId }[]>;
  /** Undefined: in none. */
  setHeardIn(guild: GuildId, channel: ChannelId | undefined): Promise<void>;
}

/**
 * Moves and disconnects members who asked for it or agreed to it. A failure is logged and harms
 * nothing.
 */
export interface VoiceMembers {
  /** Disconnects a member from the voice channel. */
  disconnect(guild: GuildId, user: UserId): Promise<void>;
  /**
   * At the end of a timer: to the guild's AFK channel, or disconnected, as each has agreed.
   */
  moveAtTimerEnd(guild: GuildId, channel: ChannelId, listeners: readonly UserId[]): Promise<void>;
}

/** A member in a voice channel, and since when they have been there. */
export interface VoicePresence {
  readonly user: UserId;
  /** When they joined the guild; absent while the gateway has not said. */
  readonly joinedGuildAt?: Millis;
  /** When they joined the voice channel or, after a restart, when they were first seen in it. */
  readonly joinedChannelAt: Millis;
}

/** Who is in a guild's voice channels, from the voice states that the gateway sends. */
export interface VoiceChannels {
  /** The voice channel that the user is in, or undefined. */
  channelOf(guild: GuildId, user: UserId): ChannelId | undefined;
  /** The members in a voice channel, without bots. */
  listeners(guild: GuildId, channel: ChannelId): readonly UserId[];
  /** The same members, with what is known of how long they have been there. */
  presences(guild: GuildId, channel: ChannelId): readonly VoicePresence[];
}

/** The now-playing panels: one per session, silent, edited or replaced as Discord allows. */
export interface Panels {
  /**
   * Shows the view on the panel: posts it the first time; `over` is the last time.
   * A panel from before a restart is found by the view's `posted`.
   * Called one at a time for each bot in a guild, and only when what is shown has changed. A rejection is logged
   * and harms nothing.
   * @returns where it is, if it was posted again
   */
  show(view: SessionView): Promise<PanelMessage | undefined>;
}

/** What a write of a guild's row carries where several processes share the shards; only the newest token may write. */
export interface Fence {
  readonly shard: number;
  readonly token: number;
}

/** What is stored of a bot in a guild. */
export interface SessionChange {
  readonly bot: PlayerRef;
  /** Absent: its row is to be removed. */
  readonly session?: Session;
  /** A change whose shard is another process's by now is left out; absent: no other process writes. */
  readonly fence?: Fence;
}

/** Stored sessions, to be restored after a restart. */
export interface SessionStore {
  /**
   * Writes all changes, hundreds in several transactions; each bot in a guild is named once.
   * @param at the moment that restoring counts from
   */
  write(changes: readonly SessionChange[], at: Millis): Promise<void>;
  /** Sessions that can't be read any more are left out. */
  all(): Promise<readonly { readonly session: Session; readonly savedAt: Millis }[]>;
}

/** Guilds that have removed the bot, and everything that is kept about a guild. */
export interface GuildRetentionStore {
  /** Guilds about which anything is kept. */
  guildsWithData(): Promise<readonly GuildId[]>;
  /** Records the departure; only the first time counts. */
  markLeft(guild: GuildId, at: Millis): Promise<void>;
  markReturned(guild: GuildId): Promise<void>;
  /** When the guilds that have removed the bot did so. */
  departures(): Promise<ReadonlyMap<GuildId, Millis>>;
  /** Deletes every row of the guild; sounds that are shared with all stay, without a name. */
  deleteGuild(guild: GuildId): Promise<void>;
}

/** A sound or mix that a guild has saved. */
export interface Favourite {
  readonly id: FavouriteId;
  readonly guild: GuildId;
  readonly name: MemberText;
  /** The name as searches compare it (`searchName`). */
  readonly searchable: string;
  readonly mix: Mix;
  /** How often it was played. */
  readonly uses: number;
  readonly addedBy: UserId;
  readonly addedAt: Millis;
}

/** Each guild's favourites, in its own order; every query names the guild. */
export interface Favourites {
  /** @throws UserError when the name is taken or the guild has 500 */
  add(guild: GuildId, favourite: { name: MemberText; mix: Mix; by: UserId }): Promise<Favourite>;
  list(guild: GuildId): Promise<readonly Favourite[]>;
  /** @throws UserError when the new name is taken or there is no favourite of the old one */
  rename(guild: GuildId, name: MemberText, to: MemberText): Promise<Favourite>;
  /** @throws UserError when there is no favourite of that name */
  remove(guild: GuildId, name: MemberText): Promise<Favourite>;
  /**
   * Restores what was removed within the last week, behind the others; a name that is taken again stays removed.
   * @throws UserError when there is nothing to restore
   */
  restore(guild: GuildId): Promise<readonly Favourite[]>;
  /** Counts a playback; does nothing if it no longer exists. */
  countPlay(guild: GuildId, favourite: FavouriteId): Promise<void>;
  /**
   * Moves it to a position; 1 is the first.
   * @throws UserError when there is no favourite of that name
   */
  move(guild: GuildId, name: MemberText, position: number): Promise<Favourite>;
}

/** A sound or mix that a member has saved for themselves, on every server. */
export type PersonalFavourite = Pick<Favourite, "id" | "name" | "searchable" | "mix" | "uses" | "addedAt">;

/** Each member's own favourites; every query names the member, and nobody else sees them. */
export interface PersonalFavourites {
  /** @throws UserError when the name is taken or the member has 100 */
  add(user: UserId, favourite: { readonly name: MemberText; readonly mix: Mix }): Promise<PersonalFavourite>;
  /** The oldest first. */
  list(user: UserId): Promise<readonly PersonalFavourite[]>;
  /** @throws UserError when the name is taken or the member has no such favourite */
  rename(user: UserId, favourite: FavouriteId, to: MemberText): Promise<PersonalFavourite>;
  /** Deletes it at once. @throws UserError when the member has no such favourite */
  remove(user: UserId, favourite: FavouriteId): Promise<PersonalFavourite>;
  /** Counts a playback; does nothing if it no longer exists. */
  countPlay(user: UserId, favourite: FavouriteId): Promise<void>;
}

/** A picture that goes with an announcement. */
export interface AnnouncementImage {
  readonly name: string;
  readonly data: Uint8Array;
  /** Alternative text. */
  readonly description: Message;
}

/** Posts a line in a text channel, silently. A failure is logged and harms nothing. */
export type Announce = (
  guild: GuildId,
  channel: ChannelId,
  line: Message,
  picture?: AnnouncementImage,
) => Promise<void>;

/** Appends a line to the panel of an ended session, silently. */
export type AppendToPanel = (guild: GuildId, posted: PanelMessage, line: Message) => Promise<void>;
