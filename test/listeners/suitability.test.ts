import { expect, test } from "vitest";
import { english } from "../../src/i18n/english.ts";
import { type Disclosure, disclose, exclusionNotice } from "../../src/listeners/disclosure.ts";
import { suitabilityOf } from "../../src/listeners/suitability.ts";
import type { AvoidList } from "../../src/ports/listeners.ts";
import { sound } from "../commands/commandHarness.ts";

const chewing = sound("chewing", "Slow Apple", "body", { risks: ["wet", "sharp onset"] });
const rain = sound("rain", "Rain on Glass", "rain");
const list = (more: Partial<AvoidList>): AvoidList => ({ triggers: [], risks: [], mode: "skip", ...more });

const heard = (said: Disclosure): string => english.of("leftOut" in said ? said.leftOut : (said.remark ?? ""));

test("a sound is left out for its trigger or for what it has, and by one list of many", () => {
  expect(suitabilityOf(chewing, [])).toBe("suitable");
  expect(suitabilityOf(chewing, [list({ risks: ["whisper"] }), list({ risks: ["wet"] })])).toBe("excluded");
  expect(suitabilityOf(rain, [list({ triggers: ["rain"], mode: "always" })])).toBe("excluded");
  expect(suitabilityOf(rain, [list({ risks: ["wet"] })])).toBe("suitable");
});

test("a list that only warns leaves nothing out, unless another one does", () => {
  const warning = list({ risks: ["wet"], mode: "warn" });
  expect(suitabilityOf(chewing, [warning])).toBe("unwelcome");
  expect(suitabilityOf(chewing, [warning, list({ triggers: ["body"] })])).toBe("excluded");
});

test("in a small room what is said comes from the sound and the size of the room, and never from a list", () => {
  for (const listenerCount of [2, 3]) {
    const room = { listenerCount, isAnonymous: false };
    expect(disclose("unwelcome", chewing, room)).toEqual(disclose("suitable", chewing, room));
    expect(disclose("unwelcome", rain, room)).toEqual({});
  }
  expect(heard(disclose("suitable", chewing, { listenerCount: 2, isAnonymous: false }))).toContain(
    "wet and sudden sounds",
  );
  expect(disclose("suitable", chewing, { listenerCount: 1, isAnonymous: false })).toEqual({});
});

test("no words name a person or a number of people", () => {
  const room = { listenerCount: 5, isAnonymous: true };
  const said = [disclose("excluded", chewing, room), disclose("unwelcome", chewing, room)].map(heard);
  expect([...said, english.of(exclusionNotice("It"))].join("\n")).not.toMatch(/<@|someone|somebody|one of|member|\d/i);
});
