import { expect, test } from "vitest";
import { hours } from "../../src/kernel/units.ts";
import { parseClockTime } from "../../src/session/clockTime.ts";

const at = (iso: string) => Date.parse(iso);
const evening = at("2026-11-23T22:00:00+01:00");
const berlin = "Europe/Berlin";

test.each([
  ["23:30", "2026-11-23T23:30:00+01:00"],
  ["23.30", "2026-11-23T23:30:00+01:00"],
  ["23h30", "2026-11-23T23:30:00+01:00"],
  ["11:30 pm", "2026-11-23T23:30:00+01:00"],
  ["11PM", "2026-11-23T23:00:00+01:00"],
  ["12:15 am", "2026-11-24T00:15:00+01:00"],
  ["0:15", "2026-11-24T00:15:00+01:00"],
  ["6:00 a.m.", "2026-11-24T06:00:00+01:00"],
  ["２３:３０", "2026-11-23T23:30:00+01:00"],
])("%s is the next such time", (text, expected) => {
  expect(parseClockTime(text, evening, berlin)).toBe(at(expected));
});

test("the zone decides what the clocks show", () => {
  expect(parseClockTime("23:30", evening, "Europe/London")).toBe(at("2026-11-23T23:30:00Z"));
});

test.each(["", "25:00", "23:60", "+25:00", "Feb 30", "7", "13 pm", "0 am", "midnight", "1:2", "23:30:99"])(
  "“%s” is refused with an example",
  (text) => {
    expect(() => parseClockTime(text, evening, berlin)).toThrow(
      expect.objectContaining({ code: "time-not-understood" }),
    );
    expect(() => parseClockTime(text, evening, berlin)).toThrow(/23:00 or 11:00 pm/);
  },
);

test("what is more than twelve hours away is refused", () => {
  expect(() => parseClockTime("21:00", evening, berlin)).toThrow(expect.objectContaining({ code: "time-too-far" }));
});

test("a time that daylight saving skips comes an hour later", () => {
  const now = at("2026-03-29T00:30:00+01:00");
  expect(parseClockTime("02:30", now, berlin)).toBe(at("2026-03-29T03:30:00+02:00"));
});

test("of a time that comes twice, the first that is still ahead counts", () => {
  const first = at("2026-10-25T02:30:00+02:00");
  expect(parseClockTime("02:30", first - hours(1), berlin)).toBe(first);
  expect(parseClockTime("02:30", first + 1_000, berlin)).toBe(first + hours(1));
});

test("an unknown zone is an error of the program's, not the member's", () => {
  expect(() => parseClockTime("23:30", evening, "Mars/Olympus")).toThrow(RangeError);
});
