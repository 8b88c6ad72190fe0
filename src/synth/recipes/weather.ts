import type { Pcm } from "../../audio/format.ts";
import { SAMPLE_RATE } from "../../audio/format.ts";
import { prng } from "../../kernel/random.ts";
import { framesIn, millisIn, seconds } from "../../kernel/units.ts";
import { air } from "../air.ts";
import { smoothStep, wander } from "../curves.ts";
import { biquad, chain, highPass, lowPass, softLowPass } from "../filters.ts";
import { sum } from "../nodes.ts";
import { brown } from "../noise.ts";
import { bell, between, betweenRatio, seedOf } from "../random.ts";
import type { Recipe } from "../recipe.ts";
import { type TimedSound, timeline } from "../timeline.ts";
import { rainGarden } from "./rain.ts";
import { stream } from "./water.ts";

const PEAL = 11;

/**
 * Thunder from kilometres away: the claps of a long, crooked channel arrive one after another, each softened by the air
 * (Few 1974, "Thunder signatures"); what is left is a rumble that swells before it fades.
 */
const peal = (seed: number, level: number): Pcm => {
  const random = prng(seed);
  const samples = PEAL * SAMPLE_RATE;
  const envelope = new Float32Array(samples / 480);
  for (let clap = 0; clap < 9; clap++) {
    const at = between(random, 0.2, 4.5) ** 1.1;
    const [rise, fall, height] = [between(random, 0.35, 0.9), between(random, 0.8, 2), betweenRatio(random, 0.25, 1)];
    for (let i = 0; i < envelope.length; i++) {
      const age = i / 100 - at;
      if (age > 0) envelope[i] = envelope[i]! + height * smoothStep(0, rise, age) * Math.exp(-age / fall);
    }
  }
  const ear = (shift: number): Float32Array => {
    const out = new Float32Array(samples);
    const fill = brown(seed + 1, 25);
    const own = brown(seed + 2 + shift, 25);
    fill(out);
    const other = new Float32Array(samples);
    own(other);
    for (let i = 0; i < samples; i++) out[i] = 0.85 * out[i]! + 0.5 * other[i]!;
    chain(highPass(38), lowPass(150, 0.6), softLowPass(120))(out);
    for (let i = 0; i < samples; i++) {
      const end = 1 - smoothStep(0.75, 1, i / samples);
      const at = i / 480;
      const index = Math.min(envelope.length - 2, Math.floor(at));
      out[i] = level * end * out[i]! * (envelope[index]! + (envelope[index + 1]! - envelope[index]!) * (at - index));
    }
    return out;
  };
  return { left: ear(1), right: ear(2) };
};

/** Thunder a long way off, behind steady rain. */
export const thunder: Recipe = {
  version: 2,
  loudness: -30,
  onsetCap: 10.5,
  create(request) {
    const { seed, length } = request;
    const rain = rainGarden.create({ ...request, settings: { distance: "far" } });
    const random = prng(seed + 70);
    const total = millisIn(length) / 1_000;
    const count = Math.max(1, Math.round(total / 27));
    const peals: TimedSound[] = Array.from({ length: count }, (_, index) => {
      const [own, level] = [seedOf(random), betweenRatio(random, 0.18, 0.5)];
      return { at: Math.max(0, ((index + 0.5 + 0.18 * bell(random)) / count) * total), sound: () => peal(own, level) };
    });
    const rolling = timeline(peals, length, PEAL + 0.1);
    return {
      ...rain,
      events: rain.events === undefined ? rolling : sum(rain.events, rolling),
      runIn: framesIn(seconds(PEAL + 1)),
    };
  },
};

/** A waterfall: the broad roar of falling water, with bubbles in its pool. */
export const waterfall: Recipe = {
  version: 2,
  loudness: -30,
  onsetCap: 8,
  create(request) {
    const { seed, length } = request;
    const [quick, slow] = [wander(seed + 80, 6, length), wander(seed + 81, 130, length)];
    const fall = () => chain(highPass(110), biquad("peak", 420, 0.8, 5), softLowPass(2_600));
    const spray = () => chain(highPass(2_200), softLowPass(5_500));
    const pool = stream.create({ ...request, settings: { flow: "rapids" } }).bed!;
    return {
      bed: sum(
        air(seed + 82, fall, (frame) => 0.21 * (1 + 0.07 * quick(frame) + 0.06 * slow(frame))),
        air(seed + 83, spray, (frame) => 0.1 * (1 + 0.16 * quick(frame + 40))),
        pool,
      ),
    };
  },
};
