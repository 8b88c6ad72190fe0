import type { Pcm } from "../../audio/format.ts";
import { prng } from "../../kernel/random.ts";
import { millisIn } from "../../kernel/units.ts";
import { addAt } from "../gesture.ts";
import { type Mode, scuff, strike } from "../modes.ts";
import { through } from "../nodes.ts";
import { bell, between, seedOf } from "../random.ts";
import { chosen, type Recipe, wordsOf } from "../recipe.ts";
import { reverb } from "../reverb.ts";
import { roomTone } from "../roomTone.ts";
import { placed } from "../space.ts";
import { type TimedSound, timeline } from "../timeline.ts";

/** Seconds from tick to tock: a pendulum of a metre, or one of a quarter of that. */
const BEAT = { slow: 1, quick: 0.5 } as const;

/** A thin wooden case, struck through its back board. */
const CASE: readonly Mode[] = [
  { frequency: 172, t60: 0.07, gain: 0.2 },
  { frequency: 310, t60: 0.075, gain: 0.5 },
  { frequency: 468, t60: 0.06, gain: 0.62 },
  { frequency: 742, t60: 0.045, gain: 0.55 },
  { frequency: 1_130, t60: 0.034, gain: 0.42 },
  { frequency: 1_720, t60: 0.024, gain: 0.3 },
  { frequency: 2_540, t60: 0.016, gain: 0.16 },
];

/**
 * One beat of an anchor escapement: a tooth drops onto a pallet, slides off while it pushes the pendulum, and the train
 * comes to rest some milliseconds later. The two pallets are struck at different places, which is what makes tick and tock.
 */
const beat = (random: () => number, isTock: boolean): Float32Array => {
  const out = new Float32Array(12_000);
  const pitch = (isTock ? 0.86 : 1) * (1 + 0.002 * bell(random));
  const knock = (contact: number, level: number) =>
    strike(
      CASE.map(({ frequency, t60, gain }, index) => ({
        frequency: frequency * pitch,
        t60,
        gain: gain * (isTock && index > 3 ? 0.6 : 1),
      })),
      contact,
      level,
    );
  const force = 1 + 0.05 * bell(random);
  addAt(out, knock(0.0006, 0.2 * force), 0);
  const rest = between(random, 0.0085, 0.0105);
  addAt(out, knock(0.0009, 0.09 * force), rest);
  scuff(out, random, { at: rest / 2, length: 0.006, low: 600, high: 2_600, level: 0.012 });
  return out;
};

/** A clock in a wooden case, across a quiet room. */
export const clock: Recipe = {
  version: 1,
  loudness: -30,
  onsetCap: 15.5,
  period: 100,
  choices: { beat: wordsOf(BEAT) },
  create({ seed, length, settings }) {
    const random = prng(seed);
    const total = millisIn(length) / 1_000;
    const pairs = Math.max(1, Math.round(total / (2 * chosen(settings, "beat", BEAT))));
    const pace = total / (2 * pairs);
    // No clock hangs quite straight: the way back is a little longer.
    const events: TimedSound[] = Array.from({ length: 2 * pairs }, (_, index) => {
      const [own, isTock] = [seedOf(random), index % 2 === 1];
      return {
        at: (index + 0.15 + (isTock ? 0.018 : 0)) * pace + 0.0004 * bell(random),
        sound: (): Pcm => placed(beat(prng(own), isTock), isTock ? -0.16 : 0.2, 1.2),
      };
    });
    return {
      bed: roomTone(seed + 1, 0.021),
      events: through(timeline(events, length, 0.3), reverb(0.45, 0.3, 0.55, 1.7)),
    };
  },
};
