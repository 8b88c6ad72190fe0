import type { Pcm } from "../../audio/format.ts";
import { prng } from "../../kernel/random.ts";
import { gainOf, millisIn } from "../../kernel/units.ts";
import { type Mode, scuff, strike } from "../modes.ts";
import { through } from "../nodes.ts";
import { bell, between, betweenRatio, pick, seedOf } from "../random.ts";
import { chosen, type Recipe, type RecipeRequest, wordsOf } from "../recipe.ts";
import { reverb } from "../reverb.ts";
import { roomTone } from "../roomTone.ts";
import { placed } from "../space.ts";
import { type TimedSound, timeline } from "../timeline.ts";

/** What is tapped. */
interface Body {
  /** Modes when struck where all of them sound. */
  readonly modes: readonly Mode[];
  /** Seconds that a nail touches it, from and to; a finger's pad touches two to three times as long. */
  readonly contact: readonly [number, number];
  /** The nail itself: level of its click, and its brightest frequency. */
  readonly click: number;
  readonly clickTop: number;
  /** Level of the room's answer. */
  readonly wet: number;
  /** Level of the room's own tone: no tap comes out of silence. */
  readonly room: number;
  /** Radians from ahead between which it is, on either side. */
  readonly aside: readonly [number, number];
}

/** One tap; `where` (0 to 1) is the place on the body, which decides what sounds of each mode. */
const tap = (body: Body, random: () => number, where: number, pad: boolean, level: number): Float32Array => {
  const modes = body.modes.map(({ frequency, t60, gain }, index) => ({
    frequency: frequency * (1 + 0.004 * bell(random)),
    t60: t60 * (pad ? 0.7 : 1) * between(random, 0.9, 1.1),
    // A bar held at its ends moves most in the middle for the first mode, and so on.
    gain: gain * (0.25 + 0.75 * Math.abs(Math.sin(Math.PI * (index + 1) * (0.12 + 0.76 * where)))),
  }));
  const [short, long] = body.contact;
  const contact = between(random, short, long) * (pad ? 2.6 : 1);
  const struck = strike(modes, contact, level);
  const out = new Float32Array(Math.max(struck.length, 2_400));
  out.set(struck);
  const click = (pad ? 0.35 : 1) * body.click * level;
  scuff(out, random, { length: pad ? 0.006 : 0.0022, low: 1_300, high: pad ? 2_400 : body.clickTop, level: click });
  return out;
};

interface Roll {
  readonly at: number;
  readonly azimuth: number;
  readonly pad: boolean;
  readonly taps: readonly {
    readonly after: number;
    readonly level: number;
    readonly where: number;
    readonly seed: number;
  }[];
}

/** What taps: how often a roll is one of pads instead of nails. */
const FINGERS = { both: 0.3, nails: 0, pads: 1 } as const;
/** How: the time from tap to tap and from roll to roll, against the usual. */
const PACE = { rolls: 1, slow: 1.7 } as const;

/** Fingers that roll over the body, four or five at a time, now at one ear and now at the other, with rests. */
const rolls = (seed: number, total: number, aside: Body["aside"], pads: number, slow: number): readonly Roll[] => {
  const random = prng(seed);
  const all: Roll[] = [];
  let side = random() < 0.5 ? -1 : 1;
  let at = 0.4;
  while (at < total - 2) {
    const pad = random() < pads;
    const times = 1 + Math.floor(random() * 4);
    const azimuth = side * between(random, ...aside);
    const pace = slow * between(random, 0.075, 0.125);
    for (let time = 0; time < times && at < total - 1.5; time++) {
      const count = pick(random, [1, 2, 2, 3, 4, 4, 5, 5]);
      const begin = between(random, 0, 0.5);
      let after = 0;
      const taps = Array.from({ length: count }, (_, finger) => {
        const one = {
          after,
          level: gainOf(-0.9 * finger * (count > 3 ? 1 : 0) + 1.6 * bell(random)),
          where: Math.min(1, begin + finger * 0.11),
          seed: seedOf(random),
        };
        after += Math.max(0.045, pace + 0.006 * bell(random));
        return one;
      });
      all.push({ at, azimuth: azimuth + 0.08 * bell(random), pad, taps });
      at += after + slow * betweenRatio(random, 0.12, 0.5);
    }
    at += slow * betweenRatio(random, 0.2, 0.9);
    side = -side;
  }
  return all;
};

