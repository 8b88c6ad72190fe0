import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import SQLite from "better-sqlite3";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type GuildId, id, type SoundId, type UserId } from "../../src/kernel/ids.ts";
import { silentLog } from "../../src/kernel/log.ts";
import { hours } from "../../src/kernel/units.ts";
import { createGuildRetention } from "../../src/runtime/guildRetention.ts";
import { openStorage, type Storage } from "../../src/storage/openStorage.ts";
import { fakeClock } from "../support/fakeClock.ts";

const fort = id<GuildId>("1");
const library = id<GuildId>("2");
const ana = id<UserId>("100");
const DAY = hours(24);

let directory: string;
let path: string;
let storage: Storage;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "lull-farewells-"));
  path = join(directory, "lull.sqlite");
  storage = await openStorage({ path });
});
afterEach(async () => {
  await storage.close();
  await rm(directory, { recursive: true });
});

const inFile = <T>(read: (file: SQLite.Database) => T): T => {
  const file = new SQLite(path);
  try {
    return read(file);
  } finally {
    file.close();
  }
};
/** Every table with rows of a guild, read from the schema. */
const tablesOfGuilds = () =>
  inFile((file) =>
    (file.prepare("select name from sqlite_master where type = 'table'").pluck().all() as string[]).filter(
      (table) =>
        table !== "farewells" &&
        (file.pragma(`table_info(${table})`) as { name: string }[]).some(({ name }) => name === "guild"),
    ),
  );
/** A row in each of them, whatever they are for. */
const fill = (guild: GuildId) =>
  inFile((file) => {
    for (const table of tablesOfGuilds()) {
      const columns = file.pragma(`table_info(${table})`) as { name: string; type: string }[];
      const values = columns.map(({ name, type }) =>
        name === "guild" ? guild : name === "shared" ? 0 : type.toLowerCase() === "text" ? `${guild} ${name}` : 1,
      );
      file.prepare(`insert into ${table} values (${columns.map(() => "?").join()})`).run(values);
    }
    file.prepare("insert into occurrences values (?, '2026-11-23', 'started', 1, null)").run(`${guild} id`);
  });
const rowsOf = (guild: GuildId) =>
  inFile((file) =>
    tablesOfGuilds().flatMap((table) =>
      file.prepare(`select count(*) from ${table} where guild = ?`).pluck().get(guild) === 0 ? [] : [table],
    ),
  );

/** The watch over a bot that is in these guilds. */
const watched = (...here: GuildId[]) => {
  const clock = fakeClock();
  const guilds = new Set(here);
  const forgotten: GuildId[] = [];
  const watch = createGuildRetention({
    store: storage.guildRetention,
    isHere: (guild) => guilds.has(guild),
    forget: async (guild) => void forgotten.push(guild),
    clock,
    log: silentLog,
  });
  return { clock, guilds, forgotten, watch };
};

test("what is kept of a guild that has sent the bot away is deleted after thirty days, every row of it and no other", async () => {
  fill(fort);
  fill(library);
  const { clock, guilds, forgotten, watch } = watched(fort, library);
  await watch.sweep();
  guilds.delete(fort);
  await watch.guildLeft(fort);
  await clock.advance(29 * DAY);
  expect(rowsOf(fort)).toEqual(tablesOfGuilds());
  await clock.advance(2 * DAY);
  expect(rowsOf(fort)).toEqual([]);
  expect(forgotten).toEqual([fort]);
  expect(inFile((file) => file.prepare("select count(*) from occurrences").pluck().get())).toBe(1);
  await clock.advance(60 * DAY);
  expect(rowsOf(library)).toEqual(tablesOfGuilds());
  watch.close();
});

test("a guild that invites it again within that time finds everything as it was, and its thirty days start again", async () => {
  await storage.favourites.add(fort, {
    name: "Rain",
    mix: [{ sound: id<SoundId>("rain"), gainDb: 0, place: "centre" }],
    by: ana,
  });
  const { clock, guilds, watch } = watched(fort);
  await watch.sweep();
  guilds.delete(fort);
  await watch.guildLeft(fort);
  await clock.advance(25 * DAY);
  guilds.add(fort);
  await clock.advance(20 * DAY);
  expect((await storage.favourites.list(fort)).map(({ name }) => name)).toEqual(["Rain"]);
  guilds.delete(fort);
  await watch.guildLeft(fort);
  await clock.advance(29 * DAY);
  expect(await storage.favourites.list(fort)).toHaveLength(1);
  await clock.advance(2 * DAY);
  expect(await storage.favourites.list(fort)).toEqual([]);
  watch.close();
});

test("a bot that was not there when it was sent away notices at its next start, and counts from then", async () => {
  fill(fort);
  const { clock, watch } = watched(library);
  await watch.sweep();
  await clock.advance(29 * DAY);
  expect(rowsOf(fort)).not.toEqual([]);
  await clock.advance(2 * DAY);
  expect(rowsOf(fort)).toEqual([]);
  watch.close();
});

test("a sound that is shared with everybody stays, and names nobody", async () => {
  const sound = {
    guild: fort,
    title: "Gutter",
    trigger: "rain",
    risks: [],
    licence: "CC0-1.0",
    origin: "WAV",
  } as const;
  const { id: gutter } = await storage.guildSounds.add({ ...sound, addedBy: ana, hash: "a", bytes: 1, length: 1 });
  await storage.guildSounds.change(fort, gutter, { shared: true });
  await storage.guildSounds.add({ ...sound, title: "Own", addedBy: ana, hash: "b", bytes: 1, length: 1 });
  await storage.guildRetention.deleteGuild(fort);
  expect(await storage.guildSounds.all()).toMatchObject([{ title: "Gutter", addedBy: undefined }]);
});
