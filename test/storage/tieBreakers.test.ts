import { afterEach, beforeEach, expect, test } from "vitest";
import type { Mix } from "../../src/catalogue/mix.ts";
import {
  type ChannelId,
  type GuildId,
  id,
  type MessageId,
  type ScheduleId,
  type SessionId,
  type SoundId,
  type UserId,
  type WakeUpId,
} from "../../src/kernel/ids.ts";
import { openStorage, type Storage } from "../../src/storage/openStorage.ts";
import { onEachDatabase } from "../support/databases.ts";
import { fakeClock } from "../support/fakeClock.ts";

const here = id<GuildId>("1");
const ana = id<UserId>("100");
const channel = id<ChannelId>("10");
const mix: Mix = [{ sound: id<SoundId>("rain"), gainDb: 0, place: "centre" }];
/** In an order that is neither that of their names nor its reverse. */
const NAMES = ["b", "d", "a", "c"];
const SORTED = ["a", "b", "c", "d"];

onEachDatabase((freshPlace) => {
  let storage: Storage;
  beforeEach(async () => {
    storage = await openStorage({ ...(await freshPlace()), clock: fakeClock() });
  });
  afterEach(() => storage.close());

  test("schedules that were made in the same moment are always listed in the same order", async () => {
    for (const name of NAMES)
      await storage.schedules.add({
        id: id<ScheduleId>(name),
        guild: here,
        programme: "sleep",
        days: [1],
        time: "22:30",
        zone: "UTC",
        channel,
        panel: channel,
        by: ana,
        createdAt: 1_000,
      });
    // A row that is written again may come elsewhere in PostgreSQL's own order.
    await storage.schedules.setEvent(id<ScheduleId>("a"), "event");
    for (const list of [await storage.schedules.of(here), await storage.schedules.all()])
      expect(list.map((schedule) => schedule.id)).toEqual(SORTED);
  });

  test("so are wake-ups at the same time", async () => {
    for (const name of NAMES)
      await storage.wakeUpStore.add({
        id: id<WakeUpId>(name),
        guild: here,
        by: ana,
        scope: "channel",
        at: 5_000,
        rise: 60_000,
        channel,
        panel: channel,
      });
    for (const list of [await storage.wakeUpStore.of(here), await storage.wakeUpStore.all()])
      expect(list.map((wakeUp) => wakeUp.id)).toEqual(SORTED);
  });

  test("so are nights whose morning message is due at the same time", async () => {
    for (const name of NAMES)
      await storage.nights.add({
        session: id<SessionId>(name),
        guild: here,
        channel,
        posted: { channel, message: id<MessageId>("30"), at: 1 },
        startedAt: 1,
        endedAt: 2,
        guests: [ana],
        dueAt: 3,
      });
    expect((await storage.nights.all()).map(({ session }) => session)).toEqual(SORTED);
  });

  test("so are sounds that a server has added in the same moment", async () => {
    for (const name of NAMES)
      await storage.guildSounds.add({
        guild: here,
        title: name,
        trigger: "rain",
        risks: [],
        licence: "CC0",
        origin: "own",
        addedBy: ana,
        hash: name,
        bytes: 1,
        length: 1,
      });
    const ids = (await storage.guildSounds.all()).map((sound) => sound.id);
    expect(ids).toEqual(ids.toSorted());
  });

  test("so are members’ own favourites, and what was heard on the same evening", async () => {
    for (const name of NAMES) {
      await storage.personalFavourites.add(ana, { name, mix });
      await storage.listeningHistory.add(here, { sound: id<SoundId>(name), date: "2026-11-29", minutes: 5 });
    }
    const [first] = (await storage.personalFavourites.list(ana)).filter(({ name }) => name === "a");
    await storage.personalFavourites.countPlay(ana, first?.id ?? id(""));
    await storage.listeningHistory.add(here, { sound: id<SoundId>("a"), date: "2026-11-29", minutes: 5 });
    expect((await storage.personalFavourites.list(ana)).map(({ name }) => name)).toEqual(SORTED);
    expect((await storage.listeningHistory.of(here)).map(({ sound }) => sound)).toEqual(SORTED);
  });

  test("favourites that were added and removed in the same moment come back in the order in which they were added", async () => {
    for (const name of NAMES) await storage.favourites.add(here, { name, mix, by: ana });
    for (const name of NAMES) await storage.favourites.remove(here, name);
    await storage.favourites.restore(here);
    expect((await storage.favourites.list(here)).map(({ name }) => name)).toEqual(NAMES);
  });
});
