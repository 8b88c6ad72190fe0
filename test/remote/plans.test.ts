import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { builtIn } from "../../src/catalogue/programmes.ts";
import { languageOf, sayIn } from "../../src/i18n/languages.ts";
import { type GuildId, id, type SoundId, type UserId } from "../../src/kernel/ids.ts";
import { hours, minutes } from "../../src/kernel/units.ts";
import { openPages, type Pages } from "../../src/remote/pages.ts";
import { pageWords } from "../../src/remote/pageWords.ts";
import { CLOSE } from "../../src/remote/protocol.ts";
import { guild } from "../runtime/sessionsHarness.ts";
import { ana, attic, bo, chat, lounge } from "../session/sessionFixture.ts";
import { openPagesHarness } from "./pagesHarness.ts";

let harness: Awaited<ReturnType<typeof openPagesHarness<Pages>>>;
const language = languageOf("en-GB");

beforeEach(async () => {
  harness = await openPagesHarness((options) =>
    openPages(options, {
      socketPath: "/socket",
      isOwn: () => true,
      // A page of a voice channel; its token is the member's id.
      find: (token) => ({ guild, user: id<UserId>(token), channel: lounge, language }),
      wordsFor: () => pageWords(sayIn(language)),
    }),
  );
  for (const user of [ana, bo]) harness.seats.set(user, lounge);
  harness.seat(ana, bo);
  await harness.evenings.open();
  await harness.wakeUps.open();
});
afterEach(() => harness.close());

const openFor = async (user: UserId) => {
  const page = harness.connect("/socket");
  await page.open(user);
  let last = 0;
  return {
    ...page,
    async ask(request: unknown) {
      last += 1;
      page.say({ type: "request", id: last, request });
      return (await page.next("answer")).refused;
    },
  };
};
const plan = (channel = lounge, of = guild) =>
  harness.evenings.plan(of, {
    programme: builtIn("sleep")!,
    at: "22:30",
    days: "daily",
    zone: "Europe/Berlin",
    channel,
    panel: chat,
    by: ana,
  });

describe("where nothing plays", () => {
  test("a favourite begins, for a member who may use /play, and everyone's page shows it", async () => {
    const mix = [{ sound: id<SoundId>("rain-window"), gainDb: 0, place: "centre" }] as const;
    await harness.storage.favourites.add(guild, { name: "Rain for all", mix, by: bo });
    const [anas, bos] = [await openFor(ana), await openFor(bo)];
    const { favourites } = await anas.stateWhere(({ isIdle }) => isIdle);
    const request = { type: "play", favourite: favourites[0]?.id };
    harness.forbid("no-speak");
    expect(await anas.ask(request)).toBeDefined();
    harness.forbid(undefined);
    expect(await anas.ask(request)).toBeUndefined();
    await bos.stateWhere(({ isIdle, title }) => !isIdle && title === "Rain on Glass");
    // As the panel of a quiet channel: in the voice channel's own chat.
    expect(harness.sessions.view(guild, lounge)?.panel).toBe(lounge);
  });

  test("a programme begins; one that there is not, or that is silent, is refused", async () => {
    const page = await openFor(bo);
    const { programmes } = (await page.next("plans")).plans;
    expect(programmes.map(({ title }) => title)).toContain("Drift Off");
    expect(programmes.map(({ title }) => title)).not.toContain("Only Light");
    expect(await page.ask({ type: "startProgramme", programme: "nothing" })).toBeDefined();
    expect(await page.ask({ type: "startProgramme", programme: "sensory-rest" })).toBeDefined();
    expect(await page.ask({ type: "startProgramme", programme: "sleep" })).toBeUndefined();
    await page.stateWhere(({ isIdle }) => !isIdle);
    expect(harness.sessions.view(guild, lounge)?.programme?.title).toBe("Drift Off");
  });

  test("a member who has left begins nothing, and their page is closed without a session to tell them", async () => {
    const page = await openFor(bo);
    await page.next("state");
    harness.seats.set(bo, attic);
    expect(await page.ask({ type: "startProgramme", programme: "sleep" })).toBeDefined();
    expect(await page.ask({ type: "wakeAt", scope: "me", time: "07:30" })).toBeDefined();
    expect(harness.sessions.all(guild)).toEqual([]);
    harness.pages.listenersChanged(guild);
    expect(await page.closed).toBe(CLOSE.leftChannel);
  });
});

test("what is another server's is neither begun nor skipped nor cancelled from here", async () => {
  const other = id<GuildId>("2");
  const mix = [{ sound: id<SoundId>("rain-window"), gainDb: 0, place: "centre" }] as const;
  await harness.storage.favourites.add(other, { name: "Theirs", mix, by: ana });
  const [favourite] = await harness.storage.favourites.list(other);
  const evening = await plan(lounge, other);
  harness.hosts.add(ana);
  const page = await openFor(ana);
  expect((await page.next("plans")).plans.evenings).toEqual([]);
  expect((await page.next("state")).state.favourites).toEqual([]);
  for (const request of [
    { type: "play", favourite: favourite!.id },
    { type: "startProgramme", programme: evening.id },
    { type: "skipEvening", evening: evening.id },
    { type: "cancelWakeUp", wakeUp: evening.id },
  ])
    expect(await page.ask(request)).toBeDefined();
  expect(harness.sessions.all(guild)).toEqual([]);
  expect((await harness.evenings.list(other))[0]).toMatchObject({ next: evening.next });
});

