import { type AudioNode, FRAME_SAMPLES, SAMPLE_RATE } from "../../audio/format.ts";
import { prng } from "../../kernel/random.ts";
import { millisIn } from "../../kernel/units.ts";
import { air } from "../air.ts";
import { bubble, bubbleRadius } from "../bubbles.ts";
import { smoothStep } from "../curves.ts";
import { bandPass, biquad, chain, highPass, lowPass, softLowPass } from "../filters.ts";
import { sprinkle } from "../line.ts";
import { scuff } from "../modes.ts";
import { sum } from "../nodes.ts";
import { impulses, pareto } from "../noise.ts";
import { between, seedOf } from "../random.ts";
import type { Recipe } from "../recipe.ts";
import { panned } from "../space.ts";
import { type TimedSound, timeline } from "../timeline.ts";

/** Seconds from one turn of the drum to the other way. */
const TURN = 14;

/** A washing machine next door: the drum turns one way, rests, and turns the other way, and the water with it. */
export const washingMachine: Recipe = {
  version: 2,
  loudness: -30,
  onsetCap: 9,
  create({ seed, length }) {
    const total = millisIn(length) / 1_000;
    const period = total / Math.max(1, Math.round(total / TURN));
    const turning = (frame: number) => {
      const now = (frame * 0.02) % period;
      return smoothStep(0, 1.4, now) * (1 - smoothStep(period - 3, period - 1.8, now));
    };
    // The clothes fall once in each turn of the drum: 50 a minute.
    const falls = Math.round(period * (50 / 60));
    const fall = (frame: number) =>
      (0.5 - 0.5 * Math.cos((2 * Math.PI * falls * ((frame * 0.02) % period)) / period)) ** 2;
    const drum = () => chain(highPass(60), lowPass(420, 0.6), biquad("peak", 130, 1.5, 6));
    const wet = () => chain(highPass(350), lowPass(1_500, 0.6));
    const room = () => chain(highPass(70), softLowPass(260));
    let at = 0;
    const hum: AudioNode = {
      render({ left, right }) {
        for (let i = 0; i < FRAME_SAMPLES; i++) {
          const t = (2 * Math.PI * (at + i)) / SAMPLE_RATE;
          left[i] = 0.02 * (Math.sin(100 * t) + 0.4 * Math.sin(200 * t));
          right[i] = left[i]!;
        }
        at += FRAME_SAMPLES;
        return "more";
      },
    };
    return {
      bed: sum(
        air(seed + 1, drum, (frame) => 0.05 + 0.2 * turning(frame) * (0.45 + 0.55 * fall(frame))),
        air(seed + 2, wet, (frame) => 0.004 + 0.1 * turning(frame) * fall(frame - 6)),
        air(seed + 3, room, 0.06),
        hum,
        sprinkle(
          seed + 4,
          0.2,
          (frame) => 260 * turning(frame % length) * fall((frame % length) - 8) + 4,
          (random) => {
            const radius = bubbleRadius(random, 0.0008, 0.004, 1.3);
            return panned(bubble(radius, 0.02 * random() ** 2, 0.05), between(random, -0.6, 0.6));
          },
        ),
      ),
    };
  },
};

/** The groove of an old record after its last note: dust, wear, and the turntable under it. */
export const vinyl: Recipe = {
  version: 2,
  loudness: -32,
  onsetCap: 9,
  create({ seed, length }) {
    const random = prng(seed);
    const total = millisIn(length) / 1_000;
    const dust = [0, 1].map((side) => {
      const [fill, band, soft] = [
        impulses(seed + side, 34, (own) => 0.4 * pareto(own, 1.8, 7)),
        bandPass(2_600, 0.7),
        softLowPass(4_500),
      ];
      return (out: Float32Array) => {
        fill(out);
        band(out);
        soft(out);
      };
    });
    // One scratch goes round with the record, 33⅓ times a minute.
    const turns = Math.max(1, Math.round((total * (100 / 3)) / 60));
    const ticks: TimedSound[] = Array.from({ length: turns }, (_, turn) => {
      const own = seedOf(random);
      return {
        at: ((turn + 0.1) / turns) * total,
        sound: () => {
          const out = new Float32Array(2_400);
          scuff(out, prng(own), { length: 0.006, low: 500, high: 2_200, level: 0.08 });
          return panned(out, 0.1);
        },
      };
    });
    const groove = () => chain(highPass(300), softLowPass(3_200));
    const turntable = () => chain(highPass(34), lowPass(110, 0.7));
    return {
      bed: sum(
        {
          render({ left, right }) {
            dust[0]!(left);
            dust[1]!(right);
            for (let i = 0; i < FRAME_SAMPLES; i++) {
              const [l, r] = [0.5 * left[i]!, 0.5 * right[i]!];
              left[i] = 0.8 * l + 0.45 * r;
              right[i] = 0.45 * l + 0.8 * r;
            }
            return "more";
          },
        },
        air(seed + 10, groove, 0.07),
        air(seed + 11, turntable, 0.08),
      ),
      events: timeline(ticks, length, 0.1),
    };
  },
};
