import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { PROGRAMMES } from "../../src/catalogue/programmes.ts";
import { parseDailyHours } from "../../src/commands/server/dailyHours.ts";
import { parseQuietHours } from "../../src/commands/server/quietHoursModal.ts";
import { source } from "../../src/i18n/catalogue.ts";
import { LANGUAGES, sayIn } from "../../src/i18n/languages.ts";
import { asMessage, type Message, message } from "../../src/i18n/message.ts";
import type { Say } from "../../src/i18n/say.ts";
import { cleanName } from "../../src/kernel/cleanName.ts";
import { UserError } from "../../src/kernel/errors.ts";
import { type Millis, minutes } from "../../src/kernel/units.ts";
import { parseRecurrence } from "../../src/programmes/parseRecurrence.ts";
import { parseClockTime } from "../../src/session/clockTime.ts";
import { parseDuration } from "../../src/session/duration.ts";
import { extensionTooLong } from "../../src/session/refusals.ts";

const BERLIN = "Europe/Berlin";
/** Moments of two days, the second of which has the hour in which clocks are turned back. */
const MOMENTS: readonly Millis[] = Array.from(
  { length: 82 },
  (_, index) => Date.parse("2026-10-24T00:04:00+02:00") + index * minutes(35),
);

const refusalOf = (refused: () => unknown): Message => {
  try {
    refused();
  } catch (error) {
    if (error instanceof UserError) return asMessage(error.text);
    throw error;
  }
  throw new Error("Nothing was refused");
};

/** The message of a refusal, or of a hint beside a field, and what takes its example. */
interface Case {
  readonly said: Message;
  /** Where the examples are in the sentence; the message's own values without it. */
  readonly examples?: RegExp | ((say: Say) => readonly string[]);
  /** Throws if it refuses the example. */
  accepts(example: string): unknown;
}

const quiet = (more: Readonly<Record<string, string>>) => {
  const given: Readonly<Record<string, string>> = {
    from: "23:00",
    to: "7:00",
    zone: BERLIN,
    timer: "60m",
    softer: "6",
    ...more,
  };
  return parseQuietHours((name) => given[name] ?? "");
};
const quietCase = (
  field: string,
  wrong: string,
  more: Readonly<Record<string, string>> = {},
  examples?: RegExp,
): Case => ({
  said: refusalOf(() => quiet({ ...more, [field]: wrong })),
  ...(examples && { examples }),
  accepts: (example) => quiet({ ...more, [field]: example }),
});
const recurring = (more: { days?: string; zone?: string; at?: string }) =>
  parseRecurrence({ days: "daily", at: "22:30", zone: BERLIN, ...more });

const TIME = /\d{1,2}:\d{2}/g;
const HOURS = /\d{1,2}:\d{2} - \d{1,2}:\d{2}/g;
const DURATION = /\d+[hm]/g;
const ZONE = /[A-Z][a-z]+\/[A-Z]\w+/g;
const DAYS: Readonly<Record<string, readonly string[]>> = {
  en: ["daily", "weekdays", "weekends", "mon wed fri"],
  de: ["täglich", "werktags", "Wochenende", "mo mi fr"],
  es: ["diario", "laborables", "fin de semana", "lun mié vie"],
  fr: ["quotidien", "semaine", "week-end", "lun mer ven"],
  ja: ["毎日", "平日", "週末", "月 水 金"],
};

const clock = (now: Millis) =>
  new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: BERLIN }).format(now);
const timeCases = (typedAt: (now: Millis) => string): readonly Case[] =>
  MOMENTS.map((now) => ({
    said: refusalOf(() => parseClockTime(typedAt(now), now, BERLIN)),
    accepts: (example) => parseClockTime(example, now, BERLIN),
  }));
const durationCase = (key: "sleep.noOwnTimer" | "sleep.noSoundToEndWith" | "sleep.notSet"): Case => ({
  said: message(key),
  examples: DURATION,
  accepts: parseDuration,
});

