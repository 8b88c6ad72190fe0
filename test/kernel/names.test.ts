import { expect, test } from "vitest";
import { cleanName } from "../../src/kernel/cleanName.ts";
import { foldName } from "../../src/kernel/names.ts";

test.each([
  ["  Rainy \n window\t", "Rainy window"],
  ["safe\u202Egnp.exe", "safegnp.exe"],
  ["ze\u200Bro\uFEFF wi\u00ADdth", "zero width"],
  ["e\u0301te", "éte"],
  ["bell\u0007 \u001b[31mred", "bell [31mred"],
  ["lone \ud800 half", "lone \ufffd half"],
  ["👩‍👩‍👧 asleep", "👩‍👩‍👧 asleep"],
  ["a\u200db", "ab"],
])("%j is stored as %j", (typed, stored) => {
  expect(cleanName(typed)).toBe(stored);
});

test("a tower of marks is cut down", () => {
  expect(cleanName(`z${"\u0335".repeat(500)}algo`).length).toBeLessThan(12);
});

test("a long name is cut between graphemes", () => {
  const name = cleanName("👩‍👩‍👧".repeat(100));
  expect(name).toBe("👩‍👩‍👧".repeat(80));
});

test.each(["", "  ", "\u200b\u202e", "\n"])("%j is refused", (name) => {
  expect(() => cleanName(name)).toThrow(expect.objectContaining({ code: "empty-name" }));
});

test("names fold alike whatever their case and width", () => {
  expect(foldName("ＯＣＥＡＮ")).toBe(foldName("ocean"));
});
