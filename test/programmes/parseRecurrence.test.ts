import { describe, expect, test } from "vitest";
import { parseDays, parseRecurrence, parseZone } from "../../src/programmes/parseRecurrence.ts";

describe("days", () => {
  test.each([
    ["daily", [1, 2, 3, 4, 5, 6, 7]],
    ["Weekdays", [1, 2, 3, 4, 5]],
    ["weekends", [6, 7]],
    ["mon wed fri", [1, 3, 5]],
    ["Friday, Monday and friday", [1, 5]],
    ["fri-sun", [5, 6, 7]],
    ["sat to tue", [1, 2, 6, 7]],
    ["Mo, Mi und Do", [1, 3, 4]],
    ["dienstag bis donnerstag", [2, 3, 4]],
    ["lunes y miércoles", [1, 3]],
    ["mardi et dimanche", [2, 7]],
    ["月・金", [1, 5]],
    ["土曜日", [6]],
  ])("“%s” is understood", (typed, days) => {
    expect(parseDays(typed)).toEqual(days);
  });

  test.each(["", "never", "Feb 30", "mon-wed-fri", "31", "mon someday", "'; DROP TABLE"])(
    "“%s” is refused with an example",
    (typed) => {
      expect(() => parseDays(typed)).toThrow(/mon wed fri/);
    },
  );
});

describe("time zones", () => {
  test.each([
    ["Europe/Berlin", "Europe/Berlin"],
    ["america/new york", "America/New_York"],
    ["utc", "UTC"],
  ])("“%s” is %s", (typed, zone) => {
    expect(parseZone(typed)).toBe(zone);
  });

  test.each(["", "+25:00", "+02:00", "Nowhere/Land", "Berlin time", "../../etc/localtime", "__proto__"])(
    "“%s” is refused with an example",
    (typed) => {
      expect(() => parseZone(typed)).toThrow(/Europe\/Berlin/);
    },
  );
});

test("a recurrence is written the same however it was typed", () => {
  expect(parseRecurrence({ days: "daily", at: "9:30 pm", zone: "asia/tokyo" })).toEqual({
    days: [1, 2, 3, 4, 5, 6, 7],
    time: "21:30",
    zone: "Asia/Tokyo",
  });
});

test.each(["25:00", "2:75", "tonight", "-1"])("the time “%s” is refused with an example", (at) => {
  expect(() => parseRecurrence({ days: "daily", at, zone: "Asia/Tokyo" })).toThrow(/23:30/);
});
