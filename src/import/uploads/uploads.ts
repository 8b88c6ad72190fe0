import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { createStoredLengths } from "../../audio/storedLengths.ts";
import { addedSoundsFull, MAX_ADDED_SOUNDS } from "../../catalogue/addedSoundsLimit.ts";
import { message, named } from "../../i18n/message.ts";
import type { Clock } from "../../kernel/clock.ts";
import { UserError } from "../../kernel/errors.ts";
import type { GuildId, SoundId } from "../../kernel/ids.ts";
import type { Log } from "../../kernel/log.ts";
import { type MemberText, rawText } from "../../kernel/memberText.ts";
import { plainName } from "../../kernel/names.ts";
import { framesIn, hours, type Millis, millisIn } from "../../kernel/units.ts";
import type { SharedFiles } from "../../ports/sharedFiles.ts";
import type { GuildSound, GuildSounds, SoundSource, UploadRequest, UploadResult, Uploads } from "../../ports/sounds.ts";
import { download } from "../download.ts";
import { KIND_NAMES } from "../formats/fileKind.ts";
import type { Importer } from "../importer.ts";
import type { ImportResult } from "../importJob.ts";
import { exportPack } from "../packs/exportPack.ts";
import type { OpenedRecording, SourceStore } from "../sources/sources.ts";
import { openUploadFiles } from "./uploadFiles.ts";
import { type ListedUpload, openUploadRecords } from "./uploadRecords.ts";
import { checkSpace, type UploadQuota } from "./uploadSpace.ts";
import { uploadTitle } from "./uploadTitle.ts";
import { createUploadTurns } from "./uploadTurns.ts";

/** Raised when a change to the importer changes what is heard. */
const IMPORT_VERSION = 1;
const LIMITS = { longest: framesIn(hours(3)), seconds: 60, memory: 512 * 2 ** 20 };
/** Ends the origin of a sound that is no loop. */
const ONCE = " · once";

const originalGone = () => new UserError("original-gone", message("import.originalGone"));
const unknownSound = () => new UserError("unknown-sound", message("sounds.noLongerAvailable"));
const removed = (title: MemberText) =>
  new UserError("sound-removed", message("sounds.removedSound", { title: named(title) }));
const unreadable = (title: MemberText) =>
  new UserError("sound-unreadable", message("sounds.unreadable", { title: named(title) }));

const isUpload = (id: SoundId): boolean => id.startsWith("up-");

/** A file imported into the folder. */
interface ImportedFile {
  readonly hash: string;
  readonly bytes: number;
  readonly findings: ImportResult;
}

/** What a sound made of this file, in this way, is named by. */
const hashOf = async (source: string, how: readonly (number | boolean)[]): Promise<string> => {
  const digest = createHash("sha256");
  for await (const part of createReadStream(source)) digest.update(part);
  return digest.update(JSON.stringify(how)).digest("hex").slice(0, 24);
};

const resultOf = (sound: GuildSound, findings: ImportResult, softened: boolean): UploadResult => ({
  sound,
  format: KIND_NAMES[findings.kind],
  suddenAt: findings.onsets.map(millisIn),
  softened,
  inputLoudness: findings.loudness,
  outputLoudness: findings.level,
});

/**
 * The sounds that members have added: what commands do with them, and where they are played from.
 */
export interface UploadStore extends Uploads, SoundSource {
  /** Whether a sound is an upload, by its ID. */
  has(id: SoundId): boolean;
  /** Reads the records again, after something else has changed them. */
  refresh(): Promise<void>;
  /** Removes the files of a guild whose records are gone. */
  forgetGuild(guild: GuildId): Promise<void>;
  /** Removes the originals. */
  close(): Promise<void>;
}

/** Of shared files that no sound needs. */
const TIDY_DELAY: Millis = hours(1);

