import { expect, test } from "vitest";
import { createCatalogue } from "../../src/catalogue/catalogue.ts";
import { builtIn } from "../../src/catalogue/programmes.ts";
import { english } from "../../src/i18n/english.ts";
import { type ChannelId, type GuildId, id, type ScheduleId, type SoundId } from "../../src/kernel/ids.ts";
import { silentLog } from "../../src/kernel/log.ts";
import { rawText } from "../../src/kernel/memberText.ts";
import { hours, minutes, seconds } from "../../src/kernel/units.ts";
import { createEvenings } from "../../src/programmes/evenings.ts";
import { createGuildProgrammes } from "../../src/programmes/guildProgrammes.ts";
import { openStorage } from "../../src/storage/openStorage.ts";
import { SOUNDS } from "../commands/commandHarness.ts";
import { guild, memoryStore, openSessionsHarness } from "../runtime/sessionsHarness.ts";
import { ana, chat, lounge } from "../session/sessionFixture.ts";
import { fakeClock, settle } from "../support/fakeClock.ts";
import { memoryScheduledEvents } from "./memoryScheduledEvents.ts";

const away = id<GuildId>("2");

/** Processes one after the other, on one database, one clock and one Discord. */
const openRestartHarness = async () => {
  const clock = fakeClock(Date.parse("2026-11-23T20:00:00+01:00"));
  const storage = await openStorage({ path: ":memory:", clock });
  const discordEvents = memoryScheduledEvents();
  const store = memoryStore();
  const said: string[] = [];
  let here = true;

  const start = async () => {
    const bot = openSessionsHarness({ onView: (view) => evenings.observe(view) }, clock, store);
    const catalogue = createCatalogue(SOUNDS);
    const guildProgrammes = createGuildProgrammes({
      sessions: bot.sessions,
      programmes: storage.programmes,
      catalogueOf: () => catalogue,
      listenerService: { heardSounds: async () => [] as readonly SoundId[], soundFilter: async () => () => true },
      sayInGuild: async () => english,
    });
    const evenings: ReturnType<typeof createEvenings> = createEvenings({
      schedules: storage.schedules,
      guildProgrammes,
      scheduledEvents: discordEvents.scheduledEvents,
      clock,
      log: silentLog,
      all: (of) => bot.sessions.all(of),
      isAvailable: (of) => here && of !== away,
      checkAccess() {},
      announce: async (_guild, _channel, line, picture) =>
        void said.push(english.of(line) + (picture ? ` [${picture.name}]` : "")),
      visuals: { render: async () => new Uint8Array(1) },
    });
    await bot.sessions.restore();
    await evenings.open();
    evenings.resume(() => true);
    await settle();
    return {
      ...bot,
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
        await Promise.all([bot.sessions.close(), clock.advance(seconds(10))]);
      },
    };
  };
  return {
    clock,
    storage,
    discordEvents,
    said,
    start,
    outage: (on: boolean) => {
      here = !on;
    },
  };
};

test("a restart in the middle brings the programme back, once, and its event ends with it", async () => {
  const harness = await openRestartHarness();
  const first = await harness.start();
  const { next } = await first.plan();
  await harness.clock.advance(next - harness.clock.now() + minutes(5));
  expect(first.sessions.view(guild)?.programme?.title).toBe("Drift Off");
  await first.stop();
  const second = await harness.start();
  await harness.clock.advance(seconds(5));
  expect(second.sessions.view(guild)?.programme?.title).toBe("Drift Off");
  expect(harness.discordEvents.done()).toEqual(["posted", "opened"]);
  await harness.clock.advance(hours(2));
  expect(second.sessions.view(guild)).toBeUndefined();
  expect(harness.discordEvents.done()).toEqual(["ended", "moved"]);
});

test("when its session is gone after a restart, the event that was left open says the next time", async () => {
  const harness = await openRestartHarness();
  const first = await harness.start();
  const { next } = await first.plan();
  await harness.clock.advance(next - harness.clock.now() + minutes(5));
  await first.stop();
  await harness.clock.advance(hours(3));
  const second = await harness.start();
  await harness.clock.advance(seconds(5));
  expect(second.sessions.view(guild)).toBeUndefined();
  expect(harness.discordEvents.events()).toMatchObject([{ active: false, next: next + hours(24) }]);
  await harness.clock.advance(hours(24));
  expect(harness.discordEvents.done()).toContain("opened");
});

test("one that was missed is said in its channel, once, and stands in the list until it has begun again", async () => {
  const harness = await openRestartHarness();
  const first = await harness.start();
  const { next } = await first.plan();
  await first.stop();
  await harness.clock.advance(next - harness.clock.now() + minutes(40));
  const second = await harness.start();
  await harness.clock.advance(minutes(1));
  expect(harness.said).toEqual([expect.stringMatching(/Drift Off didn’t start\. Lull was offline/)]);
  const [evening] = await second.evenings.list(guild);
  expect(evening).toMatchObject({ next: next + hours(24), last: { status: "missed" } });
  await harness.clock.advance(hours(24));
  expect((await second.evenings.list(guild))[0]?.last).toBeUndefined();
  expect(harness.said).toHaveLength(1);
});

