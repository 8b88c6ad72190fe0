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
const costs: { readonly ours: CodecCost; readonly quicker: CodecCost; readonly c: CodecCost | undefined }[] = [];
measureCodec(sources, frames, 10); // until the compiler has seen it
for (let repetition = 0; repetition < repetitions; repetition++) {
  costs.push({
    ours: measureCodec(sources, frames, 10),
    quicker: measureCodec(sources, frames, 5),
    c:
      limit === undefined
        ? undefined
        : (JSON.parse(execFileSync(limit.path, [String(frames), String(layers)], { encoding: "utf8" })) as CodecCost),
  });
}

const of = (pick: (cost: (typeof costs)[number]) => number | undefined): string => {
  const values = costs.map(pick).filter((value) => value !== undefined);
  return values.length === 0 ? "–" : short(median(values));
};
const ratio = (part: keyof CodecCost): string => {
  const measured = costs.flatMap(({ ours, c }) => (c === undefined ? [] : [{ ours: ours[part], c: c[part] }]));
  if (measured.length === 0) return "–";
  const times = ratios(
    measured.map((each) => each.ours),
    measured.map((each) => each.c),
  );
  return `${short(times.median)} (${short(times.least)}–${short(times.most)})`;
};
const row = (label: string, part: keyof CodecCost): string[] => [
  label,
  of(({ ours }) => ours[part]),
  of(({ quicker }) => quicker[part]),
  of(({ c }) => c?.[part]),
  ratio(part),
];

console.log(`${describeMachine(before)}\n`);
console.log(
  `µs of CPU a frame of 20 ms, stereo, 96 kbit/s; median of ${repetitions} repetitions of ${frames} frames.\n`,
);
console.log(
  table(
    ["", "complexity 10", "complexity 5", "C libopus, 10", "ours / C"],
    [row("encode", "encode"), row("decode", "decode"), row(`mix of ${layers} layers from memory`, "mix")],
  ),
);
const perCore = (cost: (each: (typeof costs)[number]) => number | undefined) =>
  Math.floor(FRAME_MICROS / median(costs.map(cost).filter((value) => value !== undefined)));
console.log(
  `\nDistinct ${layers}-layer mixes a core: ${perCore(({ ours }) => ours.mix)}; with complexity 5: ` +
    `${perCore(({ quicker }) => quicker.mix)}${limit === undefined ? "" : `; in C: ${perCore(({ c }) => c?.mix)}`}.`,
);
