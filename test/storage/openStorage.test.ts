import { copyFile, mkdir, mkdtemp, open, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import SQLite from "better-sqlite3";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type GuildId, id, type SoundId, type UserId } from "../../src/kernel/ids.ts";
import { minutes } from "../../src/kernel/units.ts";
import { openStorage } from "../../src/storage/openStorage.ts";
import { fakeClock } from "../support/fakeClock.ts";
import { canMountDisks, mountSmallDisk } from "../support/smallDisk.ts";

const here = id<GuildId>("1");
let directory: string;
const path = () => join(directory, "lull.db");

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "lull-storage-"));
});
afterEach(() => rm(directory, { recursive: true }));

test("what is acknowledged is on the disk", async () => {
  const { close } = await openStorage({ path: path() });
  const file = new SQLite(path());
  expect(file.pragma("journal_mode", { simple: true })).toBe("wal");
  file.close();
  await close();
});

test("a file that is no database is left alone, and named", async () => {
  await writeFile(path(), "once upon a time ".repeat(100));
  await expect(openStorage({ path: path() })).rejects.toThrow(/lull\.db is not a database that Lull can read/);
});

test("a file of a newer version is left alone", async () => {
  await (await openStorage({ path: path() })).close();
  const file = new SQLite(path());
  file.prepare("insert into kysely_migration values ('9999_dreams', '2030-01-01')").run();
  file.close();
  await expect(openStorage({ path: path() })).rejects.toThrow(/written by a newer Lull/);
});

test("a path that cannot be opened is named", async () => {
  await mkdir(path());
  await expect(openStorage({ path: path() })).rejects.toThrow(
    expect.objectContaining({ name: "UserError", message: expect.stringMatching(/lull\.db cannot be opened/) }),
  );
});

test("while another program writes, a change is refused in plain words, and reading goes on", async () => {
  const storage = await openStorage({ path: path() });
  const other = new SQLite(path());
  other.prepare("begin immediate").run();
  const favourite = {
    name: "Ocean",
    mix: [{ sound: id<SoundId>("ocean"), gainDb: 0, place: "centre" }] as const,
    by: id<UserId>("100"),
  };
  await expect(storage.favourites.add(here, favourite)).rejects.toThrow(
    expect.objectContaining({ name: "UserError", code: "not-saved" }),
  );
  expect(await storage.favourites.list(here)).toEqual([]);
  other.prepare("rollback").run();
  other.close();
  await storage.favourites.add(here, favourite);
  await storage.close();
});

const ocean = {
  name: "Ocean",
  mix: [{ sound: id<SoundId>("ocean"), gainDb: 0, place: "centre" }] as const,
  by: id<UserId>("100"),
};

test.skipIf(!canMountDisks)("a full disk is called that, to the member and once to the operator", async () => {
  const disk = mountSmallDisk(directory, "1m");
  try {
    const told: string[] = [];
    const storage = await openStorage({ path: path(), onTrouble: (sentence) => told.push(sentence) });
    await writeFile(join(directory, "ballast"), Buffer.alloc(2 ** 21)).catch(() => {});
    for (let i = 0; i < 3; i++)
      await expect(storage.favourites.add(here, ocean)).rejects.toThrow(
        expect.objectContaining({ code: "not-saved", message: expect.stringMatching(/disk .* is full/) }),
      );
    expect(told).toEqual([expect.stringMatching(/lull\.db cannot be written \(the disk is full\)/)]);
    expect(await storage.favourites.list(here)).toEqual([]);
    await rm(join(directory, "ballast"));
    await storage.favourites.add(here, ocean);
    expect(await storage.favourites.list(here)).toHaveLength(1);
    await storage.close();
  } finally {
    disk.unmount();
  }
});

test("a database that is damaged or deleted while it is open is noticed within the hour, once", async () => {
  const damage: Readonly<Record<string, (file: string) => Promise<unknown>>> = {
    "damaged|cannot be read": async (file) => {
      const handle = await open(file, "r+");
      await handle.write(Buffer.alloc(8_192, 7), 0, 8_192, 4_096);
      await handle.close();
    },
    deleted: (file) => rm(file),
    replaced: (file) => copyFile(file, `${file}.copy`).then(() => rename(`${file}.copy`, file)),
  };
  for (const [words, harm] of Object.entries(damage)) {
    await mkdir(join(directory, words));
    const file = join(directory, words, "lull.db");
    const told: string[] = [];
    const clock = fakeClock();
    const storage = await openStorage({ path: file, clock, onTrouble: (sentence) => told.push(sentence) });
    await storage.favourites.add(here, ocean);
    await clock.advance(minutes(59));
    new SQLite(file).pragma("wal_checkpoint(truncate)");
    await harm(file);
    expect(told).toEqual([]);
    for (let hour = 0; hour < 2; hour++) {
      await clock.advance(minutes(61));
      await expect.poll(() => told).toEqual([expect.stringMatching(words)]);
    }
    await storage.close();
  }
});
