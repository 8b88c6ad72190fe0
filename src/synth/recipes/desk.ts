import type { Pcm } from "../../audio/format.ts";
import { prng } from "../../kernel/random.ts";
import { millisIn } from "../../kernel/units.ts";
import { mixRatio } from "../curves.ts";
import { addAt, hump, sweep } from "../gesture.ts";
import { scuff, strike } from "../modes.ts";
import { sum, through } from "../nodes.ts";
import { pareto } from "../noise.ts";
import { bell, between, betweenRatio, seedOf } from "../random.ts";
import type { Recipe } from "../recipe.ts";
import { reverb } from "../reverb.ts";
import { roomTone } from "../roomTone.ts";
import { placed } from "../space.ts";
import { type TimedSound, timeline } from "../timeline.ts";
import { type Stroke, stroking } from "./brush.ts";

/** One key: the click on its way down, the bottom 17 ms later, the release 90 ms after that. */
const key = (random: () => number, wide: boolean): Float32Array => {
  const out = new Float32Array(12_000);
  const body = wide ? 0.62 : betweenRatio(random, 0.9, 1.1);
  const force = between(random, 0.7, 1);
  const clack = (bright: number, thud: number) =>
    strike(
      [
        { frequency: 240 * body, t60: 0.03, gain: 0.12 * thud },
        { frequency: 520 * body, t60: 0.022, gain: 0.24 * thud },
        { frequency: 1_450 * body, t60: 0.016, gain: 0.6 * bright },
        { frequency: 2_650 * body, t60: 0.012, gain: 0.6 * bright },
        { frequency: 4_300 * body, t60: 0.008, gain: 0.5 * bright },
        { frequency: 6_400 * body, t60: 0.005, gain: 0.3 * bright },
      ],
      between(random, 0.0001, 0.00028),
      0.2 * force,
    );
  addAt(out, clack(0.7, 0.15), 0, 0.4);
  const bottom = 0.017 * between(random, 0.8, 1.25);
  addAt(out, clack(0.8, 1), bottom);
  scuff(out, random, { at: bottom, length: 0.004, low: 900, high: 5_000, level: 0.12 * force });
  addAt(out, clack(0.8, 0.25), bottom + 0.09 * between(random, 0.7, 1.2), 0.45);
  return out;
};

/** Words typed on a quiet keyboard, with time to think between. */
export const typing: Recipe = {
  version: 4,
  loudness: -30,
  onsetCap: 15.5,
  create({ seed, length }) {
    const random = prng(seed);
    const total = millisIn(length) / 1_000;
    const events: TimedSound[] = [];
    for (let at = 0.3; at < total - 1.5; ) {
      const words = 1 + Math.floor(random() * 5);
      for (let word = 0; word < words && at < total - 1; word++) {
        const letters = 2 + Math.floor(random() * 7);
        for (let letter = 0; letter <= letters; letter++) {
          const [own, wide] = [seedOf(random), letter === letters];
          const azimuth = wide ? 0 : between(random, -1, 1);
          events.push({ at, sound: (): Pcm => placed(key(prng(own), wide), azimuth, 0.4) });
          at += Math.max(0.06, 0.15 + 0.035 * bell(random));
        }
      }
      at += betweenRatio(random, 0.25, 1.2);
    }
    return {
      bed: roomTone(seed + 1, 0.0068),
      events: through(timeline(events, length, 0.3), reverb(0.22, 0.06, 0.4)),
    };
  },
};