/** Each message with an example. */
const CASES: Readonly<Record<string, readonly Case[]>> = {
  "duration.notUnderstood": [
    { said: refusalOf(() => parseDuration("soon")), examples: /\d+(?:[hm]\d*)?/g, accepts: parseDuration },
  ],
  "duration.tooLong": [{ said: refusalOf(() => parseDuration("13h")), examples: /\dh/g, accepts: parseDuration }],
  "duration.tooShort": [{ said: refusalOf(() => parseDuration("1s")), examples: DURATION, accepts: parseDuration }],
  "evening.daysNeverOccur": [
    {
      said: message("evening.daysNeverOccur"),
      examples: ({ language }) => (DAYS[language] ?? []).slice(0, 1),
      accepts: (days) => recurring({ days }),
    },
  ],
  "evening.daysNotUnderstood": [
    {
      said: refusalOf(() => recurring({ days: "never" })),
      examples: ({ language }) => DAYS[language] ?? [],
      accepts: (days) => recurring({ days }),
    },
  ],
  "evening.unknownProgramme": [
    {
      said: message("evening.unknownProgramme", { name: "x" }),
      examples: (say) => [say.word("Drift Off")],
      accepts: () => expect(PROGRAMMES.map(({ title }) => title)).toContain("Drift Off"),
    },
  ],
  "evening.zoneUnknown": [
    {
      said: refusalOf(() => recurring({ zone: "Mars/Olympus" })),
      examples: ZONE,
      accepts: (zone) => recurring({ zone }),
    },
  ],
  "settings.quietEndNotUnderstood": [quietCase("to", "late"), quietCase("to", "late", { from: "7:00" })],
  "settings.quietStartNotUnderstood": [quietCase("from", "late"), quietCase("from", "late", { to: "23:00" })],
  "settings.quietFromExample": [
    { said: message("settings.quietFromExample"), examples: TIME, accepts: (from) => quiet({ from }) },
  ],
  "settings.quietToExample": [
    { said: message("settings.quietToExample"), examples: TIME, accepts: (to) => quiet({ to }) },
  ],
  "settings.quietTimerNote": [
    { said: message("settings.quietTimerNote"), examples: DURATION, accepts: (timer) => quiet({ timer }) },
  ],
  "settings.timeZoneExample": [
    { said: message("settings.timeZoneExample"), examples: ZONE, accepts: (zone) => quiet({ zone }) },
  ],
  "settings.quietHoursEmpty": [
    { said: refusalOf(() => quiet({ from: "7:00" })), examples: /23:00/g, accepts: (from) => quiet({ from }) },
    { said: refusalOf(() => quiet({ to: "23:00" })), examples: /7:00/g, accepts: (to) => quiet({ to }) },
  ],
  "settings.quietChannelHoursNote": [
    {
      said: message("settings.quietChannelHoursNote"),
      examples: HOURS,
      accepts: (typed) => parseDailyHours(typed, BERLIN),
    },
  ],
  "settings.quietChannelHoursNotUnderstood": [
    {
      said: refusalOf(() => parseDailyHours("late", BERLIN)),
      examples: HOURS,
      accepts: (typed) => parseDailyHours(typed, BERLIN),
    },
  ],
  "settings.softerByOutOfRange": [quietCase("softer", "99", {}, /\b6\b/g)],
  "settings.unknownTimeZone": [quietCase("zone", "Mars/Olympus", {}, ZONE)],
  "sleep.extensionTooLong": [1, 7.5, 90, 719].map((left) => ({
    said: refusalOf(() => {
      throw extensionTooLong(minutes(left));
    }),
    accepts: (example: string) => expect(parseDuration(example)).toBeLessThanOrEqual(minutes(left)),
  })),
  "sleep.noOwnTimer": [durationCase("sleep.noOwnTimer")],
  "sleep.noSoundToEndWith": [durationCase("sleep.noSoundToEndWith")],
  "sleep.notSet": [durationCase("sleep.notSet")],
  "sleep.timeNotUnderstood": [
    ...timeCases(() => "soon"),
    { said: refusalOf(() => recurring({ at: "late" })), accepts: (at) => recurring({ at }) },
  ],
  "sleep.timeTooFar": timeCases((now) => clock(now - minutes(90))),
  "sounds.nameBlank": [
    {
      said: refusalOf(() => cleanName(" ")),
      examples: (say) => [
        /Rainy window|Regenfenster|Ventana con lluvia|Fenêtre sous la pluie|雨の窓/.exec(
          say("sounds.nameBlank"),
        )?.[0] ?? "",
      ],
      accepts: cleanName,
    },
  ],
  "wake.over": [{ said: message("wake.over"), examples: TIME, accepts: (at) => recurring({ at }) }],
};

/** How an English sentence introduces an example: a value, several, or a command with one. */
const EXAMPLE = /\b[Tt]ry (?:\d|\{|\/\w+ \w+ \d|\w+,)|\bAdd \{most|such as|[Ff]or example/;
/** What reads like an example and isn't one that could be tried. */
const NO_EXAMPLE = /^(discover\.hadALotTrySimilar|privacy\.(deleted|entryCount))$/;

test("every message with an example is tried here", () => {
  const found = Object.entries(source.messages)
    .filter(([key, text]) => EXAMPLE.test(text) && !NO_EXAMPLE.test(key))
    .map(([key]) => key);
  expect(Object.keys(CASES)).toEqual(expect.arrayContaining(found));
});

describe.each(LANGUAGES.map(({ language }) => [language, sayIn(language)] as const))("in %s", (_, say) => {
  test.each(Object.entries(CASES))("the example of %s is taken", (key, cases) => {
    for (const { said, examples, accepts } of cases) {
      if (!("key" in said)) throw new Error("Not a message of the catalogue");
      expect(said.key).toBe(key);
      const sentence = say.of(said);
      const given =
        examples === undefined
          ? Object.values(said.values ?? {}).map((value) => (typeof value === "object" ? say.of(value) : String(value)))
          : examples instanceof RegExp
            ? (sentence.match(examples) ?? [])
            : examples(say);
      expect(given.length, sentence).toBeGreaterThan(0);
      for (const example of given) {
        expect(sentence).toContain(example);
        expect(() => accepts(example), `${sentence} [${example}]`).not.toThrow();
      }
    }
  });
});

test("a countdown is shown of the past alone: a sentence outlives a moment that is still to come", () => {
  const root = resolve(import.meta.dirname, "../../src");
  const uses = readdirSync(root, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .flatMap((name) =>
      readFileSync(join(root, name), "utf8")
        .split("\n")
        .filter((line) => /relativeTime\(|:R>/.test(line))
        .map((line) => `${name}: ${line.trim()}`),
    );
  expect(uses).toEqual([
    'commands/sounds/soundCard.ts: ? message("sounds.addedWhen", { when: relativeTime(at) })',
    'commands/sounds/soundCard.ts: : message("sounds.addedByWhen", { user: member(by), when: relativeTime(at) });',
  ]);
});
