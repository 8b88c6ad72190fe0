import { readFileSync } from "node:fs";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { backUp } from "../../src/chores/backup.ts";
import { examine } from "../../src/chores/doctor.ts";
import { move } from "../../src/chores/move.ts";
import { restore } from "../../src/chores/restore.ts";
import { type GuildId, id } from "../../src/kernel/ids.ts";
import { lockDatabase } from "../../src/storage/databaseLock.ts";
import { lockFolder } from "../../src/storage/folderLock.ts";
import { openStorage } from "../../src/storage/openStorage.ts";
import { emptyDatabase, noPostgres, openPlace } from "../support/databases.ts";
import { fillTables, rowsOfTables } from "./everyTable.ts";

let folder: string;
let data: string;
const path = () => join(data, "lull.sqlite");

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "lull-move-"));
  data = join(folder, "data");
  const db = await openPlace({ path: path() });
  await fillTables(db);
  await db.destroy();
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const rowsIn = async (place: { readonly path: string; readonly url?: string }) => {
  const db = await openPlace(place);
  const rows = await rowsOfTables(db);
  await db.destroy();
  return rows;
};

describe.skipIf(noPostgres !== undefined)(noPostgres ?? "a move to PostgreSQL", () => {
  test("carries every row of every table, is checked, and leaves the file as it was", async () => {
    const url = await emptyDatabase();
    const before = readFileSync(path());
    const carried = await move(data, url);
    expect(readFileSync(path()).equals(before)).toBe(true);
    expect((await readdir(data)).filter((name) => name.startsWith("."))).toEqual([]);

    const rows = await rowsIn({ path: path() });
    expect(await rowsIn({ path: "", url })).toEqual(rows);
    expect(Object.fromEntries(carried.map(({ name, rows: count }) => [name, count]))).toEqual(
      Object.fromEntries(Object.entries(rows).map(([name, each]) => [name, each.length])),
    );
    for (const { name, rows: count, checksum } of carried)
      expect([name, count > 0, checksum]).toEqual([name, true, expect.stringMatching(/^[\da-f]{64}$/)]);
  });

  test("is refused into a database with rows, under a bot that runs, or without a file; nothing is changed then", async () => {
    const url = await emptyDatabase();
    const storage = await openStorage({ path: "", url });
    await storage.settings.change(id<GuildId>("1"), { ceilingDb: -3 });
    await expect(move(data, url)).rejects.toThrow(/is not empty: there are rows in settings/);
    expect(await storage.schedules.all()).toEqual([]);
    await storage.close();
    const lock = await lockFolder(data);
    await expect(move(data, await emptyDatabase())).rejects.toThrow(/in use by another Lull/);
    lock.release();
    await expect(move(join(folder, "nothing"), url)).rejects.toThrow(/There is nothing to move/);
  });

  test("can be taken back: a backup of the database is a file like any other", async () => {
    const url = await emptyDatabase();
    await move(data, url);
    const expected = await rowsIn({ path: path() });
    const running = await lockDatabase(url);
    const kept = { data, settings: join(folder, "none.env"), databaseUrl: url };
    await backUp(kept, join(folder, "backup.zip"), "1.0.0");
    await running.release();
    const restored = join(folder, "restored");
    await restore({ data: restored, settings: join(folder, "restored.env") }, join(folder, "backup.zip"));
    expect(await rowsIn({ path: join(restored, "lull.sqlite") })).toEqual(expected);
  });

  test("is seen by the doctor", async () => {
    const url = await emptyDatabase();
    const seen = async (databaseUrl: string) => {
      const patient = {
        version: "1.0.0",
        token: undefined,
        apiBase: "",
        data,
        cache: data,
        stun: undefined,
        databaseUrl,
      };
      return (await examine(patient)).find(({ part }) => part === "Database");
    };
    expect(await seen(url)).toMatchObject({ kind: "ok", text: expect.stringMatching(/the next start makes/) });
    await (await openStorage({ path: "", url })).close();
    expect(await seen(url)).toMatchObject({ kind: "ok", text: "PostgreSQL answers." });
    const gone = Object.assign(new URL(url), { port: "1" }).href;
    expect(await seen(gone)).toMatchObject({ kind: "problem", text: expect.stringMatching(/cannot be used/) });
  });
});
