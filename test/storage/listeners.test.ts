import { afterEach, describe, expect, test } from "vitest";
import {
  type ChannelId,
  type GuildId,
  id,
  type MessageId,
  type SessionId,
  type SoundId,
  type UserId,
} from "../../src/kernel/ids.ts";
import type { AvoidList } from "../../src/ports/listeners.ts";
import { openStorage, type Storage } from "../../src/storage/openStorage.ts";
import { onEachDatabase } from "../support/databases.ts";
import { fakeClock } from "../support/fakeClock.ts";

const [here, there] = ["1", "2"].map((guild) => id<GuildId>(guild)) as [GuildId, GuildId];
const [ana, bo] = ["100", "200"].map((user) => id<UserId>(user)) as [UserId, UserId];
const [rain, ocean] = ["rain", "ocean"].map((sound) => id<SoundId>(sound)) as [SoundId, SoundId];
const list: AvoidList = { triggers: ["whisper"], risks: ["wet", "bright"], mode: "skip" };

onEachDatabase((freshPlace) => {
  const opened: Storage[] = [];
  const open = async () => {
    const storage = await openStorage({ ...(await freshPlace()), clock: fakeClock() });
    opened.push(storage);
    return storage;
  };
  afterEach(async () => {
    for (const storage of opened.splice(0)) await storage.close();
  });

  describe("avoid lists", () => {
    test("are kept for a user, changed, and forgotten", async () => {
      const { avoidLists } = await open();
      expect(await avoidLists.of(ana)).toBeUndefined();
      await avoidLists.set(ana, list);
      await avoidLists.set(ana, { ...list, mode: "always" });
      expect(await avoidLists.of(ana)).toEqual({ ...list, mode: "always" });
      await avoidLists.forget(ana);
      expect(await avoidLists.of(ana)).toBeUndefined();
    });

    test("of a room come without names, and in an order that tells nothing", async () => {
      const { avoidLists } = await open();
      await avoidLists.set(ana, list);
      await avoidLists.set(bo, { ...list, triggers: ["body"] });
      const lists = await avoidLists.ofUsers([ana, bo, id<UserId>("300")]);
      expect(lists).toEqual(await avoidLists.ofUsers([bo, ana]));
      expect(lists).toHaveLength(2);
      expect(JSON.stringify(lists)).not.toMatch(/100|200/);
      expect(await avoidLists.ofUsers([])).toEqual([]);
    });

    test("take any text as text", async () => {
      const { avoidLists } = await open();
      const odd = id<UserId>("1'; DROP TABLE avoid; --");
      await avoidLists.set(odd, list);
      expect(await avoidLists.of(odd)).toEqual(list);
      expect(await avoidLists.of(ana)).toBeUndefined();
    });
  });

  describe("anonymity sets", () => {
    const set = { id: "s1", guild: here, members: [ana, bo], channels: [id<ChannelId>("10")] };

    test("are kept for their night, follow their members, and go with the next night", async () => {
      const { anonymitySets } = await open();
      await anonymitySets.save("2026-03-29", set);
      const followed = { ...set, channels: [...set.channels, id<ChannelId>("11")] };
      await anonymitySets.save("2026-03-29", followed);
      expect(await anonymitySets.of("2026-03-29")).toEqual([followed]);
      expect(await anonymitySets.of("2026-03-30")).toEqual([]);
      await anonymitySets.keepOnly("2026-03-30");
      expect(await anonymitySets.of("2026-03-29")).toEqual([]);
    });

    test("are part of what a member is shown, and no longer name one who deletes that", async () => {
      const { anonymitySets, personalData } = await open();
      await anonymitySets.save("2026-03-29", set);
      expect(await personalData.of(ana)).toMatchObject({ listCountsTonight: [{ guild: here, night: "2026-03-29" }] });
      await personalData.erase(ana);
      await anonymitySets.save("2026-03-29", set);
      expect((await anonymitySets.of("2026-03-29"))[0]?.members).toEqual(["0", bo]);
      expect(await personalData.of(ana)).toMatchObject({ listCountsTonight: [] });
    });
  });

  test("consents are of one guild, and only what was given counts", async () => {
    const { consents } = await open();
    await consents.set(here, ana, "named", true);
    await consents.set(here, ana, "named", true);
    await consents.set(here, bo, "disconnect", true);
    expect(await consents.of(here, ana)).toEqual(["named"]);
    expect(await consents.of(there, ana)).toEqual([]);
    expect(await consents.usersConsenting(here, "disconnect", [ana, bo])).toEqual([bo]);
    expect(await consents.usersConsenting(there, "disconnect", [ana, bo])).toEqual([]);
    await consents.set(here, ana, "named", false);
    expect(await consents.of(here, ana)).toEqual([]);
  });

  test("tingles are counted by guild, sound and minute", async () => {
    const { tingles } = await open();
    for (const minute of [3, 3, 4]) await tingles.add(here, rain, minute);
    await tingles.add(here, ocean, 0);
    await tingles.add(there, rain, 3);
    expect(await tingles.of(here)).toEqual([
      { sound: ocean, minute: 0, count: 1 },
      { sound: rain, minute: 3, count: 2 },
      { sound: rain, minute: 4, count: 1 },
    ]);
  });

  describe("what was heard", () => {
    test("adds up by evening, and is forgotten after ninety days", async () => {
      const { listeningHistory } = await open();
      await listeningHistory.add(here, { sound: rain, date: "2026-01-01", minutes: 5 });
      await listeningHistory.add(here, { sound: rain, date: "2026-03-01", minutes: 1.5 });
      await listeningHistory.add(here, { sound: rain, date: "2026-03-01", minutes: 2 });
      expect(await listeningHistory.of(here)).toHaveLength(2);
      await listeningHistory.add(here, { sound: ocean, date: "2026-04-02", minutes: 1 });
      expect(await listeningHistory.of(here)).toEqual([
        { sound: rain, date: "2026-03-01", minutes: 3.5 },
        { sound: ocean, date: "2026-04-02", minutes: 1 },
      ]);
      expect(await listeningHistory.of(there)).toEqual([]);
    });

    test("is remarked on once, and again only long after", async () => {
      const { listeningHistory } = await open();
      expect(await listeningHistory.claimHint(here, "rain", "2026-03-01", "2026-02-01")).toBe(true);
      expect(await listeningHistory.claimHint(here, "rain", "2026-03-02", "2026-02-02")).toBe(false);
      expect(await listeningHistory.claimHint(there, "rain", "2026-03-02", "2026-02-02")).toBe(true);
      expect(await listeningHistory.claimHint(here, "rain", "2026-04-20", "2026-03-20")).toBe(true);
    });
  });

  test("what is kept of a user is given to them whole, and gone when they say so, and nobody else's", async () => {
    const { avoidLists, consents, favourites, personalFavourites, nights, personalData } = await open();
    for (const user of [ana, bo]) {
      await avoidLists.set(user, list);
      await consents.set(here, user, "named", true);
      await favourites.add(here, { name: `of ${user}`, mix: [{ sound: rain, gainDb: 0, place: "centre" }], by: user });
      await personalFavourites.add(user, { name: "mine", mix: [{ sound: rain, gainDb: 0, place: "centre" }] });
    }
    const night = {
      session: id<SessionId>("s"),
      guild: here,
      channel: id<ChannelId>("10"),
      posted: { channel: id<ChannelId>("20"), message: id<MessageId>("5"), at: 0 },
      startedAt: 0,
      endedAt: 1,
      guests: [ana, bo],
      dueAt: 2,
    };
    await nights.add(night);
    expect(await personalData.of(ana)).toMatchObject({
      avoid: list,
      consents: [{ guild: here, consent: "named" }],
      favouritesAdded: [{ guild: here, name: "of 100" }],
      ownFavourites: [{ name: "mine", sounds: [{ sound: rain }] }],
      nightsToTellOf: [{ guild: here }],
    });
    const others = await personalData.of(bo);
    await personalData.erase(ana);
    const left = await personalData.of(ana);
    expect(left).toMatchObject({
      avoid: null,
      consents: [],
      favouritesAdded: [],
      ownFavourites: [],
      nightsToTellOf: [],
    });
    expect(await personalData.of(bo)).toEqual(others);
    const [kept] = await nights.all();
    expect(kept?.guests).toHaveLength(2);
    expect(kept?.guests).not.toContain(ana);
  });
});
