import { type AudioNode, FRAME_SAMPLES, type Pcm } from "../../audio/format.ts";
import { prng } from "../../kernel/random.ts";
import { gainOf, millisIn } from "../../kernel/units.ts";
import { air } from "../air.ts";
import { addTo, ramp } from "../blocks.ts";
import { bubble, bubbleRadius } from "../bubbles.ts";
import { mixRatio, smoothStep, wander } from "../curves.ts";
import { bandPass, biquad, chain, highPass, softLowPass } from "../filters.ts";
import { sprinkle } from "../line.ts";
import { scuff } from "../modes.ts";
import { filtered, levelled, sum, surrounding, through } from "../nodes.ts";
import { pink } from "../noise.ts";
import { bell, between, betweenRatio, seedOf } from "../random.ts";
import { chosen, type Recipe, type RecipeRequest, wordsOf } from "../recipe.ts";
import { reverb } from "../reverb.ts";
import { roomTone } from "../roomTone.ts";
import { panned, placed } from "../space.ts";
import { type TimedSound, timeline } from "../timeline.ts";

/** How much water: bubbles a second, and the rush under them. */
const FLOW = {
  brook: { bubbles: 1_700, rush: 0.028 },
  trickle: { bubbles: 650, rush: 0.012 },
  rapids: { bubbles: 2_600, rush: 0.032 },
} as const;

/** Water that runs over stones: seventeen hundred bubbles a second on a thin rush. */
export const stream: Recipe = {
  version: 2,
  loudness: -30,
  onsetCap: 10.5,
  choices: { flow: wordsOf(FLOW) },
  create(request: RecipeRequest) {
    const { seed, length, settings } = request;
    const flow = chosen(settings, "flow", FLOW);
    const [quick, slow] = [wander(seed + 1, 14, length), wander(seed + 2, 110, length)];
    const life = (frame: number) => flow.bubbles * (1 + 0.3 * quick(frame) + 0.25 * slow(frame));
    const rush = () => chain(highPass(350), softLowPass(1_900), softLowPass(3_600));
    const quiet = filtered(surrounding(pink, seed + 20), rush(), rush());
    return {
      bed: sum(
        sprinkle(seed + 10, 0.2, life, (random): Pcm => {
          const radius = bubbleRadius(random, 0.00016, 0.0034, 1.3);
          const depth = random() ** 2;
          const level = 0.016 * (radius / 0.001) ** 0.5 * depth;
          return panned(bubble(radius, level, random() < 0.35 ? 0.08 : 0), between(random, -0.9, 0.9));
        }),
        levelled(quiet, flow.rush),
      ),
    };
  },
};

/** A drop that falls into a pool: the tick of its touch, then the bubble it leaves. */
const drip = (random: () => number, size: number): Float32Array => {
  const out = new Float32Array(9_600);
  const level = 0.5 * betweenRatio(random, 0.55, 1);
  scuff(out, random, { length: 0.004, low: 900, high: 5_000, level: 0.25 * level });
  const ring = bubble(size * betweenRatio(random, 0.88, 1.14), level, between(random, 0.03, 0.14));
  const after = Math.round(between(random, 0.006, 0.03) * 48_000);
  for (let i = 0; i < ring.length && after + i < out.length; i++) out[after + i] = out[after + i]! + ring[i]!;
  return out;
};

/** Drops in a cave, from places that slowly go round the listener. */
export const drips: Recipe = {
  version: 3,
  loudness: -30,
  onsetCap: 10,
  create({ seed, length }) {
    const random = prng(seed);
    const total = millisIn(length) / 1_000;
    const events: TimedSound[] = [];
    // A few places drip, each at a pace of its own.
    for (let place = 0; place < 6; place++) {
      const pace = betweenRatio(random, 1.1, 3.4);
      const [home, size] = [(place / 6) * 2 * Math.PI, betweenRatio(random, 0.0018, 0.0038)];
      const count = Math.round(total / pace);
      for (let index = 0; index < count; index++) {
        const at = ((index + 0.05 * bell(random)) / count) * total + place * 0.37;
        const [own, shift] = [seedOf(random), (2 * Math.PI * at) / 60];
        events.push({
          at: Math.max(0, at),
          sound: () => placed(drip(prng(own), size), home + shift, 1.2),
        });
      }
    }
    const dark = () => chain(highPass(80), softLowPass(260), softLowPass(600));
    return {
      bed: levelled(filtered(surrounding(pink, seed + 5), dark(), dark()), 0.13),
      events: through(timeline(events, length, 0.4), reverb(1.7, 0.5, 0.42, 3.1)),
    };
  },
};

