import { expect, test } from "vitest";
import { createRepertoire } from "../../src/host/repertoire.ts";
import { type ChannelId, type GuildId, id, type SoundId } from "../../src/kernel/ids.ts";
import { silentLog } from "../../src/kernel/log.ts";
import { english } from "../../src/kernel/text.ts";
import { hours, minutes, seconds } from "../../src/kernel/units.ts";
import { createCatalogue } from "../../src/library/catalogue.ts";
import { builtIn } from "../../src/library/programmes.ts";
import { createEvenings } from "../../src/schedule/evenings.ts";
import { openStorage } from "../../src/storage/openStorage.ts";
import { SOUNDS } from "../commands/desk.ts";
import { guild, memoryStore, openHouse } from "../host/house.ts";
import { ana, chat, lounge } from "../session/evening.ts";
import { fakeClock, settle } from "../support/fakeClock.ts";
import { memoryBoard } from "./memoryBoard.ts";

const away = id<GuildId>("2");

/** Processes one after the other, on one database, one clock and one Discord. */
const openTown = async () => {
  const clock = fakeClock(Date.parse("2026-11-23T20:00:00+01:00"));
  const storage = await openStorage({ path: ":memory:", clock });
  const board = memoryBoard();
  const store = memoryStore();
  const said: string[] = [];
  let here = true;

  const start = async () => {
    const house = openHouse({ onView: (view) => evenings.watch(view) }, clock, store);
    const catalogue = createCatalogue(SOUNDS);
    const repertoire = createRepertoire({
      sessions: house.sessions,
      programmes: storage.programmes,
      catalogueOf: () => catalogue,
      care: { heard: async () => [] as readonly SoundId[], suiting: async () => () => true },
    });
    const evenings: ReturnType<typeof createEvenings> = createEvenings({
      schedules: storage.schedules,
      repertoire,
      events: board.board,
      clock,
      log: silentLog,
      view: (of) => house.sessions.view(of),
      isHere: (of) => here && of !== away,
      enter() {},
      writeLine: async (_guild, _channel, line, picture) =>
        void said.push(english.of(line) + (picture ? ` [${picture.name}]` : "")),
      visuals: { render: async () => new Uint8Array(1) },
    });
    await house.sessions.restore();
    await evenings.open();
    await settle();
    return {
      ...house,
      evenings,
      plan: (programme = "sleep", at = "22:30", channel: ChannelId = lounge) =>
        evenings.plan(guild, {
          programme: builtIn(programme)!,
          at,
          days: "daily",
          zone: "Europe/Berlin",
          channel,
          panel: chat,
          by: ana,
        }),
      async stop() {
        evenings.close();
        await Promise.all([house.sessions.close(), clock.advance(seconds(10))]);
      },
    };
  };
  return {
    clock,
    storage,
    board,
    said,
    start,
    outage: (on: boolean) => {
      here = !on;
    },
  };
};

test("a restart in the middle brings the programme back, once, and its event ends with it", async () => {
  const town = await openTown();
  const first = await town.start();
  const { next } = await first.plan();
  await town.clock.advance(next - town.clock.now() + minutes(5));
  expect(first.sessions.view(guild)?.programme?.title).toBe("Drift Off");
  await first.stop();
  const second = await town.start();
  await town.clock.advance(seconds(5));
  expect(second.sessions.view(guild)?.programme?.title).toBe("Drift Off");
  expect(town.board.done()).toEqual(["posted", "opened"]);
  await town.clock.advance(hours(2));
  expect(second.sessions.view(guild)).toBeUndefined();
  expect(town.board.done()).toEqual(["ended", "moved"]);
});

