import { type Pcm, SAMPLE_RATE } from "../../audio/format.ts";
import { prng } from "../../kernel/random.ts";
import { framesIn, gainOf, type Hertz, millisIn, seconds } from "../../kernel/units.ts";
import { air } from "../air.ts";
import { mixRatio, smoothStep } from "../curves.ts";
import { chain, highPass, softLowPass } from "../filters.ts";
import { addAt } from "../gesture.ts";
import { sum, through } from "../nodes.ts";
import { bell, between, betweenRatio, pick, seedOf } from "../random.ts";
import type { Recipe, RecipeRequest } from "../recipe.ts";
import { reverb } from "../reverb.ts";
import { placed } from "../space.ts";
import { type TimedSound, timeline } from "../timeline.ts";
import { stream } from "./water.ts";
import { wind } from "./wind.ts";

/** One whistled note of a bird. */
interface Note {
  /** Seconds. */
  readonly length: number;
  readonly from: Hertz;
  readonly to: Hertz;
  readonly level: number;
  /** Turns a second by which the pitch trembles, and by what share of it. */
  readonly tremble?: readonly [number, number];
  /** Level of the second harmonic. */
  readonly second?: number;
}

/** A syrinx whistles nearly a pure tone; what tells birds apart is how its pitch and level move. */
const whistle = ({ length, from, to, level, tremble = [0, 0], second = 0.06 }: Note): Float32Array => {
  const out = new Float32Array(Math.round(length * SAMPLE_RATE));
  const [turns, depth] = tremble;
  let phase = 0;
  for (let i = 0; i < out.length; i++) {
    const t = i / out.length;
    const shaken = 1 + depth * Math.sin((2 * Math.PI * turns * i) / SAMPLE_RATE);
    phase += (2 * Math.PI * mixRatio(from, to, smoothStep(0, 1, t)) * shaken) / SAMPLE_RATE;
    const envelope = smoothStep(0, 0.25, t) * (1 - smoothStep(0.55, 1, t));
    out[i] = level * envelope * (Math.sin(phase) + second * Math.sin(2 * phase));
  }
  return out;
};

/** Notes one after another, each with the rest that follows it, in seconds. */
const phrase = (notes: readonly (readonly [Note, number])[]): Float32Array => {
  const total = notes.reduce((length, [note, rest]) => length + note.length + rest, 0);
  const out = new Float32Array(Math.ceil((total + 0.05) * SAMPLE_RATE));
  let at = 0;
  for (const [note, rest] of notes) {
    addAt(out, whistle(note), at);
    at += note.length + rest;
  }
  return out;
};

const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));

/** Low, slow, fluted notes, and now and then a quiet twitter after them. */
const blackbird = (random: () => number): Float32Array => {
  const notes = times(3 + Math.floor(random() * 3), (): readonly [Note, number] => {
    const from = betweenRatio(random, 1_650, 2_500);
    return [
      {
        length: between(random, 0.16, 0.42),
        from,
        to: from * betweenRatio(random, 0.82, 1.22),
        level: between(random, 0.7, 1),
      },
      between(random, 0.03, 0.12),
    ];
  });
  const twitter =
    random() < 0.6
      ? times(4 + Math.floor(random() * 4), (): readonly [Note, number] => {
          const from = betweenRatio(random, 3_400, 5_200);
          return [{ length: 0.05, from, to: from * betweenRatio(random, 0.8, 1.25), level: 0.22 }, 0.012];
        })
      : [];
  return phrase([...notes, ...twitter]);
};

/** Quick silvery runs. */
const robin = (random: () => number): Float32Array =>
  phrase(
    times(9 + Math.floor(random() * 8), (): readonly [Note, number] => {
      const from = betweenRatio(random, 2_700, 5_400);
      return [
        {
          length: betweenRatio(random, 0.05, 0.19),
          from,
          to: from * betweenRatio(random, 0.75, 1.3),
          level: between(random, 0.3, 0.62),
          tremble: [between(random, 20, 40), random() < 0.3 ? 0.04 : 0],
        },
        between(random, 0.012, 0.07),
      ];
    }),
  );

/** Two notes, high and low, over and over. */
const greatTit = (random: () => number): Float32Array => {
  const [high, low] = [betweenRatio(random, 4_300, 4_900), betweenRatio(random, 3_200, 3_600)];
  return phrase(
    times(4 + Math.floor(random() * 4), () => [
      [{ length: 0.11, from: high, to: high * 0.98, level: 0.42 }, 0.06] as const,
      [{ length: 0.13, from: low, to: low * 1.01, level: 0.5 }, 0.09] as const,
    ]).flat(),
  );
};

/** Five coos, of which the second is the longest. */
const woodPigeon = (random: () => number): Float32Array => {
  const note = betweenRatio(random, 430, 490);
  const coo = (length: number, rest: number, level: number): readonly [Note, number] => [
    { length, from: note * 0.94, to: note, level, second: 0.15, tremble: [24, 0.012] },
    rest,
  ];
  return phrase([
    coo(0.3, 0.14, 0.75),
    coo(0.62, 0.2, 1),
    coo(0.42, 0.3, 0.85),
    coo(0.28, 0.12, 0.7),
    coo(0.26, 0.2, 0.6),
  ]);
};

/** A tawny owl: one long note, a rest, a short one, and a long one that trembles. */
const owl = (random: () => number): Float32Array => {
  const note = betweenRatio(random, 390, 440);
  return phrase([
    [{ length: 0.85, from: note * 0.96, to: note, level: 0.9, second: 0.1 }, 2.1],
    [{ length: 0.22, from: note, to: note * 0.96, level: 0.45, second: 0.1 }, 0.34],
    [{ length: 1.6, from: note * 1.02, to: note * 0.93, level: 1, second: 0.1, tremble: [7.5, 0.02] }, 0.1],
  ]);
};

