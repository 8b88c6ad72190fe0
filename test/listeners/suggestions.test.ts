import { describe, expect, test } from "vitest";
import { english } from "../../src/i18n/english.ts";
import { daysBefore, daysBetween } from "../../src/kernel/dates.ts";
import { createListeningDates, listeningDateOf } from "../../src/listeners/listeningDate.ts";
import { suggest } from "../../src/listeners/suggestions.ts";
import { dominantTriggerOf, varietyHint } from "../../src/listeners/variety.ts";
import { sound } from "../commands/commandHarness.ts";

const SOUNDS = [
  sound("rain-window", "Rain on Glass", "rain"),
  sound("rain-tent", "Tent", "rain"),
  sound("ocean", "Slow Shore", "water"),
  sound("fire", "Hearth", "fire"),
  sound("nails", "Nails", "tapping"),
  sound("comb", "Comb", "scratching"),
  sound("brown-noise", "Deep Brown", "noise"),
];
const heardOn = (date: string, name: string, minutes: number) => ({
  sound: SOUNDS.find(({ id }) => id === name)!.id,
  date,
  minutes,
});
const all = () => true;

describe("an evening", () => {
  test("goes from noon to noon by the clocks of its place", () => {
    expect(listeningDateOf(Date.parse("2026-03-29T01:30:00Z"), "Europe/Berlin")).toBe("2026-03-28");
    expect(listeningDateOf(Date.parse("2026-03-29T20:00:00Z"), "Europe/Berlin")).toBe("2026-03-29");
    expect(listeningDateOf(Date.parse("2026-03-29T01:30:00Z"), "Asia/Tokyo")).toBe("2026-03-28");
  });

  test("and ends at noon, whatever was asked before, also where a clock is set back", () => {
    const dateOf = createListeningDates("Europe/Berlin");
    // On the 29th, summer time begins in Berlin.
    for (const moment of [
      "28T10:59",
      "28T11:00",
      "29T01:30",
      "29T09:59:59.999",
      "29T10:00",
      "28T11:30",
      "28T10:59",
      "30T12:00",
    ]) {
      const now = Date.parse(`2026-03-${moment}Z`);
      expect(dateOf(now)).toBe(listeningDateOf(now, "Europe/Berlin"));
    }
  });

  test("is counted across months", () => {
    expect(daysBetween("2026-02-27", "2026-03-02")).toBe(3);
    expect(daysBefore("2026-03-02", 3)).toBe("2026-02-27");
  });
});

describe("suggestions", () => {
  const heard = [
    heardOn("2026-03-01", "ocean", 60),
    heardOn("2026-03-10", "rain-window", 60),
    heardOn("2026-03-12", "nails", 30),
    heardOn("2026-03-12", "comb", 30),
    heardOn("2026-03-12", "brown-noise", 30),
  ];
  const offered = (seed: number, suits: Parameters<typeof suggest>[2]["suits"] = all) =>
    suggest(SOUNDS, heard, { evening: "2026-03-13", seed, suits });

  test("begin with what was never heard, then with what was heard longest ago", () => {
    const [first, second, third] = offered(1);
    expect([first?.sound.id, first?.daysSinceHeard]).toEqual(["fire", undefined]);
    expect([second?.sound.id, second?.daysSinceHeard]).toEqual(["ocean", 12]);
    // Of the rain, the one that the room does not know.
    expect([third?.sound.id, third?.daysSinceHeard]).toEqual(["rain-tent", 3]);
  });

  test("are three triggers, the same for the same seed, and only what suits", () => {
    expect(new Set(offered(7).map(({ sound: { trigger } }) => trigger)).size).toBe(3);
    expect(offered(7)).toEqual(offered(7));
    expect(offered(7, ({ id }) => id !== "fire").map(({ sound: { id } }) => id)).not.toContain("fire");
    expect(suggest(SOUNDS, [], { evening: "2026-03-13", seed: 1, suits: () => false })).toEqual([]);
  });

  test("of a new room differ with the seed", () => {
    const drawn = Array.from({ length: 20 }, (_, seed) =>
      suggest(SOUNDS, [], { evening: "2026-03-13", seed, suits: all })
        .map(({ sound: { id } }) => id)
        .join(),
    );
    expect(new Set(drawn).size).toBeGreaterThan(5);
  });
});

describe("variety", () => {
  const evenings = (name: string, count: number) =>
    Array.from({ length: count }, (_, i) => heardOn(`2026-03-0${i + 1}`, name, 40));

  test("one trigger on most of five evenings is noticed, with a neighbour that is there and suits", () => {
    const heard = [...evenings("nails", 4), heardOn("2026-03-05", "ocean", 20), heardOn("2026-03-06", "nails", 40)];
    const same = dominantTriggerOf(heard, SOUNDS, all);
    expect(same).toEqual({ trigger: "tapping", alternative: "scratching" });
    expect(english.of(varietyHint(same!))).toMatch(/a lot of tapping.*scratching.*night off/);
    expect(dominantTriggerOf(heard, SOUNDS, ({ trigger }) => trigger !== "scratching")?.alternative).toBeUndefined();
  });

  test("few evenings, several triggers, moments and noise are not", () => {
    expect(dominantTriggerOf(evenings("nails", 3), SOUNDS, all)).toBeUndefined();
    expect(dominantTriggerOf([...evenings("nails", 5), ...evenings("ocean", 5)], SOUNDS, all)).toBeUndefined();
    expect(dominantTriggerOf(evenings("brown-noise", 5), SOUNDS, all)).toBeUndefined();
    const moments = Array.from({ length: 5 }, (_, i) => heardOn(`2026-03-0${i + 1}`, "nails", 3));
    expect(dominantTriggerOf(moments, SOUNDS, all)).toBeUndefined();
  });
});
