import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import SQLite from "better-sqlite3";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type GuildId, id, type RoleId, type SoundId, type UserId } from "../../src/kernel/ids.ts";
import { minutes } from "../../src/kernel/units.ts";
import { DEFAULT_SETTINGS } from "../../src/ports/defaultSettings.ts";
import { openStorage } from "../../src/storage/openStorage.ts";
import { sessionFixture } from "../session/sessionFixture.ts";

const here = id<GuildId>("1");
let directory: string;
const path = () => join(directory, "lull.db");

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "lull-storage-"));
});
afterEach(() => rm(directory, { recursive: true }));

test("a guild that has chosen nothing has the defaults, and keeps what it chooses", async () => {
  const { settings, close } = await openStorage({ path: path() });
  expect(await settings.of(here)).toEqual(DEFAULT_SETTINGS);
  await settings.change(here, { ceilingDb: -6 });
  expect(await settings.change(here, { fade: minutes(10) })).toEqual({
    ...DEFAULT_SETTINGS,
    ceilingDb: -6,
    fade: minutes(10),
  });
  const quiet = { from: 1380, to: 420, timeZone: "Europe/Berlin", timer: minutes(60), softerBy: 6 };
  const chosen = { quiet, votes: false, eyesClosed: false, timerEnd: "whisper", hostRole: id<RoleId>("9") } as const;
  expect(await settings.change(here, chosen)).toMatchObject({ ...chosen, ceilingDb: -6 });
  expect(await settings.change(here, { quiet: null, votes: null })).toMatchObject({ votes: true, timerEnd: "whisper" });
  expect((await settings.of(here)).quiet).toBeUndefined();
  expect(await settings.change(here, {})).toMatchObject({ ceilingDb: -6 });
  expect(await settings.of(id<GuildId>("2"))).toMatchObject({ ceilingDb: 0 });
  await close();
});

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

test("sessions are kept as they are, the latest of each guild; unknown shapes are left out", async () => {
  const storage = await openStorage({ path: path() });
  const room = sessionFixture();
  await storage.sessions.save([room.session()], 1);
  room.dispatch({ type: "sleepRequested", endsAt: room.now() + minutes(30) });
  await storage.sessions.save([room.session()], 2);
  expect(await storage.sessions.all()).toEqual([{ session: JSON.parse(JSON.stringify(room.session())), savedAt: 2 }]);
  const file = new SQLite(path());
  file.prepare("insert into sessions values ('7', 1, 999, '{}'), ('8', 1, 1, 'not json')").run();
  file.close();
  expect(await storage.sessions.all()).toHaveLength(1);
  await storage.sessions.forget(here);
  expect(await storage.sessions.all()).toEqual([]);
  await storage.close();
});
