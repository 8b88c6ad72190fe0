import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { GuildCatalogue } from "../catalogue/guildCatalogue.ts";
import { soundOfScript } from "../catalogue/script.ts";
import { MADE_HERE, type Sound, WHISPERED } from "../catalogue/sound.ts";
import { whisperScriptOf } from "../catalogue/whisper.ts";
import { type GuildId, id, type SoundId } from "../kernel/ids.ts";
import type { Log } from "../kernel/log.ts";
import type { SharedFiles } from "../ports/sharedFiles.ts";
import type { Whispers } from "../ports/sounds.ts";

/** Whispers kept per guild; the oldest are removed first. */
const MOST = 20;
const TITLE = 40;

/** What members have had whispered, guild by guild. */
export interface WhisperStore extends Whispers {
  /** A whisper, and the guild that it is of. */
  find(sound: SoundId): { readonly guild: GuildId; readonly sound: Sound } | undefined;
  /** Reads again what another machine may have added or removed. */
  refresh(): Promise<void>;
  /** Deletes the guild's texts. */
  forgetGuild(guild: GuildId): Promise<void>;
}

const START = "whispers";
/** What the name of a text ends with until it is in the database. */
const UNSHARED = ".unshared";
/** `whispers/1/1700000000000-said-0123.txt`. */
const SHARED_NAME = /^whispers\/(\d{1,20})\/([\w-]+\.txt)$/;

const sharedName = (guild: GuildId, file: string): string => `${START}/${guild}/${file}`;

const textsIn = async (folder: string): Promise<readonly string[]> =>
  (await readdir(folder)).filter((file) => file.endsWith(".txt")).sort();

const guildsIn = async (folder: string): Promise<readonly GuildId[]> =>
  (await readdir(folder, { withFileTypes: true }))
    .filter((entry) => entry.isDirectory() && /^\d{1,20}$/.test(entry.name))
    .map(({ name }) => id<GuildId>(name));

const titleOf = (text: string): string => {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length <= TITLE ? line : `${line.slice(0, TITLE - 1).trimEnd()}…`;
};

const soundOf = (name: string, text: string): Sound => {
  const sound = soundOfScript(`${name}.txt`, whisperScriptOf(text));
  return { ...sound, title: `${WHISPERED}: ${titleOf(text)}`, description: MADE_HERE.whisper };
};

/**
 * Keeps the texts in a folder, so that a session can play its whisper again after a restart.
 * @param options.folder one folder a guild, one file a text
 * @param options.sharedFiles where the texts are for other machines too; undefined: on this one alone
 * @param options.onGone called once texts have been deleted
 */
export const openWhispers = async ({
  folder,
  sharedFiles,
  library,
  log,
  onGone = async () => {},
}: {
  readonly folder: string;
  readonly sharedFiles?: SharedFiles | undefined;
  readonly library: Pick<GuildCatalogue, "setWhispers">;
  readonly log: Log;
  readonly onGone?: () => Promise<void>;
}): Promise<WhisperStore> => {
  /** The latest last. */
  const kept = new Map<GuildId, readonly Sound[]>();
  const tell = (guild: GuildId) => library.setWhispers(guild, kept.get(guild) ?? []);

  const read = async (guild: GuildId): Promise<void> => {
    const files = await textsIn(join(folder, guild));
    const sounds: Sound[] = [];
    for (const file of files) {
      try {
        sounds.push(soundOf(nameOf(file), await readFile(join(folder, guild, file), "utf8")));
      } catch (error) {
        log.warn("A whisper could not be read, and is left out", { guild, file, error: String(error) });
      }
    }
    kept.set(guild, sounds);
    tell(guild);
  };

  const share = async (guild: GuildId, file: string): Promise<void> => {
    await sharedFiles?.put(sharedName(guild, file), join(folder, guild, file));
  };
  const remove = async (guild: GuildId, file: string): Promise<void> => {
    await rm(join(folder, guild, file), { force: true });
    await sharedFiles?.remove(sharedName(guild, file));
  };

  /** Brings what other machines have, and gives them what this one has. */
  const align = async (shared: SharedFiles): Promise<void> => {
    const there = new Set(await shared.names(`${START}/`));
    for (const name of there) {
      const [, guild = "", file = ""] = SHARED_NAME.exec(name) ?? [];
      if (guild === "" || existsSync(join(folder, guild, file))) continue;
      await mkdir(join(folder, guild), { recursive: true });
      await shared.fetch(name, join(folder, guild, file));
    }
    for (const guild of await guildsIn(folder))
      for (const file of await textsIn(join(folder, guild)))
        if (!there.has(sharedName(guild, file))) await share(guild, file);
  };

  await mkdir(folder, { recursive: true });
  // A process that was killed has left them; nobody was told that they are kept.
  for (const guild of await guildsIn(folder))
    for (const file of await readdir(join(folder, guild)))
      if (file.endsWith(UNSHARED)) await rm(join(folder, guild, file), { force: true });
  if (sharedFiles !== undefined) await align(sharedFiles);
  for (const guild of await guildsIn(folder)) await read(guild);

  return {
    async refresh() {
      if (sharedFiles === undefined) return;
      const there = new Set(await sharedFiles.names(`${START}/`));
      // What another machine has removed is not brought back by this one.
      for (const guild of await guildsIn(folder))
        for (const file of await textsIn(join(folder, guild)))
          if (!there.has(sharedName(guild, file))) await rm(join(folder, guild, file), { force: true });
      await align(sharedFiles);
      for (const guild of await guildsIn(folder)) await read(guild);
    },
    find(id) {
      for (const [guild, sounds] of kept) {
        const sound = sounds.find((one) => one.id === id);
        if (sound !== undefined) return { guild, sound };
      }
      return undefined;
    },
    async forgetGuild(guild) {
      kept.delete(guild);
      tell(guild);
      // Those that are shared went with the guild's rows.
      await rm(join(folder, guild), { recursive: true, force: true });
      await onGone();
    },
    async say(guild, text) {
      const hash = createHash("sha256").update(guild).update(text).digest("hex").slice(0, 12);
      const sound = soundOf(`said-${hash}`, text);
      const before = kept.get(guild) ?? [];
      const known = before.find((one) => one.id === sound.id);
      if (known !== undefined) return known;
      await mkdir(join(folder, guild), { recursive: true });
      const written = `${Date.now()}-said-${hash}.txt`;
      const path = join(folder, guild, written);
      // It is there for others before it has its name: a refresh in between takes it for one that another has removed.
      try {
        await writeFile(`${path}${UNSHARED}`, text, { mode: 0o600 });
        await sharedFiles?.put(sharedName(guild, written), `${path}${UNSHARED}`);
        await rename(`${path}${UNSHARED}`, path);
      } finally {
        await rm(`${path}${UNSHARED}`, { force: true });
      }
      const now = [...before, sound];
      kept.set(guild, now.slice(-MOST));
      tell(guild);
      const files = await textsIn(join(folder, guild));
      for (const file of files.slice(0, Math.max(0, files.length - MOST))) await remove(guild, file);
      if (files.length > MOST) await onGone();
      return sound;
    },
  };
};

/** `1700000000000-said-0123.txt` → `said-0123`. */
const nameOf = (file: string): string => file.replace(/^\d+-/, "").replace(/\.txt$/, "");
