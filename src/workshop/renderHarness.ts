import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { parseManifest } from "../library/manifest.ts";
import { type Inspection, inspect } from "./inspect.ts";
import { MANIFEST } from "./openCatalogue.ts";
import { wavOf } from "./wav.ts";

/**
 * Lets an engineer hear and see what they changed: `npm run sounds -- --only rain-window,fire --seconds 30 --wav`.
 * Prints the table of docs/sounds.md; ends with 1 when a sound is outside its gates.
 */
const options = parseArgs({
  options: {
    /** Ids of the catalogue, joined by commas; all by default. */
    only: { type: "string" },
    /** A shorter loop than the catalogue's. */
    seconds: { type: "string" },
    /** Write `<out>/<id>.wav`: what a listener hears, after Opus. */
    wav: { type: "boolean", default: false },
    out: { type: "string", default: ".cache/wav" },
  },
}).values;

const only = options.only?.split(",");
const sounds = parseManifest(readFileSync(MANIFEST, "utf8")).filter(
  ({ id }) => only === undefined || only.includes(id),
);

const row = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
const fixed = (value: number, digits: number) => value.toFixed(digits).replace("-", "−");

const cells = ({ measures: m, measuresAfter: a, speed, failures }: Inspection): readonly string[] => [
  `${fixed(m.loudness, 1)} / ${fixed(a.loudness, 1)}`,
  `${fixed(m.truePeak, 1)} / ${fixed(a.truePeak, 1)}`,
  fixed(m.shortTerm, 1),
  `${fixed(m.onset, 1)} / ${fixed(a.onset, 1)}`,
  `${fixed(m.seam, 2)} / ${fixed(a.seam, 2)}`,
  fixed(m.correlation, 2),
  fixed(m.balance, 1),
  fixed(m.centroid, 0),
  fixed(m.slope, 2),
  fixed(m.kurtosis, 1),
  fixed(speed, 0),
  failures.length === 0 ? "yes" : "**no**",
];

const HEAD = [
  "sound",
  "LUFS",
  "dBTP",
  "short",
  "onset",
  "seam",
  "corr",
  "bal",
  "centroid",
  "slope",
  "kurt",
  "× real time",
  "in",
];

console.log(`${row(HEAD)}\n${row(HEAD.map(() => "---"))}`);
const wrong: string[] = [];
for (const { id, origin } of sounds) {
  if (origin.kind !== "recipe") continue;
  const inspection = inspect(origin.recipe, origin.seed, Number(options.seconds ?? origin.seconds));
  console.log(row([id, ...cells(inspection)]));
  wrong.push(...inspection.failures.map((words) => `${id}, ${words}`));
  if (!options.wav) continue;
  mkdirSync(resolve(options.out), { recursive: true });
  writeFileSync(join(resolve(options.out), `${id}.wav`), wavOf(inspection.after));
}
if (wrong.length > 0) {
  console.error(wrong.join("\n"));
  process.exitCode = 1;
}
