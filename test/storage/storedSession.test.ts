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

const kept = Object.keys(WISHES).filter((kind) => kind !== "stop");

describe("a stored session", () => {
  test.each(kept)("is read as it was, field by field: %s", async (kind) => {
    const json = await storedAfter(kind);
    expect(parseStoredSession(json)).toEqual(JSON.parse(json));
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
