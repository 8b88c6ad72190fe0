import { afterEach, describe, expect, test } from "vitest";
import { UserError } from "../../src/kernel/errors.ts";
import { type ChannelId, type GuildId, id, type UserId } from "../../src/kernel/ids.ts";
import { hours, type Millis, minutes, seconds } from "../../src/kernel/units.ts";
import type { QuietChannel } from "../../src/ports/guild.ts";
import { createQuietChannels, type QuietChannels } from "../../src/programmes/quietChannels.ts";
import type { Storage } from "../../src/storage/openStorage.ts";
import { openStorage } from "../../src/storage/openStorage.ts";
import { sound } from "../commands/commandHarness.ts";
import { guild, type MemoryStore, memoryStore, openSessionsHarness } from "../runtime/sessionsHarness.ts";
import { ana, attic, bo, chat, lounge, soundQueued } from "../session/sessionFixture.ts";
import { type FakeClock, fakeClock, settle } from "../support/fakeClock.ts";

const bot = id<UserId>("999");
const rain: QuietChannel = { channel: lounge, stay: false, plays: { request: soundQueued("rain").request } };
const staying: QuietChannel = { ...rain, stay: true };
/** Half past eleven at night in Berlin. */
const NIGHT = Date.UTC(2026, 10, 28, 22, 30);

let storage: Storage | undefined;
afterEach(async () => {
  await storage?.close();
  storage = undefined;
});

interface Options {
  readonly rule?: QuietChannel;
  readonly seats?: Map<UserId, ChannelId>;
  readonly clock?: FakeClock;
  readonly store?: MemoryStore;
}

/** A bot with real sessions and database in a guild with a quiet channel; the engine and Discord are the test's. */
const openBot = async ({
  rule = rain,
  seats = new Map(),
  clock = fakeClock(NIGHT),
  store = memoryStore(),
}: Options) => {
  storage ??= await openStorage({ path: ":memory:", clock });
  const { settings } = storage;
  if ((await settings.of(guild)).quietChannel === undefined) await settings.change(guild, { quietChannel: rule });
  const told: string[] = [];
  let [barred, avoided, available] = [false, false, true];
  const here = (_guild: GuildId, channel: ChannelId) =>
    [...seats].flatMap(([user, seat]) => (seat === channel ? [user] : []));
  const voiceChannels = {
    channelOf: (_guild: GuildId, user: UserId) => seats.get(user),
    listeners: here,
    presences: () => [],
  };
  const observe = (view: Parameters<QuietChannels["observe"]>[0]) => quietChannels.observe(view);
  const sessionsHarness = openSessionsHarness({ voiceChannels, settings, onView: observe }, clock, store);
  const { sessions } = sessionsHarness;
  const quietChannels: QuietChannels = createQuietChannels({
    ...storage,
    sessions,
    voiceChannels,
    guildProgrammes: {
      find: async () => undefined,
      stage: () => Promise.reject(new Error("There is no programme here")),
    },
    listenerService: { soundFilter: async () => () => !avoided },
    catalogueOf: () => ({ find: (name) => (name === "rain" ? sound("rain", "rain", "rain") : undefined) }),
    botUser: bot,
    clock,
    log: { info: (line) => told.push(line), warn: (line) => sessionsHarness.complaints.push(line), error() {} },
    isAvailable: () => available,
    checkAccess() {
      if (barred) throw new UserError("no-permission", "I can’t connect there.");
    },
  });
  await sessions.restore();
  await quietChannels.open();
  const tell = () => {
    sessions.listenersChanged(guild);
    quietChannels.listenersChanged(guild);
  };
  return {
    ...sessionsHarness,
    clock,
    seats,
    store,
    quietChannels,
    told,
    sits(user: UserId, channel: ChannelId | undefined) {
      if (channel === undefined) seats.delete(user);
      else seats.set(user, channel);
      tell();
    },
    wait: (time: Millis) => clock.advance(time),
    joins: () => sessionsHarness.commands().filter(({ type }) => type === "join").length,
    view: () => sessions.view(guild),
    /** Where the bot is, in silence or not. */
    at: () => sessions.anyView(guild)?.channel,
    bar: (now: boolean) => {
      barred = now;
    },
    avoid: (now: boolean) => {
      avoided = now;
    },
    outage: (now: boolean) => {
      available = !now;
    },
    async choose(next: QuietChannel | null) {
      const { quietChannel } = await settings.change(guild, { quietChannel: next });
      await sessions.settingsChanged(guild);
      quietChannels.settingsChanged(guild, quietChannel);
      await settle();
    },
  };
};

