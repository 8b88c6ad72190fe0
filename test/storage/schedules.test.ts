import { afterEach, beforeEach, expect, test } from "vitest";
import { plain } from "../../src/i18n/message.ts";
import { type ChannelId, type GuildId, id, type ScheduleId, type UserId } from "../../src/kernel/ids.ts";
import type { Schedule } from "../../src/ports/programmes.ts";
import { type DatabasePlace, openStorage, type Storage } from "../../src/storage/openStorage.ts";
import { createSchedules } from "../../src/storage/schedules.ts";
import { onEachDatabase, openPlace } from "../support/databases.ts";

const here = id<GuildId>("1");
const elsewhere = id<GuildId>("2");
const by = id<UserId>("100");

const schedule = (name: string, more: Partial<Schedule> = {}): Schedule => ({
  id: id<ScheduleId>(name),
  guild: here,
  programme: "sleep",
  days: [1, 3],
  time: "22:30",
  zone: "Europe/Berlin",
  channel: id<ChannelId>("10"),
  panel: id<ChannelId>("20"),
  by,
  createdAt: 1_000,
  ...more,
});

onEachDatabase((freshPlace) => {
  let storage: Storage;
  let place: DatabasePlace;
  beforeEach(async () => {
    place = await freshPlace();
    storage = await openStorage(place);
  });
  afterEach(() => storage.close());

  test("a schedule comes back as it was planned, and to its own guild alone", async () => {
    await storage.schedules.add(schedule("a", { event: "e1" }));
    expect(await storage.schedules.of(here)).toEqual([schedule("a", { event: "e1" })]);
    expect(await storage.schedules.of(elsewhere)).toEqual([]);
    await storage.schedules.setEvent(id("a"), undefined);
    expect(await storage.schedules.all()).toEqual([schedule("a")]);
    await storage.schedules.remove(elsewhere, id("a"));
    expect(await storage.schedules.all()).toHaveLength(1);
  });

  test("an occurrence is claimed once, by the first who tries", async () => {
    await storage.schedules.add(schedule("a"));
    const claim = { schedule: id<ScheduleId>("a"), date: "2026-11-23", status: "claimed", at: 1 } as const;
    const claims = await Promise.all([1, 2, 3].map(() => storage.schedules.claim(claim)));
    expect(claims.filter(Boolean)).toHaveLength(1);
    await storage.schedules.settle({ ...claim, status: "refused", note: plain("The channel is full."), at: 2 });
    await storage.schedules.claim({ ...claim, date: "2026-11-24", status: "skipped" });
    expect(await storage.schedules.occurrences(id("a"), 5)).toEqual([
      { ...claim, date: "2026-11-24", status: "skipped" },
      { ...claim, status: "refused", note: plain("The channel is full."), at: 2 },
    ]);
  });

  test("what is cancelled takes its occurrences along", async () => {
    await storage.schedules.add(schedule("a"));
    await storage.schedules.claim({ schedule: id("a"), date: "2026-11-23", status: "started", at: 1 });
    await storage.schedules.remove(here, id("a"));
    expect(await storage.schedules.occurrences(id("a"), 5)).toEqual([]);
  });

  test("the 51st evening of a guild is refused with what to do", async () => {
    for (let i = 0; i < 50; i++) await storage.schedules.add(schedule(`s${i}`));
    await expect(storage.schedules.add(schedule("one more"))).rejects.toThrow(/evening cancel/);
    await storage.schedules.add(schedule("other", { guild: elsewhere }));
  });

  test("a programme of a guild's own is saved, saved over by its name, and removed", async () => {
    const programme = {
      title: "  Our  Night ",
      description: "Rain.",
      goal: "sleep",
      ends: "silence",
      phases: [{ name: "settle", minutes: 5, fromDb: 0, toDb: 0, pick: { trigger: "rain" } }],
    } as const;
    const first = await storage.programmes.save(here, programme, by);
    expect(first.title).toBe("Our Night");
    const again = await storage.programmes.save(here, { ...programme, title: "our night", description: "Fire." }, by);
    expect(again.id).toBe(first.id);
    expect(await storage.programmes.of(here)).toEqual([again]);
    expect(await storage.programmes.of(elsewhere)).toEqual([]);
    await expect(storage.programmes.remove(here, "none")).rejects.toThrow(/evening design/);
    await storage.programmes.remove(here, "OUR NIGHT");
    expect(await storage.programmes.of(here)).toEqual([]);
  });

  test("a note of before, which was English alone, is read as it is", async () => {
    const db = await openPlace(place);
    const schedules = createSchedules(db);
    await schedules.add(schedule("a"));
    const row = { schedule: "a", date: "2026-11-23", at: 1, note: "The channel is full." };
    await db
      .insertInto("occurrences")
      .values({ ...row, fate: "refused" })
      .execute();
    expect(await schedules.occurrences(id("a"), 5)).toEqual([
      { ...row, status: "refused", note: plain("The channel is full.") },
    ]);
    await db.destroy();
  });
});
