import { describe, expect, test } from "vitest";
import { english } from "../../src/i18n/english.ts";
import { type ChannelId, type GuildId, id, type SoundId, type UserId, type WakeUpId } from "../../src/kernel/ids.ts";
import { silentLog } from "../../src/kernel/log.ts";
import { hours, minutes, seconds } from "../../src/kernel/units.ts";
import type { WakeUp } from "../../src/ports/wakeUps.ts";
import { createWakeUps } from "../../src/programmes/wakeUps.ts";
import type { SessionView } from "../../src/session/view.ts";
import type { WakeUpStarted } from "../../src/session/wakeUp.ts";
import { openStorage } from "../../src/storage/openStorage.ts";
import { sound } from "../commands/commandHarness.ts";
import { guild } from "../runtime/sessionsHarness.ts";
import { ana, attic, bo, chat, lounge } from "../session/sessionFixture.ts";
import { fakeClock, settle } from "../support/fakeClock.ts";

const cy = id<UserId>("300");
/** Half past eleven at night in Berlin. */
const NIGHT = Date.UTC(2026, 10, 28, 22, 30);

const openWakeUps = async ({ now = NIGHT, fails = false } = {}) => {
  const clock = fakeClock(now);
  const storage = await openStorage({ path: ":memory:", clock });
  const seats = new Map<UserId, ChannelId>();
  const started: WakeUpStarted[] = [];
  const told: string[] = [];
  let view: Partial<SessionView> | undefined;
  let broken = fails;
  const open = () =>
    createWakeUps({
      ...storage,
      clock,
      log: silentLog,
      sessions: {
        view: (_guild, at) => (view?.channel === at ? (view as SessionView) : undefined),
        all: () => (view === undefined ? [] : [view as SessionView]),
        async dispatch(_guild: GuildId, event) {
          if (broken) throw new Error("The process is killed");
          const wake = event as WakeUpStarted;
          started.push(wake);
          const { wakeUp, by, fullAt, channel } = wake;
          view = { channel, wakeUp: { id: wakeUp, by, fullAt, snoozes: 0 } };
          return view as SessionView;
        },
      },
      voiceChannels: {
        channelOf: (_guild, user) => seats.get(user),
        listeners: (_guild, channel) => [...seats].flatMap(([user, seat]) => (seat === channel ? [user] : [])),
      },
      listenerService: {
        soundFilter:
          async () =>
          ({ trigger }) =>
            trigger !== "water",
      },
      catalogueOf: () => ({
        find: (name) =>
          ({ stream: sound("stream", "Brook", "water"), bowl: sound("bowl", "Singing Bowl", "tone") })[String(name)],
      }),
      isAvailable: () => true,
      checkAccess() {},
      announce: async (_guild, _channel, line) => void told.push(english.of(line)),
    });
  const wakeUps = open();
  await wakeUps.open();
  const plan = (more: Partial<WakeUp & { time: string; zone: string }> = {}, service = wakeUps) =>
    service.plan(guild, {
      scope: "channel",
      by: ana,
      time: "7:30",
      zone: "Europe/Berlin",
      rise: minutes(10),
      channel: lounge,
      panel: chat,
      ...more,
    });
  return {
    clock,
    storage,
    seats,
    started,
    told,
    wakeUps,
    plan,
    open,
    mend() {
      broken = false;
    },
    async until(at: number) {
      await clock.advance(at - clock.now());
      await settle();
    },
  };
};

describe("a wake-up for a channel", () => {
  test("begins to rise before its time, once, with what suits those who are there", async () => {
    const { plan, until, seats, started, storage } = await openWakeUps();
    const { at } = await plan();
    expect(new Date(at).toISOString()).toBe("2026-11-29T06:30:00.000Z");
    seats.set(bo, lounge);
    await until(at - minutes(10) - 1);
    expect(started).toEqual([]);
    await until(at - minutes(10) + seconds(1));
    // The brook would come first, and does not suit somebody.
    expect(started).toMatchObject([{ channel: lounge, fullAt: at, request: { title: "Singing Bowl" } }]);
    await until(at + hours(1));
    expect(started).toHaveLength(1);
    expect(await storage.wakeUpStore.all()).toEqual([]);
  });

  test("comes to where its member is, if nobody is left in the channel", async () => {
    const { plan, until, seats, started } = await openWakeUps();
    const { at } = await plan();
    seats.set(ana, attic);
    await until(at);
    expect(started).toMatchObject([{ channel: attic }]);
  });

  test("waits for somebody for half an hour after its time, and says nothing if nobody comes", async () => {
    const { plan, until, seats, started, told } = await openWakeUps();
    const { at } = await plan();
    await until(at + minutes(30) + seconds(10));
    seats.set(ana, lounge);
    await until(at + minutes(40));
    expect([started, told]).toEqual([[], []]);
  });
});