const tapping = (body: Body, bodies?: Readonly<Record<string, readonly Mode[]>>): Recipe => ({
  version: 5,
  loudness: -30,
  onsetCap: 15.5,
  choices: { fingers: wordsOf(FINGERS), pace: wordsOf(PACE), ...(bodies && { wood: wordsOf(bodies) }) },
  create({ seed, length, settings }: RecipeRequest) {
    const [pads, slow] = [chosen(settings, "fingers", FINGERS), chosen(settings, "pace", PACE)];
    const struck = bodies === undefined ? body : { ...body, modes: chosen(settings, "wood", bodies) };
    const events: TimedSound[] = rolls(seed, millisIn(length) / 1_000, body.aside, pads, slow).flatMap(
      ({ at, azimuth, pad, taps }) =>
        taps.map(({ after, level, where, seed: own }) => ({
          at: at + after,
          sound: (): Pcm => placed(tap(struck, prng(own), where, pad, 0.3 * level), azimuth, 0.3),
        })),
    );
    return {
      bed: roomTone(seed + 1, body.room),
      events: through(timeline(events, length, 1), reverb(0.24, body.wet, 0.3)),
    };
  },
});

const WOOD: readonly Mode[] = [
  { frequency: 168, t60: 0.075, gain: 0.14 },
  { frequency: 243, t60: 0.07, gain: 0.22 },
  { frequency: 412, t60: 0.06, gain: 0.5 },
  { frequency: 655, t60: 0.05, gain: 0.75 },
  { frequency: 1_020, t60: 0.038, gain: 0.9 },
  { frequency: 1_480, t60: 0.028, gain: 0.8 },
  { frequency: 2_230, t60: 0.02, gain: 0.6 },
  { frequency: 3_140, t60: 0.014, gain: 0.45 },
  { frequency: 4_350, t60: 0.01, gain: 0.3 },
];

/** The same board of another wood: lighter and softer (cedar), or denser, which rings longer and higher (maple). */
const of = (pitch: number, ring: number): readonly Mode[] =>
  WOOD.map(({ frequency, t60, gain }) => ({ frequency: frequency * pitch, t60: t60 * ring, gain }));

/** Fingertips and nails on a wooden board. */
export const tapWood = tapping(
  { modes: WOOD, contact: [0.00025, 0.0006], click: 2.6, clickTop: 9_000, wet: 0.08, room: 0.0095, aside: [0.4, 0.85] },
  { oak: WOOD, cedar: of(0.8, 0.8), maple: of(1.25, 1.3) },
);

const GLASS: readonly Mode[] = [
  { frequency: 420, t60: 0.03, gain: 0.08 },
  { frequency: 962, t60: 0.12, gain: 0.22 },
  { frequency: 974, t60: 0.12, gain: 0.18 },
  { frequency: 1_730, t60: 0.11, gain: 0.5 },
  { frequency: 2_480, t60: 0.09, gain: 0.5 },
  { frequency: 3_940, t60: 0.065, gain: 0.42 },
  { frequency: 5_830, t60: 0.04, gain: 0.3 },
  { frequency: 8_100, t60: 0.025, gain: 0.16 },
];

/** Fingernails on a drinking glass: its rim bends in waves, from the second on. */
export const tapGlass = tapping({
  modes: GLASS,
  contact: [0.0001, 0.00024],
  click: 0.8,
  clickTop: 10_000,
  wet: 0.06,
  room: 0.037,
  aside: [0.4, 0.85],
});

const CERAMIC: readonly Mode[] = [
  { frequency: 620, t60: 0.03, gain: 0.2 },
  { frequency: 1_040, t60: 0.05, gain: 0.72 },
  { frequency: 1_310, t60: 0.05, gain: 0.55 },
  { frequency: 1_930, t60: 0.042, gain: 0.5 },
  { frequency: 2_760, t60: 0.03, gain: 0.35 },
  { frequency: 4_180, t60: 0.02, gain: 0.24 },
  { frequency: 6_050, t60: 0.012, gain: 0.14 },
];

/** Fingernails on a ceramic cup. */
export const tapCeramic = tapping({
  modes: CERAMIC,
  contact: [0.00014, 0.00034],
  click: 0.95,
  clickTop: 9_000,
  wet: 0.06,
  room: 0.024,
  aside: [0.2, 0.55],
});

const PLASTIC: readonly Mode[] = [
  { frequency: 330, t60: 0.04, gain: 0.12 },
  { frequency: 520, t60: 0.038, gain: 0.4 },
  { frequency: 780, t60: 0.036, gain: 0.85 },
  { frequency: 1_090, t60: 0.032, gain: 0.9 },
  { frequency: 1_520, t60: 0.024, gain: 0.62 },
  { frequency: 2_200, t60: 0.016, gain: 0.5 },
  { frequency: 3_300, t60: 0.01, gain: 0.35 },
];

/** Fingernails on a plastic box. */
export const tapPlastic = tapping({
  modes: PLASTIC,
  contact: [0.00025, 0.0006],
  click: 0.8,
  clickTop: 7_000,
  wet: 0.05,
  room: 0.0185,
  aside: [0.25, 0.65],
});
