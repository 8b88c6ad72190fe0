import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { describe, expect, test } from "vitest";
import { hours } from "../../src/kernel/units.ts";
import type { Recurrence, Weekday } from "../../src/ports/programmes.ts";
import { lastOccurrence, nextOccurrence } from "../../src/programmes/occurrences.ts";

const DAILY: readonly Weekday[] = [1, 2, 3, 4, 5, 6, 7];
const at = (iso: string) => Date.parse(iso);
const daily = (time: string, zone: string): Recurrence => ({ days: DAILY, time, zone });

describe("where the clocks skip the time, the first moment after the gap counts", () => {
  test.each([
    ["Europe/Berlin", "02:30", "2026-03-29T00:30:00+01:00", "2026-03-29T03:00:00+02:00"],
    ["America/New_York", "02:00", "2026-03-07T22:00:00-05:00", "2026-03-08T03:00:00-04:00"],
    // Half an hour, in the autumn of the north.
    ["Australia/Lord_Howe", "02:15", "2026-10-03T22:00:00+10:30", "2026-10-04T02:30:00+11:00"],
    // The clocks go on at midnight.
    ["Africa/Cairo", "00:10", "2026-04-23T23:00:00+02:00", "2026-04-24T01:00:00+03:00"],
  ])("%s at %s", (zone, time, now, expected) => {
    expect(nextOccurrence(daily(time, zone), at(now))?.at).toBe(at(expected));
  });
});

describe("where they show the time twice, the first of the two counts, and the second starts nothing", () => {
  test.each([
    ["Europe/Berlin", "02:30", "2026-10-25T01:00:00+02:00", "2026-10-25T02:30:00+02:00", "2026-10-26T02:30:00+01:00"],
    [
      "America/New_York",
      "01:30",
      "2026-11-01T00:10:00-04:00",
      "2026-11-01T01:30:00-04:00",
      "2026-11-02T01:30:00-05:00",
    ],
    [
      "Australia/Lord_Howe",
      "01:45",
      "2026-04-05T01:00:00+11:00",
      "2026-04-05T01:45:00+11:00",
      "2026-04-06T01:45:00+10:30",
    ],
  ])("%s at %s", (zone, time, now, first, then) => {
    const moment = nextOccurrence(daily(time, zone), at(now));
    expect(moment?.at).toBe(at(first));
    expect(nextOccurrence(daily(time, zone), moment!.at)?.at).toBe(at(then));
  });
});

test("an evening stays at its local time through the year", () => {
  const rule = daily("22:00", "America/Los_Angeles");
  expect(nextOccurrence(rule, at("2026-01-10T00:00:00Z"))?.at).toBe(at("2026-01-09T22:00:00-08:00"));
  expect(nextOccurrence(rule, at("2026-07-10T00:00:00Z"))?.at).toBe(at("2026-07-09T22:00:00-07:00"));
});

test("a day that a place has left out has no evening", () => {
  const rule = daily("22:00", "Pacific/Apia");
  const before = nextOccurrence(rule, at("2011-12-29T00:00:00-10:00"));
  expect(before?.date).toBe("2011-12-29");
  expect(nextOccurrence(rule, before!.at)?.date).toBe("2011-12-31");
});

test("only the days that were asked for have evenings", () => {
  const rule: Recurrence = { days: [5, 7], time: "23:00", zone: "Asia/Tokyo" };
  const first = nextOccurrence(rule, at("2026-11-23T00:00:00Z"));
  expect(first?.date).toBe("2026-11-27");
  expect(nextOccurrence(rule, first!.at)?.date).toBe("2026-11-29");
  expect(nextOccurrence(rule, first!.at, new Set(["2026-11-29"]))?.date).toBe("2026-12-04");
});

const ZONES = [
  "Europe/Berlin",
  "America/New_York",
  "America/St_Johns",
  "Australia/Lord_Howe",
  "Africa/Casablanca",
  "Africa/Cairo",
  "America/Santiago",
  "Asia/Tehran",
  "Pacific/Chatham",
  "Asia/Kathmandu",
  "America/Nuuk",
];

test("over ten years, every date that is asked for begins once, in order, on its own day, whatever the zone and the time", () => {
  const weekdays = fc.subarray([...DAILY], { minLength: 1 }).map((days) => days.toSorted((a, b) => a - b));
  fc.assert(
    fc.property(
      fc.constantFrom(...ZONES),
      fc.integer({ min: 0, max: 287 }),
      weekdays,
      fc.integer({ min: 0, max: 3_650 }),
      (zone, fives, days, offset) => {
        const time = Temporal.PlainTime.from("00:00")
          .add({ minutes: fives * 5 })
          .toString({ smallestUnit: "minute" });
        const rule: Recurrence = { days, time, zone };
        // Three weeks anywhere in ten years; the changes of the clocks are in many of them.
        let now = at("2020-01-01T00:00:00Z") + offset * hours(24);
        const until = now + 21 * hours(24);
        let last = nextOccurrence(rule, now)!;
        const dates = [last.date];
        while (last.at < until) {
          const found = lastOccurrence(rule, last.at + 1)!;
          expect(found).toEqual(last);
          const next = nextOccurrence(rule, last.at)!;
          expect(next.at).toBeGreaterThan(last.at);
          expect(next.date > last.date).toBe(true);
          now = last.at;
          last = next;
          dates.push(last.date);
        }
        const wanted: string[] = [];
        const end = Temporal.PlainDate.from(dates.at(-1)!);
        for (
          let date = Temporal.PlainDate.from(dates[0]!);
          Temporal.PlainDate.compare(date, end) <= 0;
          date = date.add({ days: 1 })
        )
          if (days.includes(date.dayOfWeek as Weekday)) wanted.push(date.toString());
        expect(dates).toEqual(wanted);
      },
    ),
    { numRuns: 150 },
  );
});