describe("a quiet channel", () => {
  test("plays for the first who enters, on a slow ramp, and for nobody it does nothing", async () => {
    const { sits, wait, view, types, panels, joins } = await openBot({});
    await wait(hours(1));
    expect(joins()).toBe(0);
    sits(ana, lounge);
    await wait(seconds(2));
    expect(view()).toBeUndefined();
    await wait(seconds(2));
    expect(view()).toMatchObject({ status: "playing", now: { title: "rain", by: bot }, listeners: [ana] });
    expect(types()).toEqual(["setVolume", "join", "fadeOut", "play", "fadeIn"]);
    // Its panel is in the channel's own chat.
    expect(panels().at(-1)).toMatchObject({ panel: lounge });
  });

  test("rests when the last has left, and leaves ten minutes later", async () => {
    const { sits, wait, view, types, at } = await openBot({});
    sits(ana, lounge);
    await wait(seconds(4));
    types();
    sits(ana, undefined);
    expect(types()).toEqual(["pause"]);
    await wait(minutes(9));
    expect(view()).toMatchObject({ status: "paused" });
    await wait(minutes(2));
    expect(at()).toBeUndefined();
    sits(bo, lounge);
    await wait(seconds(4));
    expect(view()).toMatchObject({ status: "playing", listeners: [bo] });
  });

  test("those who come and go quickly make the bot come once", async () => {
    const { sits, wait, joins } = await openBot({});
    for (let i = 0; i < 30; i++) {
      sits(ana, lounge);
      await wait(seconds(2));
      sits(ana, undefined);
      await wait(500);
    }
    expect(joins()).toBe(0);
    for (let i = 0; i < 30; i++) {
      sits(ana, lounge);
      await wait(seconds(4));
      sits(ana, undefined);
      await wait(500);
    }
    expect(joins()).toBe(1);
  });

  test("what a member has stopped begins again only once everyone has left, also after kill -9", async () => {
    const evening = await openBot({});
    evening.sits(ana, lounge);
    evening.sits(bo, lounge);
    await evening.wait(seconds(4));
    await evening.sessions.dispatch(guild, { type: "stopped", by: ana, asHost: true });
    await evening.wait(minutes(5));
    expect(evening.at()).toBeUndefined();
    // The process is killed.
    evening.quietChannels.close();
    const { sits, wait, view } = await openBot({ clock: evening.clock, seats: evening.seats, store: evening.store });
    await wait(minutes(2));
    sits(ana, undefined);
    await wait(minutes(2));
    expect(view()).toBeUndefined();
    sits(bo, undefined);
    sits(ana, lounge);
    await wait(seconds(4));
    expect(view()).toMatchObject({ status: "playing" });
  });

  test("what has ended with its timer, and its grace, does not begin again for those who sleep", async () => {
    const { sits, wait, view, sessions, clock } = await openBot({ rule: staying });
    sits(ana, lounge);
    await wait(seconds(4));
    await sessions.dispatch(guild, { type: "sleepRequested", by: ana, endsAt: clock.now() + minutes(20) });
    await wait(minutes(20) + seconds(1));
    expect(view()).toMatchObject({ status: "paused", pauseReason: "grace" });
    await wait(minutes(11));
    expect(view()).toBeUndefined();
    await wait(hours(3));
    expect(sessions.anyView(guild)).toBeUndefined();
  });

  test("a session elsewhere that somebody listens to goes on; one that everyone has left gives way", async () => {
    const { sits, wait, view, sessions, complaints } = await openBot({});
    sits(bo, attic);
    await sessions.dispatch(guild, soundQueued("sea", { by: bo, channel: attic }));
    sits(ana, lounge);
    await wait(minutes(5));
    expect(view()).toMatchObject({ channel: attic, now: { title: "sea" } });
    sits(bo, undefined);
    await wait(seconds(10));
    expect(view()).toMatchObject({ channel: lounge, now: { title: "rain" } });
    expect(complaints).toEqual([]);
  });

  test("plays within its hours: those who are there when they begin hear it, and at their end it goes on", async () => {
    const night = { from: 23 * 60 + 45, to: 15, timeZone: "Europe/Berlin" };
    const { sits, wait, view, at } = await openBot({ rule: { ...staying, hours: night } });
    sits(ana, lounge);
    await wait(minutes(14));
    expect(at()).toBeUndefined();
    await wait(minutes(1) + seconds(5));
    expect(view()).toMatchObject({ status: "playing" });
    await wait(minutes(45));
    expect(view()).toMatchObject({ status: "playing" });
    sits(ana, undefined);
    await wait(minutes(11));
    // Outside its hours nobody is waited for.
    expect(at()).toBeUndefined();
  });

  test("where the bot may not connect it stays away, is logged once, and comes within a minute once it may", async () => {
    const { sits, wait, view, bar, told, complaints, joins } = await openBot({});
    bar(true);
    for (let i = 0; i < 20; i++) {
      sits(ana, lounge);
      await wait(seconds(20));
      sits(ana, undefined);
      await wait(seconds(5));
    }
    expect(joins()).toBe(0);
    expect([told, complaints]).toEqual([["A quiet channel stays silent"], []]);
    sits(ana, lounge);
    bar(false);
    await wait(minutes(1) + seconds(5));
    expect(view()).toMatchObject({ status: "playing" });
  });

  test("what somebody there avoids is not played, and nothing else in its place", async () => {
    const { sits, wait, at, avoid, view } = await openBot({});
    avoid(true);
    sits(ana, lounge);
    await wait(minutes(10));
    expect(at()).toBeUndefined();
    avoid(false);
    await wait(minutes(1));
    expect(view()).toMatchObject({ now: { title: "rain" } });
  });

  test("ends with its channel, and does not come back by itself", async () => {
    const { sits, wait, at, report } = await openBot({ rule: staying });
    sits(ana, lounge);
    await wait(seconds(4));
    report({ type: "left", why: "channel-gone" });
    sits(ana, undefined);
    await wait(hours(1));
    expect(at()).toBeUndefined();
  });

  test("waits for an outage to end", async () => {
    const { sits, wait, at, outage } = await openBot({});
    outage(true);
    sits(ana, lounge);
    await wait(minutes(5));
    expect(at()).toBeUndefined();
    outage(false);
    await wait(seconds(10));
    expect(at()).toBe(lounge);
  });

  test("plays after a restart for those who are there already", async () => {
    const { wait, view } = await openBot({ seats: new Map([[ana, lounge]]) });
    await wait(seconds(4));
    expect(view()).toMatchObject({ status: "playing", listeners: [ana] });
  });

  test("is restored after kill -9 while it plays, once", async () => {
    const evening = await openBot({});
    evening.sits(ana, lounge);
    await evening.wait(seconds(10));
    evening.quietChannels.close();
    const { wait, view, joins } = await openBot({ clock: evening.clock, seats: evening.seats, store: evening.store });
    await wait(minutes(1));
    expect(view()).toMatchObject({ status: "playing", now: { title: "rain" } });
    expect(joins()).toBe(1);
  });
});