test("when its session is gone after a restart, the event that was left open says the next time", async () => {
  const town = await openTown();
  const first = await town.start();
  const { next } = await first.plan();
  await town.clock.advance(next - town.clock.now() + minutes(5));
  await first.stop();
  await town.clock.advance(hours(3));
  const second = await town.start();
  await town.clock.advance(seconds(5));
  expect(second.sessions.view(guild)).toBeUndefined();
  expect(town.board.events()).toMatchObject([{ active: false, next: next + hours(24) }]);
  await town.clock.advance(hours(24));
  expect(town.board.done()).toContain("opened");
});

test("one that was missed is said in its channel, once, and stands in the list until it has begun again", async () => {
  const town = await openTown();
  const first = await town.start();
  const { next } = await first.plan();
  await first.stop();
  await town.clock.advance(next - town.clock.now() + minutes(40));
  const second = await town.start();
  await town.clock.advance(minutes(1));
  expect(town.said).toEqual([expect.stringMatching(/Drift Off did not begin\. Lull was away/)]);
  const [evening] = await second.evenings.list(guild);
  expect(evening).toMatchObject({ next: next + hours(24), last: { fate: "missed" } });
  await town.clock.advance(hours(24));
  expect((await second.evenings.list(guild))[0]?.last).toBeUndefined();
  expect(town.said).toHaveLength(1);
});

test("in an outage nothing is asked of Discord, and it begins when the guild is back", async () => {
  const town = await openTown();
  const house = await town.start();
  const { next } = await house.plan();
  town.board.done();
  town.outage(true);
  await town.clock.advance(next - town.clock.now() + minutes(3));
  expect(town.board.done()).toEqual([]);
  expect(house.sessions.view(guild)).toBeUndefined();
  town.outage(false);
  await town.clock.advance(seconds(5));
  expect(house.sessions.view(guild)?.programme?.title).toBe("Drift Off");
  expect(town.board.done()).toEqual(["opened"]);
});

test("in a guild that has sent the bot away nothing begins, and nothing is written or asked", async () => {
  const town = await openTown();
  const house = await town.start();
  await house.plan();
  town.board.done();
  town.outage(true);
  await town.clock.advance(hours(24 * 3));
  expect(town.said).toEqual([]);
  expect(town.board.done()).toEqual([]);
  expect(house.sessions.view(guild)).toBeUndefined();
});

test("what is only looked at has its line at the hour, no voice channel, and its next event", async () => {
  const town = await openTown();
  const house = await town.start();
  const { next } = await house.plan("sensory-rest");
  await town.clock.advance(next - town.clock.now() + minutes(1));
  expect(town.said).toEqual([expect.stringMatching(/Nothing is heard.*\[breathing-light\.gif\]/)]);
  expect(house.players().opened).toBe(0);
  expect(town.board.events()).toMatchObject([{ next: next + hours(24) }]);
});

test("a programme that is gone is said, and what to do", async () => {
  const town = await openTown();
  const house = await town.start();
  const { title, description, goal, ends } = builtIn("calm")!;
  const own = await town.storage.programmes.save(
    guild,
    { title: `Our ${title}`, description, goal, ends, phases: builtIn("calm")!.phases },
    ana,
  );
  await house.evenings.plan(guild, {
    programme: own,
    at: "22:30",
    days: "daily",
    zone: "Europe/Berlin",
    channel: lounge,
    panel: chat,
    by: ana,
  });
  await town.storage.programmes.remove(guild, "our slow water");
  await town.clock.advance(hours(3));
  expect(town.said).toEqual([expect.stringMatching(/no longer there.*\/evening schedule/)]);
});

test("of two evenings at one time one has the room, and both events go on to the next day", async () => {
  const town = await openTown();
  const house = await town.start();
  const { next } = await house.plan("sleep");
  await town.clock.advance(1);
  await house.plan("calm");
  await town.clock.advance(next - town.clock.now() + minutes(1));
  expect(town.board.events().filter(({ active }) => active)).toHaveLength(1);
  await town.clock.advance(hours(2));
  expect(town.board.events().filter(({ active }) => active)).toHaveLength(0);
  for (const { next: then } of town.board.events()) expect(then).toBe(next + hours(24));
});
