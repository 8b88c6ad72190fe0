import { expect, test } from "vitest";
import { english } from "../../src/i18n/english.ts";
import { type GuildId, id } from "../../src/kernel/ids.ts";
import { hours, minutes, seconds } from "../../src/kernel/units.ts";
import { ana, attic, bo, lounge, soundQueued } from "../session/sessionFixture.ts";
import { fakeClock, settle } from "../support/fakeClock.ts";
import { guild, openSessionsHarness } from "./sessionsHarness.ts";

test("the first sound opens a session, and its end is forgotten", async () => {
  const { sessions, clock, types, players } = openSessionsHarness();
  expect(sessions.view(guild)).toBeUndefined();
  const view = await sessions.dispatch(guild, soundQueued("rain"));
  expect(view).toMatchObject({ guild, status: "waiting", coming: { title: "rain" } });
  await settle();
  expect(sessions.view(guild)).toMatchObject({ id: view.id, status: "playing" });
  expect(types()).toEqual(["setVolume", "join", "play"]);
  await sessions.dispatch(guild, { type: "stopped", by: ana });
  expect(sessions.view(guild)).toBeUndefined();
  await clock.advance(seconds(10));
  expect(types()).toEqual(["leave"]);
  expect(players()).toEqual({ opened: 1, closed: 1 });
});

test("without a session, every wish but a sound is refused", async () => {
  const { sessions } = openSessionsHarness();
  await expect(sessions.dispatch(guild, { type: "paused", by: ana })).rejects.toThrow(/Start with \/play/);
});

test("two who ask at once share one session", async () => {
  const { sessions, players } = openSessionsHarness();
  const [first, second] = await Promise.all([
    sessions.dispatch(guild, soundQueued("rain")),
    sessions.dispatch(guild, soundQueued("ocean", { by: bo })),
  ]);
  expect(second.id).toBe(first.id);
  expect(second.queue).toMatchObject([{ title: "ocean", by: bo }]);
  expect(players().opened).toBe(1);
});

test("guilds do not share anything", async () => {
  const { sessions, players } = openSessionsHarness();
  const other = id<GuildId>("2");
  await sessions.dispatch(guild, soundQueued("rain"));
  await sessions.dispatch(other, soundQueued("ocean"));
  await sessions.dispatch(guild, { type: "stopped", by: ana });
  expect(sessions.view(other)).toMatchObject({ status: "playing" });
  expect(players().opened).toBe(2);
});

test("a sound that is asked for while the bot leaves opens a new session once it is gone", async () => {
  const { sessions, clock, types, players } = openSessionsHarness();
  const first = await sessions.dispatch(guild, soundQueued("rain"));
  await sessions.dispatch(guild, { type: "stopped", by: ana });
  types();
  const next = sessions.dispatch(guild, soundQueued("ocean"));
  await clock.advance(seconds(1));
  expect(types()).toEqual([]);
  await clock.advance(seconds(2));
  expect((await next).id).not.toBe(first.id);
  expect(types()).toEqual(["setVolume", "join", "play"]);
  expect(players()).toEqual({ opened: 2, closed: 1 });
});

test("an engine that does not answer when it should leave is let go of all the same", async () => {
  const sent: string[] = [];
  const players = { open: () => ({ send: ({ type }: { type: string }) => void sent.push(type), close() {} }) };
  const { sessions, clock } = openSessionsHarness({ players });
  await sessions.dispatch(guild, soundQueued("rain"));
  await sessions.dispatch(guild, { type: "stopped", by: ana });
  const next = sessions.dispatch(guild, soundQueued("ocean"));
  await clock.advance(seconds(6));
  expect(await next).toMatchObject({ coming: { title: "ocean" } });
});

