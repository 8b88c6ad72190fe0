import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import sharp from "sharp";
import { VISUALS } from "../../src/catalogue/visuals.ts";
import { drawVisual } from "../../src/pictures/drawVisual.ts";
import { visualPath } from "../../src/pictures/visualFiles.ts";
import { GATES } from "../../src/visuals/gates.ts";
import { DRAWINGS } from "../../src/visuals/scenes.ts";

/**
 * Lets an engineer see what they changed: `npm run visuals -- --only candle --out .cache/visuals`. Draws the visuals, writes their files, and prints
 * the table of docs/visuals.md; ends with an error when one is outside its gates. `--sheet` draws them all side by side.
 */
const { only, out, sheet } = parseArgs({
  options: {
    /** Ids joined by commas; all by default. */
    only: { type: "string" },
    out: { type: "string", default: ".cache/visuals" },
    /** Write `docs/images/visuals.png`. */
    sheet: { type: "boolean", default: false },
  },
}).values;

const wanted = only?.split(",") ?? VISUALS.map(({ id }) => id);
const directory = resolve(out);
mkdirSync(directory, { recursive: true });

const percent = (value: number) => `${(100 * value).toFixed(2)} %`;
const row = (cells: readonly string[]) => process.stdout.write(`| ${cells.join(" | ")} |\n`);

row([
  "Visual",
  "Loop",
  "Brightest frame",
  "Step, whole / part",
  "Faster than 3 Hz, whole / part",
  "GIF",
  "WebP",
  "Still",
]);
row(["---", "---", "---", "---", "---", "---", "---", "---"]);
row([
  "*gate*",
  "7–19 s",
  `≤ ${100 * GATES.brightness} %`,
  `≤ ${100 * GATES.step} / ${100 * GATES.partStep} %`,
  `≤ ${100 * GATES.flicker} / ${100 * GATES.partFlicker} %`,
  "≤ 4 MB",
  "≤ 4 MB",
  "–",
]);
for (const id of wanted) {
  const measured = await drawVisual(id, directory);
  const bytes = (kind: "gif" | "webp" | "still") => {
    const data = readFileSync(visualPath(id, kind, directory)!);
    writeFileSync(join(directory, `${id}.${kind === "still" ? "png" : kind}`), data);
    return `${(data.length / 1e6).toFixed(2)} MB`;
  };
  row([
    id,
    `${DRAWINGS.get(id)!.seconds} s`,
    percent(measured.brightness),
    `${percent(measured.step)} / ${percent(measured.partStep)}`,
    `${percent(measured.flicker)} / ${percent(measured.partFlicker)}`,
    bytes("gif"),
    bytes("webp"),
    bytes("still"),
  ]);
}

if (sheet) {
  const [tile, gap] = [240, 4];
  const tiles = await Promise.all(
    // As stills, those of breaths look the same.
    VISUALS.filter(({ breath = "4-6" }) => breath === "4-6").map(async ({ id }, index) => ({
      input: await sharp(join(directory, `${id}.png`))
        .resize(tile)
        .toBuffer(),
      left: (index % 4) * (tile + gap),
      top: Math.floor(index / 4) * (tile + gap),
    })),
  );
  const [width, height] = [4 * (tile + gap) - gap, Math.ceil(tiles.length / 4) * (tile + gap) - gap];
  await sharp({ create: { width, height, channels: 3, background: "#000" } })
    .composite(tiles)
    .png({ palette: true, colours: 256, effort: 10 })
    .toFile(resolve(import.meta.dirname, "../../docs/images/visuals.png"));
}
