import { FRAME_SAMPLES, type Pcm } from "../../audio/format.ts";
import { prng } from "../../kernel/random.ts";
import { millisIn } from "../../kernel/units.ts";
import { scuff, strike } from "../modes.ts";
import { pareto } from "../noise.ts";
import { between, betweenRatio, seedOf } from "../random.ts";
import { chosen, type Recipe, wordsOf } from "../recipe.ts";
import { roomTone } from "../roomTone.ts";
import { placed } from "../space.ts";
import { type TimedSound, timeline } from "../timeline.ts";

/** A sheet that is crumpled. */
interface Sheet {
  /** Resonances of its facets in Hz, from and to. */
  readonly facets: readonly [number, number];
  /** Seconds that a facet rings, from and to. */
  readonly ring: readonly [number, number];
  /** Exponent of the energies (Houle & Sethna 1996: 1.3 to 1.6). */
  readonly alpha: number;
  /** Clicks a second at the height of a squeeze. */
  readonly rate: number;
}

/** One facet that snaps from one shape to another. */
const snap = (sheet: Sheet, random: () => number, effort: number): Float32Array => {
  // An energy distributed as E^−α is an amplitude of Pareto exponent 2 (α − 1).
  const level = 0.02 * effort * pareto(random, 2 * (sheet.alpha - 1), 7);
  const count = 1 + Math.floor(random() * 3);
  const modes = Array.from({ length: count }, (_, index) => ({
    frequency: betweenRatio(random, ...sheet.facets),
    t60: betweenRatio(random, ...sheet.ring),
    gain: 1 / (1 + index),
  }));
  return strike(modes, betweenRatio(random, 0.00004, 0.0002), level);
};

/** A squeeze of a second or two, as one piece of sound: hands press, the paper gives in bursts, and settles. */
const squeeze = (sheet: Sheet, seed: number, length: number, effort: number): Float32Array => {
  const random = prng(seed);
  const out = new Float32Array(Math.ceil((length + 0.1) * 48_000));
  const bursts = Array.from({ length: 2 + Math.floor(random() * 4) }, () => ({
    at: between(random, 0.05, 0.95),
    width: between(random, 0.04, 0.16),
    height: between(random, 0.4, 1),
  }));
  const press = (t: number) => {
    const hand = Math.sin(Math.PI * t) ** 0.7 * 0.3;
    return Math.min(
      1,
      bursts.reduce((most, b) => most + b.height * Math.exp(-(((t - b.at) / b.width) ** 2)), hand),
    );
  };
  for (let at = 0; at < length; ) {
    const strength = Math.max(0.02, press(at / length) * Math.min(1, (10 * Math.min(at, length - at)) / length));
    at += -Math.log(1 - random()) / (sheet.rate * strength);
    const grain = snap(sheet, random, effort * (0.35 + 0.65 * strength));
    const from = Math.floor(at * 48_000);
    for (let i = 0; i < grain.length && from + i < out.length; i++) out[from + i] = out[from + i]! + grain[i]!;
  }
  return out;
};

/** How it is crumpled: length of the pauses, and the hand's effort. */
const HANDS = { busy: 1, slow: 2.2 } as const;

/** @param sheets the first is the usual one */
const crinkling = (sheets: Readonly<Record<string, Sheet>>): Recipe => ({
  version: 4,
  loudness: -30,
  onsetCap: 13,
  choices: { sheet: wordsOf(sheets), hands: wordsOf(HANDS) },
  create({ seed, length, settings }) {
    const [sheet, rest] = [chosen(settings, "sheet", sheets), chosen(settings, "hands", HANDS)];
    const total = millisIn(length) / 1_000;
    const random = prng(seed);
    const events: TimedSound[] = [];
    // Three places of the sheet, held by two hands that take turns.
    for (const [index, home] of [-1.1, 1.1, 0].entries()) {
      let at = between(random, 0, 1.5);
      while (at < total - 1) {
        const span = betweenRatio(random, 0.6, 2.4);
        const [own, azimuth] = [seedOf(random), home + between(random, -0.3, 0.3)];
        const effort = between(random, 0.5, 1) * (index === 2 ? 0.6 : 1);
        events.push({ at, sound: (): Pcm => placed(squeeze(sheet, own, span, effort), azimuth, 0.25) });
        at += span + rest * betweenRatio(random, 0.15, index === 2 ? 4 : 1.6);
      }
    }
    return { bed: roomTone(seed + 1, 0.015), events: timeline(events, length, 2.6 + FRAME_SAMPLES / 48_000) };
  },
});