test("an engine that throws, a panel that fails and settings that do not answer harm nothing", async () => {
  const fail = () => {
    throw new Error("broken");
  };
  const { sessions, clock, complaints } = openSessionsHarness({
    players: { open: () => ({ send: fail, close: fail }) },
    panels: { show: () => Promise.reject(new Error("50013")) },
    settings: { of: () => Promise.reject(new Error("locked")), change: () => Promise.reject(new Error("locked")) },
    voiceChannels: { channelOf: () => undefined, listeners: fail, presences: fail },
  });
  await sessions.dispatch(guild, soundQueued("rain"));
  await sessions.dispatch(guild, { type: "volumeChanged", by: ana, volume: "whisper" });
  await sessions.dispatch(guild, { type: "sleepRequested", by: ana, endsAt: clock.now() + minutes(5) });
  await clock.advance(minutes(16));
  expect(sessions.view(guild)).toBeUndefined();
  expect(complaints.length).toBeGreaterThan(3);
});

test("an engine that cannot be opened is an error, and the next wish tries again", async () => {
  let broken = true;
  const players = {
    open() {
      if (broken) throw new Error("no thread");
      return { send() {}, close() {} };
    },
  };
  const { sessions } = openSessionsHarness({ players });
  await expect(sessions.dispatch(guild, soundQueued("rain"))).rejects.toThrow("no thread");
  broken = false;
  expect(await sessions.dispatch(guild, soundQueued("rain"))).toMatchObject({ status: "waiting" });
});

test("a sound that cannot be prepared is told of on the panel", async () => {
  const { sessions, clock, panels } = openSessionsHarness();
  await sessions.dispatch(guild, soundQueued("gone"));
  await clock.advance(seconds(2));
  const { status, note } = panels().at(-1)!;
  expect({ status, note: english.of(note ?? "") }).toEqual({ status: "quiet", note: "That sound is gone." });
});

test("the timer fades and leaves at its time", async () => {
  const { sessions, clock, types, panels } = openSessionsHarness();
  await sessions.dispatch(guild, soundQueued("rain"));
  await sessions.dispatch(guild, { type: "sleepRequested", by: ana, endsAt: clock.now() + minutes(30) });
  await clock.advance(minutes(27) - 1);
  expect(types()).toEqual(["setVolume", "join", "play"]);
  await clock.advance(1);
  expect(types()).toEqual(["fadeOut"]);
  await clock.advance(minutes(3));
  expect(types()).toEqual(["pause"]);
  await clock.advance(minutes(10));
  expect(types()).toEqual(["leave"]);
  await clock.advance(seconds(5));
  expect(panels().at(-1)).toMatchObject({ status: "over", endReason: "slept" });
});

test("a clock that jumps forward, as after a night's suspend, is noticed within half a minute", async () => {
  const { sessions, clock, types } = openSessionsHarness();
  await sessions.dispatch(guild, soundQueued("rain"));
  await sessions.dispatch(guild, { type: "sleepRequested", by: ana, endsAt: clock.now() + hours(2) });
  await settle();
  types();
  clock.set(clock.now() + hours(8));
  await clock.advance(seconds(30));
  expect(types()).toEqual(["pause", "leave"]);
});

test("a hundred presses a second are a few edits of the panel, the last of which is right", async () => {
  const { sessions, clock, panels } = openSessionsHarness();
  await sessions.dispatch(guild, soundQueued("rain"));
  await clock.advance(seconds(5));
  panels();
  for (let i = 0; i < 100; i++) {
    await sessions.dispatch(guild, { type: i % 2 === 0 ? "paused" : "resumed", by: ana });
    await clock.advance(10);
  }
  await sessions.dispatch(guild, { type: "volumeChanged", by: ana, volume: "quiet" });
  await clock.advance(seconds(2));
  const shown = panels();
  expect(shown.length).toBeLessThanOrEqual(3);
  expect(shown.at(-1)).toMatchObject({ status: "playing", volume: "quiet" });
});

