import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, inject } from "vitest";
import { connectDatabase, type Database, openDatabase } from "../../src/storage/database.ts";
import { type DatabasePlace, openStorage } from "../../src/storage/openStorage.ts";
import { createDatabase, runOn } from "./postgresServer.ts";
import "./sharedPostgres.ts";

const shared = inject("postgres");

/** Why tests on PostgreSQL do not run here; undefined where they do. */
export const noPostgres = "missing" in shared ? shared.missing : undefined;

const serverAddress = "address" in shared ? shared.address : "";

/** @returns the address of a new database of PostgreSQL's, without a table */
export const emptyDatabase = (): Promise<string> => createDatabase(serverAddress);

/** Opens the tables themselves, below the repositories. */
export const openPlace = ({ path, url }: DatabasePlace): Promise<Database> =>
  url === undefined ? openDatabase(path) : connectDatabase(url);

/** Takes every row of Lull's out of every table. */
const EMPTY_TABLES = `do $$ declare each record; begin
  for each in select tablename from pg_tables where schemaname = 'public' and tablename not like 'kysely%' loop
    execute format('delete from %I', each.tablename);
  end loop; end $$`;

/**
 * Declares the same tests for each kind of database.
 * @param suite is given what makes a place without a row; what was made before may not be used any more
 */
export const onEachDatabase = (suite: (freshPlace: () => Promise<DatabasePlace>) => void): void => {
  describe("on SQLite", () => {
    const folders: string[] = [];
    afterAll(async () => {
      for (const folder of folders) await rm(folder, { recursive: true, force: true });
    });
    suite(async () => {
      const folder = await mkdtemp(join(tmpdir(), "lull-storage-"));
      folders.push(folder);
      return { path: join(folder, "deeper", "lull.sqlite") };
    });
  });
  describe.skipIf(noPostgres !== undefined)(noPostgres ? `on PostgreSQL: ${noPostgres}` : "on PostgreSQL", () => {
    let url: string | undefined;
    suite(async () => {
      if (url === undefined) {
        url = await emptyDatabase();
        await (await openStorage({ path: "", url })).close();
      } else await runOn(url, EMPTY_TABLES);
      return { path: "", url };
    });
  });
};