interface Singer {
  readonly sing: (random: () => number) => Float32Array;
  /** Seconds from one phrase to the next, on average. */
  readonly every: number;
  /** Radians from ahead. */
  readonly azimuth: number;
  readonly level: number;
}

/** Each singer's phrases, spread evenly over the loop with some play. */
const songs = ({ seed, length }: RecipeRequest, singers: readonly Singer[]): readonly TimedSound[] => {
  const random = prng(seed);
  const total = millisIn(length) / 1_000;
  return singers.flatMap(({ sing, every, azimuth, level }) => {
    const count = Math.max(1, Math.round(total / every));
    const start = random();
    return times(count, (index) => {
      const own = seedOf(random);
      const place = azimuth + 0.12 * bell(random);
      return {
        at: (((index + start + 0.14 * bell(random) + 1) % count) / count) * total,
        sound: (): Pcm => placed(sing(prng(own)), place, 2, level * gainOf(1.5 * bell(prng(own + 1)))),
      };
    });
  });
};

const LONGEST = 6;
/** What the trees and the ground give back: long enough that no note ends dead. */
const outdoors = () => reverb(1.3, 0.34, 0.45, 4);
const dim = () => chain(highPass(90), softLowPass(650));

/** Birds at dawn: a blackbird near by, robins, tits and a wood pigeon farther away, all about the listener. */
export const dawnBirds: Recipe = {
  version: 2,
  loudness: -30,
  onsetCap: 10.5,
  create(request) {
    const singers: readonly Singer[] = [
      { sing: blackbird, every: 5.6, azimuth: -0.4, level: 0.05 },
      { sing: blackbird, every: 7.3, azimuth: 2.2, level: 0.03 },
      { sing: robin, every: 6.1, azimuth: 1.2, level: 0.04 },
      { sing: robin, every: 8.9, azimuth: -2.1, level: 0.018 },
      { sing: greatTit, every: 9.7, azimuth: 0.4, level: 0.026 },
      { sing: woodPigeon, every: 13.1, azimuth: -0.8, level: 0.05 },
    ];
    return {
      bed: air(request.seed + 40, dim, 0.03),
      events: through(timeline(songs(request, singers), request.length, LONGEST), outdoors()),
    };
  },
};

/** A brook in the morning: thin, bright water, and birds a long way off. */
export const brookLight: Recipe = {
  version: 2,
  loudness: -30,
  onsetCap: 10.5,
  create(request) {
    const water = stream.create({ ...request, settings: { flow: "trickle" } });
    const singers: readonly Singer[] = [
      { sing: blackbird, every: 14, azimuth: -0.8, level: 0.006 },
      { sing: robin, every: 19, azimuth: 0.9, level: 0.005 },
    ];
    return {
      ...water,
      events: through(timeline(songs(request, singers), request.length, LONGEST), outdoors()),
    };
  },
};

/** A forest at night: hardly a breeze, and an owl that calls and is answered from far away. */
export const forestNight: Recipe = {
  version: 3,
  loudness: -30,
  onsetCap: 10.5,
  create(request) {
    const breeze = wind.create({ ...request, settings: { wind: "breeze", trees: "birches" } }).bed!;
    const singers: readonly Singer[] = [
      { sing: owl, every: 23, azimuth: -0.5, level: 0.06 },
      { sing: owl, every: 37, azimuth: 1.7, level: 0.022 },
    ];
    return {
      bed: sum(breeze, air(request.seed + 60, dim, 0.05)),
      events: through(timeline(songs(request, singers), request.length, LONGEST + 1), reverb(2.2, 0.35, 0.5, 4)),
      runIn: framesIn(seconds(9)),
    };
  },
};

/** A field cricket's chirp: three pulses of its wing, 30 a second. */
const chirp = (note: Hertz, pulses: number): Float32Array =>
  phrase(
    times(
      pulses,
      (index) =>
        [{ length: 0.02, from: note * 0.985, to: note, level: 0.7 + 0.15 * index, second: 0.03 }, 0.013] as const,
    ),
  );

/** Crickets on a warm night, each at its own pace and place. */
export const crickets: Recipe = {
  version: 2,
  loudness: -30,
  onsetCap: 10.5,
  create({ seed, length }) {
    const random = prng(seed);
    const total = millisIn(length) / 1_000;
    const events = times(8, (index): readonly TimedSound[] => {
      const [note, every] = [betweenRatio(random, 3_700, 4_700), betweenRatio(random, 0.42, 0.95)];
      const [azimuth, level] = [(index / 8) * 2 * Math.PI + 0.3 * bell(random), betweenRatio(random, 0.026, 0.04)];
      const call = placed(chirp(note, pick(random, [2, 3, 3, 4])), azimuth, 2, level);
      const count = Math.round(total / every);
      // It stops now and then, as they do.
      const [rests, offset] = [betweenRatio(random, 20, 45), random()];
      return times(count, (beat) => ({
        at: ((beat + offset + 0.02 * bell(random)) / count) * total,
        sound: () => call,
      })).filter(({ at }) => (at + offset * rests) % rests > 0.18 * rests);
    }).flat();
    const night = () => chain(highPass(70), softLowPass(420));
    return {
      bed: air(seed + 50, night, 0.06),
      events: through(
        timeline(
          events.map((event) => ({ ...event, at: Math.max(0, event.at) })),
          length,
          0.3,
        ),
        reverb(0.9, 0.25, 0.5, 4),
      ),
    };
  },
};
