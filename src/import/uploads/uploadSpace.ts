import { message } from "../../i18n/message.ts";
import { UserError } from "../../kernel/errors.ts";
import type { GuildId } from "../../kernel/ids.ts";

/** Bytes that uploads may take on disk. */
export interface UploadQuota {
  /** All guilds together. */
  readonly total: number;
  /** One guild. */
  readonly perGuild: number;
}

/** A file that takes space: a sound, by its hash, or an original, by its name. */
export interface StoredFile {
  readonly name: string;
  readonly guild: GuildId;
  readonly bytes: number;
}

const diskFull = () => new UserError("uploads-full", message("import.storageFull"));
const guildFull = () => new UserError("uploads-guild-full", message("import.serverFull"));

/**
 * Checks whether a guild can store more. A file that several guilds have lies on disk once: it
 * counts once in the total, and for each guild that has it.
 * @param more bytes about to be written
 * @throws UserError when the machine or the guild has no room
 */
export const checkSpace = (
  stored: Iterable<StoredFile>,
  guild: GuildId,
  more: number,
  { total, perGuild }: UploadQuota,
): void => {
  const [all, own] = [new Map<string, number>(), new Map<string, number>()];
  for (const file of stored) {
    all.set(file.name, file.bytes);
    if (file.guild === guild) own.set(file.name, file.bytes);
  }
  const sum = (files: ReadonlyMap<string, number>) => [...files.values()].reduce((bytes, one) => bytes + one, more);
  if (sum(all) > total) throw diskFull();
  if (sum(own) > perGuild) throw guildFull();
};
