import type { FavouriteId, GuildId, SoundId, UserId } from "../kernel/ids.ts";
import type { Decibels, Frames, Millis } from "../kernel/units.ts";
import type { Mix } from "../library/mix.ts";
import type { Risk, Sound, Trigger } from "../library/sound.ts";
import type { Visual } from "../library/visuals.ts";

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
