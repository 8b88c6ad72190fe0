import { type AudioNode, FRAME_SAMPLES } from "../../audio/format.ts";
import { gainOf } from "../../kernel/units.ts";
import { addTo, ramp } from "../blocks.ts";
import { mixRatio, wander } from "../curves.ts";
import { aroundTheHead } from "../ears.ts";
import { bandPass, highPass, lowPass, softLowPass } from "../filters.ts";
import { pink, white } from "../noise.ts";
import { chosen, type Recipe, type RecipeRequest, wordsOf } from "../recipe.ts";

/** Resonances of trunks, branches and twigs: frequency at rest and in a gust, width, level. */
const BANDS = [
  { still: 190, gust: 300, q: 2.2, level: 0.9 },
  { still: 340, gust: 560, q: 3.4, level: 0.55 },
  { still: 620, gust: 1_150, q: 4.2, level: 0.3 },
  { still: 1_200, gust: 2_100, q: 3, level: 0.16 },
] as const;
/** How it blows: between gusts this much stays, and gusts are as much steeper. */
const BLOWING = {
  gusts: { floor: 0.26, steep: 1.3 },
  steady: { floor: 0.5, steep: 1 },
  breeze: { floor: 0.35, steep: 1.1 },
} as const;
/** In what: where its resonances lie, and how much of it are leaves or needles. */
const TREES = {
  pines: { low: 1, needles: 1 },
  birches: { low: 1.25, needles: 2.2 },
  bare: { low: 0.85, needles: 0.2 },
} as const;
/** The lowest of them sound in both ears at once. */
const SHARED = 3;
const GUST_FRAMES = 160;

/** One gust signal drives everything, a moment later on one side than on the other (Farnell 2010, chapter 41). */
const trees = ({ seed, length, settings }: RecipeRequest): AudioNode => {
  const [{ floor, steep }, { low, needles }] = [chosen(settings, "wind", BLOWING), chosen(settings, "trees", TREES)];
  const [slow, quick, across] = [
    wander(seed, GUST_FRAMES, length),
    wander(seed + 1, 23, length),
    wander(seed + 2, 400, length),
  ];
  const gust = (frame: number) => {
    const strength = 0.5 + 0.5 * slow(frame);
    return floor + (1 - floor) * strength ** steep * (1 + 0.22 * quick(frame));
  };
  const body = aroundTheHead(pink, seed + 10, { low: 0.98 });
  const sources = [new Float32Array(FRAME_SAMPLES), new Float32Array(FRAME_SAMPLES)] as const;
  const ears = [0, 1].map((side) => ({
    bands: BANDS.map(({ still, q }) => bandPass(still, q)),
    needles: white(seed + 20 + side),
    high: highPass(1_800),
    low: lowPass(6_500, 0.5),
    soft: softLowPass(2_500),
    rumble: highPass(90),
    late: side === 0 ? 0 : 14,
    last: 0,
  }));
  const [block, total] = [new Float32Array(FRAME_SAMPLES), new Float32Array(FRAME_SAMPLES)];
  let frame = 0;
  return {
    render({ left, right }) {
      body(...sources);
      for (const [side, out] of [left, right].entries()) {
        const ear = ears[side]!;
        const strength = gust(frame - ear.late + length);
        total.fill(0);
        for (const [index, band] of ear.bands.entries()) {
          const { still, gust: top, q, level } = BANDS[index]!;
          block.set(sources[side]!);
          band.tune(low * mixRatio(still, top, index < SHARED ? gust(frame) : strength), q);
          band(block);
          addTo(total, block, level * (index < 2 ? 1 : strength));
        }
        ear.rumble(total);
        ear.needles(block);
        ear.high(block);
        ear.low(block);
        ear.soft(block);
        addTo(total, block, 0.05 * needles * strength * strength);
        const pan = gainOf(1.4 * across(frame) * (side === 0 ? 1 : -1));
        const level = strength * pan;
        ramp(total, ear.last, level);
        ear.last = level;
        out.set(total);
      }
      frame += 1;
      return "more";
    },
  };
};

/** Wind in trees, with gusts that come and go. */
export const wind: Recipe = {
  version: 4,
  loudness: -30,
  onsetCap: 10.5,
  choices: { wind: wordsOf(BLOWING), trees: wordsOf(TREES) },
  create: (request) => ({ bed: trees(request) }),
};
