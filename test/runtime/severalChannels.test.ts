import { expect, test } from "vitest";
import { english } from "../../src/i18n/english.ts";
import { UserError } from "../../src/kernel/errors.ts";
import { type ChannelId, type HelperId, id, type UserId } from "../../src/kernel/ids.ts";
import { minutes, seconds } from "../../src/kernel/units.ts";
import type { AccessProblem } from "../../src/ports/channelAccess.ts";
import { ana, attic, bo, lounge, soundQueued } from "../session/sessionFixture.ts";
import { fakeClock } from "../support/fakeClock.ts";
import { guild, memoryStore, openSessionsHarness } from "./sessionsHarness.ts";

const cellar = id<ChannelId>("12");
const cleo = id<UserId>("300");
const first = id<HelperId>("901");
const second = id<HelperId>("902");

/** A guild with helpers, and somebody in each of three channels. */
const openGuild = (
  helpers: readonly HelperId[] = [first],
  problems: Readonly<Record<string, AccessProblem>> = {},
  clock = fakeClock(),
  store = memoryStore(),
) => {
  const harness = openSessionsHarness(
    {
      helpers: { in: () => helpers, mayBeIn: (_guild, helper) => helpers.includes(helper) },
      channelAccess: { accessProblem: (_guild, channel, helper) => problems[`${helper ?? "own"} ${channel}`] },
    },
    clock,
    store,
  );
  harness.seat(ana);
  harness.seatIn(attic, bo);
  harness.seatIn(cellar, cleo);
  const play = (sound: string, channel: ChannelId, by: UserId) =>
    harness.sessions.dispatch(guild, soundQueued(sound, { channel, by }));
  return { ...harness, play };
};

const refusalOf = async (asked: Promise<unknown>) => {
  const error = await asked.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return error instanceof UserError ? { code: error.code, text: english.of(error.text) } : error;
};

test("the bot itself speaks in the first channel, a helper in the second, and a third is told where", async () => {
  const { play, sessions, joined, clock } = openGuild();
  await play("rain", lounge, ana);
  await play("ocean", attic, bo);
  await clock.advance(seconds(1));
  expect(sessions.view(guild, lounge)?.helper).toBeUndefined();
  expect(sessions.view(guild, attic)?.helper).toBe(first);
  expect([joined(), joined(first)]).toEqual([[lounge], [attic]]);
  expect(sessions.all(guild).map(({ now }) => now?.title)).toEqual(["rain", "ocean"]);
  expect(sessions.totals()).toEqual({ all: 2, playing: 2, listeners: 2 });
  expect(await refusalOf(play("fire", cellar, cleo))).toEqual({
    code: "all-bots-play",
    text: "All of my voices on this server are playing: in <#10> and <#11>. Join there, or wait until one of those sessions ends.",
  });
});

test("each channel decides for itself; what ends in one goes on in the other", async () => {
  const { play, sessions, clock } = openGuild();
  await play("rain", lounge, ana);
  await play("ocean", attic, bo);
  await clock.advance(seconds(1));
  await sessions.dispatch(guild, { type: "paused", by: bo }, attic);
  expect(sessions.view(guild, lounge)?.status).toBe("playing");
  expect(sessions.view(guild, attic)?.status).toBe("paused");
  await sessions.dispatch(guild, { type: "stopped", by: ana, asHost: true }, lounge);
  await clock.advance(seconds(10));
  expect(sessions.view(guild, lounge)).toBeUndefined();
  expect(sessions.view(guild, attic)?.status).toBe("paused");
  // The bot itself is free again.
  expect(await play("fire", cellar, cleo)).toMatchObject({ channel: cellar });
  expect(sessions.view(guild, cellar)?.helper).toBeUndefined();
});

test("a request for a channel without a session is refused although another channel has one", async () => {
  const { play, sessions } = openGuild();
  await play("rain", lounge, ana);
  const asked = sessions.dispatch(guild, { type: "paused", by: bo }, attic);
  expect(await refusalOf(asked)).toMatchObject({ code: "nothing-plays" });
  expect(sessions.view(guild, lounge)?.status).not.toBe("paused");
});

