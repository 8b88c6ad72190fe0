import { copyFile, mkdir, mkdtemp, readdir, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { UserError } from "../kernel/errors.ts";
import { lockFolder } from "../storage/folderLock.ts";
import { inspectDatabase } from "../storage/snapshot.ts";
import { type Manifest, openArchive } from "./archive.ts";
import type { Kept } from "./backup.ts";

/** What has been restored. */
interface RestoreReport {
  readonly manifest: Manifest;
  /** Where the data of before are now; undefined where there were none. */
  readonly movedTo: string | undefined;
  /** Where the settings of the backup are now; undefined where it had none. */
  readonly settings: string | undefined;
}

/** The database comes last: with it, the rest is there. */
const RESTORED = ["uploads", "whispers", "lull.sqlite"];
/** A database's log belongs to it alone. */
const REPLACED = ["lull.sqlite-wal", "lull.sqlite-shm", ...RESTORED];

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

const isEmpty = async (path: string): Promise<boolean> => {
  const entries = await readdir(path, { recursive: true, withFileTypes: true }).catch(() => undefined);
  return entries === undefined ? !(await exists(path)) : entries.every((entry) => entry.isDirectory());
};

const presentIn = async (data: string): Promise<readonly string[]> => {
  const found = await Promise.all(REPLACED.map(async (name) => ((await isEmpty(join(data, name))) ? [] : [name])));
  return found.flat();
};

const hasData = (data: string) =>
  new UserError(
    "data-exist",
    `${data} already holds Lull's data. Say --replace to put the backup in their place; they are moved aside, not deleted.`,
  );

/** Extracts and checks everything before anything is changed. */
const extractChecked = async (file: string, into: string): Promise<Manifest> => {
  const archive = await openArchive(file);
  try {
    const { manifest } = archive;
    await archive.extract(into);
    const { unknown } = inspectDatabase(join(into, "lull.sqlite"));
    if (unknown.length > 0)
      throw new UserError(
        "storage-too-new",
        `${file} was written by a newer Lull (${manifest.lull}). Update this one, then restore. Nothing has been changed.`,
      );
    return manifest;
  } finally {
    archive.close();
  }
};

const restoreSettings = async (staging: string, { data, settings }: Kept): Promise<string | undefined> => {
  const from = join(staging, "settings.env");
  if (!(await exists(from))) return undefined;
  const beside = join(data, "settings-of-backup.env");
  if (!(await exists(settings))) {
    // A container's file system is read-only.
    const isCopied = await copyFile(from, settings).then(
      () => true,
      () => false,
    );
    if (isCopied) return settings;
  }
  await copyFile(from, beside);
  return beside;
};

const moveAside = async (data: string, present: readonly string[]): Promise<string | undefined> => {
  if (present.length === 0) return undefined;
  const aside = join(data, `before-restore-${new Date().toISOString().replace(/[-:]|\..*/g, "")}`);
  await mkdir(aside, { mode: 0o700 });
  for (const name of present) await rename(join(data, name), join(aside, name));
  return aside;
};

/**
 * Puts a backup into the data folder, after all of it has been read and compared with its checksums.
 * @param options.replace whether data that are there may be moved aside
 * @throws UserError when a bot runs on the folder, when data are there, or when the backup is damaged
 *   or too new; nothing is changed then
 */
export const restore = async (
  kept: Kept,
  file: string,
  { replace = false }: { readonly replace?: boolean } = {},
): Promise<RestoreReport> => {
  const { data } = kept;
  await mkdir(data, { recursive: true, mode: 0o700 });
  const lock = await lockFolder(data, { patience: 0 });
  const staging = await mkdtemp(join(data, ".restore-"));
  try {
    const present = await presentIn(data);
    if (present.length > 0 && !replace) throw hasData(data);
    const manifest = await extractChecked(file, staging);
    const movedTo = await moveAside(data, present);
    for (const name of RESTORED) {
      if (!(await exists(join(staging, name)))) continue;
      await rm(join(data, name), { recursive: true, force: true });
      await rename(join(staging, name), join(data, name));
    }
    return { manifest, movedTo, settings: await restoreSettings(staging, kept) };
  } finally {
    await rm(staging, { recursive: true, force: true });
    lock.release();
  }
};
