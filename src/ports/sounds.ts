import type { PlayableSound, Risk, Sound, Trigger } from "../catalogue/sound.ts";
import type { GuildId, SoundId, UserId } from "../kernel/ids.ts";
import type { MemberText } from "../kernel/memberText.ts";
import type { Decibels, Frames, Millis } from "../kernel/units.ts";

/** A sound that members of a guild have added. */
export interface GuildSound {
  readonly id: SoundId;
  readonly guild: GuildId;
  readonly title: MemberText;
  readonly trigger: Trigger;
  readonly risks: readonly Risk[];
  readonly licence: MemberText;
  /** The file it was made from, in words: `MP3 · fan.mp3`. */
  readonly origin: MemberText;
  readonly addedBy: UserId | undefined;
  readonly addedAt: Millis;
  /** Hash that names its file. */
  readonly hash: string;
  readonly bytes: number;
  readonly length: Frames;
  /** Whether every guild can play it. */
  readonly shared: boolean;
  /** Set once it has been removed; the rest says what was there. */
  readonly removedAt: Millis | undefined;
}

/** What can be changed of it, and what its file is. */
type GuildSoundChange = Partial<
  Pick<GuildSound, "title" | "trigger" | "risks" | "licence" | "shared" | "hash" | "bytes" | "length">
>;

/** The sounds that members of all guilds have added; every change names the guild. */
export interface GuildSounds {
  /** Includes removed ones. */
  all(): Promise<readonly GuildSound[]>;
  /** @throws UserError when the guild already has 200, or one of that title */
  add(sound: Omit<GuildSound, "id" | "addedAt" | "shared" | "removedAt">): Promise<GuildSound>;
  /** @throws UserError when the guild has no such sound, or another one of that title */
  change(guild: GuildId, id: SoundId, change: GuildSoundChange): Promise<GuildSound>;
  /** Leaves a tombstone. @throws UserError when the guild has no such sound */
  remove(guild: GuildId, id: SoundId): Promise<GuildSound>;
}

/** Built-in sounds that many people can't bear: a guild has only those that it has turned on. */
export interface OptInSounds {
  /** All of them, in the catalogue's order. */
  readonly all: readonly Sound[];
  /** Those that a guild has turned on. */
  of(guild: GuildId): readonly SoundId[];
  /** Replaces those that a guild has turned on; unknown ones are left out. */
  set(guild: GuildId, sounds: readonly SoundId[]): Promise<void>;
}

/** Keeps which of these sounds each guild has turned on. */
export interface OptInStore {
  /** Of every guild that has turned one on. */
  all(): Promise<ReadonlyMap<GuildId, readonly SoundId[]>>;
  /** Replaces those of a guild. */
  set(guild: GuildId, sounds: readonly SoundId[]): Promise<void>;
}

/** A file that a member has attached. */
interface Attachment {
  /** Signed by Discord, and good for a day: it is fetched at once, and never kept. */
  readonly url: string;
  /** The name in ASCII, as Discord strips it. */
  readonly name: MemberText;
  /** The name as it was given, if it is not in ASCII. */
  readonly title?: MemberText | undefined;
  /** In bytes, according to Discord. */
  readonly size: number;
}

/** A recording where it is: a file, or an episode of a podcast feed. */
export interface SourceRequest {
  /** Of the file, or of the feed. */
  readonly source: string;
  /** Absent: the address is that of a file. The key of an `Episode`, or its title. */
  readonly episode?: string | undefined;
}

/** An episode of a podcast feed. */
export interface Episode {
  /** As its feed says it. */
  readonly title: MemberText;
  /** Names it among the episodes of its feed; at most 100 characters. */
  readonly key: string;
}

/** A recording to be added to a guild's sounds. */
export interface UploadRequest {
  readonly guild: GuildId;
  readonly by: UserId;
  /** What a member has attached, or where it is. */
  readonly recording: Attachment | SourceRequest;
  /** Absent: the episode's title, or the file's name. */
  readonly title?: MemberText | undefined;
  readonly trigger: Trigger;
  readonly risks: readonly Risk[];
  /** Absent: what its feed says, if anything. */
  readonly licence?: MemberText | undefined;
  /** Whether its end goes over into its beginning. */
  readonly loop: boolean;
}

