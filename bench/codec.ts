import { execFileSync } from "node:child_process";
import { parseArgs } from "node:util";
import { type CodecCost, cachedNoise, measureCodec } from "./lib/codecWork.ts";
import { compile } from "./lib/compile.ts";
import { describeMachine, machine } from "./lib/machine.ts";
import { median, ratios, short } from "./lib/statistics.ts";
import { table } from "./lib/table.ts";

const { values: options } = parseArgs({
  options: {
    reps: { type: "string", default: "5" },
    frames: { type: "string", default: "1000" },
    layers: { type: "string", default: "3" },
  },
});
const [repetitions, frames, layers] = [
  Number(options.reps),
  Math.min(1_500, Number(options.frames)),
  Number(options.layers),
];
const FRAME_MICROS = 20_000;

const limit = compile(new URL("./lib/mix.c", import.meta.url), [["-lopus", "-lm"]]);
if (limit === undefined)
  console.error("No C compiler or no libopus headers (Debian: libopus-dev): the C column is left out.");

const before = machine();
const sources = Array.from({ length: layers }, (_, index) => cachedNoise(frames, index + 1));
interface Costs {
  readonly ours: CodecCost;
  readonly c: CodecCost | undefined;
}
/** At the engine's complexity, and at the encoder's highest. */
const costs: { readonly engine: Costs; readonly full: Costs }[] = [];
const measure = (complexity: 6 | 10): Costs => ({
  ours: measureCodec(sources, frames, complexity),
  c:
    limit === undefined
      ? undefined
      : (JSON.parse(
          execFileSync(limit.path, [String(frames), String(layers), String(complexity)], { encoding: "utf8" }),
        ) as CodecCost),
});
measureCodec(sources, frames, 10); // warms up the compiler
for (let repetition = 0; repetition < repetitions; repetition++) costs.push({ engine: measure(6), full: measure(10) });

const of = (pick: (cost: (typeof costs)[number]) => number | undefined): string => {
  const values = costs.map(pick).filter((value) => value !== undefined);
  return values.length === 0 ? "–" : short(median(values));
};
const ratio = (kind: "engine" | "full", part: keyof CodecCost): string => {
  const measured = costs.flatMap(({ [kind]: { ours, c } }) =>
    c === undefined ? [] : [{ ours: ours[part], c: c[part] }],
  );
  if (measured.length === 0) return "–";
  const times = ratios(
    measured.map((each) => each.ours),
    measured.map((each) => each.c),
  );
  return `${short(times.median)} (${short(times.least)}–${short(times.most)})`;
};
const row = (label: string, part: keyof CodecCost): string[] => [
  label,
  ...(["engine", "full"] as const).flatMap((kind) => [
    of(({ [kind]: { ours } }) => ours[part]),
    of(({ [kind]: { c } }) => c?.[part]),
    ratio(kind, part),
  ]),
];

console.log(`${describeMachine(before)}\n`);
console.log(
  `µs of CPU a frame of 20 ms, stereo, 96 kbit/s; median of ${repetitions} repetitions of ${frames} frames.\n`,
);
console.log(
  table(
    ["", "complexity 6", "C", "ours / C", "complexity 10", "C", "ours / C"],
    [row("encode", "encode"), row("decode", "decode"), row(`mix of ${layers} layers from memory`, "mix")],
  ),
);
const perCore = (cost: (each: (typeof costs)[number]) => number | undefined) =>
  Math.floor(FRAME_MICROS / median(costs.map(cost).filter((value) => value !== undefined)));
console.log(
  `\nDistinct ${layers}-layer mixes a core: ${perCore(({ engine }) => engine.ours.mix)}; with complexity 10: ` +
    `${perCore(({ full }) => full.ours.mix)}${
      limit === undefined
        ? ""
        : `; in C: ${perCore(({ engine }) => engine.c?.mix)} and ${perCore(({ full }) => full.c?.mix)}`
    }.`,
);
