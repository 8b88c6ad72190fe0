import { type AudioNode, SAMPLE_RATE } from "../../audio/format.ts";
import { gainOf } from "../../kernel/units.ts";
import type { Fill } from "../blocks.ts";
import { wander } from "../curves.ts";
import { biquad, chain, highPass, lowPass, softLowPass } from "../filters.ts";
import { filtered, levelled, sum, surrounding } from "../nodes.ts";
import { brown, pink, white } from "../noise.ts";
import type { Recipe, RecipeRequest } from "../recipe.ts";

const wide = (make: (seed: number) => Fill, seed: number): AudioNode =>
  surrounding(make, seed, { low: 0.87, high: 0.2 });

const steady = (make: (seed: number) => Fill): Recipe => ({
  version: 2,
  loudness: -32,
  onsetCap: 5,
  create: ({ seed }) => ({ bed: wide(make, seed) }),
});

/** Brown noise (−6 dB per octave), without what lies below 30 Hz: a third of it, which only drives a loudspeaker. */
export const brownNoise: Recipe = {
  ...steady((seed) => {
    const [fill, begin] = [brown(seed), chain(highPass(30, 0.54), highPass(30, 1.31))];
    return (out) => {
      fill(out);
      begin(out);
    };
  }),
  version: 3,
};
/** Pink noise (−3 dB per octave), a little wider than mono. */
export const pinkNoise = steady(pink);
/** White noise up to 19 kHz, where Opus ends: the same power in every hertz. */
export const whiteNoise = steady((seed) => {
  const [fill, end] = [white(seed), chain(lowPass(19_000, 0.54), lowPass(19_000, 1.31))];
  return (out) => {
    fill(out);
    end(out);
  };
});

/** Hums under a noise: frequency in Hz and linear level each, both ears alike. */
const hum = (tones: readonly (readonly [number, number])[]): AudioNode => {
  let at = 0;
  return {
    render({ left, right }) {
      left.fill(0);
      for (const [frequency, level] of tones) {
        const turn = (2 * Math.PI * frequency) / SAMPLE_RATE;
        for (let i = 0; i < left.length; i++) left[i] = left[i]! + level * Math.sin(turn * (at + i));
      }
      right.set(left);
      at += left.length;
      return "more";
    },
  };
};

/** A node that breathes by `depth` decibels. */
const swaying = (node: AudioNode, { seed, length }: RecipeRequest, spacing: number, depth: number): AudioNode => {
  const sway = wander(seed, spacing, length);
  return levelled(node, (frame) => gainOf(depth * sway(frame)));
};

/** A fan on the dresser: air through blades, the motor's hum hardly there (mains hum, and 31 blades a second). */
export const fan: Recipe = {
  version: 2,
  loudness: -32,
  onsetCap: 4.5,
  create(request) {
    const air = () => chain(highPass(55), softLowPass(750), lowPass(4_200), biquad("peak", 330, 1.1, 5));
    return {
      bed: sum(
        swaying(filtered(wide(pink, request.seed), air(), air()), request, 90, 0.35),
        hum([
          [62, 0.008],
          [100, 0.006],
          [200, 0.002],
        ]),
      ),
    };
  },
};

/** The cabin of an airliner at night: the boundary layer's rumble, air from the vents, engines a beat apart. */
export const cabin: Recipe = {
  version: 2,
  loudness: -32,
  onsetCap: 4.5,
  create(request) {
    const rumble = () => chain(highPass(50), lowPass(900, 0.5), softLowPass(420));
    const vents = () => chain(highPass(1_100), softLowPass(3_200), lowPass(7_500));
    return {
      bed: sum(
        swaying(filtered(wide(pink, request.seed), rumble(), rumble()), request, 200, 0.5),
        swaying(
          filtered(wide(pink, request.seed + 5), vents(), vents()),
          { ...request, seed: request.seed + 9 },
          300,
          0.4,
        ),
        hum([
          [88.1, 0.012],
          [88.5, 0.011],
          [176.4, 0.004],
        ]),
      ),
    };
  },
};