test("a bot that may not be heard in a channel is passed over for one that may", async () => {
  const { play, sessions } = openGuild([first, second], { "own 11": "no-connect", "901 11": "no-speak" });
  expect(sessions.freeBot(guild, attic)?.helper).toBe(second);
  expect((await play("ocean", attic, bo)).helper).toBe(second);
  expect((await play("rain", lounge, ana)).helper).toBeUndefined();
  expect(sessions.freeBot(guild, attic)).toBeUndefined();
});

test("where every bot is busy, one that nobody hears comes, as it always has", async () => {
  const { play, sessions, seatIn, joined } = openGuild();
  await play("rain", lounge, ana);
  await play("ocean", attic, bo);
  seatIn(attic);
  expect(await play("fire", cellar, cleo)).toMatchObject({ channel: cellar, helper: first });
  expect(joined(first)).toEqual([attic, cellar]);
  expect(sessions.view(guild, attic)).toBeUndefined();
});

test("kill −9 gives each session back to the bot that spoke in it", async () => {
  const before = openGuild();
  await before.play("rain", lounge, ana);
  await before.play("ocean", attic, bo);
  await before.clock.advance(minutes(1));
  const after = openGuild([first], {}, before.clock, memoryStore(before.store.rows));
  expect(await after.sessions.restore()).toBe(2);
  await after.clock.advance(seconds(1));
  expect([after.joined(), after.joined(first)]).toEqual([[lounge], [attic]]);
  expect(after.sessions.all(guild).map(({ now }) => now?.title)).toEqual(["rain", "ocean"]);
});

test("where a helper's token is gone, a free one takes over; without one the session has ended", async () => {
  const before = openGuild();
  await before.play("rain", lounge, ana);
  await before.play("ocean", attic, bo);
  await before.clock.advance(minutes(1));
  const replaced = openGuild([second], {}, before.clock, memoryStore(before.store.rows));
  expect(await replaced.sessions.restore()).toBe(2);
  await replaced.clock.advance(seconds(2));
  expect(replaced.sessions.view(guild, attic)?.helper).toBe(second);
  expect([...replaced.store.rows.keys()]).toEqual(["1", "1-902"]);
  const alone = openGuild([], {}, before.clock, memoryStore(before.store.rows));
  expect(await alone.sessions.restore()).toBe(1);
  await alone.clock.advance(seconds(2));
  expect(alone.sessions.all(guild).map(({ channel }) => channel)).toEqual([lounge]);
  expect([...alone.store.rows.keys()]).toEqual(["1"]);
});

test("a bot that a moderator moves to where another one plays leaves, and the other plays on", async () => {
  const { play, sessions, move, clock, toldTo } = openGuild();
  await play("rain", lounge, ana);
  await play("ocean", attic, bo);
  await clock.advance(seconds(1));
  move(lounge, first);
  await clock.advance(seconds(10));
  expect(sessions.all(guild).map(({ channel, helper }) => [channel, helper])).toEqual([[lounge, undefined]]);
  expect(toldTo(first).at(-1)).toBe("leave");
  expect(toldTo()).not.toContain("leave");
});

test("one who stirs brings back the sound of their own channel alone", async () => {
  const { play, sessions, clock } = openGuild();
  await play("rain", lounge, ana);
  await play("ocean", attic, bo);
  for (const [channel, by] of [
    [lounge, ana],
    [attic, bo],
  ] as const)
    await sessions.dispatch(guild, { type: "sleepRequested", by, endsAt: clock.now() + minutes(20) }, channel);
  await clock.advance(minutes(21));
  expect(sessions.all(guild).map(({ pauseReason }) => pauseReason)).toEqual(["grace", "grace"]);
  sessions.listenerActive(guild, bo, false);
  expect(sessions.all(guild).map(({ pauseReason }) => pauseReason)).toEqual(["grace", undefined]);
});