describe("a wake-up for oneself", () => {
  test("rises where nobody else would be woken", async () => {
    const { plan, until, seats, started } = await openWakeUps();
    const { at } = await plan({ scope: "me" });
    seats.set(ana, attic);
    await until(at);
    expect(started).toMatchObject([{ channel: attic }]);
  });

  test("stays silent while somebody is there who has not agreed, and rises once they have", async () => {
    const { plan, until, seats, started, storage } = await openWakeUps();
    const { at } = await plan({ scope: "me" });
    seats.set(ana, attic);
    seats.set(bo, attic);
    await until(at + minutes(5));
    expect(started).toEqual([]);
    await storage.consents.set(guild, bo, "wake", true);
    await until(at + minutes(6));
    expect(started).toHaveLength(1);
  });

  test("that comes at the same time as those of everyone else wakes them all", async () => {
    const { plan, until, seats, started } = await openWakeUps();
    const { at } = await plan({ scope: "me" });
    await plan({ scope: "me", by: bo, rise: minutes(9) });
    seats.set(ana, attic);
    seats.set(bo, attic);
    await until(at);
    expect(started.map(({ by }) => by).toSorted()).toEqual([ana, bo]);
    seats.set(cy, attic);
  });

  test("stays where the later one can't be kept, and is replaced in a server that has fifty", async () => {
    const { plan, storage, wakeUps } = await openWakeUps();
    await plan({ scope: "me" });
    for (let count = 1; count < 50; count++) await plan();
    const { id: later } = await plan({ scope: "me", time: "8:00" });
    const own = () => wakeUps.list(guild, ana).filter(({ scope }) => scope === "me");
    expect(own()).toEqual([expect.objectContaining({ id: later })]);
    expect(await storage.wakeUpStore.all()).toHaveLength(50);
    await storage.close();
    await expect(plan({ scope: "me", time: "9:00" })).rejects.toThrow();
    expect(own()).toEqual([expect.objectContaining({ id: later })]);
  });

  test("replaces the one before, and only its member sees it", async () => {
    const { plan, wakeUps, storage } = await openWakeUps();
    await plan({ scope: "me" });
    const { id: later } = await plan({ scope: "me", time: "8:00" });
    expect(wakeUps.list(guild, ana).map((one) => one.id)).toEqual([later]);
    expect(wakeUps.list(guild, bo)).toEqual([]);
    await expect(wakeUps.cancel(guild, bo, later)).rejects.toThrow(/no such wake-up/);
    await wakeUps.cancel(guild, ana, later);
    expect(await storage.wakeUpStore.all()).toEqual([]);
  });
});

describe("the clocks and restarts", () => {
  test.each([
    [
      "a time that is skipped comes with the first moment after it",
      Date.UTC(2027, 2, 27, 22),
      "2:30",
      "2027-03-28T01:00",
    ],
    ["of a time that comes twice, the first counts", Date.UTC(2026, 9, 24, 22), "2:30", "2026-10-25T00:30"],
    ["a time that has just passed is tomorrow's", NIGHT, "23:29", "2026-11-29T22:29"],
  ])("%s", async (_, now, time, expected) => {
    const { plan } = await openWakeUps({ now });
    expect(new Date((await plan({ time })).at).toISOString()).toContain(expected);
  });

  test("killed before its session was saved, it starts after the restart; killed after that, it does not start again", async () => {
    const { plan, open, until, seats, started, storage, mend, clock } = await openWakeUps({ fails: true });
    const { at } = await plan();
    seats.set(ana, lounge);
    await until(at - minutes(9));
    expect(await storage.wakeUpStore.all()).toHaveLength(1);
    mend();
    const again = open();
    await again.open();
    await settle();
    expect(started.length).toBeGreaterThan(0);
    // Its row is still there, as if the process had been killed right after.
    await storage.wakeUpStore.add({
      id: started[0]!.wakeUp,
      guild,
      by: ana,
      scope: "channel",
      at,
      rise: minutes(10),
      channel: lounge,
      panel: chat,
    });
    const before = started.length;
    await open().open();
    await clock.advance(seconds(1));
    expect(started).toHaveLength(before);
    expect(await storage.wakeUpStore.all()).toEqual([]);
  });

  test("missed while the bot was not running, it is told of once", async () => {
    const { plan, open, told, clock, wakeUps } = await openWakeUps();
    const { at } = await plan();
    wakeUps.close();
    clock.set(at + hours(2));
    await open().open();
    await settle();
    expect(told).toEqual([expect.stringContaining("missed")]);
  });

  test.each([
    ["time", { time: "25:00" }],
    ["time", { time: "soon" }],
    ["zone", { zone: "+02:00" }],
  ])("a %s that is none is refused with an example: %o", async (_, more) => {
    const { plan, wakeUps } = await openWakeUps();
    await expect(plan(more)).rejects.toThrow(/Try|such as|for example/i);
    expect(wakeUps.list(guild, ana)).toEqual([]);
  });

  test("a guild has at most fifty, and what is stored badly keeps its time", async () => {
    const { plan, storage } = await openWakeUps();
    for (let count = 0; count < 50; count++) await plan();
    await expect(plan()).rejects.toThrow(/50/);
    const layers = [{ sound: { id: id<SoundId>("bowl"), title: "Singing Bowl" }, gainDb: 0, place: "centre" as const }];
    const other = id<GuildId>("2");
    const kept = { id: id<WakeUpId>("w"), guild: other, by: ana, scope: "me" as const, at: 1, rise: 1 };
    await storage.wakeUpStore.add({ ...kept, channel: lounge, panel: chat, request: { title: "Bowl", layers } });
    expect(await storage.wakeUpStore.all()).toContainEqual(
      expect.objectContaining({ ...kept, request: { title: "Bowl", layers } }),
    );
  });
});
