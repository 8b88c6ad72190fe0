import { sql } from "kysely";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type GuildId, id, type SoundId, type UserId } from "../../src/kernel/ids.ts";
import { silentLog } from "../../src/kernel/log.ts";
import { hours } from "../../src/kernel/units.ts";
import type { GuildRetentionStore } from "../../src/ports/guild.ts";
import { createGuildRetention } from "../../src/runtime/guildRetention.ts";
import type { Database } from "../../src/storage/database.ts";
import { openStorage, type Storage } from "../../src/storage/openStorage.ts";
import { onEachDatabase, openPlace } from "../support/databases.ts";
import { fakeClock, settle } from "../support/fakeClock.ts";

const fort = id<GuildId>("1");
const library = id<GuildId>("2");
const ana = id<UserId>("100");
const DAY = hours(24);

onEachDatabase((freshPlace) => {
  let storage: Storage;
  let tables: Database;

  beforeEach(async () => {
    const place = await freshPlace();
    storage = await openStorage(place);
    tables = await openPlace(place);
  });
  afterEach(async () => {
    await storage.close();
    await tables.destroy();
  });

  /** Every table with rows of a guild, read from the schema. */
  const tablesOfGuilds = async () =>
    (await tables.introspection.getTables()).filter(
      ({ name, columns }) => name !== "farewells" && columns.some((column) => column.name === "guild"),
    );
  const namesOfTables = async () => (await tablesOfGuilds()).map(({ name }) => name);
  const own = (name: string) => sql.table(name);
  /** A row in each of them, whatever they are for. */
  const fill = async (guild: GuildId) => {
    for (const { name, columns } of await tablesOfGuilds()) {
      const values = columns.map((column) => {
        if (column.name === "guild") return guild;
        if (column.name === "shared") return 0;
        return column.dataType.toLowerCase() === "text" ? `${guild} ${column.name}` : 1;
      });
      await sql`insert into ${own(name)} values (${sql.join(values)})`.execute(tables);
    }
    const occurrence = { schedule: `${guild} id`, date: "2026-11-23", fate: "started", at: 1 };
    await tables.insertInto("occurrences").values(occurrence).execute();
  };
  const rowsOf = async (guild: GuildId) => {
    const found: string[] = [];
    for (const name of await namesOfTables()) {
      const { rows } = await sql`select 1 from ${own(name)} where guild = ${guild}`.execute(tables);
      if (rows.length > 0) found.push(name);
    }
    return found;
  };

  /** A store, and how many of its answers are still to come: a server's take time that is not the clock's. */
  const counted = (store: GuildRetentionStore) => {
    let open = 0;
    const count =
      <Args extends unknown[], Result>(ask: (...args: Args) => Promise<Result>) =>
      async (...args: Args): Promise<Result> => {
        open++;
        try {
          return await ask(...args);
        } finally {
          open--;
        }
      };
    const entries = Object.entries(store).map(([name, ask]) => [name, count(ask)]);
    return { store: Object.fromEntries(entries) as GuildRetentionStore, open: () => open };
  };

  /** The watch over a bot that is in these guilds. */
  const watched = (...here: GuildId[]) => {
    const { store, open } = counted(storage.guildRetention);
    const clock = fakeClock();
    const guilds = new Set(here);
    const forgotten: GuildId[] = [];
    const pass = async (days: number) => {
      for (let day = 0; day < days; day++) {
        await clock.advance(DAY);
        while (open() > 0) await settle();
      }
    };
    const watch = createGuildRetention({
      store,
      isHere: (guild) => guilds.has(guild),
      forget: async (guild) => void forgotten.push(guild),
      clock,
      log: silentLog,
    });
    return { pass, guilds, forgotten, watch };
  };

  test("what is kept of a guild that has sent the bot away is deleted after thirty days, every row of it and no other", async () => {
    await fill(fort);
    await fill(library);
    const { pass, guilds, forgotten, watch } = watched(fort, library);
    await watch.sweep();
    guilds.delete(fort);
    await watch.guildLeft(fort);
    await pass(29);
    expect(await rowsOf(fort)).toEqual(await namesOfTables());
    await pass(2);
    expect(await rowsOf(fort)).toEqual([]);
    expect(forgotten).toEqual([fort]);
    expect(await tables.selectFrom("occurrences").selectAll().execute()).toHaveLength(1);
    await pass(60);
    expect(await rowsOf(library)).toEqual(await namesOfTables());
    watch.close();
  });

  test("a guild that invites it again within that time finds everything as it was, and its thirty days start again", async () => {
    await storage.favourites.add(fort, {
      name: "Rain",
      mix: [{ sound: id<SoundId>("rain"), gainDb: 0, place: "centre" }],
      by: ana,
    });
    const { pass, guilds, watch } = watched(fort);
    await watch.sweep();
    guilds.delete(fort);
    await watch.guildLeft(fort);
    await pass(25);
    guilds.add(fort);
    await pass(20);
    expect((await storage.favourites.list(fort)).map(({ name }) => name)).toEqual(["Rain"]);
    guilds.delete(fort);
    await watch.guildLeft(fort);
    await pass(29);
    expect(await storage.favourites.list(fort)).toHaveLength(1);
    await pass(2);
    expect(await storage.favourites.list(fort)).toEqual([]);
    watch.close();
  });

  test("a bot that was not there when it was sent away notices at its next start, and counts from then", async () => {
    await fill(fort);
    const { pass, watch } = watched(library);
    await watch.sweep();
    await pass(29);
    expect(await rowsOf(fort)).not.toEqual([]);
    await pass(2);
    expect(await rowsOf(fort)).toEqual([]);
    watch.close();
  });

  test("one process says nothing of the guilds that another looks after", async () => {
    await fill(fort);
    const clock = fakeClock();
    const watch = (own: GuildId, isHere: boolean) =>
      createGuildRetention({
        store: storage.guildRetention,
        carries: (guild) => guild === own,
        isHere: (guild) => guild === own && isHere,
        forget: async () => {},
        clock,
        log: silentLog,
      });
    const [left, other] = [watch(fort, false), watch(library, true)];
    await left.guildLeft(fort);
    await other.sweep();
    expect([...(await storage.guildRetention.departures()).keys()]).toEqual([fort]);
    clock.set(clock.now() + 31 * DAY);
    await other.sweep();
    expect(await rowsOf(fort)).not.toEqual([]);
    await left.sweep();
    expect(await rowsOf(fort)).toEqual([]);
    for (const one of [left, other]) one.close();
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
});
