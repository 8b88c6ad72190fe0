import type { AudioNode } from "../../audio/format.ts";
import type { Fill } from "../blocks.ts";
import { brown, pink, stereo } from "../noise.ts";
import type { Recipe } from "../recipe.ts";

const wide = (make: (seed: number) => Fill, seed: number): AudioNode => {
  const fill = stereo(make, seed, 0.2);
  return {
    render({ left, right }) {
      fill(left, right);
      return "more";
    },
  };
};

const steady = (make: (seed: number) => Fill): Recipe => ({
  version: 1,
  loudness: -32,
  onsetCap: 5,
  create: ({ seed }) => ({ bed: wide(make, seed) }),
});

export const brownNoise = steady((seed) => brown(seed));
export const pinkNoise = steady(pink);