/** Paper that is crumpled slowly: many small facets snapping, by power law. */
export const crinklePaper = crinkling({
  writing: { facets: [900, 9_000], ring: [0.0008, 0.007], alpha: 1.5, rate: 420 },
  tissue: { facets: [850, 6_800], ring: [0.0006, 0.003], alpha: 1.6, rate: 620 },
  card: { facets: [750, 8_500], ring: [0.001, 0.009], alpha: 1.4, rate: 260 },
});

/** Film that is stiffer and brighter than paper, and snaps less often. */
export const crinklePlastic = crinkling({
  wrapper: { facets: [1_800, 12_500], ring: [0.001, 0.009], alpha: 1.4, rate: 260 },
  bag: { facets: [1_100, 8_000], ring: [0.001, 0.007], alpha: 1.5, rate: 340 },
});

/** One cell of bubble wrap: the film gives a little, then bursts. */
const pop = (random: () => number): Float32Array => {
  const out = new Float32Array(9_600);
  const size = betweenRatio(random, 0.75, 1.3);
  const creak = squeeze(
    { facets: [1_500, 7_000], ring: [0.001, 0.005], alpha: 1.5, rate: 240 },
    random() * 2 ** 31,
    0.07,
    0.5,
  );
  out.set(creak.subarray(0, 3_400));
  const burst = strike(
    [
      { frequency: 520 / size, t60: 0.04, gain: 1 },
      { frequency: 1_150 / size, t60: 0.026, gain: 0.6 },
      { frequency: 2_500 / size, t60: 0.012, gain: 0.3 },
    ],
    0.0007,
    between(random, 0.14, 0.2),
  );
  for (let i = 0; i < burst.length; i++) out[3_400 + i] = out[3_400 + i]! + burst[i]!;
  scuff(out, random, { at: 3_400 / 48_000, length: 0.012, low: 900, high: 5_000, level: 0.06 });
  return out;
};

/** Bubble wrap, cell by cell between the fingers, at one side and then at the other. */
export const bubbleWrap: Recipe = {
  version: 4,
  loudness: -30,
  onsetCap: 14.5,
  create({ seed, length }) {
    const random = prng(seed);
    const total = millisIn(length) / 1_000;
    const film: Sheet = { facets: [1_600, 9_000], ring: [0.001, 0.006], alpha: 1.5, rate: 110 };
    const events: TimedSound[] = [];
    let side = 1;
    for (let at = 0.4; at < total - 2; ) {
      const azimuth = side * between(random, 0.45, 0.8);
      const cells = 2 + Math.floor(random() * 6);
      const [own, span] = [seedOf(random), cells * 0.24];
      events.push({ at, sound: (): Pcm => placed(squeeze(film, own, Math.min(span, 2.2), 0.6), azimuth, 0.3) });
      for (let cell = 0; cell < cells && at < total - 1; cell++) {
        const one = seedOf(random);
        events.push({ at, sound: (): Pcm => placed(pop(prng(one)), azimuth, 0.3) });
        at += betweenRatio(random, 0.11, 0.36);
      }
      at += betweenRatio(random, 0.15, 0.6);
      side = -side;
    }
    return { bed: roomTone(seed + 1, 0.0133), events: timeline(events, length, 2.5) };
  },
};
