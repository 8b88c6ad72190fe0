import fc from "fast-check";
import { expect, test } from "vitest";
import { UserError } from "../../src/kernel/errors.ts";
import { type ChannelId, type HelperId, id, type UserId, type WakeUpId } from "../../src/kernel/ids.ts";
import { type PlayerRef, playerIdOf } from "../../src/kernel/playerId.ts";
import { type Millis, minutes, seconds } from "../../src/kernel/units.ts";
import { DEFAULT_SETTINGS } from "../../src/ports/defaultSettings.ts";
import { createSessions, type Sessions } from "../../src/runtime/sessions.ts";
import type { MemberRequest } from "../../src/session/events.ts";
import type { PlayerEvent } from "../../src/session/protocol.ts";
import type { SessionView } from "../../src/session/view.ts";
import { chat, playable, soundQueued } from "../session/sessionFixture.ts";
import { invariant } from "../session/strictPlayer.ts";
import { type FakeClock, fakeClock, settle } from "../support/fakeClock.ts";
import { guild, memoryStore } from "./sessionsHarness.ts";

/** How many evenings are lived through; `LULL_SESSION_RUNS` asks for others. */
const RUNS = Math.ceil(Number(process.env.LULL_SESSION_RUNS ?? 150));
const SEED = Number(process.env.LULL_SEED ?? 42);

const CHANNELS = ["10", "11", "12"].map((name) => id<ChannelId>(name));
const USERS = ["100", "200", "300", "400"].map((name) => id<UserId>(name));
const HELPERS = ["901", "902"].map((name) => id<HelperId>(name));

/** What has come about in all the evenings: what never does is not tested. */
const happened = new Set<string>();

type Asked = "paused" | "resumed" | "skipped" | "stopped" | "sleep" | "wakeUp" | "kept";

type Step =
  | { readonly kind: "plays"; readonly who: UserId }
  | { readonly kind: "asks"; readonly who: UserId; readonly what: Asked }
  | { readonly kind: "walks"; readonly who: UserId; readonly to: ChannelId | undefined }
  | { readonly kind: "passes"; readonly time: Millis }
  /** A moderator drags a bot, or disconnects it. */
  | { readonly kind: "moves"; readonly bot: number; readonly to: ChannelId | undefined }
  /** Helpers join the guild or leave it. */
  | { readonly kind: "invites"; readonly count: number }
  | { readonly kind: "killed"; readonly away: Millis };

const user = fc.constantFrom(...USERS);
const steps: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant("plays" as const), who: user }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant("asks" as const),
      who: user,
      what: fc.constantFrom<Asked>("paused", "resumed", "skipped", "stopped", "sleep", "wakeUp", "kept"),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant("walks" as const),
      who: user,
      to: fc.constantFrom(undefined, ...CHANNELS),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("passes" as const),
      time: fc.constantFrom(seconds(2), minutes(3), minutes(11), minutes(31)),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("moves" as const),
      bot: fc.nat(2),
      to: fc.constantFrom(undefined, ...CHANNELS),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("invites" as const), count: fc.nat(HELPERS.length) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("killed" as const),
      away: fc.constantFrom(seconds(5), minutes(20)),
    }),
  },
);

/** Where each bot is, as its engine and Discord know it; it objects to what no engine could do. */
const createBots = (clock: FakeClock) => {
  /** Told to leave, on a ramp. */
  const leaving = new Set<string>();
  const open = new Map<string, { onEvent(event: PlayerEvent): void; channel: ChannelId | undefined }>();
  return {
    open(bot: PlayerRef, onEvent: (event: PlayerEvent) => void) {
      const key = playerIdOf(bot);
      invariant(open.get(key)?.channel === undefined, "a bot is opened while it is in a channel", key);
      const own = { onEvent, channel: undefined as ChannelId | undefined };
      open.set(key, own);
      leaving.delete(key);
      const is = () => open.get(key) === own;
      return {
        send(command: { readonly type: string; readonly channel?: ChannelId; readonly over?: Millis; entry?: never }) {
          invariant(is(), `${command.type} to a bot that is another session's`, key);
          if (command.type === "join") {
            own.channel = command.channel;
            onEvent({ type: "connected", channel: command.channel! });
          }
          if (command.type === "play") onEvent({ type: "soundStarted", entry: command.entry! });
          if (command.type !== "leave") return;
          leaving.add(key);
          clock.after(command.over ?? 0, () => {
            own.channel = undefined;
            onEvent({ type: "left", why: "asked" });
          });
        },
        close() {
          own.channel = undefined;
        },
      };
    },
    isLeaving: (bot: PlayerRef) => leaving.has(playerIdOf(bot)),
    channelOf: (bot: PlayerRef) => open.get(playerIdOf(bot))?.channel,
    /** What a moderator does. */
    move(bot: PlayerRef, to: ChannelId | undefined) {
      const found = open.get(playerIdOf(bot));
      if (found?.channel === undefined) return;
      found.channel = to;
      found.onEvent(to === undefined ? { type: "left", why: "disconnected" } : { type: "connected", channel: to });
    },
  };
};

