import { expect, test } from "vitest";
import { UserError } from "../../src/kernel/errors.ts";
import { hours, minutes, seconds } from "../../src/kernel/units.ts";
import { formatDuration, parseDuration } from "../../src/session/duration.ts";

test.each([
  ["30m", minutes(30)],
  ["30 min", minutes(30)],
  ["1h15", minutes(75)],
  ["1h 15m", minutes(75)],
  ["1 h 15 min 30 s", minutes(75) + seconds(30)],
  ["90", minutes(90)],
  ["45s", seconds(45)],
  ["1:30", minutes(90)],
  ["1.5h", minutes(90)],
  ["1,5 Std", minutes(90)],
  ["2 Stunden 5 Minuten", minutes(125)],
  ["1 heure", hours(1)],
  ["20 minutos", minutes(20)],
  ["1時間15分", minutes(75)],
  ["３０", minutes(30)],
  ["12h", hours(12)],
  ["5m30", minutes(5) + seconds(30)],
])("%s is understood", (text, expected) => {
  expect(parseDuration(text)).toBe(expected);
});

test.each([
  "",
  " ",
  "soon",
  "-1",
  "-30m",
  "1e309",
  "NaN",
  "Infinity",
  "30x",
  "m",
  "1m 1h",
  "1h1h",
  "45s30",
  "1:99",
  "🌙",
])("“%s” is refused with an example", (text) => {
  expect(() => parseDuration(text)).toThrow(expect.objectContaining({ code: "duration-not-understood" }));
  expect(() => parseDuration(text)).toThrow(/30m/);
});

test.each(["0", "0m", "4s", "0:00"])("%s is too short", (text) => {
  expect(() => parseDuration(text)).toThrow(expect.objectContaining({ code: "duration-too-short" }));
});

test.each(["721", "12h1m", "30 h", "720h", "999:00", `${"9".repeat(39)}m`])("%s is too long", (text) => {
  expect(() => parseDuration(text)).toThrow(expect.objectContaining({ code: "duration-too-long" }));
});

test("an endless text is refused, not chewed on", () => {
  expect(() => parseDuration("1h".repeat(100_000))).toThrow(UserError);
});

test.each([
  [seconds(45), "45 s"],
  [seconds(60), "1 min"],
  [seconds(90), "1 min 30 s"],
  [minutes(15), "15 min"],
  [minutes(75), "1 h 15 min"],
  [hours(12), "12 h"],
])("%i ms read as %s", (duration, text) => {
  expect(formatDuration(duration)).toBe(text);
});