interface Pour {
  readonly at: number;
  readonly length: number;
  readonly side: -1 | 1;
}

/** Tea that is poured, again and again: the stream in the cup, whose note rises as it fills. */
export const pour: Recipe = {
  version: 2,
  loudness: -30,
  onsetCap: 10.5,
  create({ seed, length }) {
    const random = prng(seed);
    const total = millisIn(length) / 1_000;
    const pours: Pour[] = [];
    let side: -1 | 1 = 1;
    for (let at = 0.3; at < total - 7; ) {
      const one = between(random, 4.5, 6.5);
      pours.push({ at, length: one, side });
      at += one + between(random, 0.5, 1.1);
      side = side === 1 ? -1 : 1;
    }
    const at = (frame: number) => {
      const now = ((frame % length) * 20) / 1_000;
      const current = pours.findLast((one) => one.at <= now) ?? pours[0]!;
      const share = (now - current.at) / current.length;
      const flow = smoothStep(0, 0.08, share) * (1 - smoothStep(0.86, 1, share));
      return { share: Math.min(1, Math.max(0, share)), flow: share < 0 ? 0 : flow, side: current.side };
    };
    const quick = wander(seed + 1, 8, length);
    let frame = 0;
    const bubbles = sprinkle(
      seed + 10,
      0.2,
      (index) => {
        frame = index;
        return 1_100 * at(index).flow * (1 + 0.4 * quick(index)) + 0.5;
      },
      (random): Pcm => {
        const { share, side: pan, flow } = at(frame);
        // Bubbles are pressed smaller as the cup fills.
        const most = mixRatio(0.0042, 0.0024, share);
        const radius = bubbleRadius(random, 0.0004, most, 1.25);
        const level = 0.02 * (radius / 0.001) ** 0.8 * random() ** 1.5 * (0.3 + 0.7 * flow);
        return panned(bubble(radius, level, random() < 0.5 ? 0.1 : 0.02), 0.55 * pan + between(random, -0.3, 0.3));
      },
    );
    return { bed: sum(bubbles, cup(seed + 30, at), roomAir(seed + 40)) };
  },
};

const roomAir = (seed: number): AudioNode => {
  const dull = () => chain(highPass(90), softLowPass(400));
  return levelled(filtered(surrounding(pink, seed), dull(), dull()), 0.004);
};

/** The air in the cup, blown by the stream. */
const cup = (seed: number, at: (frame: number) => { share: number; flow: number; side: -1 | 1 }): AudioNode => {
  const source = pink(seed);
  const [note, over] = [bandPass(500, 4), bandPass(1_500, 3)];
  const [block, second] = [new Float32Array(FRAME_SAMPLES), new Float32Array(FRAME_SAMPLES)];
  let frame = 0;
  let last = 0;
  return {
    render({ left, right }) {
      const { share, flow, side } = at(frame++);
      source(block);
      second.set(block);
      note.tune(mixRatio(480, 1_250, share), 4);
      over.tune(mixRatio(1_500, 3_400, share), 2.5);
      note(block);
      over(second);
      addTo(block, second, 0.6);
      ramp(block, last, 0.05 * flow);
      last = 0.05 * flow;
      const [l, r] = [gainOf(-2.2 * side), gainOf(2.2 * side)];
      for (let i = 0; i < FRAME_SAMPLES; i++) {
        left[i] = l * block[i]!;
        right[i] = r * block[i]!;
      }
      return "more";
    },
  };
};

/** Tiny bubbles that burst at the top of a glass, one pouring after another. */
export const fizz: Recipe = {
  version: 2,
  loudness: -30,
  onsetCap: 10,
  create({ seed, length }) {
    const total = millisIn(length) / 1_000;
    const period = total / Math.max(1, Math.round(total / 24));
    const lively = (frame: number) => {
      const now = (frame * 0.02) % period;
      return smoothStep(0, 2, now) * Math.exp(-now / 14) * (1 - smoothStep(period - 1.5, period, now)) + 0.25;
    };
    const glass = () => chain(highPass(700), biquad("peak", 2_400, 1, 4), softLowPass(5_200));
    return {
      bed: sum(
        filtered(
          sprinkle(
            seed,
            0.05,
            (frame) => 1_500 * lively(frame),
            (random) =>
              panned(
                bubble(bubbleRadius(random, 0.0003, 0.0013, 1.7), 0.03 * random() ** 2, 0.1),
                between(random, -0.8, 0.8),
              ),
          ),
          softLowPass(5_000),
          softLowPass(5_000),
        ),
        air(seed + 3, glass, (frame) => 0.02 * lively(frame)),
        roomTone(seed + 9, 0.008),
      ),
    };
  },
};
