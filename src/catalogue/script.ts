import { z } from "zod";
import { UserError } from "../kernel/errors.ts";
import { id } from "../kernel/ids.ts";
import { GOALS, RISKS, type Sound } from "./sound.ts";

/** Where the whisperer is. */
export interface Stand {
  readonly side: Side;
  readonly distance: Distance;
}
const SIDES = ["left", "right", "centre", "behind"] as const;
/** Which side of the listener's head the voice speaks from. */
export type Side = (typeof SIDES)[number];
const DISTANCES = ["close", "near", "far"] as const;
/** How far from the listener's ear the voice is. */
export type Distance = (typeof DISTANCES)[number];

/** What hands do while it is whispered, and the recipe that makes it. */
export const FOLEY = {
  scissors: "scissors",
  spray: "spray",
  brush: "brush-ears",
  hairbrush: "brush-hair",
  fingers: "scalp",
  cloth: "towel",
  fabric: "scratch-fabric",
  paper: "crinkle-paper",
  pages: "pages",
  tapping: "tap-wood",
  keyboard: "typing",
  tea: "pour",
  rain: "rain-window",
  fire: "fire",
} as const;
type Foley = keyof typeof FOLEY;

type Step =
  | { readonly type: "say"; readonly text: string; readonly stand: Stand }
  | { readonly type: "rest"; readonly seconds: number }
  /** Begins now, and goes on under what follows. */
  | { readonly type: "foley"; readonly foley: Foley; readonly seconds: number; readonly stand: Stand };

/** Whether scripts, which are English, are in a language. @param language as in BCP 47 */
export const isSpoken = (language: string): boolean => /^en\b/u.test(language);

/** A text to be whispered. */
export interface Script {
  readonly title: string;
  readonly about: string;
  readonly voice: "rms" | "awb" | "slt";
  /** How slowly; 1 is the voice's own pace. */
  readonly pace: number;
  readonly steps: readonly Step[];
}

const listOf = <const T extends readonly [string, ...string[]]>(names: T) =>
  z
    .string()
    .transform((text) =>
      text
        .split(",")
        .map((word) => word.trim())
        .filter((word) => word !== ""),
    )
    .pipe(z.array(z.enum(names)));

/** What stands above the first empty line. */
const Heading = z.strictObject({
  title: z.string().min(1).max(80),
  about: z.string().min(1).max(200),
  voice: z.enum(["rms", "awb", "slt"]).default("awb"),
  pace: z.coerce.number().min(0.8).max(2).default(1.35),
  trigger: z.enum(["whisper", "personal attention"]).default("whisper"),
  goals: listOf(GOALS).default(["sleep", "calm"]),
  risks: listOf(RISKS).default([]),
  tags: z
    .string()
    .transform((text) =>
      text
        .split(",")
        .map((word) => word.trim())
        .filter((word) => word !== ""),
    )
    .default([]),
  licence: z.string().min(1).max(60).default("CC0-1.0"),
});
type Heading = z.output<typeof Heading>;

/** A voice of hours would fill the disk, and a sentence without end the memory. */
const LONGEST_TEXT = 20_000;
const LONGEST_LINE = 400;
const MOST_SECONDS = 40;

const bad = (name: string, line: number, text: string) => new UserError("bad-script", `${name}, line ${line}: ${text}`);

const isOneOf = <T extends string>(names: readonly T[], word: string): word is T =>
  (names as readonly string[]).includes(word);

const headingOf = (name: string, lines: readonly string[]): Heading => {
  const fields: Record<string, string> = {};
  const at: Record<string, number> = {};
  for (const [index, line] of lines.entries()) {
    if (line.startsWith("#")) continue;
    const colon = line.indexOf(":");
    if (colon < 1)
      throw bad(
        name,
        index + 1,
        "above the first empty line each line is a name, a colon and a value, such as “title: Good night”.",
      );
    const field = line.slice(0, colon).trim().toLowerCase();
    if (at[field] !== undefined) throw bad(name, index + 1, `“${field}” was said on line ${at[field]} already.`);
    fields[field] = line.slice(colon + 1).trim();
    at[field] = index + 1;
  }
  const parsed = Heading.safeParse(fields);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const field = issue?.code === "unrecognized_keys" ? issue.keys[0]! : String(issue?.path[0] ?? "");
  const says =
    issue?.code === "unrecognized_keys"
      ? `is not known. Known: ${Object.keys(Heading.shape).join(", ")}.`
      : `${issue?.message}.`;
  throw bad(name, at[field] ?? 1, `“${field}” ${at[field] === undefined ? "is missing." : says}`);
};