test("in an outage nothing is asked of Discord, and it begins when the guild is back", async () => {
  const harness = await openRestartHarness();
  const bot = await harness.start();
  const { next } = await bot.plan();
  harness.discordEvents.done();
  harness.outage(true);
  await harness.clock.advance(next - harness.clock.now() + minutes(3));
  expect(harness.discordEvents.done()).toEqual([]);
  expect(bot.sessions.view(guild)).toBeUndefined();
  harness.outage(false);
  await harness.clock.advance(seconds(5));
  expect(bot.sessions.view(guild)?.programme?.title).toBe("Drift Off");
  expect(harness.discordEvents.done()).toEqual(["opened"]);
});

test("in a guild that has sent the bot away nothing begins, and nothing is written or asked", async () => {
  const harness = await openRestartHarness();
  const bot = await harness.start();
  await bot.plan();
  harness.discordEvents.done();
  harness.outage(true);
  await harness.clock.advance(hours(24 * 3));
  expect(harness.said).toEqual([]);
  expect(harness.discordEvents.done()).toEqual([]);
  expect(bot.sessions.view(guild)).toBeUndefined();
});

test("what is only looked at has its line at the hour, no voice channel, and its next event", async () => {
  const harness = await openRestartHarness();
  const bot = await harness.start();
  const { next } = await bot.plan("sensory-rest");
  await harness.clock.advance(next - harness.clock.now() + minutes(1));
  expect(harness.said).toEqual([expect.stringMatching(/Nothing is heard.*\[breathing-light\.gif\]/)]);
  expect(bot.players().opened).toBe(0);
  expect(harness.discordEvents.events()).toMatchObject([{ next: next + hours(24) }]);
});

test("a programme that is gone is said, and what to do", async () => {
  const harness = await openRestartHarness();
  const bot = await harness.start();
  const { title, description, goal, ends } = builtIn("calm")!;
  const own = await harness.storage.programmes.save(
    guild,
    { title: `Our ${rawText(title)}`, description, goal, ends, phases: builtIn("calm")!.phases },
    ana,
  );
  await bot.evenings.plan(guild, {
    programme: own,
    at: "22:30",
    days: "daily",
    zone: "Europe/Berlin",
    channel: lounge,
    panel: chat,
    by: ana,
  });
  await harness.storage.programmes.remove(guild, "our slow water");
  await harness.clock.advance(hours(3));
  expect(harness.said).toEqual([expect.stringMatching(/no longer exists.*\/evening schedule/)]);
});

test("of two evenings at one time one has the room, and both events go on to the next day", async () => {
  const harness = await openRestartHarness();
  const bot = await harness.start();
  const { next } = await bot.plan("sleep");
  await harness.clock.advance(1);
  await bot.plan("calm");
  await harness.clock.advance(next - harness.clock.now() + minutes(1));
  expect(harness.discordEvents.events().filter(({ active }) => active)).toHaveLength(1);
  await harness.clock.advance(hours(2));
  expect(harness.discordEvents.events().filter(({ active }) => active)).toHaveLength(0);
  for (const { next: then } of harness.discordEvents.events()) expect(then).toBe(next + hours(24));
});

/** What became of the evening's only occurrence. */
const outcome = async (harness: Awaited<ReturnType<typeof openRestartHarness>>, schedule: ScheduleId) =>
  (await harness.storage.schedules.occurrences(schedule, 1))[0]?.status;

test("an evening counts as started once it has been heard, and not before", async () => {
  const harness = await openRestartHarness();
  const bot = await harness.start();
  const { id, next } = await bot.plan();
  bot.silence();
  await harness.clock.advance(next - harness.clock.now() + seconds(20));
  expect(bot.sessions.view(guild)?.programme?.title).toBe("Drift Off");
  expect(await outcome(harness, id)).toBe("claimed");
  bot.report({ type: "soundStarted", entry: bot.sessions.view(guild)!.now!.entry });
  await settle();
  expect(await outcome(harness, id)).toBe("started");
});

test("one whose voice connection does not come about is tried again, and heard once it does", async () => {
  const harness = await openRestartHarness();
  const bot = await harness.start();
  const { id, next } = await bot.plan();
  bot.silence();
  await harness.clock.advance(next - harness.clock.now() + seconds(1));
  bot.report({ type: "left", why: "unreachable" });
  await settle();
  expect(bot.sessions.view(guild)).toBeUndefined();
  await harness.clock.advance(seconds(6));
  bot.report({ type: "soundStarted", entry: bot.sessions.view(guild)!.now!.entry });
  await settle();
  expect(await outcome(harness, id)).toBe("started");
  expect(harness.said).toEqual([]);
});

test("one that is never heard is said to have not begun, with the reason", async () => {
  const harness = await openRestartHarness();
  const bot = await harness.start();
  const { id, next } = await bot.plan();
  bot.silence();
  await harness.clock.advance(next - harness.clock.now());
  for (let waited = 0; waited < minutes(17); waited += seconds(5)) {
    if (bot.sessions.view(guild) !== undefined) bot.report({ type: "left", why: "unreachable" });
    await harness.clock.advance(seconds(5));
  }
  expect(await outcome(harness, id)).toBe("refused");
  expect(harness.said).toEqual([expect.stringMatching(/Drift Off didn’t start.*connect/)]);
});

test("a process that dies before it is heard begins it again after the restart, once", async () => {
  const harness = await openRestartHarness();
  const first = await harness.start();
  const { id, next } = await first.plan();
  first.silence();
  await harness.clock.advance(next - harness.clock.now() + seconds(2));
  await first.stop();
  const second = await harness.start();
  await harness.clock.advance(seconds(2));
  expect(second.sessions.view(guild)?.programme?.title).toBe("Drift Off");
  expect(await outcome(harness, id)).toBe("started");
});