/** A page: a finger slides under its corner, the sheet swings over with a flutter, and settles on the others. */
const page = (random: () => number): Float32Array => {
  const out = new Float32Array(48_000 * 2);
  const slide = between(random, 0.25, 0.5);
  addAt(
    out,
    sweep(random, slide, (t) => ({ level: 0.05 * hump(t, 0.7), frequency: 2_600, q: 0.6 })),
    0,
  );
  const turn = between(random, 0.4, 0.62);
  const swing = slide + between(random, 0.02, 0.15);
  const flutter = between(random, 40, 50);
  const over = sweep(random, turn, (t) => ({
    level: 0.16 * hump(t, 0.45) * (1 + 0.45 * Math.sin(2 * Math.PI * flutter * turn * t)),
    frequency: mixRatio(1_300, 4_900, t),
    q: 0.7,
  }));
  addAt(out, over, swing);
  for (let at = 0; at < turn; at += -Math.log(1 - random()) / 220) {
    const modes = [{ frequency: betweenRatio(random, 1_500, 7_000), t60: betweenRatio(random, 0.001, 0.005), gain: 1 }];
    addAt(out, strike(modes, 0.00008, 0.02 * hump(at / turn) * pareto(random, 1.8, 6)), swing + at);
  }
  const down = swing + turn * 0.92;
  addAt(
    out,
    sweep(random, 0.22, (t) => ({ level: 0.12 * hump(t, 0.12), frequency: 520, q: 0.6 })),
    down,
  );
  scuff(out, random, { at: down + 0.02, length: 0.12, low: 300, high: 3_000, level: 0.06 });
  return out;
};

/** A book that is leafed through in a quiet room. */
export const pages: Recipe = {
  version: 3,
  loudness: -30,
  onsetCap: 13,
  create({ seed, length }) {
    const random = prng(seed);
    const total = millisIn(length) / 1_000;
    const events: TimedSound[] = [];
    for (let at = 0.4; at < total - 2; at += betweenRatio(random, 1.7, 3.4)) {
      const own = seedOf(random);
      const azimuth = between(random, -0.5, 0.5);
      events.push({ at, sound: (): Pcm => placed(page(prng(own)), azimuth, 0.5) });
    }
    return {
      bed: roomTone(seed + 1, 0.004),
      events: through(timeline(events, length, 2.1), reverb(0.3, 0.05, 0.45)),
    };
  },
};

/** A hand laid flat on folded cloth. */
const pat = (random: () => number): Float32Array => {
  const out = new Float32Array(9_600);
  const modes = [
    { frequency: betweenRatio(random, 85, 130), t60: 0.09, gain: 1 },
    { frequency: betweenRatio(random, 170, 260), t60: 0.06, gain: 0.5 },
  ];
  addAt(out, strike(modes, 0.006, 0.3), 0);
  scuff(out, random, { length: 0.07, low: 180, high: 1_600, level: 0.3 });
  return out;
};

/** Towels that are smoothed, folded and patted. */
export const towel: Recipe = {
  version: 4,
  loudness: -30,
  onsetCap: 10.5,
  create({ seed, length }) {
    const random = prng(seed);
    const total = millisIn(length) / 1_000;
    const strokes: Stroke[] = [];
    const events: TimedSound[] = [];
    for (let at = 0.2; at < total - 6; ) {
      const folds = 2 + Math.floor(random() * 3);
      for (let fold = 0; fold < folds && at < total - 4; fold++) {
        const one = between(random, 0.6, 1.3);
        const from = (random() < 0.5 ? -1 : 1) * between(random, 0.5, 1.3);
        strokes.push({ at, length: one, from, to: -from, effort: between(random, 0.6, 1) });
        at += one + between(random, 0.1, 0.5);
      }
      for (let pats = 1 + Math.floor(random() * 2); pats > 0; pats--) {
        const [own, azimuth] = [seedOf(random), between(random, -0.9, 0.9)];
        events.push({ at, sound: (): Pcm => placed(pat(prng(own)), azimuth, 0.4, 0.75) });
        at += between(random, 0.3, 0.5);
      }
    }
    const cloth = {
      slow: 350,
      fast: 1_900,
      hush: 0.5,
      rate: 240,
      catch: 900,
      catchQ: 0.7,
      grain: 0.3,
      highPass: 130,
      distance: 0.3,
    };
    return {
      bed: sum(stroking({ seed, length }, strokes, cloth), roomTone(seed + 9, 0.021)),
      events: timeline(events, length, 0.3),
    };
  },
};