/** What a direction in brackets asks for: `[left, close]`, `[pause 4]`, `[scissors 12]`. */
const directionOf = (
  inside: string,
  stand: Stand,
  wrong: (text: string) => UserError,
): { stand: Stand; steps: Step[] } => {
  const steps: Step[] = [];
  let next = stand;
  for (const part of inside.split(",").map((one) => one.trim().toLowerCase())) {
    const timed = /^([a-z]+) (\d+(?:\.\d+)?)(?: ?s)?$/.exec(part);
    const [word, seconds] = [timed?.[1] ?? part, timed && Number(timed[2])];
    if (isOneOf(SIDES, part)) next = { ...next, side: part };
    else if (isOneOf(DISTANCES, part)) next = { ...next, distance: part };
    else if (word !== "pause" && !Object.hasOwn(FOLEY, word))
      throw wrong(
        `“${part}” is no direction. Known: ${[...SIDES, ...DISTANCES, "pause", ...Object.keys(FOLEY)].join(", ")}.`,
      );
    else if (seconds === null || seconds <= 0 || seconds > MOST_SECONDS)
      throw wrong(`“${word}” needs its seconds, 1 to ${MOST_SECONDS}, such as [${word} 4].`);
    else if (word === "pause") steps.push({ type: "rest", seconds });
    else steps.push({ type: "foley", foley: word as Foley, seconds, stand: next });
  }
  return { stand: next, steps };
};

/** A breath after each line, a longer one where a line is left empty. */
const AFTER_LINE = 0.9;
const AFTER_PARAGRAPH = 1.6;

const stepsOf = (name: string, lines: readonly string[], offset: number): readonly Step[] => {
  const steps: Step[] = [];
  let stand: Stand = { side: "centre", distance: "near" };
  for (const [index, raw] of lines.entries()) {
    const line = raw.trim();
    const wrong = (text: string) => bad(name, offset + index + 1, text);
    if (line.startsWith("#")) continue;
    if (line === "") {
      if (steps.length > 0) steps.push({ type: "rest", seconds: AFTER_PARAGRAPH });
      continue;
    }
    if (line.length > LONGEST_LINE)
      throw wrong(`is longer than ${LONGEST_LINE} letters. Break it into sentences, one a line.`);
    // Text and directions may stand on one line.
    for (const part of line.split(/(\[[^\]]*\])/u).map((one) => one.trim())) {
      if (part === "") continue;
      if (part.startsWith("[") && part.endsWith("]")) {
        const direction = directionOf(part.slice(1, -1), stand, wrong);
        stand = direction.stand;
        steps.push(...direction.steps);
      } else if (/[[\]]/u.test(part)) throw wrong("a bracket is open. Directions look like [left, close].");
      else if (!/\p{L}|\p{N}/u.test(part)) throw wrong("there is nothing to be said.");
      else steps.push({ type: "say", text: part, stand }, { type: "rest", seconds: AFTER_LINE });
    }
  }
  return steps;
};

const parse = (name: string, text: string): { readonly heading: Heading; readonly script: Script } => {
  if (text.length > LONGEST_TEXT)
    throw bad(name, 1, `the text is longer than ${LONGEST_TEXT} letters. Make two of it.`);
  const lines = text.replace(/^\uFEFF/u, "").split(/\r?\n/u);
  const empty = lines.findIndex((line) => line.trim() === "");
  const end = empty < 0 ? lines.length : empty;
  const heading = headingOf(name, lines.slice(0, end));
  const steps = stepsOf(name, lines.slice(end), end);
  if (!steps.some(({ type }) => type === "say"))
    throw bad(name, lines.length, "nothing is said. Write the words below the first empty line.");
  const { title, about, voice, pace } = heading;
  return { heading, script: { title, about, voice, pace, steps } };
};

/**
 * Reads a text to be whispered; docs/sounds.md says how it is written.
 * @param name of the file, for the error
 * @throws UserError that names the line and what to do
 */
export const parseScript = (name: string, text: string): Script => parse(name, text).script;

/** What else hands bring with them. */
const FOLEY_RISKS: Partial<Record<Foley, Sound["risks"]>> = {
  scissors: ["sharp onset", "bright"],
  spray: ["bright"],
  paper: ["sharp onset"],
  tapping: ["sharp onset", "repetitive click"],
  keyboard: ["repetitive click"],
  tea: ["wet"],
};

/**
 * The sound of a script: `countdown.txt` becomes `whisper-countdown`.
 * @throws UserError as `parseScript`, and when the name makes no id
 */
export const soundOfScript = (file: string, text: string): Sound => {
  const name = file.replace(/^.*[/\\]/u, "").replace(/\.txt$/iu, "");
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/u.test(name) || name.length > 50)
    throw bad(file, 1, "the file's name must be lower-case words joined by hyphens, such as good-night.txt.");
  const { heading, script } = parse(file, text);
  const { title, about, trigger, goals, tags, licence } = heading;
  const hands = script.steps.flatMap((step) => (step.type === "foley" ? (FOLEY_RISKS[step.foley] ?? []) : []));
  return {
    id: id(`whisper-${name}`),
    title,
    description: about,
    trigger,
    goals,
    intensity: 4,
    risks: [...new Set<Sound["risks"][number]>(["whisper", "breath", ...hands, ...heading.risks])],
    motion: "alternating",
    tags: [...tags, "whisper", "words", "spoken"],
    licence,
    origin: { kind: "script", text, seed: 36 },
  };
};
