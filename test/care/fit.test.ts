import { expect, test } from "vitest";
import { fits } from "../../src/care/fit.ts";
import { leftOutTonight, type Said, whatToSay } from "../../src/care/whatToSay.ts";
import type { AvoidList } from "../../src/host/carePorts.ts";
import { english } from "../../src/kernel/text.ts";
import { sound } from "../commands/desk.ts";

const chewing = sound("chewing", "Slow Apple", "body", { risks: ["wet", "sharp onset"] });
const rain = sound("rain", "Rain on Glass", "rain");
const list = (more: Partial<AvoidList>): AvoidList => ({ triggers: [], risks: [], mode: "skip", ...more });

const heard = (said: Said): string => english.of("leftOut" in said ? said.leftOut : (said.remark ?? ""));

test("a sound is left out for its trigger or for what it has, and by one list of many", () => {
  expect(fits(chewing, [])).toBe("fits");
  expect(fits(chewing, [list({ risks: ["whisper"] }), list({ risks: ["wet"] })])).toBe("left out");
  expect(fits(rain, [list({ triggers: ["rain"], mode: "always" })])).toBe("left out");
  expect(fits(rain, [list({ risks: ["wet"] })])).toBe("fits");
});

test("a list that only warns leaves nothing out, unless another one does", () => {
  const warning = list({ risks: ["wet"], mode: "warn" });
  expect(fits(chewing, [warning])).toBe("unwelcome");
  expect(fits(chewing, [warning, list({ triggers: ["body"] })])).toBe("left out");
});

test("in a small room what is said comes from the sound and the size of the room, and never from a list", () => {
  for (const listeners of [2, 3]) {
    const room = { listeners, hides: false };
    expect(whatToSay("unwelcome", chewing, room)).toEqual(whatToSay("fits", chewing, room));
    expect(whatToSay("unwelcome", rain, room)).toEqual({});
  }
  expect(heard(whatToSay("fits", chewing, { listeners: 2, hides: false }))).toContain("wet and sharp onset");
  expect(whatToSay("fits", chewing, { listeners: 1, hides: false })).toEqual({});
});

test("no words name a person or a number of people", () => {
  const room = { listeners: 5, hides: true };
  const said = [whatToSay("left out", chewing, room), whatToSay("unwelcome", chewing, room)].map(heard);
  expect([...said, english.of(leftOutTonight("It"))].join("\n")).not.toMatch(/<@|someone|somebody|one of|member|\d/i);
});