/**
 * Opens the sounds that members have added: records in storage, files in a folder, named by hash.
 * @param options.quota bytes that originals and sounds may take
 * @param options.standInOrigin origin of what stands in for Discord's CDN, in rehearsal
 * @param options.sources fetches recordings from where they are
 * @param options.onChange called with all that can be heard, first at once
 */
export const openUploads = async (options: {
  readonly folder: string;
  readonly sounds: GuildSounds;
  /** Where other machines find the files; undefined: there are none. */
  readonly sharedFiles?: SharedFiles | undefined;
  readonly importer: Importer;
  readonly quota: UploadQuota;
  readonly standInOrigin?: string | undefined;
  readonly sources: SourceStore;
  readonly clock: Clock;
  readonly log: Log;
  readonly onChange: (sounds: readonly ListedUpload[]) => void;
}): Promise<UploadStore> => {
  const { sounds, importer, quota, standInOrigin, sources, log } = options;
  const files = await openUploadFiles(options.folder, options.clock, log, options.sharedFiles);
  const records = await openUploadRecords({ sounds, pathOf: files.soundPath, onChange: options.onChange });
  await files.align(records.present().map(({ hash }) => hash));
  const hashesNow = async () =>
    (await sounds.all()).flatMap(({ hash, removedAt }) => (removedAt === undefined ? [hash] : []));
  // Another machine may have stored a file whose record is about to follow.
  const cancelTidying = options.clock.after(TIDY_DELAY, () => {
    hashesNow()
      .then(files.removeUnneeded)
      .catch((error: unknown) => log.warn("Shared files that no sound needs stay until the next start", { error }));
  });
  const turns = createUploadTurns();
  const lengthOf = createStoredLengths();

  const requireSpace = (guild: GuildId, more: number): void =>
    checkSpace([...records.files(), ...files.originals()], guild, more, quota);

  /** Removes the file of a sound that no record needs any more. */
  const sweep = async (hash: string): Promise<void> => {
    if (records.needs(hash)) return;
    // A guild of another machine may have added the same recording.
    const isNeeded = options.sharedFiles !== undefined && (await hashesNow()).includes(hash);
    if (!isNeeded) await files.removeSound(hash);
  };

  /** Imports a file, and runs `record` with it; where either fails, no file is left behind. */
  const importFile = async <T>(
    guild: GuildId,
    source: string,
    request: {
      readonly title: MemberText;
      readonly licence: MemberText;
      readonly soften: boolean;
      readonly loop: boolean;
    },
    record: (file: ImportedFile) => Promise<T>,
    onProgress: (fraction: number) => void = () => {},
  ): Promise<T> => {
    const { soften, loop } = request;
    const hash = await hashOf(source, [IMPORT_VERSION, soften, loop]);
    const [path, serial] = [files.soundPath(hash), Number.parseInt(hash.slice(0, 8), 16)];
    const job = { ...request, source, path, serial, limits: LIMITS };
    const findings = await importer.run(job, { owner: guild, onProgress });
    try {
      const { size: bytes } = await stat(path);
      requireSpace(guild, bytes);
      await files.share(hash);
      return await record({ hash, bytes, findings });
    } catch (error) {
      await sweep(hash);
      throw error;
    }
  };

  const openRecording = async (recording: UploadRequest["recording"]): Promise<OpenedRecording> =>
    "source" in recording
      ? sources.openRecording(recording)
      : {
          ...recording,
          title: recording.title,
          licence: undefined,
          place: recording.name,
          save: (path) => download(recording, path, { standInOrigin }),
          close() {},
        };

  const add = async (request: UploadRequest, onProgress?: (fraction: number) => void): Promise<UploadResult> => {
    const { guild, by, trigger, risks, loop } = request;
    const opened = await openRecording(request.recording);
    const title = uploadTitle(request.title, opened);
    const licence = plainName(rawText(request.licence ?? opened.licence ?? "not said")) || "unknown";
    let original: ReturnType<typeof files.createOriginal>;
    try {
      requireSpace(guild, opened.size);
      original = files.createOriginal(guild, opened.size);
    } catch (error) {
      opened.close();
      throw error;
    }
    try {
      await opened.save(original.path);
      const record = async ({ hash, bytes, findings }: ImportedFile) => {
        const origin = `${KIND_NAMES[findings.kind]} · ${plainName(rawText(opened.place))}${loop ? "" : ONCE}`;
        const { length } = findings;
        const row = { guild, title, trigger, risks, licence, origin, addedBy: by, hash, bytes, length };
        const sound = records.set(await sounds.add(row));
        if (findings.onsets.length > 0) await original.keepFor(sound.id);
        return resultOf(sound, findings, true);
      };
      return await importFile(guild, original.path, { title, licence, soften: true, loop }, record, onProgress);
    } finally {
      await original.discard();
    }
  };

  const reprocess = async (guild: GuildId, id: SoundId, soften: boolean): Promise<UploadResult> => {
    const { title, licence, origin, hash: before, risks: had } = records.own(guild, id);
    const source = files.originalOf(id);
    if (source === undefined) throw originalGone();
    const record = async ({ hash, bytes, findings }: ImportedFile) => {
      const risks = new Set(had);
      if (soften) risks.delete("sharp onset");
      else risks.add("sharp onset");
      const { length } = findings;
      const changed = records.set(await sounds.change(guild, id, { hash, bytes, length, risks: [...risks] }));
      if (before !== hash) await sweep(before);
      return resultOf(changed, findings, soften);
    };
    return importFile(guild, source, { title, licence, soften, loop: !rawText(origin).endsWith(ONCE) }, record);
  };

  return {
    has: isUpload,
    async prepare(id) {
      const sound = records.get(id);
      if (sound === undefined) throw unknownSound();
      if (sound.removedAt !== undefined) throw removed(sound.title);
      const path = files.soundPath(sound.hash);
      await files.obtain(sound.hash);
      try {
        return { id, title: sound.title, path, ...(await lengthOf(path)) };
      } catch (error) {
        log.error("The file of an upload cannot be read", { sound: id, error });
        throw unreadable(sound.title);
      }
    },
    find(guild, id) {
      const sound = records.get(id);
      return sound?.guild === guild || sound?.shared ? sound : undefined;
    },
    async exportPack({ guild, sounds: wanted, ...how }) {
      const own = records.present().filter((sound) => sound.guild === guild && wanted.includes(sound.id));
      const pathOf = async ({ hash, title }: GuildSound) => {
        await files.obtain(hash);
        const path = files.soundPath(hash);
        await lengthOf(path).catch(() => {
          throw unreadable(title);
        });
        return path;
      };
      return turns.run(guild, undefined, () => exportPack(own, how, pathOf));
    },
    episodes: sources.episodes,
    async add(request, onProgress) {
      const { guild, by } = request;
      if (records.present().filter((sound) => sound.guild === guild).length >= MAX_ADDED_SOUNDS)
        throw addedSoundsFull();
      return turns.run(guild, by, () => add(request, onProgress));
    },
    reprocess: (guild, id, soften) => turns.run(guild, undefined, () => reprocess(guild, id, soften)),
    change: async (guild, id, change) => {
      records.own(guild, id);
      return records.set(await sounds.change(guild, id, change));
    },
    refresh: records.refresh,
    async forgetGuild(guild) {
      const gone = await records.dropMissing(guild);
      for (const { id } of gone) files.removeOriginal(id);
      for (const { hash } of gone) await sweep(hash);
    },
    async close() {
      cancelTidying();
      await files.close();
    },
    async remove(guild, id) {
      const { hash } = records.own(guild, id);
      const gone = records.set(await sounds.remove(guild, id));
      files.removeOriginal(id);
      await sweep(hash);
      return gone;
    },
  };
};