test("a sound that only moves on does not touch the panel", async () => {
  const { sessions, clock, panels, report } = openSessionsHarness();
  await sessions.dispatch(guild, soundQueued("rain"));
  await clock.advance(seconds(5));
  panels();
  const { now } = sessions.view(guild)!;
  for (let i = 1; i < 20; i++) {
    report({ type: "positionAdvanced", entry: now!.entry, position: i * 250 });
    await clock.advance(seconds(5));
  }
  expect(panels()).toEqual([]);
  expect(sessions.view(guild)?.now?.position).toBe(seconds(95));
});

test("who comes and goes is looked up in the room", async () => {
  const { sessions, clock, seat, types } = openSessionsHarness();
  await sessions.dispatch(guild, soundQueued("rain"));
  await settle();
  types();
  seat();
  expect(sessions.view(guild)).toMatchObject({ status: "paused", pauseReason: "alone" });
  seat(bo);
  expect(sessions.view(guild)).toMatchObject({ status: "playing", listeners: [bo] });
  expect(types()).toEqual(["pause", "resume"]);
  seat();
  await clock.advance(minutes(11));
  expect(sessions.view(guild)).toBeUndefined();
});

test("a moderator who disconnects the bot ends the session at once", async () => {
  const { sessions, clock, types, report, panels, players } = openSessionsHarness();
  await sessions.dispatch(guild, soundQueued("rain"));
  await settle();
  types();
  report({ type: "left", why: "disconnected" });
  expect(sessions.view(guild)).toBeUndefined();
  await clock.advance(seconds(5));
  expect(types()).toEqual([]);
  expect(players().closed).toBeGreaterThan(0);
  expect(panels().at(-1)).toMatchObject({ status: "over", endReason: "disconnected" });
});

test("the room's loudness is kept for the next session", async () => {
  const { sessions, changes } = openSessionsHarness();
  await sessions.dispatch(guild, soundQueued("rain"));
  await sessions.dispatch(guild, { type: "volumeChanged", by: ana, volume: "whisper" });
  await settle();
  expect(changes).toEqual([{ volumeDb: -18 }]);
});

test("a bot that is moved looks who is in the other channel", async () => {
  const { sessions, report, types } = openSessionsHarness();
  await sessions.dispatch(guild, soundQueued("rain"));
  await settle();
  types();
  report({ type: "connected", channel: attic });
  expect(sessions.view(guild)).toMatchObject({ channel: attic, status: "paused", pauseReason: "alone", listeners: [] });
  report({ type: "connected", channel: lounge });
  expect(sessions.view(guild)).toMatchObject({ channel: lounge, status: "playing", listeners: [ana] });
  expect(types()).toEqual(["pause", "resume"]);
});

test("reports that come while a command is given are heard after it", async () => {
  const clock = fakeClock();
  const { sessions } = openSessionsHarness(
    {
      players: {
        open: (_guild, onEvent) => ({
          send(command) {
            if (command.type === "play") onEvent({ type: "soundFailed", entry: command.entry, reason: "ENOENT" });
          },
          close() {},
        }),
      },
    },
    clock,
  );
  await sessions.dispatch(guild, soundQueued("rain"));
  await settle();
  expect(sessions.view(guild)?.status).toBe("quiet");
  expect(english.of(sessions.view(guild)?.note ?? "")).toBe("rain couldn’t be played, so it was skipped.");
});

test("the last word of a session comes at once, and before the first of the next one", async () => {
  const { sessions, clock, panels, report } = openSessionsHarness();
  const first = await sessions.dispatch(guild, soundQueued("rain"));
  await clock.advance(seconds(1));
  report({ type: "left", why: "disconnected" });
  const second = await sessions.dispatch(guild, soundQueued("ocean"));
  await clock.advance(seconds(2));
  expect(panels().map(({ id, status }) => [id, status])).toEqual([
    [first.id, "playing"],
    [first.id, "over"],
    [second.id, "playing"],
  ]);
});
