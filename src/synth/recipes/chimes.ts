import type { Pcm } from "../../audio/format.ts";
import { prng } from "../../kernel/random.ts";
import { framesIn, type Hertz, millisIn, seconds } from "../../kernel/units.ts";
import { air } from "../air.ts";
import { mix, smoothStep, wander } from "../curves.ts";
import { chain, highPass, softLowPass } from "../filters.ts";
import { strike } from "../modes.ts";
import { sum, through } from "../nodes.ts";
import { between, betweenRatio, pick, seedOf } from "../random.ts";
import type { Recipe } from "../recipe.ts";
import { reverb } from "../reverb.ts";
import { placed } from "../space.ts";
import { type TimedSound, timeline } from "../timeline.ts";
import { wind } from "./wind.ts";

/** Bending modes of a tube that hangs free (Fletcher & Rossing 1998, chapter 2). */
const TUBE_RATIOS = [1, 2.756, 5.404] as const;
const TUBE_T60 = [3.4, 1.6, 0.5] as const;
const TUBE_GAINS = [1, 0.4, 0.1] as const;
/** Five tubes of a pentatonic scale on D. */
const TUBES: readonly Hertz[] = [587.3, 659.3, 740, 880, 987.8];

const tube = (random: () => number, note: Hertz): Float32Array =>
  strike(
    TUBE_RATIOS.map((ratio, index) => ({
      frequency: note * ratio * between(random, 0.9985, 1.0015),
      t60: TUBE_T60[index]! * between(random, 0.9, 1.1),
      gain: TUBE_GAINS[index]!,
    })),
    between(random, 0.0018, 0.003),
    1,
  );

/** Wind chimes: tubes that a breeze moves, several together in a gust and none between. */
export const windChimes: Recipe = {
  version: 3,
  loudness: -30,
  onsetCap: 10.5,
  create(request) {
    const { seed, length } = request;
    const random = prng(seed);
    const total = millisIn(length) / 1_000;
    const gust = wander(seed + 1, 240, length);
    const events: TimedSound[] = [];
    for (let at = 0.2; at < total - 0.2; ) {
      const strength = smoothStep(-0.7, 0.9, gust(at * 50));
      const [own, note] = [seedOf(random), pick(random, TUBES)];
      const level = 0.055 * betweenRatio(random, 0.3, 1) * (0.35 + 0.65 * strength);
      events.push({ at, sound: (): Pcm => placed(tube(prng(own), note), 0.5 + 0.5 * (note / 1_000), 1.2, level) });
      at += -Math.log(1 - random()) * mix(2.1, 0.4, strength) + 0.07;
    }
    const breeze = wind.create({ ...request, seed: seed + 1, settings: { wind: "breeze", trees: "birches" } }).bed!;
    const yard = () => chain(highPass(90), softLowPass(500));
    return {
      bed: sum(breeze, air(seed + 3, yard, 0.05)),
      events: through(timeline(events, length, 4), reverb(0.8, 0.2, 0.5, 3)),
      runIn: framesIn(seconds(5)),
    };
  },
};
