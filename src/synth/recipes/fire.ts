import type { AudioNode, Pcm } from "../../audio/format.ts";
import { gainOf } from "../../kernel/units.ts";
import type { Fill, Shape } from "../blocks.ts";
import { wander } from "../curves.ts";
import { bandPass, chain, highPass, lowPass, softLowPass } from "../filters.ts";
import { sprinkle } from "../line.ts";
import { scuff, strike } from "../modes.ts";
import { filtered, levelled, sum, surrounding } from "../nodes.ts";
import { brown, pareto, pink, white } from "../noise.ts";
import { between, betweenRatio } from "../random.ts";
import { chosen, type Recipe, type RecipeRequest, wordsOf } from "../recipe.ts";
import { placed } from "../space.ts";

/** How it burns: level of the flames, bursts of crackles and ticks a second. */
const BURNING = {
  hearth: { flames: 1, crackles: 16.8, ticks: 71.6 },
  embers: { flames: 0.85, crackles: 11.8, ticks: 50 },
  blaze: { flames: 1.35, crackles: 23.6, ticks: 107 },
} as const;
/** What burns: the body behind a crackle; hard wood bursts lower and less often. */
const LOGS = {
  birch: { body: 1, often: 1 },
  oak: { body: 0.8, often: 0.85 },
  pine: { body: 1.3, often: 1.6 },
} as const;

/** Lapping, roar and hiss of the flames (Farnell 2010, chapter 40): three bands of noise, each with its own life. */
const flames = ({ seed, length }: RecipeRequest, loud: number): AudioNode => {
  const part = (
    make: (seed: number) => Fill,
    shape: () => Shape,
    [own, spacing, depth, level]: readonly [number, number, number, number],
  ): AudioNode => {
    const sway = wander(seed + own + 3, spacing, length);
    const source = surrounding(make, seed + own);
    return levelled(filtered(source, shape(), shape()), (frame) => loud * level * gainOf(depth * sway(frame)));
  };
  return sum(
    part(brown, () => bandPass(124, 0.84), [0, 13, 9.9, 0.182]),
    part(pink, () => bandPass(223, 0.56), [20, 31, 6.4, 0.272]),
    part(white, () => chain(highPass(1_250), lowPass(8_500), softLowPass(7_000)), [40, 22, 7.0, 0.0614]),
  );
};

/** Wood that bursts: a click with the body of a log behind it, and sometimes a few more close after. */
const crackle = (random: () => number, log: number): Pcm => {
  const out = new Float32Array(9_600);
  const azimuth = between(random, -0.78, 0.78);
  const count = random() < 0.86 ? 2 + Math.floor(random() * 5) : 1;
  let at = 0;
  const energy = pareto(random, 2.03, 3.1);
  for (let index = 0; index < count; index++) {
    const level = 0.188 * energy * (index === 0 ? 1 : between(random, 0.15, 0.7));
    const body = strike(
      [
        { frequency: log * betweenRatio(random, 320, 900), t60: between(random, 0.012, 0.03), gain: 0.57 },
        { frequency: log * betweenRatio(random, 1_200, 3_000), t60: between(random, 0.004, 0.012), gain: 1.1 },
        { frequency: betweenRatio(random, 3_000, 7_000), t60: 0.004, gain: 0.27 },
      ],
      between(random, 0.0001, 0.0006),
      level,
    );
    const from = Math.floor(at * 48_000);
    for (let i = 0; i < body.length && from + i < out.length; i++) out[from + i] = out[from + i]! + body[i]!;
    scuff(out, random, { at, length: between(random, 0.0027, 0.016), low: 1_200, high: 9_000, level: 1.5 * level });
    at += betweenRatio(random, 0.006, 0.05);
    if (at > 0.15) break;
  }
  return placed(out, azimuth, between(random, 0.8, 1.6));
};

/** Ash and resin: ticks too small to place. */
const tick = (random: () => number): Pcm => {
  const out = new Float32Array(300);
  scuff(out, random, {
    length: betweenRatio(random, 0.00049, 0.0033),
    low: 1_500,
    high: betweenRatio(random, 4_000, 11_000),
    level: 0.03 * pareto(random, 2.1, 5.5),
  });
  return placed(out, between(random, -1, 1));
};

/** A fire in the hearth: a low roar, hisses, and crackles from the logs. */
export const fire: Recipe = {
  version: 3,
  loudness: -30,
  onsetCap: 11.5,
  choices: { fire: wordsOf(BURNING), wood: wordsOf(LOGS) },
  create(request) {
    const [burning, log] = [chosen(request.settings, "fire", BURNING), chosen(request.settings, "wood", LOGS)];
    const life = wander(request.seed + 60, 160, request.length);
    return {
      bed: sum(
        flames(request, burning.flames),
        sprinkle(
          request.seed + 70,
          0.25,
          (frame) => burning.crackles * log.often * (1 + 0.18 * life(frame)),
          (random) => crackle(random, log.body),
        ),
        sprinkle(request.seed + 80, 0.02, (frame) => burning.ticks * (1 + 0.18 * life(frame)), tick),
      ),
    };
  },
};
