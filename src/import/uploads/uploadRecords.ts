import { MADE_HERE, type Sound } from "../../catalogue/sound.ts";
import { message } from "../../i18n/message.ts";
import { UserError } from "../../kernel/errors.ts";
import type { GuildId, SoundId } from "../../kernel/ids.ts";
import type { GuildSound, GuildSounds } from "../../ports/sounds.ts";
import type { StoredFile } from "./uploadSpace.ts";

/** An upload as the catalogue lists it. */
export type ListedUpload = Sound & { readonly shared: boolean };

const notOwn = () => new UserError("no-such-guild-sound", message("sounds.notOwn"));

/** The records of all uploads, in memory; storage has the same. */
export interface UploadRecords {
  get(id: SoundId): GuildSound | undefined;
  /** @throws UserError unless the guild has the sound, and has not removed it */
  own(guild: GuildId, id: SoundId): GuildSound;
  /** Those that have not been removed. */
  present(): readonly GuildSound[];
  /** Whether a sound that has not been removed needs the file. */
  needs(hash: string): boolean;
  /** The files of the sounds that have not been removed; each guild that has one is listed. */
  files(): readonly StoredFile[];
  /** Takes a new or changed record over, and publishes the list. @returns the record */
  set(sound: GuildSound): GuildSound;
  /** Reads storage again, after something else has changed it, and publishes the list. */
  refresh(): Promise<void>;
  /** Drops a guild's records that storage no longer has, and publishes the list. @returns those */
  dropMissing(guild: GuildId): Promise<readonly GuildSound[]>;
}

/**
 * Reads the records and publishes what can be heard.
 * @param options.pathOf a sound's file by its hash
 * @param options.onChange called with all that can be heard, at once and after every change
 */
export const openUploadRecords = async ({
  sounds,
  pathOf,
  onChange,
}: {
  readonly sounds: GuildSounds;
  readonly pathOf: (hash: string) => string;
  readonly onChange: (sounds: readonly ListedUpload[]) => void;
}): Promise<UploadRecords> => {
  const all = new Map<SoundId, GuildSound>((await sounds.all()).map((sound) => [sound.id, sound]));
  const present = () => [...all.values()].filter(({ removedAt }) => removedAt === undefined);

  const listed = (sound: GuildSound): ListedUpload => ({
    id: sound.id,
    title: sound.title,
    description: MADE_HERE.member,
    trigger: sound.trigger,
    goals: ["calm"],
    intensity: 3,
    risks: sound.risks,
    motion: "static",
    tags: [],
    licence: sound.licence,
    origin: { kind: "upload", path: pathOf(sound.hash) },
    added: { by: sound.addedBy, at: sound.addedAt, guild: sound.guild },
    shared: sound.shared,
  });
  const publish = () => onChange(present().map(listed));
  publish();

  return {
    get: (id) => all.get(id),
    own(guild, id) {
      const sound = all.get(id);
      if (sound === undefined || sound.guild !== guild || sound.removedAt !== undefined) throw notOwn();
      return sound;
    },
    present,
    needs: (hash) => present().some((sound) => sound.hash === hash),
    files: () => present().map(({ hash, guild, bytes }) => ({ name: hash, guild, bytes })),
    set(sound) {
      all.set(sound.id, sound);
      publish();
      return sound;
    },
    async refresh() {
      for (const sound of await sounds.all()) all.set(sound.id, sound);
      publish();
    },
    async dropMissing(guild) {
      const kept = new Set((await sounds.all()).map(({ id }) => id));
      const gone = [...all.values()].filter((sound) => sound.guild === guild && !kept.has(sound.id));
      for (const { id } of gone) all.delete(id);
      publish();
      return gone;
    },
  };
};
