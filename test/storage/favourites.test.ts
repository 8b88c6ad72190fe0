import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Mix } from "../../src/catalogue/mix.ts";
import { type GuildId, id, type SoundId, type UserId } from "../../src/kernel/ids.ts";
import { hours } from "../../src/kernel/units.ts";
import { type DatabasePlace, openStorage, type Storage } from "../../src/storage/openStorage.ts";
import { onEachDatabase, openPlace } from "../support/databases.ts";
import { fakeClock } from "../support/fakeClock.ts";

const here = id<GuildId>("1");
const elsewhere = id<GuildId>("2");
const by = id<UserId>("100");
const rain: Mix = [{ sound: id<SoundId>("rain"), gainDb: 0, place: "centre" }];

const refused = (code: string) => expect.objectContaining({ name: "UserError", code });

onEachDatabase((freshPlace) => {
  let place: DatabasePlace;
  let storage: Storage;

  beforeEach(async () => {
    place = await freshPlace();
    storage = await openStorage(place);
  });
  afterEach(() => storage.close());

  const add = (...names: string[]) =>
    names.reduce<Promise<unknown>>(
      (before, name) => before.then(() => storage.favourites.add(here, { name, mix: rain, by })),
      Promise.resolve(),
    );
  /** So many at once, which one by one would take seconds. */
  const addRows = async (count: number) => {
    const tables = await openPlace(place);
    const row = { guild: here, sound: "rain", uses: 0, added_by: by, added_at: 0 };
    const rows = Array.from({ length: count }, (_, position) => {
      const name = `favourite ${position}`;
      return { ...row, id: name, name, folded: name, position };
    });
    await tables.insertInto("favourites").values(rows).execute();
    await tables.destroy();
  };
  const names = async (guild = here) => (await storage.favourites.list(guild)).map(({ name }) => name);
  test("favourites survive a restart, in their order", async () => {
    await add("Rainy window", "Ocean", "Fire");
    await storage.favourites.move(here, "fire", 1);
    await storage.settings.change(here, { volumeDb: -12 });
    await storage.close();
    storage = await openStorage(place);
    expect(await names()).toEqual(["Fire", "Rainy window", "Ocean"]);
    expect((await storage.favourites.list(here))[1]).toMatchObject({ guild: here, mix: rain, uses: 0, addedBy: by });
    expect(await storage.settings.of(here)).toMatchObject({ volumeDb: -12 });
  });

  test("a guild sees and changes its own favourites only", async () => {
    await add("Ocean");
    await storage.favourites.add(elsewhere, { name: "Ocean", mix: rain, by });
    await expect(storage.favourites.remove(elsewhere, "Fire")).rejects.toThrow(refused("no-such-favourite"));
    await storage.favourites.remove(elsewhere, "Ocean");
    expect(await names()).toEqual(["Ocean"]);
    expect(await names(elsewhere)).toEqual([]);
  });

  test("a name is taken whatever its case, and renaming may change the case alone", async () => {
    await add("Ocean", "Fire");
    await expect(add("OCEAN")).rejects.toThrow(refused("favourite-name-taken"));
    await expect(storage.favourites.rename(here, "Fire", "ｏｃｅａｎ")).rejects.toThrow(
      refused("favourite-name-taken"),
    );
    await storage.favourites.rename(here, "ocean", "OCEAN");
    expect(await names()).toEqual(["OCEAN", "Fire"]);
  });

  test("what leaves the middle leaves no gap, and places beyond the ends are the ends", async () => {
    await add("a", "b", "c", "d");
    await storage.favourites.remove(here, "b");
    await storage.favourites.move(here, "a", 99);
    expect(await names()).toEqual(["c", "d", "a"]);
    await storage.favourites.move(here, "d", Number.NaN);
    await storage.favourites.move(here, "a", 2);
    expect(await names()).toEqual(["d", "a", "c"]);
    await add("e");
    expect(await names()).toEqual(["d", "a", "c", "e"]);
  });

  test("five hundred fit, and the next is refused with a way out", async () => {
    await addRows(499);
    await add("the last");
    await expect(add("one more")).rejects.toThrow(/500 favourites.*\/favourites remove/);
    await storage.favourites.remove(here, "favourite 7");
    await add("one more");
    expect(await names()).toHaveLength(500);
  });

  test.each([`'; DROP TABLE favourites; --`, "__proto__", "@everyone", "🌙 ねむる"])(
    "%s is a name like any other",
    async (name) => {
      await add(name);
      expect(await names()).toEqual([name]);
      await storage.favourites.remove(here, name);
      expect(await names()).toEqual([]);
    },
  );

  test("many changes at once leave the order whole", async () => {
    await add("a", "b", "c");
    await Promise.all([
      storage.favourites.move(here, "c", 1),
      storage.favourites.remove(here, "b"),
      storage.favourites.add(here, { name: "d", mix: rain, by }),
      storage.favourites.rename(here, "a", "A"),
    ]);
    // The same in whichever order they come.
    expect(await names()).toEqual(["c", "A", "d"]);
  });

  describe("what was removed", () => {
    const open = async () => {
      const clock = fakeClock();
      await storage.close();
      storage = await openStorage({ ...place, clock });
      return clock;
    };

    test("comes back within a week, after a restart too, behind the others and with its count", async () => {
      const clock = await open();
      await add("a", "b", "c");
      await storage.favourites.countPlay(here, (await storage.favourites.list(here))[0]!.id);
      for (const name of ["a", "b", "c"]) {
        await storage.favourites.remove(here, name);
        await clock.advance(1);
      }
      await storage.close();
      storage = await openStorage({ ...place, clock });
      await clock.advance(hours(6 * 24));
      await add("d", "B");
      const restored = await storage.favourites.restore(here);
      expect(restored.map(({ name }) => name)).toEqual(["c", "a"]);
      expect(await storage.favourites.list(here)).toMatchObject([
        { name: "d" },
        { name: "B" },
        { name: "c" },
        { name: "a", uses: 1, addedBy: by },
      ]);
      await expect(storage.favourites.restore(here)).rejects.toThrow(refused("nothing-to-restore"));
    });

    test("is gone for good after a week, and never another guild's", async () => {
      const clock = await open();
      await add("a");
      await storage.favourites.remove(here, "a");
      await expect(storage.favourites.restore(elsewhere)).rejects.toThrow(refused("nothing-to-restore"));
      await clock.advance(hours(7 * 24 + 6));
      await expect(storage.favourites.restore(here)).rejects.toThrow(refused("nothing-to-restore"));
    });

    test("finds room for as many as fit, the latest first", async () => {
      await open();
      await add("old", "new");
      await storage.favourites.remove(here, "old");
      await storage.favourites.remove(here, "new");
      await addRows(499);
      expect((await storage.favourites.restore(here)).map(({ name }) => name)).toHaveLength(1);
    });
  });

  test("a list that has been read shows what was changed since, by other parts of the bot too", async () => {
    const { favourites, personalFavourites, personalData, guildRetention } = storage;
    await add("Rain");
    const own = await personalFavourites.add(by, { name: "Mine", mix: rain });
    const [first] = await favourites.list(here);
    await personalFavourites.list(by);

    await favourites.countPlay(here, first!.id);
    await personalFavourites.countPlay(by, own.id);
    expect((await favourites.list(here)).map(({ uses }) => uses)).toEqual([1]);
    expect((await personalFavourites.list(by)).map(({ uses }) => uses)).toEqual([1]);
    await favourites.rename(here, "rain", "Drizzle");
    expect(await names()).toEqual(["Drizzle"]);

    await personalData.erase(by);
    expect((await favourites.list(here)).map(({ addedBy }) => addedBy)).not.toContain(by);
    expect(await personalFavourites.list(by)).toEqual([]);
    await guildRetention.deleteGuild(here);
    expect(await names()).toEqual([]);
  });
});