/** What became of an upload. */
export interface UploadResult {
  readonly sound: GuildSound;
  /** What the file was, in words: `MP3`. */
  readonly format: string;
  /** Where a sudden sound is, from the beginning of the file. */
  readonly suddenAt: readonly Millis[];
  /** Whether those are rounded off. */
  readonly softened: boolean;
  /** LUFS of the file, and of what was made of it. */
  readonly inputLoudness: Decibels;
  readonly outputLoudness: Decibels;
}

/** Sounds of a guild that are to be passed on as a pack. */
export interface PackRequest {
  readonly guild: GuildId;
  /** Others than the guild's own are left out. */
  readonly sounds: readonly SoundId[];
  readonly name: string;
  /** Who made them, as they want to be named. */
  readonly authors: readonly string[];
  /** Bytes. */
  readonly most: number;
}

/** A pack, and what is not in it. */
export interface ExportedPack {
  /** Undefined where nothing is in it. */
  readonly zip: Uint8Array | undefined;
  /** How many sounds are in it. */
  readonly packed: number;
  /** Those whose licence does not allow to pass them on, or is not known. */
  readonly unlicensed: readonly GuildSound[];
  /** Those for which there was no room. */
  readonly noRoom: readonly GuildSound[];
}

/** The sounds that a guild's members have added. */
export interface Uploads {
  /**
   * Fetches a file and makes a sound of it.
   * @param onProgress from 0 to 1, now and then
   * @throws UserError that says what is wrong and what to do
   */
  add(request: UploadRequest, onProgress?: (fraction: number) => void): Promise<UploadResult>;
  /**
   * The episodes of a podcast feed whose titles contain what was typed, at most 25, the newest first;
   * none where the address is no feed or must not be asked.
   */
  episodes(feed: string, typed: string): Promise<readonly Episode[]>;
  /**
   * Imports it again from what was uploaded, within the hour.
   * @throws UserError when that is gone
   */
  reprocess(guild: GuildId, id: SoundId, soften: boolean): Promise<UploadResult>;
  /** @throws UserError when the guild has no such sound */
  change(guild: GuildId, id: SoundId, change: Omit<GuildSoundChange, "hash" | "bytes" | "length">): Promise<GuildSound>;
  /** @throws UserError when the guild has no such sound */
  remove(guild: GuildId, id: SoundId): Promise<GuildSound>;
  /** Makes a pack that another operator can add. @throws UserError when a file can't be read */
  exportPack(request: PackRequest): Promise<ExportedPack>;
  /** A sound that the guild has, or had, or that is shared. */
  find(guild: GuildId, id: SoundId): GuildSound | undefined;
}

/** The member who asks for something that takes a process, and where: guilds take turns. */
export interface Requester {
  readonly guild: GuildId;
  readonly user: UserId;
}

/** Pieces of sounds that one member hears alone. */
export interface Samples {
  /**
   * @returns an Ogg Opus file of 20 seconds, stereo
   * @throws UserError when it cannot be made, or too many are under way
   */
  of(sound: SoundId, by: Requester): Promise<Uint8Array>;
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
  /**
   * Makes a sound of a text that this guild alone hears.
   * @throws UserError when the text cannot be whispered
   */
  say(guild: GuildId, text: string): Promise<{ readonly id: SoundId; readonly title: MemberText }>;
}

/** Makes a sound of the catalogue playable, rendering it first where it is not there yet. */
export interface SoundSource {
  /**
   * @param onWhole where it is given, the sound may be a short loop of its beginning, and this is
   *   called with the whole when that is there
   * @throws UserError when the sound is unknown or cannot be made playable
   */
  prepare(sound: SoundId, onWhole?: (whole: PlayableSound) => void): Promise<PlayableSound>;
}

/** How loud a stored sound is over its length. */
export interface LoudnessCurve {
  /** LUFS over all of it, ungated. */
  readonly mean: Decibels;
  /** LUFS in the fifth of a second around a position, which goes round or ends into its bed as the sound does. */
  at(position: Frames): Decibels;
}

/** Curves of the loudness of sounds, for pictures that go with them. */
export interface LoudnessCurves {
  /**
   * @param take of the sound, counted from 0
   * @returns undefined where there is none, such as of a radio or of what is longer than twenty minutes
   */
  of(sound: SoundId, take: number, by: Requester): Promise<LoudnessCurve | undefined>;
}