describe("a bot that stays in its quiet channel", () => {
  test("is there in silence, without a panel, and no command knows of a session", async () => {
    const { wait, at, view, types, panels, sessions } = await openBot({ rule: staying });
    await wait(hours(12));
    expect([at(), view()]).toEqual([lounge, undefined]);
    expect(types()).toEqual(["setVolume", "join"]);
    expect(panels()).toEqual([]);
    expect(sessions.totals()).toEqual({ all: 0, playing: 0, listeners: 0 });
    await expect(sessions.dispatch(guild, { type: "stopped", by: ana })).rejects.toThrow(/Nothing is playing/);
  });

  test("plays without joining again, and ten minutes after the last has left is silent again", async () => {
    const { sits, wait, view, at, types, panels } = await openBot({ rule: staying });
    await wait(minutes(1));
    types();
    sits(ana, lounge);
    await wait(seconds(4));
    expect(types()).toEqual(["fadeOut", "play", "fadeIn"]);
    sits(ana, undefined);
    await wait(minutes(10) + seconds(10));
    expect([at(), view()]).toEqual([lounge, undefined]);
    expect(panels().at(-1)).toMatchObject({ status: "over", endReason: "alone" });
  });

  test("stays out when a moderator has disconnected it, until somebody enters", async () => {
    const { sits, wait, at, report, view } = await openBot({ rule: staying });
    await wait(minutes(1));
    report({ type: "left", why: "disconnected" });
    await wait(hours(2));
    expect(at()).toBeUndefined();
    sits(ana, lounge);
    await wait(seconds(10));
    expect(view()).toMatchObject({ status: "playing" });
  });

  test("leaves what it waits in for what members ask for elsewhere, and comes back afterwards", async () => {
    const { sits, wait, at, sessions } = await openBot({ rule: staying });
    await wait(minutes(1));
    sits(bo, attic);
    await sessions.dispatch(guild, soundQueued("sea", { by: bo, channel: attic, panel: chat }));
    expect(at()).toBe(attic);
    await sessions.dispatch(guild, { type: "stopped", by: bo });
    await wait(minutes(1));
    expect(at()).toBe(lounge);
  });

  test("follows what a host chooses: another channel, not to stay, no quiet channel", async () => {
    const { wait, at, choose } = await openBot({ rule: staying });
    await wait(minutes(1));
    await choose({ ...staying, channel: attic });
    await wait(minutes(1));
    expect(at()).toBe(attic);
    await choose({ ...staying, channel: attic, stay: false });
    await wait(minutes(1));
    expect(at()).toBeUndefined();
    await choose({ ...staying, channel: attic });
    await wait(minutes(1));
    expect(at()).toBe(attic);
    await choose(null);
    await wait(minutes(1));
    expect(at()).toBeUndefined();
  });

  test("is there again after kill -9, however long that took", async () => {
    for (const away of [minutes(1), hours(30)]) {
      const evening = await openBot({ rule: staying });
      await evening.wait(minutes(5));
      evening.quietChannels.close();
      await evening.wait(away);
      const { at, wait, types } = await openBot({ clock: evening.clock, store: evening.store });
      await wait(seconds(10));
      expect(at()).toBe(lounge);
      expect(types()).not.toContain("play");
    }
  });
});
