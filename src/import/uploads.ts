import { createHash, randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import { extname, join } from "node:path";
import { loadStoredSound } from "../audio/storedSound.ts";
import { addedSoundsFull, MAX_ADDED_SOUNDS } from "../catalogue/addedSoundsLimit.ts";
import { MADE_HERE, type Sound } from "../catalogue/sound.ts";
import { message } from "../i18n/message.ts";
import type { Clock } from "../kernel/clock.ts";
import { UserError } from "../kernel/errors.ts";
import type { GuildId, SoundId } from "../kernel/ids.ts";
import type { Log } from "../kernel/log.ts";
import { plainName } from "../kernel/names.ts";
import { framesIn, hours, type Millis, millisIn } from "../kernel/units.ts";
import type { GuildSound, GuildSounds, SoundSource, UploadRequest, UploadResult, Uploads } from "../ports/sounds.ts";
import { download } from "./download.ts";
import type { FileKind } from "./formats/fileKind.ts";
import type { Importer } from "./importer.ts";
import type { ImportResult } from "./importJob.ts";

/** Raised when what is made of a file changes. */
const INTAKE = 1;
/** So long can be decided otherwise about what was found. */
const KEPT: Millis = hours(1);
/** Of one guild at a time; the others of its members wait for theirs. */
const AT_ONCE = 3;
const LIMITS = { longest: framesIn(hours(3)), seconds: 60, memory: 512 * 2 ** 20 };

const NAMES: Readonly<Record<FileKind, string>> = {
  wav: "WAV",
  aiff: "AIFF",
  mp3: "MP3",
  flac: "FLAC",
  vorbis: "Ogg Vorbis",
  opus: "Opus",
  mp4: "M4A",
  aac: "AAC",
  webm: "WebM",
};

const busy = () => new UserError("uploads-busy", message("import.serverBusy"));
const noRoom = () => new UserError("uploads-full", message("import.storageFull"));
const originalGone = () => new UserError("original-gone", message("import.originalGone"));
const removed = (title: string) => new UserError("sound-removed", message("sounds.removedSound", { title }));
const unreadable = (title: string) => new UserError("sound-unreadable", message("sounds.unreadable", { title }));

const isUpload = (id: SoundId): boolean => id.startsWith("up-");

export interface UploadStore extends Uploads, SoundSource {
  /** Whether this is where to ask for the sound. */
  has(id: SoundId): boolean;
  /** Reads the records again, after something else has changed them. */
  refresh(): Promise<void>;
  /** Lets go of the files of a guild whose records are gone. */
  forgetGuild(guild: GuildId): Promise<void>;
  /** Forgets the originals. */
  close(): Promise<void>;
}

/**
 * Opens what members have added: records in storage, files in a folder of their own, named by what is in them.
 * @param options.quota bytes that all of them may take
 * @param options.own origin of what stands in for Discord's CDN, in rehearsal
 * @param options.onChange called with all that can be heard, first at once
 */
export const openUploads = async (options: {
  readonly folder: string;
  readonly sounds: GuildSounds;
  readonly intake: Importer;
  readonly quota: number;
  readonly own?: string | undefined;
  readonly clock: Clock;
  readonly log: Log;
  readonly onChange: (sounds: readonly (Sound & { readonly shared: boolean })[]) => void;
}): Promise<UploadStore> => {
  const { folder, sounds, intake, quota, own, clock, log, onChange } = options;
  const originals = join(folder, "originals");
  await mkdir(originals, { recursive: true, mode: 0o700 });
  const all = new Map<SoundId, GuildSound>((await sounds.all()).map((sound) => [sound.id, sound]));
  /** How to call off that an original is forgotten in time. */
  const forgetting = new Map<SoundId, () => void>();
  const underWay = new Map<GuildId, number>();

  const pathOf = (hash: string) => join(folder, `${hash}.opus`);
  const originalOf = (id: string) => join(originals, id);
  const present = () => [...all.values()].filter(({ removedAt }) => removedAt === undefined);

  const soundOf = (one: GuildSound): Sound & { readonly shared: boolean } => ({
    id: one.id,
    title: one.title,
    description: MADE_HERE.member,
    trigger: one.trigger,
    goals: ["calm"],
    intensity: 3,
    risks: one.risks,
    motion: "static",
    tags: [],
    licence: one.licence,
    origin: { kind: "upload", path: pathOf(one.hash) },
    added: { by: one.addedBy, at: one.addedAt, guild: one.guild },
    shared: one.shared,
  });

  const tell = () => onChange(present().map(soundOf));

  const keep = (sound: GuildSound): GuildSound => {
    all.set(sound.id, sound);
    tell();
    return sound;
  };

  const forgetOriginal = (id: string): void => {
    rm(originalOf(id), { force: true }).catch((error) => log.warn("An original could not be removed", { error }));
  };

  /** Removes files that no sound needs any more. */
  const sweep = async (hash: string): Promise<void> => {
    if (!present().some((sound) => sound.hash === hash)) await rm(pathOf(hash), { force: true });
  };

  const used = (): number => {
    const files = new Map(present().map(({ hash, bytes }) => [hash, bytes]));
    return [...files.values()].reduce((sum, bytes) => sum + bytes, 0);
  };

  /** Makes the file of what was uploaded. */
  const make = async (
    source: string,
    wish: { title: string; licence: string; soften: boolean; loop: boolean },
    onProgress?: (fraction: number) => void,
  ): Promise<{ hash: string; bytes: number; findings: ImportResult }> => {
    const { soften, loop } = wish;
    const digest = createHash("sha256").update(await readFile(source));
    const hash = digest
      .update(JSON.stringify([INTAKE, soften, loop]))
      .digest("hex")
      .slice(0, 24);
    const [path, serial] = [pathOf(hash), Number.parseInt(hash.slice(0, 8), 16)];
    const findings = await intake.run({ ...wish, source, path, serial, limits: LIMITS }, onProgress);
    const { size: bytes } = await stat(path);
    if (used() + bytes > quota) {
      await sweep(hash);
      throw noRoom();
    }
    return { hash, bytes, findings };
  };

  const takenIn = (sound: GuildSound, findings: ImportResult, softened: boolean): UploadResult => ({
    sound,
    format: NAMES[findings.kind],
    suddenAt: findings.onsets.map(millisIn),
    softened,
    inputLoudness: findings.loudness,
    outputLoudness: findings.level,
  });

  const add = async (wish: UploadRequest, onProgress?: (fraction: number) => void): Promise<UploadResult> => {
    const { guild, by, attachment, trigger, risks, loop } = wish;
    const title =
      plainName(wish.title ?? "") ||
      plainName(
        attachment.name.slice(0, attachment.name.length - extname(attachment.name).length).replace(/[-_]+/g, " "),
      ) ||
      "Untitled";
    const licence = plainName(wish.licence) || "unknown";
    const source = originalOf(randomBytes(8).toString("hex"));
    await download(attachment, source, { own });
    try {
      const { hash, bytes, findings } = await make(source, { title, licence, soften: true, loop }, onProgress);
      try {
        const origin = `${NAMES[findings.kind]} · ${plainName(attachment.name)}${loop ? "" : " · once"}`;
        const { length } = findings;
        const sound = keep(
          await sounds.add({ guild, title, trigger, risks, licence, origin, addedBy: by, hash, bytes, length }),
        );
        if (findings.onsets.length === 0) return takenIn(sound, findings, true);
        await rename(source, originalOf(sound.id));
        forgetting.set(
          sound.id,
          clock.after(KEPT, () => forgetOriginal(sound.id)),
        );
        return takenIn(sound, findings, true);
      } catch (error) {
        await sweep(hash);
        throw error;
      }
    } finally {
      await rm(source, { force: true });
    }
  };

  const ownSound = (guild: GuildId, id: SoundId): GuildSound => {
    const sound = all.get(id);
    if (sound === undefined || sound.guild !== guild || sound.removedAt !== undefined)
      throw new UserError("no-such-guild-sound", message("sounds.notOwn"));
    return sound;
  };

  // What was left by a process that ended before its hour was over.
  for (const name of await readdir(originals)) forgetOriginal(name);
  tell();

  return {
    has: isUpload,
    async prepare(id) {
      const sound = all.get(id);
      if (sound === undefined) throw new UserError("unknown-sound", message("sounds.noLongerAvailable"));
      if (sound.removedAt !== undefined) throw removed(sound.title);
      const path = pathOf(sound.hash);
      try {
        return { id, title: sound.title, path, length: (await loadStoredSound(path)).length };
      } catch (error) {
        log.error("The file of an upload cannot be read", { sound: id, error });
        throw unreadable(sound.title);
      }
    },
    find(guild, id) {
      const sound = all.get(id);
      return sound?.guild === guild || sound?.shared ? sound : undefined;
    },
    async add(wish, onProgress) {
      const { guild } = wish;
      if (present().filter((sound) => sound.guild === guild).length >= MAX_ADDED_SOUNDS) throw addedSoundsFull();
      if (used() >= quota) throw noRoom();
      const count = underWay.get(guild) ?? 0;
      if (count >= AT_ONCE) throw busy();
      underWay.set(guild, count + 1);
      try {
        return await add(wish, onProgress);
      } finally {
        underWay.set(guild, (underWay.get(guild) ?? 1) - 1);
      }
    },
    async reprocess(guild, id, soften) {
      const sound = ownSound(guild, id);
      if (!existsSync(originalOf(id))) throw originalGone();
      const loop = !sound.origin.endsWith(" · once");
      const { title, licence } = sound;
      const { hash, bytes, findings } = await make(originalOf(id), { title, licence, soften, loop });
      const risks = new Set(sound.risks);
      if (soften) risks.delete("sharp onset");
      else risks.add("sharp onset");
      const { length } = findings;
      const changed = keep(await sounds.change(guild, id, { hash, bytes, length, risks: [...risks] }));
      if (sound.hash !== hash) await sweep(sound.hash);
      return takenIn(changed, findings, soften);
    },
    change: async (guild, id, change) => {
      ownSound(guild, id);
      return keep(await sounds.change(guild, id, change));
    },
    async refresh() {
      for (const sound of await sounds.all()) all.set(sound.id, sound);
      tell();
    },
    async forgetGuild(guild) {
      const kept = new Set((await sounds.all()).map(({ id }) => id));
      const gone = [...all.values()].filter((sound) => sound.guild === guild && !kept.has(sound.id));
      for (const { id } of gone) {
        all.delete(id);
        forgetOriginal(id);
      }
      tell();
      for (const { hash } of gone) await sweep(hash);
    },
    async close() {
      for (const callOff of forgetting.values()) callOff();
      for (const name of await readdir(originals)) await rm(originalOf(name), { force: true });
    },
    async remove(guild, id) {
      const { hash } = ownSound(guild, id);
      const gone = keep(await sounds.remove(guild, id));
      forgetOriginal(id);
      await sweep(hash);
      return gone;
    },
  };
};
