import { describe, expect, test } from "vitest";
import { recurrenceRule } from "../../src/discord/recurrenceRule.ts";
import type { Weekday } from "../../src/ports/programmes.ts";

const DAILY = 3;
const WEEKLY = 2;
const at = (iso: string) => Date.parse(iso);
const rule = (days: readonly Weekday[], zone: string, next: string) =>
  recurrenceRule({ days, time: "23:00", zone }, at(next));

describe("what Discord can express", () => {
  test.each<[string, readonly Weekday[], string, string, object]>([
    ["every day", [1, 2, 3, 4, 5, 6, 7], "Europe/Berlin", "2026-11-23T23:00:00+01:00", { frequency: DAILY }],
    ["one day", [5], "Europe/Berlin", "2026-11-27T23:00:00+01:00", { frequency: WEEKLY, by_weekday: [4] }],
    ["weekdays", [1, 2, 3, 4, 5], "Europe/Berlin", "2026-11-23T23:00:00+01:00", { by_weekday: [0, 1, 2, 3, 4] }],
    ["weekends", [6, 7], "Europe/Berlin", "2026-11-28T23:00:00+01:00", { by_weekday: [5, 6] }],
    // In California it is tomorrow already where Discord counts the days.
    ["weekdays", [1, 2, 3, 4, 5], "America/Los_Angeles", "2026-11-23T23:00:00-08:00", { by_weekday: [1, 2, 3, 4, 5] }],
    ["Sundays", [7], "America/Los_Angeles", "2026-11-29T23:00:00-08:00", { by_weekday: [0] }],
    // And in Auckland at eight in the morning it is still yesterday.
    ["Mondays", [1], "Pacific/Auckland", "2026-11-23T08:00:00+13:00", { by_weekday: [6] }],
  ])("%s (%j) in %s", (_name, days, zone, next, expected) => {
    const found = rule(days, zone, next);
    expect(found).toMatchObject({ interval: 1, start: new Date(at(next)).toISOString(), ...expected });
  });
});

test("days for which Discord has no rule have none: the event shows the next evening", () => {
  expect(rule([1, 3, 5], "Europe/Berlin", "2026-11-23T23:00:00+01:00")).toBeUndefined();
});
