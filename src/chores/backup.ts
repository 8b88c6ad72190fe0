import { copyFile, link, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import { UserError } from "../kernel/errors.ts";
import { isMissingFile } from "../kernel/fileErrors.ts";
import { hours } from "../kernel/units.ts";
import { copyFromServer } from "../storage/serverSnapshot.ts";
import { copyDatabase, inspectDatabase } from "../storage/snapshot.ts";
import { writeArchive } from "./archive.ts";

/** Where Lull keeps what is worth keeping. */
export interface Kept {
  /** The data folder. */
  readonly data: string;
  /** Address of the PostgreSQL database that takes the place of the folder's `lull.sqlite`. */
  readonly databaseUrl?: string | undefined;
  /** The operator's settings, `.env`. */
  readonly settings: string;
}

/** What went into a backup. */
interface BackupReport {
  readonly files: number;
  readonly bytes: number;
}

/** The bot may remove an upload while it is being looked for; then the database is copied once more. */
const TRIES = 5;
/** A folder of a backup that was killed. */
const STALE = hours(24);
const STAGING = ".backup-";

const filesIn = async (folder: string): Promise<readonly string[]> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch((error: unknown) => {
    if (isMissingFile(error)) return [];
    throw error;
  });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
};

/** A second name for a file, which keeps it though the bot removes the first; a copy where there are no links. */
const hold = async (from: string, to: string): Promise<boolean> => {
  await mkdir(dirname(to), { recursive: true });
  try {
    await link(from, to).catch((error: unknown) => {
      if (isMissingFile(error)) throw error;
      return copyFile(from, to);
    });
    return true;
  } catch (error) {
    if (isMissingFile(error)) return false;
    throw error;
  }
};

/** Brings together what belongs to one moment. @returns the names, and whether every upload has its file */
const gather = async ({ data, databaseUrl }: Kept, staging: string) => {
  await rm(staging, { recursive: true, force: true });
  await mkdir(staging, { mode: 0o700 });
  const copy = join(staging, "lull.sqlite");
  if (databaseUrl === undefined) await copyDatabase(join(data, "lull.sqlite"), copy);
  const names = ["lull.sqlite"];
  for (const kind of ["uploads", "whispers"])
    for (const path of await filesIn(join(data, kind))) {
      const name = relative(data, path).split(sep).join("/");
      if (await hold(path, join(staging, name))) names.push(name);
    }
  // Files are read after the rows that name them; one that is removed in between is no part of the next copy.
  if (databaseUrl !== undefined)
    names.push(...(await copyFromServer(databaseUrl, copy, { folder: staging, known: new Set(names) })));
  const { uploads } = inspectDatabase(copy);
  return { names, isWhole: uploads.every((hash) => names.includes(`uploads/${hash}.opus`)) };
};

/** The settings without the token and the database's password: a backup may lie where these must not. */
const holdSettings = async (settings: string, staging: string): Promise<readonly string[]> => {
  try {
    const text = await readFile(settings, "utf8");
    const kept = text
      .split(/\r?\n/)
      .filter((line) => !/^\s*(export\s+)?(DISCORD_TOKEN|LULL_DATABASE_URL)\s*=/.test(line));
    await writeFile(join(staging, "settings.env"), kept.join("\n"), { mode: 0o600 });
    return ["settings.env"];
  } catch (error) {
    if (isMissingFile(error)) return [];
    throw error;
  }
};

const removeStale = async (data: string): Promise<void> => {
  for (const name of await readdir(data)) {
    const path = join(data, name);
    if (name.startsWith(STAGING) && Date.now() - (await stat(path)).mtimeMs > STALE)
      await rm(path, { recursive: true, force: true });
  }
};

/**
 * Writes database, uploads, whispers and settings into one file, as they were at one moment, while
 * the bot may run.
 * @param file must not exist; it is there only once it is whole
 * @param version of Lull
 * @throws UserError when the file exists, or there is no database
 */
export const backUp = async (kept: Kept, file: string, version: string): Promise<BackupReport> => {
  const { data, settings, databaseUrl } = kept;
  if (await stat(file).catch(() => undefined))
    throw new UserError("file-exists", `${file} is there already. Choose another name, or move it away.`);
  if (databaseUrl === undefined && !(await stat(join(data, "lull.sqlite")).catch(() => undefined)))
    throw new UserError(
      "no-data",
      `There is nothing to back up: ${data} holds no lull.sqlite. LULL_DATA names the folder.`,
    );
  await mkdir(data, { recursive: true, mode: 0o700 });
  await removeStale(data);
  const staging = await mkdtemp(join(data, STAGING));
  const part = `${file}.part`;
  try {
    let { names, isWhole } = await gather(kept, staging);
    // An upload whose file is gone for good is no reason to have no backup: the bot leaves it out, too.
    for (let tries = 1; !isWhole && tries < TRIES; tries++) ({ names, isWhole } = await gather(kept, staging));
    const all = [...names, ...(await holdSettings(settings, staging))];
    const { schema } = inspectDatabase(join(staging, "lull.sqlite"));
    const about = { lull: version, createdAt: new Date().toISOString(), schema: [...schema] };
    await rm(part, { force: true });
    const { files } = await writeArchive(part, staging, all, about);
    await rename(part, file);
    return { files: all.length, bytes: Object.values(files).reduce((sum, { bytes }) => sum + bytes, 0) };
  } finally {
    await rm(staging, { recursive: true, force: true });
    await rm(part, { force: true });
  }
};
