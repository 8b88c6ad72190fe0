import { prng, type Random } from "../../kernel/random.ts";
import { millisIn } from "../../kernel/units.ts";
import { addAt, hump, sweep } from "../gesture.ts";
import { sum } from "../nodes.ts";
import { between, pick, seedOf } from "../random.ts";
import type { Recipe } from "../recipe.ts";
import { roomTone } from "../roomTone.ts";
import { placed } from "../space.ts";
import { type TimedSound, timeline } from "../timeline.ts";
import { breathing } from "./whisper.ts";

/** Stops and hisses are noise in a whisper and in a voice alike: nothing of them has to be spoken. */
const stop = (random: Random, frequency: number, length: number, level: number): Float32Array =>
  sweep(random, length, (share) => ({
    level: level * Math.min(1, share * 12) * Math.exp(-5 * share),
    frequency,
    q: 1.1,
  }));
const hiss = (random: Random, length: number, level: number): Float32Array =>
  sweep(random, length, (share) => ({ level: level * hump(share, 0.55), frequency: 5_400, q: 1.1 }));

/** The tongue's tip, then its back; the second of them has more breath after it. */
const tk = (random: Random): Float32Array => {
  const out = new Float32Array(12_000);
  addAt(out, stop(random, between(random, 3_700, 4_300), 0.05, 0.5), 0.01);
  addAt(out, stop(random, between(random, 1_750, 2_150), 0.09, 0.62), between(random, 0.085, 0.105));
  return out;
};
const sk = (random: Random): Float32Array => {
  const out = new Float32Array(16_000);
  addAt(out, hiss(random, between(random, 0.1, 0.15), 0.2), 0.01);
  addAt(out, stop(random, between(random, 1_750, 2_150), 0.09, 0.6), between(random, 0.15, 0.17));
  return out;
};
const shk = (random: Random): Float32Array => {
  const out = new Float32Array(18_000);
  addAt(
    out,
    sweep(random, 0.16, (share) => ({ level: 0.4 * hump(share, 0.5), frequency: 3_100, q: 1.3 })),
    0.01,
  );
  addAt(out, stop(random, between(random, 1_750, 2_150), 0.08, 0.5), between(random, 0.18, 0.2));
  return out;
};
/** Each with the seconds from one to the next. */
const WORDS = [
  { say: tk, every: 0.24 },
  { say: tk, every: 0.34 },
  { say: sk, every: 0.42 },
  { say: shk, every: 0.5 },
] as const;

/** Whispered syllables without a meaning, over and over, at one ear and then at the other. */
export const triggerWords: Recipe = {
  version: 1,
  loudness: -30,
  onsetCap: 11.5,
  create({ seed, length }) {
    const random = prng(seed);
    const total = millisIn(length) / 1_000;
    const events: TimedSound[] = [];
    let side: 1 | -1 = 1;
    for (let at = 0.4; at < total - 3; ) {
      const { say, every } = pick(random, WORDS);
      const azimuth = side * between(random, 0.9, 1.35);
      for (let left = 5 + Math.floor(random() * 9); left > 0 && at < total - 1; left--) {
        const [own, level] = [seedOf(random), between(random, 0.8, 1)];
        events.push({ at, sound: () => placed(say(prng(own)), azimuth, 0.16, level) });
        at += every * between(random, 0.94, 1.06);
      }
      at += between(random, 0.5, 1.3);
      side = side === 1 ? -1 : 1;
    }
    return {
      bed: sum(breathing(seed + 50, 0.05), roomTone(seed + 60, 0.012)),
      events: timeline(events, length, 0.5),
    };
  },
};
