import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import type { Sound } from "../../src/catalogue/sound.ts";
import { framesIn, seconds } from "../../src/kernel/units.ts";
import { FAMILIES, type Golden, goldenOf } from "../../src/render/golden.ts";
import { openCatalogue } from "../../src/render/openCatalogue.ts";
import { type InspectionResult, inspections } from "./inspections.ts";
import { renderTimes } from "./renderTimes.ts";
import { printTextures } from "./texture/table.ts";

/**
 * Lets an engineer hear and see what they changed: `npm run sounds -- --only rain-window,fire --seconds 30 --wav`.
 * Prints the table of docs/sounds.md; ends with 1 when a sound is outside its gates. `--times` prints instead how long rendering takes.
 */
const options = parseArgs({
  options: {
    /** Ids of the catalogue, variants too, joined by commas; all but variants by default. */
    only: { type: "string" },
    /** The variants of all sounds, in place of the sounds themselves. */
    variants: { type: "boolean", default: false },
    /** A shorter loop than the catalogue's. */
    seconds: { type: "string" },
    /** Write `<out>/<id>.wav`: what a listener hears, after Opus. */
    wav: { type: "boolean", default: false },
    out: { type: "string", default: ".cache/wav" },
    /** Draw `docs/images/sound-<id>.png` of the sounds. */
    spectrograms: { type: "boolean", default: false },
    /** Agree to how each family sounds now: writes `test/render/golden.json`. */
    golden: { type: "boolean", default: false },
    /** Time to the first sound, and for the whole library, in an empty cache. */
    times: { type: "boolean", default: false },
    /** How near sounds are to recordings of their kind. */
    texture: { type: "boolean", default: false },
  },
}).values;

const catalogue = openCatalogue();
const variants = catalogue.sounds.flatMap(({ id, variants = [] }) =>
  variants.map(({ name }) => catalogue.find(`${id}-${name}`)),
);
const sounds: readonly (Sound | undefined)[] =
  options.only?.split(",").map((id) => catalogue.find(id)) ?? (options.variants ? variants : catalogue.sounds);

const row = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
const fixed = (value: number, digits: number) => value.toFixed(digits).replace("-", "−");

const cells = ({ measures: m, measuresAfter: a, speed, failures }: InspectionResult): readonly string[] => [
  `${fixed(m.loudness, 1)} / ${fixed(a.loudness, 1)}`,
  `${fixed(m.truePeak, 1)} / ${fixed(a.truePeak, 1)}`,
  fixed(m.shortTerm, 1),
  `${fixed(m.onset, 1)} / ${fixed(a.onset, 1)}`,
  `${fixed(m.rise, 1)} / ${fixed(a.rise, 1)}`,
  `${fixed(m.seam, 2)} / ${fixed(a.seam, 2)}`,
  fixed(m.correlation, 2),
  fixed(m.coherence, 2),
  fixed(m.balance, 1),
  fixed(m.centroid, 0),
  fixed(m.slope, 2),
  fixed(m.kurtosis, 1),
  fixed(m.stir, 1),
  fixed(m.pitch, 2),
  fixed(speed, 0),
  failures.length === 0 ? "yes" : "**no**",
];

const HEAD = [
  "sound",
  "LUFS",
  "dBTP",
  "short",
  "onset",
  "rise",
  "seam",
  "corr",
  "ears",
  "bal",
  "centroid",
  "slope",
  "kurt",
  "1–4 Hz",
  "pitch",
  "× real time",
  "in",
];

const IMAGES = resolve(import.meta.dirname, "../../docs/images");
/** What a picture shows. */
const PICTURED = 12;

const inspectAll = async (): Promise<readonly string[]> => {
  console.log(`${row(HEAD)}\n${row(HEAD.map(() => "---"))}`);
  const wrong: string[] = [];
  const length = options.spectrograms ? PICTURED : options.seconds && Number(options.seconds);
  const excerpt = length ? framesIn(seconds(length)) : undefined;
  const made = sounds.flatMap((sound) =>
    sound?.origin.kind === "recipe" || sound?.origin.kind === "script" ? [{ id: sound.id, origin: sound.origin }] : [],
  );
  const tasks = made.map(({ id, origin }) => ({
    origin,
    excerpt,
    spectrogram: options.spectrograms ? join(IMAGES, `sound-${id}.png`) : undefined,
    wav: options.wav ? join(resolve(options.out), `${id}.wav`) : undefined,
  }));
  let at = 0;
  for await (const inspected of inspections(tasks)) {
    const { id } = made[at++]!;
    console.log(row([id, ...cells(inspected)]));
    wrong.push(...inspected.failures.map((words) => `${id}, ${words}`));
  }
  return options.spectrograms ? [] : wrong;
};

const agree = async (): Promise<void> => {
  const golden: Record<string, Golden> = {};
  for (const recipe of FAMILIES) golden[recipe] = await goldenOf(recipe);
  const json = JSON.stringify(golden, null, 2).replace(/\[[^\]]*\]/gu, (list) =>
    list.replace(/\s+/gu, " ").replace("[ ", "[").replace(" ]", "]"),
  );
  writeFileSync(resolve(import.meta.dirname, "../../test/render/golden.json"), `${json}\n`);
};

if (options.golden) await agree();
else if (options.times)
  await renderTimes(
    catalogue,
    sounds.filter((sound) => sound !== undefined),
  );
else {
  const wrong = options.texture
    ? await printTextures(
        sounds.filter((sound) => sound !== undefined),
        Number(options.seconds ?? 30),
      )
    : await inspectAll();
  if (wrong.length > 0) {
    console.error(wrong.join("\n"));
    process.exitCode = 1;
  }
}