describe("planned evenings", () => {
  test("a host skips the next one, everyone sees it, and others are refused as by /evening skip-next", async () => {
    const evening = await plan();
    const [anas, bos] = [await openFor(ana), await openFor(bo)];
    expect((await bos.next("plans")).plans.evenings).toEqual([
      { id: evening.id, title: "Drift Off", programme: "sleep", next: evening.next, isHere: true, maySkip: false },
    ]);
    const request = { type: "skipEvening", evening: evening.id };
    expect(await bos.ask(request)).toMatch(/^Only members who can manage events/);
    harness.hosts.add(ana);
    expect(await anas.ask(request)).toBeUndefined();
    const { evenings } = await bos.plansWhere(({ evenings }) => evenings[0]?.skippedAt !== undefined);
    expect(evenings[0]).toMatchObject({ skippedAt: evening.next, next: evening.next + hours(24) });
    expect(await anas.ask({ type: "skipEvening", evening: "another" })).toBeDefined();
  });

  test("what a command plans or cancels is seen at once; of another channel, only that it is elsewhere", async () => {
    const page = await openFor(bo);
    expect((await page.next("plans")).plans.evenings).toEqual([]);
    const evening = await plan(attic);
    const { evenings } = await page.plansWhere(({ evenings }) => evenings.length === 1);
    expect(evenings[0]?.isHere).toBe(false);
    expect(JSON.stringify(evenings)).not.toContain(attic);
    await harness.evenings.cancel(guild, evening.id);
    await page.plansWhere(({ evenings }) => evenings.length === 0);
  });
});

describe("wake-ups", () => {
  test("one for everyone is everyone's, one's own nobody else sees or cancels; clocks are the member's", async () => {
    const [anas, bos] = [await openFor(ana), await openFor(bo)];
    expect(await anas.ask({ type: "wakeAt", scope: "channel", time: "07:30", zone: "Asia/Tokyo" })).toBeUndefined();
    const { wakeUps } = await bos.plansWhere(({ wakeUps }) => wakeUps.length === 1);
    expect(wakeUps[0]).toMatchObject({ isOwn: false, isHere: true });
    const clock = new Intl.DateTimeFormat("en-GB", { timeStyle: "short", timeZone: "Asia/Tokyo" });
    expect(clock.format(wakeUps[0]!.at)).toBe("07:30");
    expect(await anas.ask({ type: "wakeAt", scope: "me", time: "08:00" })).toBeUndefined();
    const own = (await anas.plansWhere(({ wakeUps }) => wakeUps.length === 2)).wakeUps.find(({ isOwn }) => isOwn)!;
    expect(harness.wakeUps.list(guild, bo)).toHaveLength(1);
    expect(await bos.ask({ type: "cancelWakeUp", wakeUp: own.id })).toMatch(/^There’s no such wake-up/);
    expect(await bos.ask({ type: "cancelWakeUp", wakeUp: wakeUps[0]!.id })).toBeUndefined();
    expect((await anas.plansWhere(({ wakeUps }) => wakeUps.length === 1)).wakeUps[0]?.isOwn).toBe(true);
  });

  test("it is set as /wake sets it: with the usual rise, and not where the bot can't be heard", async () => {
    const page = await openFor(ana);
    harness.forbid("no-speak");
    expect(await page.ask({ type: "wakeAt", scope: "channel", time: "07:30" })).toBeDefined();
    harness.forbid(undefined);
    expect(await page.ask({ type: "wakeAt", scope: "channel", time: "07:30", zone: "Nowhere/Land" })).toBeDefined();
    expect(await page.ask({ type: "wakeAt", scope: "channel", time: "07:30" })).toBeUndefined();
    expect(harness.wakeUps.list(guild, ana)).toMatchObject([{ rise: minutes(10), channel: lounge, panel: lounge }]);
  });

  test.each([
    ["a time that there is not", { type: "wakeAt", scope: "me", time: "25:00" }],
    ["somebody else's", { type: "wakeAt", scope: "me", time: "07:30", by: bo }],
    ["a name without end", { type: "cancelWakeUp", wakeUp: "x".repeat(101) }],
    ["a host's rights", { type: "skipEvening", evening: "one", asHost: true }],
  ])("%s ends the connection", async (_what, request) => {
    const page = await openFor(ana);
    await page.next("plans");
    page.say({ type: "request", id: 1, request });
    expect(await page.closed).toBe(CLOSE.unexpected);
  });
});