/** What somebody would notice of a session in another channel. */
const seen = ({ id, channel, helper, status, queue, now, volume, sleepTimer }: SessionView): string =>
  JSON.stringify([id, channel, helper, status, queue, now?.title, volume, sleepTimer]);

const createEvening = () => {
  let clock = fakeClock();
  let store = memoryStore();
  let bots = createBots(clock);
  let helpers: readonly HelperId[] = HELPERS.slice(0, 1);
  const seats = new Map<UserId, ChannelId>(USERS.map((who, index) => [who, CHANNELS[index % CHANNELS.length]!]));
  const complaints: string[] = [];
  let count = 0;

  const start = (): Sessions =>
    createSessions({
      clock,
      store,
      log: { info() {}, warn: (line) => void complaints.push(line), error: (line) => void complaints.push(line) },
      players: { open: (bot, onEvent) => bots.open(bot, onEvent) as never },
      soundSource: { prepare: async (sound) => playable(sound) },
      settings: { of: async () => DEFAULT_SETTINGS, change: async () => DEFAULT_SETTINGS },
      voiceChannels: {
        channelOf: (_guild, who) => seats.get(who),
        listeners: (_guild, channel) => USERS.filter((who) => seats.get(who) === channel),
        presences: () => [],
      },
      panels: { show: async () => undefined },
      voiceMembers: { async disconnect() {}, async moveAtTimerEnd() {} },
      helpers: { in: () => helpers, mayBeIn: (_guild, helper) => helpers.includes(helper) },
      channelAccess: { accessProblem: () => undefined },
    });
  let sessions = start();

  const check = () => {
    const all = sessions.all(guild);
    const channels = all.map(({ channel }) => channel);
    happened.add(`${all.length} at once`);
    const speaking = all.map(playerIdOf);
    invariant(new Set(channels).size === channels.length, "two sessions in one channel", channels);
    invariant(new Set(speaking).size === speaking.length, "one bot for two sessions", speaking);
    for (const view of all)
      invariant(bots.channelOf(view) === view.channel, "a bot is elsewhere than its session", view.channel);
    for (const helper of [undefined, ...HELPERS]) {
      const at = bots.channelOf({ guild, helper });
      invariant(
        at === undefined || channels.includes(at) || bots.isLeaving({ guild, helper }),
        "a bot has stayed where nothing is on",
        helper,
        at,
      );
    }
    const stored = [...store.rows.keys()].toSorted();
    invariant(String(stored) === String(speaking.toSorted()), "what is stored is not what is on", stored, speaking);
    expect(complaints).toEqual([]);
  };

  /** A request changes its own channel's session alone; one that is refused changes none. */
  const ask = async (channel: ChannelId, work: Promise<unknown>, mayMove: boolean): Promise<void> => {
    const before = new Map(sessions.all(guild).map((view) => [view.id, seen(view)]));
    let refused = false;
    let isPending = true;
    const settled = work.finally(() => {
      isPending = false;
    });
    settled.catch(() => {});
    try {
      // A bot that leaves another channel takes its time.
      for (await settle(); isPending; ) await clock.advance(seconds(1));
      await settled;
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      happened.add(error.code);
      refused = true;
    }
    for (const view of sessions.all(guild)) {
      const known = before.get(view.id);
      if (known === undefined || (view.channel === channel && !refused)) continue;
      invariant(known === seen(view) || (mayMove && !refused), "a request changed another channel", known, seen(view));
    }
  };

  const request = (who: UserId, what: Asked, channel: ChannelId) => {
    const asked: Partial<Record<Asked, MemberRequest>> = {
      paused: { type: "paused", by: who },
      resumed: { type: "resumed", by: who },
      skipped: { type: "skipped", by: who },
      stopped: { type: "stopped", by: who, asHost: true },
      sleep: { type: "sleepRequested", by: who, endsAt: clock.now() + minutes(30) },
    };
    const event = asked[what];
    if (event !== undefined) return ask(channel, sessions.dispatch(guild, event, channel), false);
    if (what === "kept")
      return ask(channel, sessions.dispatch(guild, { type: "quietChannelKept", channel, panel: channel }), true);
    const wakeUp = id<WakeUpId>(`w${count}`);
    const { request } = soundQueued("birds");
    const fullAt = clock.now() + minutes(10);
    const started = { type: "wakeUpStarted", by: who, wakeUp, request, fullAt, channel, panel: chat } as const;
    return ask(channel, sessions.dispatch(guild, started), true);
  };

  const perform = async (step: Step): Promise<void> => {
    count++;
    switch (step.kind) {
      case "plays": {
        const channel = seats.get(step.who);
        if (channel === undefined) return;
        const event = soundQueued(`sound ${count}`, { by: step.who, channel });
        return ask(channel, sessions.dispatch(guild, event), true);
      }
      case "asks": {
        const channel = seats.get(step.who);
        return channel === undefined ? undefined : request(step.who, step.what, channel);
      }
      case "walks":
        if (step.to === undefined) seats.delete(step.who);
        else seats.set(step.who, step.to);
        return sessions.listenersChanged(guild);
      case "passes":
        return clock.advance(step.time);
      case "moves":
        if (sessions.all(guild).some((view) => view.channel === step.to)) happened.add("moved to another");
        return bots.move({ guild, helper: [undefined, ...HELPERS][step.bot] }, step.to);
      case "invites": {
        const kept = HELPERS.slice(0, step.count);
        // Who is removed from a guild is no longer in its voice channel.
        for (const helper of helpers.filter((one) => !kept.includes(one))) bots.move({ guild, helper }, undefined);
        helpers = kept;
        return;
      }
      case "killed": {
        const before = sessions.all(guild).map((view) => [view.channel, view.helper]);
        // Without a report of its position for an hour, as no engine is, a session is too old to come back.
        const isFresh = [...store.rows.values()].every(({ savedAt }) => clock.now() - savedAt < minutes(59));
        happened.add(`killed with ${before.length}`);
        clock = fakeClock(clock.now() + step.away);
        store = memoryStore(store.rows);
        bots = createBots(clock);
        sessions = start();
        await sessions.restore();
        await settle();
        for (const [channel, helper] of before) {
          const after = sessions.all(guild).find((view) => view.channel === channel);
          // One whose timer has run out meanwhile has ended.
          invariant(after === undefined || after.helper === helper, "another voice after a restart", channel, helper);
        }
        if (step.away <= seconds(5) && isFresh)
          invariant(sessions.all(guild).length === before.length, "a session was lost with the process", before);
      }
    }
  };

  return {
    check,
    /** Time for what was asked to be prepared and saved, and for ramps to end. */
    async live(step: Step): Promise<void> {
      await perform(step);
      await clock.advance(seconds(12));
      check();
    },
    close: () => clock.advance(0),
  };
};

test("whatever happens in a guild's channels, each bot speaks in one, each channel decides for itself, and kill −9 gives each its voice back", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(steps, { minLength: 5, maxLength: 25, size: "max" }), async (all) => {
      const evening = createEvening();
      for (const step of all) await evening.live(step);
      await evening.close();
    }),
    { numRuns: RUNS, seed: SEED, timeout: 20_000, interruptAfterTimeLimit: 400_000 },
  );
  const wanted = ["2 at once", "3 at once", "killed with 2", "killed with 3", "moved to another", "all-bots-play"];
  expect(wanted.filter((each) => !happened.has(each))).toEqual([]);
}, 3_600_000);
