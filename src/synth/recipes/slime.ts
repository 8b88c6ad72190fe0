import type { Pcm } from "../../audio/format.ts";
import { prng } from "../../kernel/random.ts";
import { millisIn } from "../../kernel/units.ts";
import { bubble, bubbleRadius } from "../bubbles.ts";
import { mixRatio } from "../curves.ts";
import { chain, highPass, softLowPass } from "../filters.ts";
import { addAt, hump, sweep } from "../gesture.ts";
import { scuff } from "../modes.ts";
import { pareto } from "../noise.ts";
import { between, betweenRatio, seedOf } from "../random.ts";
import type { Recipe } from "../recipe.ts";
import { roomTone } from "../roomTone.ts";
import { placed } from "../space.ts";
import { type TimedSound, timeline } from "../timeline.ts";

interface Squeeze {
  /** Seconds. */
  readonly length: number;
  /** Slips per second as it lets go: slow where it is pulled, quick where it is pressed. */
  readonly slips: number;
  /** Air pockets that close, per second. */
  readonly pockets: number;
  readonly level: number;
}

/** Slime that is pressed: it sticks and slips, air is drawn through it, and the pockets in it close. */
const squelch = (random: () => number, { length, slips, pockets, level }: Squeeze): Float32Array => {
  const out = new Float32Array(Math.round((length + 0.25) * 48_000));
  const [top, low, high] = [
    between(random, 0.35, 0.6),
    betweenRatio(random, 220, 380),
    betweenRatio(random, 800, 1_600),
  ];
  const wet = sweep(random, length, (t) => ({
    level: 0.32 * hump(t, top) * (0.75 + 0.25 * Math.sin(2 * Math.PI * slips * 0.23 * length * t)),
    frequency: mixRatio(low, high, hump(t, top)),
    q: 0.9,
  }));
  addAt(out, wet, 0);
  for (let at = 0; at < length; at += betweenRatio(random, 0.6, 1.6) / slips) {
    const share = at / length;
    scuff(out, random, {
      at,
      length: betweenRatio(random, 0.008, 0.026),
      low: 200,
      high: mixRatio(700, 2_500, share) * betweenRatio(random, 0.7, 1.4),
      level: 0.5 * hump(share, top) * between(random, 0.35, 1),
    });
  }
  for (let at = 0; at < length; at += -Math.log(1 - random()) / pockets) {
    const radius = bubbleRadius(random, 0.0013, 0.009, 1.7);
    const ring = bubble(radius, 0.1 * hump(at / length, top) * pareto(random, 2.2, 3), between(random, 0.05, 0.25));
    addAt(out, ring, at);
  }
  chain(highPass(160), softLowPass(1_900), softLowPass(3_200))(out);
  for (let i = 0; i < out.length; i++) out[i] = level * out[i]!;
  return out;
};

/** Slime between slow hands: pressed a few times at one side, pulled, and then at the other side. */
export const slime: Recipe = {
  version: 1,
  loudness: -30,
  onsetCap: 10,
  create({ seed, length }) {
    const random = prng(seed);
    const total = millisIn(length) / 1_000;
    const events: TimedSound[] = [];
    let side: 1 | -1 = 1;
    for (let at = 0.2; at < total - 2.6; side = side === 1 ? -1 : 1) {
      for (let times = 2 + Math.floor(random() * 4); times >= 0 && at < total - 2.4; times--) {
        const [own, azimuth, isPull] = [seedOf(random), side * between(random, 0.5, 1.2), times === 0];
        const squeeze: Squeeze = isPull
          ? { length: between(random, 1.3, 2), slips: between(random, 14, 24), pockets: 14, level: 0.8 }
          : {
              length: between(random, 0.6, 1.3),
              slips: between(random, 34, 75),
              pockets: between(random, 22, 48),
              level: between(random, 0.8, 1),
            };
        events.push({ at, sound: (): Pcm => placed(squelch(prng(own), squeeze), azimuth, 0.22, 0.5) });
        at += squeeze.length * between(random, 0.85, 1.15);
      }
      at += between(random, 0.1, 0.4);
    }
    return { bed: roomTone(seed + 9, 0.012), events: timeline(events, length, 2.5) };
  },
};
