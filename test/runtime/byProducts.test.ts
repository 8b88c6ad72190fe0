import { expect, test } from "vitest";
import { minutes, seconds } from "../../src/kernel/units.ts";
import type { SessionsOptions } from "../../src/runtime/sessions.ts";
import { ana, soundQueued } from "../session/sessionFixture.ts";
import { guild, memoryStore, openSessionsHarness } from "./sessionsHarness.ts";

const refuse = () => Promise.reject(new Error("ENOSPC: no space left on device"));
const throwAtOnce = (): never => {
  throw new Error("EMFILE: too many open files");
};

/** An evening from its first sound to the end of its timer: what the engine is asked for. */
const playEvening = async (options: Partial<SessionsOptions>, store = memoryStore()) => {
  const { sessions, clock, commands, complaints } = openSessionsHarness(options, undefined, store);
  await sessions.dispatch(guild, soundQueued("rain"));
  await sessions.dispatch(guild, soundQueued("ocean"));
  await sessions.dispatch(guild, { type: "volumeChanged", by: ana, volume: "whisper" });
  await sessions.dispatch(guild, { type: "paused", by: ana });
  await sessions.dispatch(guild, { type: "resumed", by: ana });
  await sessions.dispatch(guild, { type: "skipped", by: ana, asHost: false });
  await sessions.dispatch(guild, { type: "sleepRequested", by: ana, endsAt: clock.now() + minutes(10) });
  // The timer, and the silence after it.
  await clock.advance(minutes(20) + seconds(10));
  return { commands: commands().map(({ type }) => type), complaints, over: sessions.view(guild) === undefined };
};

const listenerService = (fail: () => never) =>
  ({
    filterRequest: fail,
    excludedSounds: async () => new Map(),
    observe: fail,
  }) as unknown as NonNullable<SessionsOptions["listenerService"]>;

const BROKEN: Readonly<Record<string, Partial<SessionsOptions>>> = {
  "the panel is refused": { panels: { show: refuse } },
  "the panel throws": { panels: { show: throwAtOnce } },
  "the settings can't be written": {
    settings: { of: () => Promise.reject(new Error("SQLITE_FULL")), change: refuse },
  },
  "members can't be disconnected": { voiceMembers: { disconnect: refuse, moveAtTimerEnd: refuse } },
  "the listening history throws": { listenerService: listenerService(throwAtOnce) },
  "an observer of the sessions throws": { onView: throwAtOnce },
};

test.each(Object.entries(BROKEN))("%s, and the sound, the timer and the answers go on", async (_what, options) => {
  const healthy = await playEvening({});
  expect(healthy).toMatchObject({ complaints: [], over: true });
  expect(healthy.commands).toContain("fadeOut");
  const broken = await playEvening(options);
  expect(broken.commands).toEqual(healthy.commands);
  expect(broken.over).toBe(true);
});

test("sessions that can't be saved play on, and are saved once there is room", async () => {
  const store = memoryStore();
  let full = true;
  const flaky = {
    ...store,
    write: (...change: Parameters<typeof store.write>) => (full ? refuse() : store.write(...change)),
  };
  const { sessions, clock, types } = openSessionsHarness({ store: flaky });
  await sessions.dispatch(guild, soundQueued("rain"));
  await sessions.dispatch(guild, { type: "paused", by: ana });
  expect(types()).toEqual(["setVolume", "join", "play", "pause"]);
  expect(store.rows.size).toBe(0);
  full = false;
  await clock.advance(seconds(10));
  expect(store.rows.get(guild)?.json).toContain("rain");
});

test("a panel that failed is shown again, without a further change", async () => {
  let failures = 2;
  let shown = 0;
  const { sessions, clock } = openSessionsHarness({
    panels: {
      async show() {
        if (failures-- > 0) throw new Error("503");
        shown += 1;
        return undefined;
      },
    },
  });
  await sessions.dispatch(guild, soundQueued("rain"));
  await clock.advance(seconds(40));
  expect(shown).toBeGreaterThan(0);
});
