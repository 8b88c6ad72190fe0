import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { followChanges } from "../../src/followChanges.ts";
import { type ChannelId, type GuildId, id, type ScheduleId, type SoundId, type UserId } from "../../src/kernel/ids.ts";
import { silentLog } from "../../src/kernel/log.ts";
import type { Schedule } from "../../src/ports/programmes.ts";
import type { ChangeFeed } from "../../src/storage/changeFeed.ts";
import { openStorage, type Storage } from "../../src/storage/openStorage.ts";
import { emptyDatabase, noPostgres } from "../support/databases.ts";
import { openWay, type Way } from "../support/networkWay.ts";

const guild = id<GuildId>("1");
const ana = id<UserId>("100");

const schedule = (name: string): Schedule => ({
  id: id<ScheduleId>(name),
  guild,
  programme: "sleep",
  days: [1],
  time: "22:30",
  zone: "UTC",
  channel: id<ChannelId>("10"),
  panel: id<ChannelId>("20"),
  by: ana,
  createdAt: 0,
});

describe.skipIf(noPostgres !== undefined)(noPostgres ?? "what another process changes in PostgreSQL", () => {
  let way: Way;
  let here: Storage;
  let there: Storage;
  let feed: ChangeFeed | undefined;
  const read: string[] = [];

  beforeEach(async () => {
    const url = await emptyDatabase();
    here = await openStorage({ path: "", url });
    way = await openWay(Number(new URL(url).port));
    there = await openStorage({ path: "", url: Object.assign(new URL(url), { port: String(way.port) }).href });
    const says = (what: string) => async () => void read.push(what);
    feed = followChanges(
      there,
      {
        evenings: { open: says("all evenings"), reload: async (of) => void read.push(`evenings of ${of}`) },
        wakeUps: { open: says("all wake-ups"), reload: async (of) => void read.push(`wake-ups of ${of}`) },
        added: { refresh: says("sounds") },
        optInSounds: { refresh: says("sounds that were turned on") },
      },
      silentLog,
    );
    // It listens once it has been told of a first change.
    await expect
      .poll(async () => {
        await here.schedules.add(schedule(`${read.length}-${Math.random()}`)).catch(() => {});
        return read.length;
      })
      .toBeGreaterThan(0);
    // What was read for these schedules is not read for what a test does.
    for (let known = -1; known !== read.length; ) {
      known = read.length;
      await new Promise((resolve) => setTimeout(resolve, 300));
    }
    read.length = 0;
  });
  afterEach(async () => {
    await feed?.close();
    await Promise.all([here.close(), there.close()]);
    await way.close();
  });

  test("is known here at once, and read once for many changes", async () => {
    await here.schedules.add(schedule("s"));
    await expect.poll(() => read).toEqual([`evenings of ${guild}`]);
    read.length = 0;
    await here.schedules.remove(guild, id<ScheduleId>("s"));
    await expect.poll(() => read).toEqual([`evenings of ${guild}`]);
    const names = async () => (await there.personalFavourites.list(ana)).map(({ name }) => name);
    expect(await names()).toEqual([]);
    const mix = [{ sound: id<never>("rain"), gainDb: 0, place: "centre" as const }];
    await here.personalFavourites.add(ana, { name: "Shore", mix });
    await expect.poll(names).toEqual(["Shore"]);
    read.length = 0;
    await here.optInStore.set(guild, [id<SoundId>("clock")]);
    await expect.poll(() => read).toEqual(["sounds that were turned on"]);
  });

  test("is read again once the server is back, where a notice may have been missed", async () => {
    way.cut("refused");
    await here.schedules.add(schedule("missed"));
    way.open();
    await expect.poll(() => read).toEqual(expect.arrayContaining(["all evenings", "all wake-ups", "sounds"]));
    await here.schedules.remove(guild, id<ScheduleId>("missed"));
    await expect.poll(() => read).toContain(`evenings of ${guild}`);
  });
});
