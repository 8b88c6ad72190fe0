import type { Pcm } from "../audio/format.ts";
import { createLoudnessMeter } from "../audio/loudness.ts";
import type { Decibels, Hertz } from "../kernel/units.ts";
import { framesIn, seconds } from "../kernel/units.ts";
import { renderLoop } from "./loop.ts";
import { makeSound } from "./makeSound.ts";
import { meanSpectrum, pcmOf, SPECTRUM } from "./measure.ts";

/** How a recipe sounded when it was last agreed to: compared by spectrum and loudness, for samples differ between machines. */
export interface Golden {
  /** LUFS, before its level is set. */
  readonly loudness: Decibels;
  /** Octave bands from 62.5 Hz on, against the whole. */
  readonly octaves: readonly Decibels[];
}

/** One of each family. */
export const FAMILIES = [
  "pink-noise",
  "rain-window",
  "ocean",
  "stream",
  "drips",
  "fire",
  "wind",
  "tap-wood",
  "scratch-fabric",
  "brush-ears",
  "crinkle-paper",
  "pages",
  "typing",
  "scissors",
  "marbles",
  "purr",
  "bowl",
  "whisper-babble",
] as const;

const LENGTH = framesIn(seconds(6));
const SEED = 7;
const LOWEST: Hertz = 62.5;
const OCTAVES = 8;

/** Renders six seconds of a recipe with a fixed seed and measures what is compared with the golden file. */
export const goldenOf = async (recipe: string): Promise<Golden> => {
  const { layers, length } = await makeSound({ kind: "recipe", recipe, seed: SEED, seconds: 6 }, LENGTH);
  const { left, right } = pcmOf(renderLoop(layers, length));
  return soundOf({ left, right });
};

/** What is compared of a sound. */
export const soundOf = ({ left, right }: Pcm): Golden => {
  const meter = createLoudnessMeter();
  meter.push({ left, right });
  const spectrum = meanSpectrum(left, right);
  const whole = spectrum.reduce((sum, power) => sum + power, 0);
  const octaves = Array.from({ length: OCTAVES }, (_, octave) => {
    const bin = (hertz: Hertz) => Math.round((hertz * SPECTRUM) / 48_000);
    const centre = LOWEST * 2 ** octave;
    const power = spectrum.subarray(bin(centre * Math.SQRT1_2), bin(centre * Math.SQRT2)).reduce((a, b) => a + b, 0);
    return Math.round(100 * Math.log10(power / whole + 1e-6)) / 10;
  });
  return { loudness: Math.round(meter.integrated() * 10) / 10, octaves };
};
