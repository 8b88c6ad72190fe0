import type { ChannelId, GuildId, RoleId, SoundId, UserId } from "../kernel/ids.ts";
import type { Decibels, Millis } from "../kernel/units.ts";
import type { PlayableSound } from "../library/sound.ts";
import type { PlayerCommand, PlayerEvent } from "../session/protocol.ts";
import type { HouseRules } from "../session/rules.ts";
import type { Posted, Session } from "../session/session.ts";
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
      /** It was asked for a channel that the bot may not enter, which Discord would not answer at all. */
      barred(): void;
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

/** Which guilds have sent the bot away, and all that is kept of a guild. */
export interface Farewells {
  /** Guilds of which anything is kept. */
  guilds(): Promise<readonly GuildId[]>;
  /** The first word counts. */
  left(guild: GuildId, at: Millis): Promise<void>;
  returned(guild: GuildId): Promise<void>;
  leftBefore(moment: Millis): Promise<readonly GuildId[]>;
  /** Deletes every row of the guild; sounds that are shared with all stay, without a name. */
  forget(guild: GuildId): Promise<void>;
}
