import { describe, expect, test } from "vitest";
import { parseStoredSession } from "../../src/storage/storedSession.ts";
import { guild, openSessionsHarness } from "../runtime/sessionsHarness.ts";
import { WISHES } from "../runtime/wishes.ts";
import { ana, bo, soundQueued } from "../session/sessionFixture.ts";
import { fakeClock, settle } from "../support/fakeClock.ts";

/** A session as it was stored after a wish, as text. */
const storedAfter = async (kind: string): Promise<string> => {
  const { sessions, store, seat } = openSessionsHarness({}, fakeClock(Date.now()));
  seat(ana, bo);
  const { before = [soundQueued("rain")], wish } = WISHES[kind]!;
  for (const event of before) await sessions.dispatch(guild, event);
  await settle();
  await sessions.dispatch(guild, wish);
  return store.rows.get(guild)?.json ?? "";
};

const layer = { sound: { id: "rain", title: "rain" }, gainDb: 0, place: "centre" };

const kept = Object.keys(WISHES).filter((kind) => kind !== "stop");

describe("a stored session", () => {
  test.each(kept)("is read as it was, field by field: %s", async (kind) => {
    const json = await storedAfter(kind);
    expect(parseStoredSession(json)).toEqual(JSON.parse(json));
  });

  test("in the silence after its timer is read as it was, and one without a grace gets the usual one", async () => {
    const clock = fakeClock(Date.now());
    const { sessions, store, seat } = openSessionsHarness({}, clock);
    seat(ana, bo);
    await sessions.dispatch(guild, soundQueued("rain"));
    const { coming: _, ...stored } = JSON.parse(store.rows.get(guild)?.json ?? "") as Record<
      "rules" | "coming",
      object
    >;
    const rules = { ...stored.rules, grace: 60_000 };
    const timer = { kind: "at", endsAt: 1, fade: 1, by: ana, fading: true };
    const takes = { rain: { take: 3, pass: 2, from: 4 } };
    const track = { entry: { id: "1", by: ana, title: "rain", layers: [layer] }, position: 9, at: 1, takes };
    const silent = { ...stored, rules, timer, track, status: "paused", why: "grace", riseOver: 20_000 };
    expect(parseStoredSession(JSON.stringify(silent))).toEqual(silent);
    const { grace: _grace, ...older } = rules;
    expect(parseStoredSession(JSON.stringify({ ...silent, rules: older })).rules.grace).toBe(600_000);
  });

  test("of a version that named the volume otherwise has its volume", async () => {
    const { volumeDb, ...rest } = JSON.parse(await storedAfter("volume")) as { volumeDb: number };
    expect(parseStoredSession(JSON.stringify({ ...rest, loudnessDb: volumeDb }))).toMatchObject({ volumeDb: -12 });
  });

  test.each([
    ["no JSON", () => "not json"],
    ["no status", () => "{}"],
    ["a queue that is a text", (json: string) => json.replace(/"queue":\[\]/, '"queue":"rain"')],
    ["a place that there is not", (json: string) => json.replaceAll('"centre"', '"behind"')],
  ])("is refused with %s", async (_, spoil) => {
    const json = await storedAfter("pause");
    expect(() => parseStoredSession(spoil(json))).toThrow();
  });
});
