import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Mix } from "../../src/catalogue/mix.ts";
import { type GuildId, id, type SoundId, type UserId } from "../../src/kernel/ids.ts";
import { seconds } from "../../src/kernel/units.ts";
import { type DatabasePlace, openStorage, type Storage } from "../../src/storage/openStorage.ts";
import { withoutPassword } from "../../src/storage/postgresPool.ts";
import { openCommandHarness } from "../commands/commandHarness.ts";
import { emptyDatabase, noPostgres, openPlace } from "../support/databases.ts";
import { fakeClock } from "../support/fakeClock.ts";
import { openWay, type Way } from "../support/networkWay.ts";
import { runOn } from "../support/postgresServer.ts";

const guilds = Array.from({ length: 8 }, (_, index) => id<GuildId>(String(index)));
const [here] = guilds as [GuildId];
const mix: Mix = [{ sound: id<SoundId>("rain"), gainDb: 0, place: "centre" }];
const by = id<UserId>("100");
const favourite = (name: string) => ({ name, mix, by });
const away = expect.objectContaining({ name: "UserError", code: "database-away" });

test("an address is shown without its password", () => {
  expect(withoutPassword("postgres://lull:secret@db:5432/lull?sslmode=require")).toBe("postgres://lull@db:5432/lull");
});

describe.skipIf(noPostgres !== undefined)(noPostgres ?? "PostgreSQL", () => {
  test("a limit holds though two processes add at once, and neither fails for it", async () => {
    const place = { path: "", url: await emptyDatabase() };
    const [one, other] = [await openStorage(place), await openStorage(place)] as const;
    const schedule = {
      guild: here,
      programme: "sleep",
      days: [1],
      time: "22:30",
      zone: "UTC",
      by,
      createdAt: 0,
    } as const;
    const added = await Promise.allSettled(
      Array.from({ length: 60 }, (_, index) =>
        (index % 2 === 0 ? one : other).schedules.add({
          ...schedule,
          id: id(`s${index}`),
          channel: id("1"),
          panel: id("1"),
        }),
      ),
    );
    const refused = added.flatMap((result) =>
      result.status === "rejected" ? [(result.reason as { code: string }).code] : [],
    );
    expect(await one.schedules.of(here)).toHaveLength(50);
    expect(refused).toEqual(Array.from({ length: 10 }, () => "schedules-full"));

    await Promise.all(
      guilds.flatMap((guild) => ["a", "b", "c"].map((name) => other.favourites.add(guild, favourite(name)))),
    );
    for (const guild of guilds)
      expect((await one.favourites.list(guild)).map(({ name }) => name).sort()).toEqual(["a", "b", "c"]);
    await one.close();
    await other.close();
  });

  test("text is ordered by its bytes, and large numbers come back as numbers, as on SQLite", async () => {
    const db = await openPlace({ path: "", url: await emptyDatabase() });
    const at = 4_102_444_800_000;
    for (const guild of ["b", "B", "ä", "a"]) await db.insertInto("farewells").values({ guild, left_at: at }).execute();
    expect(await db.selectFrom("farewells").selectAll().orderBy("guild").execute()).toEqual(
      ["B", "a", "b", "ä"].map((guild) => ({ guild, left_at: at })),
    );
    await db.destroy();
  });

  test("a database that cannot be used is named in one sentence, without its password", async () => {
    const url = await emptyDatabase();
    const at = (change: Partial<URL>) => openStorage({ path: "", url: Object.assign(new URL(url), change).href });
    await expect(at({ pathname: "/nowhere" })).rejects.toThrow(
      /LULL_DATABASE_URL: .*\/nowhere: there is no such database/,
    );
    await expect(at({ username: "nobody", password: "secret" })).rejects.toThrow(/^(?!.*secret).*refuses this user/);
    await expect(at({ port: "1" })).rejects.toThrow(/cannot be used \(ECONNREFUSED\)/);

    await (await openStorage({ path: "", url })).close();
    await runOn(url, "insert into kysely_migration values ('9999_dreams', '2030-01-01')");
    await expect(at({})).rejects.toThrow(/written by a newer Lull/);
    await runOn(url, "create role guest login");
    await runOn(url, "drop table kysely_migration");
    await expect(at({ username: "guest" })).rejects.toThrow(/may not create tables/);
  });

  describe("when the way to the server is cut", () => {
    let way: Way;
    let place: DatabasePlace;
    let storage: Storage;
    let told: string[];
    beforeEach(async () => {
      const url = new URL(await emptyDatabase());
      way = await openWay(Number(url.port));
      url.port = String(way.port);
      place = { path: "", url: url.href };
      told = [];
      storage = await openStorage({ ...place, clock: fakeClock(), onTrouble: (sentence) => told.push(sentence) });
      await storage.favourites.add(here, favourite("before"));
    });
    afterEach(async () => {
      await way.close();
      await storage.close();
    });

    test.each(["refused", "silent"] as const)(
      "and is %s, each question is answered with that, and the next one works",
      async (state) => {
        way.cut(state);
        const began = performance.now();
        const asked = await Promise.allSettled([
          storage.favourites.add(here, favourite("meanwhile")),
          storage.settings.of(here),
          storage.sessions.write([{ bot: { guild: here } }], 1),
          storage.health.isWritable().then((isWritable) => expect(isWritable).toBe(false)),
        ]);
        expect(performance.now() - began).toBeLessThan(seconds(9));
        expect(asked.map((each) => (each.status === "rejected" ? each.reason : "answered"))).toEqual([
          away,
          away,
          away,
          "answered",
        ]);
        expect(told).toEqual([
          expect.stringMatching(/^The database postgres:.* does not answer \(.*\)\. Lull plays on/),
        ]);
        way.open();
        await storage.favourites.add(here, favourite("after"));
        expect((await storage.favourites.list(here)).map(({ name }) => name)).toEqual(["before", "after"]);
      },
    );

    test("commands that need it say so, others work, and the session goes on", async () => {
      const harness = await openCommandHarness({ database: place });
      await harness.slash("play", { sound: "ocean" });
      way.cut("refused");
      const sorry = /database can’t be reached just now\. The sound keeps playing/;
      for (const [command, given] of [
        ["favourites list", {}],
        ["favourites add", { name: "Shore" }],
        ["settings", {}],
      ] as const)
        expect((await harness.slash(command, given)).text).toMatch(sorry);
      expect((await harness.slash("play", { sound: "fire", when: "last" })).text).toMatch(/\*\*Hearth\*\* is next/);
      expect((await harness.slash("pause")).text).toMatch(/^Paused/);
      expect(harness.view()?.now?.title).toBe("Slow Shore");
      way.open();
      expect((await harness.slash("favourites add", { name: "Shore" })).text).toMatch(/Added \*\*Shore\*\*/);
      await harness.storage.close();
    });

    test("in the middle of a transaction, nothing of it is there", async () => {
      const db = await openPlace(place);
      const changing = db.transaction().execute(async (change) => {
        await change.insertInto("farewells").values({ guild: "1", left_at: 1 }).execute();
        way.cut("refused");
        await change.insertInto("farewells").values({ guild: "2", left_at: 1 }).execute();
      });
      await expect(changing).rejects.toThrow(away);
      way.open();
      expect(await db.selectFrom("farewells").selectAll().execute()).toEqual([]);
      await db.destroy();
    });
  });
});
