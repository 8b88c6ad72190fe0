import { expect, test } from "vitest";
import { english } from "../../src/i18n/english.ts";
import { framesIn, hours, type Millis, minutes, seconds } from "../../src/kernel/units.ts";
import { ana, soundQueued } from "../session/sessionFixture.ts";
import { fakeClock, settle } from "../support/fakeClock.ts";
import { guild, memoryStore, openSessionsHarness } from "./sessionsHarness.ts";

type SessionsHarness = ReturnType<typeof openSessionsHarness>;

/** A bot that was killed with kill −9 in the middle of a sound, and the one that is opened some time later. */
const killed = async (meanwhile: (harness: SessionsHarness) => Promise<unknown>, later: Millis = seconds(5)) => {
  const before = openSessionsHarness();
  const { id } = await before.sessions.dispatch(guild, soundQueued("rain"));
  await before.sessions.dispatch(guild, soundQueued("ocean"));
  await settle();
  const { entry } = before.sessions.view(guild)!.now!;
  before.report({ type: "positionAdvanced", entry, position: framesIn(seconds(60)) });
  await meanwhile(before);
  await before.clock.advance(seconds(4));
  const store = memoryStore(before.store.rows);
  return { id, ...openSessionsHarness({}, fakeClock(before.clock.now() + later), store) };
};

test("after kill −9 the sound is back where it was, with queue, timer and loudness", async () => {
  const after = await killed(async ({ sessions, clock }) => {
    await sessions.dispatch(guild, { type: "volumeChanged", by: ana, volume: "quiet" });
    await sessions.dispatch(guild, { type: "sleepRequested", by: ana, endsAt: clock.now() + minutes(30) });
  });
  expect(await after.sessions.restore()).toBe(1);
  await settle();
  const [loudness, join, play] = after.commands();
  expect(loudness).toMatchObject({ type: "setVolume", gainDb: -12 });
  expect(join).toMatchObject({ type: "join", channel: "10" });
  expect(play).toMatchObject({ type: "play", layers: [{ sound: { id: "rain" } }] });
  expect(Math.abs((play as { from: number }).from - framesIn(seconds(60)))).toBeLessThan(framesIn(seconds(5)));
  expect(after.sessions.view(guild)).toMatchObject({ id: after.id, queue: [{ title: "ocean" }], volume: "quiet" });
  await after.clock.advance(minutes(40));
  expect(after.types()).toEqual(["fadeOut", "pause", "leave"]);
});

/** A session whose timer of ten minutes was set before the process was killed. */
const killedWithTimer = (later: Millis) =>
  killed(
    ({ sessions, clock }) =>
      sessions.dispatch(guild, { type: "sleepRequested", by: ana, endsAt: clock.now() + minutes(10) }),
    later,
  );

test("in its fade, or shortly past the timer's end, the room comes back in the silence after it", async () => {
  for (const later of [minutes(8), minutes(12)]) {
    const after = await killedWithTimer(later);
    expect(await after.sessions.restore()).toBe(1);
    await after.clock.advance(seconds(1));
    expect(after.types()).not.toContain("play");
    expect(after.sessions.view(guild)).toMatchObject({ status: "paused", pauseReason: "grace" });
  }
});

test("past that silence the room is over, and the panel says so", async () => {
  const after = await killedWithTimer(minutes(21));
  expect(await after.sessions.restore()).toBe(0);
  await after.clock.advance(seconds(1));
  expect(after.commands()).toEqual([]);
  const last = after.panels().at(-1);
  expect(last).toMatchObject({ status: "over", endReason: "slept" });
  expect(last?.endedAt).toBeLessThanOrEqual(last?.sleepTimer?.endsAt ?? 0);
  expect(after.store.rows.size).toBe(0);
});

test("a timer is kept the moment that it is set, and not a second later", async () => {
  const harness = openSessionsHarness();
  await harness.sessions.dispatch(guild, soundQueued("rain"));
  await harness.clock.advance(seconds(5));
  const endsAt = harness.clock.now() + minutes(30);
  await harness.sessions.dispatch(guild, { type: "sleepRequested", by: ana, endsAt });
  await settle();
  expect(JSON.parse(harness.store.rows.get(guild)!.json)).toMatchObject({ timer: { endsAt } });
});

test("a pause outlives the restart, and is resumed where it was", async () => {
  const after = await killed(({ sessions }) => sessions.dispatch(guild, { type: "paused", by: ana }));
  await after.sessions.restore();
  await settle();
  expect(after.types()).toEqual(["setVolume", "join"]);
  await after.sessions.dispatch(guild, { type: "resumed", by: ana });
  await settle();
  expect(after.commands()).toMatchObject([{ type: "play", layers: [{ sound: { id: "rain" } }] }]);
});

test("a room that is empty by then waits for somebody, and is left after a while", async () => {
  const after = await killed(async () => {});
  after.seat();
  await after.sessions.restore();
  await settle();
  expect(after.types()).toEqual(["setVolume", "join"]);
  after.seat(ana);
  expect(after.types()).toEqual(["play"]);
});

test("a room that was empty before, and is empty still, is not played to, and is left after ten minutes", async () => {
  const after = await killed(async ({ seat }) => seat());
  after.seat();
  await after.sessions.restore();
  await after.clock.advance(minutes(9));
  expect(after.types()).not.toContain("play");
  await after.clock.advance(minutes(1));
  expect(after.types()).toContain("leave");
});

test("a session that was over does not come back, nor does one of yesterday", async () => {
  const after = await killed(({ sessions }) => sessions.dispatch(guild, { type: "stopped", by: ana }));
  expect(await after.sessions.restore()).toBe(0);
  const yesterday = await killed(async () => {}, hours(20));
  expect(await yesterday.sessions.restore()).toBe(0);
  expect(yesterday.types()).toEqual([]);
});

test("shutting down lets the rooms go to silence, and the next start brings them back", async () => {
  const before = openSessionsHarness();
  await before.sessions.dispatch(guild, soundQueued("rain"));
  await settle();
  before.types();
  const closed = before.sessions.close();
  await before.clock.advance(seconds(3));
  await closed;
  expect(before.types()).toEqual(["leave"]);
  await expect(before.sessions.dispatch(guild, soundQueued("rain"))).rejects.toThrow(/restarting/);
  expect(await openSessionsHarness({}, before.clock, before.store).sessions.restore()).toBe(1);
});

test("a store that fails costs nothing but the restoring", async () => {
  const fail = () => Promise.reject(new Error("disk full"));
  const harness = openSessionsHarness({ store: { write: fail, all: fail } });
  expect(await harness.sessions.restore()).toBe(0);
  await harness.sessions.dispatch(guild, soundQueued("rain"));
  await harness.clock.advance(seconds(5));
  expect(harness.sessions.view(guild)).toMatchObject({ status: "playing" });
});

test("the note of a room of before, which was English alone, is shown as it is", async () => {
  const after = await killed(async () => {});
  const { json, savedAt } = after.store.rows.get(guild)!;
  after.store.rows.set(guild, { json: JSON.stringify({ ...JSON.parse(json), note: "Hearth was left out." }), savedAt });
  await after.sessions.restore();
  expect(english.of(after.sessions.view(guild)?.note ?? "")).toBe("Hearth was left out.");
});
