import { fft } from "../../../src/audio/fft.ts";
import type { Pcm } from "../../../src/audio/format.ts";
import { prng } from "../../../src/kernel/random.ts";
import { framesIn, seconds } from "../../../src/kernel/units.ts";
import { renderLoop } from "../../../src/render/loop.ts";
import { makeSound } from "../../../src/render/makeSound.ts";
import { master } from "../../../src/render/master.ts";
import { pcmOf } from "../../../src/render/measure.ts";
import type { RenderableOrigin } from "../../../src/render/renderJob.ts";
import { cochlearEnvelopes, looksAt } from "./envelopes.ts";
import { learnNames } from "./naming.ts";
import { meanStatistics, readReferences } from "./references.ts";
import type { Statistics } from "./statistics.ts";
import { statisticsOf } from "./statistics.ts";
import { type Distance, distanceFrom, type Kinds, kindsOf } from "./yardstick.ts";

const RATE = 48_000;

/** The kind of recordings with which a recipe is compared. */
const KIND_OF: Readonly<Record<string, string>> = {
  "rain-garden": "rain",
  "rain-window": "rain",
  "rain-tent": "rain",
  "rain-tin": "rain",
  fire: "fire",
  ocean: "surf",
  stream: "stream",
  wind: "wind",
};
/** Recordings of a kind below which its figures are no bar. */
const ENOUGH = 5;

/** The kind that an origin is compared with; none for what has no recordings. */
export const kindOf = (origin: RenderableOrigin): string | undefined =>
  origin.kind === "recipe" ? KIND_OF[origin.recipe] : undefined;

/** How a sound stands against recordings of its kind. */
export interface Texture {
  readonly kind: string;
  readonly distance: Distance;
  /** The distance of noise with the same spectrum. */
  readonly noise: number;
  readonly named: string;
  /** What keeps it from the bar; nothing when all is well, and for kinds with too few recordings. */
  readonly wrong: readonly string[];
}

const lookedAt = (samples: Float32Array): Statistics =>
  meanStatistics(looksAt(samples, RATE).map((look) => statisticsOf(cochlearEnvelopes(look, RATE))));

/** Gaussian noise with the spectrum of `samples`, of at most their length. */
const noiseLike = (samples: Float32Array): Float32Array => {
  const size = 2 ** Math.floor(Math.log2(samples.length));
  const [re, im] = [Float64Array.from(samples.subarray(0, size)), new Float64Array(size)];
  fft(re, im);
  const random = prng(12_345);
  // Neighbouring bins are averaged, for the spectrum and not the sound is meant.
  const near = 24;
  const power = re.map((x, i) => x ** 2 + im[i]! ** 2);
  let sum = power.subarray(0, 2 * near).reduce((a, b) => a + b, 0);
  for (let k = 1; k < size / 2; k++) {
    if (k > near) sum += power[k + near]! - power[k - near - 1]!;
    const loud = Math.sqrt((Math.max(0, sum) / (2 * near)) * -Math.log(1 - random()));
    const turn = 2 * Math.PI * random();
    re[k] = loud * Math.cos(turn);
    im[k] = loud * Math.sin(turn);
    re[size - k] = re[k]!;
    im[size - k] = -im[k]!;
  }
  re[0] = 0;
  im[0] = 0;
  fft(re, im, true);
  return Float32Array.from(re);
};

/** Reads the references once, and measures sounds against them. */
export const createYardstick = () => {
  const { used } = readReferences();
  const byKind = new Map<string, Statistics[]>();
  for (const { kind, statistics } of used) byKind.set(kind, [...(byKind.get(kind) ?? []), statistics]);
  const kinds: Kinds = kindsOf(byKind);
  const name = learnNames(used);
  return (kind: string, { left }: Pcm): Texture => {
    const statistics = lookedAt(left);
    const distance = distanceFrom(kinds[kind]!, statistics);
    const noise = distanceFrom(kinds[kind]!, lookedAt(noiseLike(left))).all;
    const named = name(statistics);
    const wrong: string[] = [];
    const hold = (good: boolean, words: string) => {
      if (!good && kinds[kind]!.count >= ENOUGH) wrong.push(words);
    };
    hold(distance.out.length === 0, `${distance.out.join(", ")} out`);
    hold(distance.all <= 1.2, `distance ${distance.all.toFixed(2)} is above 1.2`);
    hold(distance.all < noise, `noise of its spectrum is nearer (${noise.toFixed(2)})`);
    hold(named === kind, `named ${named}`);
    return { kind, distance, noise, named, wrong };
  };
};

/** Renders the first seconds of a sound, at its level, as a loop of their own. */
export const renderedPcm = async (origin: RenderableOrigin, length: number): Promise<Pcm> => {
  const made = await makeSound(origin, framesIn(seconds(length)));
  return pcmOf(master(renderLoop(made.layers, made.length), made));
};
