import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { GuildCatalogue } from "../catalogue/guildCatalogue.ts";
import { soundOfScript } from "../catalogue/script.ts";
import { MADE_HERE, type Sound, WHISPERED } from "../catalogue/sound.ts";
import { whisperScriptOf } from "../catalogue/whisper.ts";
import { type GuildId, id, type SoundId } from "../kernel/ids.ts";
import type { Log } from "../kernel/log.ts";
import type { Whispers } from "../ports/sounds.ts";

/** Whispers kept per guild; the oldest are removed first. */
const MOST = 20;
const TITLE = 40;

/** What members have had whispered, guild by guild. */
export interface WhisperStore extends Whispers {
  /** A whisper, and the guild that it is of. */
  find(sound: SoundId): { readonly guild: GuildId; readonly sound: Sound } | undefined;
  /** Deletes the guild's texts. */
  forgetGuild(guild: GuildId): Promise<void>;
}

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
 * @param options.onGone called once texts have been deleted
 */
export const openWhispers = async ({
  folder,
  library,
  log,
  onGone = async () => {},
}: {
  readonly folder: string;
  readonly library: Pick<GuildCatalogue, "setWhispers">;
  readonly log: Log;
  readonly onGone?: () => Promise<void>;
}): Promise<WhisperStore> => {
  /** The latest last. */
  const kept = new Map<GuildId, readonly Sound[]>();
  const tell = (guild: GuildId) => library.setWhispers(guild, kept.get(guild) ?? []);

  const read = async (guild: GuildId): Promise<void> => {
    const files = (await readdir(join(folder, guild))).filter((file) => file.endsWith(".txt")).sort();
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

  await mkdir(folder, { recursive: true });
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (entry.isDirectory() && /^\d{1,20}$/.test(entry.name)) await read(id<GuildId>(entry.name));
  }

  return {
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
      await writeFile(join(folder, guild, `${Date.now()}-said-${hash}.txt`), text, { mode: 0o600 });
      const now = [...before, sound];
      kept.set(guild, now.slice(-MOST));
      tell(guild);
      const files = (await readdir(join(folder, guild))).sort();
      for (const file of files.slice(0, Math.max(0, files.length - MOST)))
        await rm(join(folder, guild, file), { force: true });
      if (files.length > MOST) await onGone();
      return sound;
    },
  };
};

/** `1700000000000-said-0123.txt` → `said-0123`. */
const nameOf = (file: string): string => file.replace(/^\d+-/, "").replace(/\.txt$/, "");
