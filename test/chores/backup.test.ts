import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { backUp } from "../../src/chores/backup.ts";
import { restore } from "../../src/chores/restore.ts";
import { type ChannelId, type GuildId, id, type ScheduleId, type SoundId, type UserId } from "../../src/kernel/ids.ts";
import { rawText } from "../../src/kernel/memberText.ts";
import { lockFolder } from "../../src/storage/folderLock.ts";
import { openStorage } from "../../src/storage/openStorage.ts";

const GUILD = id<GuildId>("1");
const HASH = "0123456789abcdef";
const SETTINGS = "DISCORD_TOKEN=secret.secret.secret\nTIME_ZONE=Europe/Berlin\n";

let folder: string;
let before: { data: string; settings: string };
let after: { data: string; settings: string };
let file: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "lull-backup-"));
  before = { data: join(folder, "before"), settings: join(folder, "before.env") };
  after = { data: join(folder, "after"), settings: join(folder, "after.env") };
  file = join(folder, "backup.zip");
  mkdirSync(join(before.data, "uploads", "originals"), { recursive: true });
  mkdirSync(join(before.data, "whispers", "1"), { recursive: true });
  writeFileSync(join(before.data, "uploads", `${HASH}.opus`), "a sound");
  writeFileSync(join(before.data, "uploads", "originals", "up-1"), "a recording");
  writeFileSync(join(before.data, "whispers", "1", "1700000000000-said-0123.txt"), "Good night");
  writeFileSync(before.settings, SETTINGS);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const path = (data: string) => join(data, "lull.sqlite");

/** A database in which a favourite and an upload are kept. */
const fill = async () => {
  const storage = await openStorage({ path: path(before.data) });
  await storage.favourites.add(GUILD, {
    name: "Rainy",
    mix: [{ sound: id<SoundId>("rain"), gainDb: 0, place: "centre" }],
    by: id<UserId>("2"),
  });
  await storage.schedules.add({
    id: id<ScheduleId>("every-monday"),
    guild: GUILD,
    programme: "sleep",
    days: [1],
    time: "22:30",
    zone: "Europe/Berlin",
    channel: id<ChannelId>("10"),
    panel: id<ChannelId>("20"),
    by: id<UserId>("2"),
    createdAt: 1_000,
  });
  await storage.guildSounds.add({
    guild: GUILD,
    title: "Gutter",
    trigger: "rain",
    risks: [],
    licence: "CC0-1.0",
    origin: "",
    addedBy: id<UserId>("2"),
    hash: HASH,
    bytes: 7,
    length: 960,
  });
  return storage;
};
const namesIn = async (data: string) => {
  const storage = await openStorage({ path: path(data) });
  const names = (await storage.favourites.list(GUILD)).map(({ name }) => rawText(name));
  const sounds = (await storage.guildSounds.all()).map(({ title }) => rawText(title));
  const schedules = (await storage.schedules.all()).map(({ time }) => time);
  await storage.close();
  return { names, sounds, schedules };
};

test("a backup made while the bot runs brings everything back on an empty machine, but the token", async () => {
  const storage = await fill();
  const lock = await lockFolder(before.data);
  expect(await backUp(before, file, "1.0.0")).toMatchObject({ files: 5 });
  if (process.platform !== "win32") expect(statSync(file).mode & 0o077).toBe(0);
  expect(readdirSync(before.data).filter((name) => name.startsWith("."))).toEqual([]);
  expect(existsSync(`${file}.part`)).toBe(false);
  lock.release();
  await storage.close();

  const report = await restore(after, file);
  expect(report).toMatchObject({ manifest: { lull: "1.0.0" }, movedTo: undefined, settings: after.settings });
  expect(await namesIn(after.data)).toEqual({ names: ["Rainy"], sounds: ["Gutter"], schedules: ["22:30"] });
  expect(readFileSync(join(after.data, "uploads", `${HASH}.opus`), "utf8")).toBe("a sound");
  expect(readFileSync(join(after.data, "uploads", "originals", "up-1"), "utf8")).toBe("a recording");
  expect(readFileSync(join(after.data, "whispers", "1", "1700000000000-said-0123.txt"), "utf8")).toBe("Good night");
  expect(readFileSync(after.settings, "utf8")).toBe("TIME_ZONE=Europe/Berlin\n");
  expect(readFileSync(file).includes("secret")).toBe(false);
});

test("a copy made while another process writes holds every favourite that was acknowledged before", async () => {
  mkdirSync(before.data, { recursive: true });
  const writer = spawn(process.execPath, [join(import.meta.dirname, "..", "storage", "writer.ts"), path(before.data)]);
  let acknowledged = 0;
  await new Promise<void>((resolve) =>
    writer.stdout.on("data", (part: Buffer) => {
      acknowledged += part.toString().split("\n").length - 1;
      if (acknowledged >= 50) resolve();
    }),
  );
  const certain = acknowledged;
  await backUp(before, file, "1.0.0");
  writer.kill("SIGKILL");
  await once(writer, "close");
  await restore(after, file);
  expect((await namesIn(after.data)).names.length).toBeGreaterThanOrEqual(certain);
});

test("nothing is restored over data, or under a bot that runs; what is replaced is moved aside", async () => {
  await (await fill()).close();
  await backUp(before, file, "1.0.0");
  await expect(restore(before, file)).rejects.toThrow(/already holds Lull's data. Say --replace/);
  const lock = await lockFolder(before.data);
  await expect(restore(before, file, { replace: true })).rejects.toThrow(/in use by another Lull. Stop that one/);
  lock.release();
  const { movedTo, settings } = await restore(before, file, { replace: true });
  expect(existsSync(join(movedTo ?? "", "lull.sqlite"))).toBe(true);
  expect(existsSync(join(movedTo ?? "", "uploads", `${HASH}.opus`))).toBe(true);
  expect(settings).toBe(join(before.data, "settings-of-backup.env"));
  expect(readFileSync(before.settings, "utf8")).toBe(SETTINGS);
  expect((await namesIn(before.data)).sounds).toEqual(["Gutter"]);
});

test.each([
  ["a byte that differs", (bytes: Buffer) => bytes.fill(0x58, bytes.indexOf("a sound"), bytes.indexOf("a sound") + 1)],
  ["a file that is cut", (bytes: Buffer) => bytes.subarray(0, bytes.length / 2)],
  ["another file", () => Buffer.from("not a backup")],
])("%s is refused, and nothing is changed", async (_, damage) => {
  await (await fill()).close();
  await backUp(before, file, "1.0.0");
  writeFileSync(file, damage(readFileSync(file)));
  await expect(restore(after, file)).rejects.toThrow(/is not a whole backup of Lull's: .* Nothing has been changed\./);
  expect(readdirSync(after.data)).toEqual(["lock"]);
});

test("a backup of a newer Lull is refused", async () => {
  const storage = await fill();
  await storage.close();
  const { default: SQLite } = await import("better-sqlite3");
  const database = new SQLite(path(before.data));
  database.prepare("insert into kysely_migration (name, timestamp) values ('9999-future', '2099-01-01')").run();
  database.close();
  await backUp(before, file, "9.0.0");
  await expect(restore(after, file)).rejects.toThrow(/was written by a newer Lull \(9\.0\.0\)\. Update this one/);
});

test("an existing file is not overwritten, and a folder without a database is named", async () => {
  await expect(backUp(before, file, "1.0.0")).rejects.toThrow(/nothing to back up: .* holds no lull\.sqlite/);
  writeFileSync(file, "mine");
  await expect(backUp(before, file, "1.0.0")).rejects.toThrow(/is there already/);
});
