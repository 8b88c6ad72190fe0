import { type AudioNode, FRAME_SAMPLES, type Pcm, SAMPLE_RATE } from "../../audio/format.ts";
import { prng } from "../../kernel/random.ts";
import { framesIn, millisIn, seconds } from "../../kernel/units.ts";
import { air } from "../air.ts";
import { addTo } from "../blocks.ts";
import { smoothStep, wander } from "../curves.ts";
import { bandPass, biquad, chain, highPass, lowPass, softLowPass } from "../filters.ts";
import { hump } from "../gesture.ts";
import { strike } from "../modes.ts";
import { filtered, levelled, sum, surrounding } from "../nodes.ts";
import { brown, pink } from "../noise.ts";
import { bell, between, seedOf } from "../random.ts";
import { chosen, type Recipe, type RecipeRequest, wordsOf } from "../recipe.ts";
import { roomTone } from "../roomTone.ts";
import { type TimedSound, timeline } from "../timeline.ts";

interface Breath {
  readonly at: number;
  readonly length: number;
  /** Pulses a second: 27.5 in, 24.5 out (Frazer Sissom, Rice & Peters 1991: 25 to 28 Hz in adult cats). */
  readonly rate: number;
  readonly level: number;
}

const breaths = (seed: number, total: number): readonly Breath[] => {
  const random = prng(seed);
  const all: Breath[] = [];
  for (let at = 0; at < total - 3.2; ) {
    for (const [rate, level, length] of [
      [27.5, 1, between(random, 1.2, 1.5)],
      [24.5, 0.72, between(random, 1.3, 1.7)],
    ] as const) {
      all.push({ at, length, rate: rate * (1 + 0.015 * bell(random)), level: level * (1 + 0.08 * bell(random)) });
      at += length + 0.06;
    }
    at += between(random, 0, 0.15);
  }
  return all;
};

/** Samples by which the pulses reach the right ear later: the cat lies on the left shoulder. */
const LATE = 80;

/** The cat's larynx opens and shuts: a pulse of air each time, through a chest, a throat and fur. */
const purring = ({ seed, length }: RecipeRequest): AudioNode => {
  const all = breaths(seed, millisIn(length) / 1_000);
  const random = prng(seed + 1);
  const air = pink(seed + 2);
  const side = [0, 1].map((index) => ({
    chest: bandPass(95, 4),
    throat: bandPass(210 + 8 * index, 4),
    fur: bandPass(440 + 25 * index, 3.5),
    soft: softLowPass(1_400),
  }));
  const [pulses, noise, block] = [0, 1, 2].map(() => new Float32Array(FRAME_SAMPLES)) as [
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  const late = new Float32Array(FRAME_SAMPLES + LATE);
  const turn = wander(seed + 3, 300, length);
  let [frame, phase, flow] = [0, 0, 0];
  return {
    render({ left, right }) {
      const now = ((frame % length) * 20) / 1_000;
      const breath = all.findLast((one) => one.at <= now) ?? all[0]!;
      const share = (now - breath.at) / breath.length;
      const level = breath.level * smoothStep(0, 0.16, share) * (1 - smoothStep(0.82, 1.02, share));
      air(noise);
      for (let i = 0; i < FRAME_SAMPLES; i++) {
        phase += breath.rate / SAMPLE_RATE;
        const strikes = phase >= 1;
        if (strikes) {
          phase -= 1;
          flow = level * (1 + 0.22 * bell(random));
        }
        flow *= 0.9992;
        pulses[i] = (strikes ? 14 * flow : 0) + 0.3 * flow * noise[i]!;
      }
      late.copyWithin(0, FRAME_SAMPLES);
      late.set(pulses, LATE);
      for (const [index, out] of [left, right].entries()) {
        const { chest, throat, fur, soft } = side[index]!;
        out.fill(0);
        for (const [shape, gain] of [
          [chest, 1],
          [throat, 0.75],
          [fur, 0.5],
        ] as const) {
          block.set(index === 0 ? pulses : late.subarray(0, FRAME_SAMPLES));
          shape(block);
          addTo(out, block, gain * (1 + (index === 0 ? 0.15 : -0.15) * turn(frame)));
        }
        block.set(noise);
        soft(block);
        addTo(out, block, 0.012 * level);
      }
      frame += 1;
      return "more";
    },
  };
};

/** A purring cat: glottal pulses at some 25 Hz that swell with each breath in and out. */
export const purr: Recipe = {
  version: 3,
  loudness: -30,
  onsetCap: 10.5,
  create: (request) => ({ bed: sum(purring(request), roomTone(request.seed + 9, 0.01)) }),
};

/** A thud of the heart, as through a chest: a low note that falls a little, with a soft edge. */
const thud = (seed: number, frequency: number, level: number): Pcm => {
  const random = prng(seed);
  const samples = Math.round(0.34 * SAMPLE_RATE);
  const left = new Float32Array(samples);
  const wall = softLowPass(210);
  let phase = 0;
  for (let i = 0; i < samples; i++) {
    const t = i / SAMPLE_RATE;
    phase += (2 * Math.PI * frequency * (1 + 0.35 * Math.exp(-t * 40))) / SAMPLE_RATE;
    const envelope = smoothStep(0, 0.014, t) * Math.exp(-t * 15) * (1 - smoothStep(0.28, 0.34, t));
    left[i] = level * envelope * (Math.sin(phase) + 0.35 * Math.sin(2 * phase) + 0.5 * (random() - 0.5));
  }
  wall(left);
  // The heart lies a little to the left.
  return { left, right: left.map((x) => 0.84 * x) };
};

/** Two soft thumps per beat through the chest wall, with a pace that breathes. */
export const heartbeat: Recipe = {
  version: 3,
  loudness: -30,
  onsetCap: 10,
  create({ seed, length }) {
    const random = prng(seed);
    const total = millisIn(length) / 1_000;
    const count = Math.round((total * 58) / 60);
    const events: TimedSound[] = Array.from({ length: count }, (_, beat) => {
      // The heart is a little faster as one breathes in.
      const at = ((beat + 0.035 * Math.sin((2 * Math.PI * beat) / 5) + 0.006 * bell(random)) / count) * total + 0.1;
      const [first, second] = [seedOf(random), seedOf(random)];
      const level = 1 + 0.05 * bell(random);
      return [
        { at, sound: () => thud(first, 55, level) },
        { at: at + 0.3, sound: () => thud(second, 70, 0.62 * level) },
      ];
    }).flat();
    return { bed: sum(blood(seed + 1), roomTone(seed + 5, 0.004)), events: timeline(events, length, 0.4) };
  },
};

/** What the ear hears of its own blood. */
const blood = (seed: number): AudioNode => {
  const skull = () => chain(highPass(40), softLowPass(180));
  const vessels = surrounding((own) => brown(own, 60), seed, { low: 0.45 });
  return levelled(filtered(vessels, skull(), skull()), 0.16);
};

const BOWL_RATIOS = [1, 2.71, 5.15, 8.2] as const;
const BOWL_T60 = [21, 12, 6.5, 3] as const;
const BOWL_GAINS = [1, 0.42, 0.16, 0.05] as const;

/** Seconds in which a bowl that is struck with a felted mallet, and rubbed on, comes to sound; and what sounds at once. */
const [SWELL, AT_ONCE] = [0.7, 0.1];

/** A bronze bowl: no mode is alone, for no bowl is quite round; each pair beats (Inácio, Henrique & Antunes 2006). */
const bowlStrike = (seed: number, note: number, level: number): Pcm => {
  const random = prng(seed);
  const ear = (shift: number): Float32Array =>
    strike(
      BOWL_RATIOS.flatMap((ratio, index) => {
        const beat = [0.55, 1.1, 2.2, 4][index]! * between(random, 0.9, 1.1);
        const gain = BOWL_GAINS[index]!;
        return [
          { frequency: note * ratio + between(random, -0.14, 0.14), t60: BOWL_T60[index]!, gain },
          { frequency: note * ratio + beat, t60: BOWL_T60[index]! * 0.95, gain: gain * (0.55 + shift) },
        ];
      }),
      0.006,
      level,
    );
  const [left, right] = [ear(0.1), ear(-0.1)];
  for (let i = 0; i < SWELL * SAMPLE_RATE; i++) {
    const gain = AT_ONCE + (1 - AT_ONCE) * smoothStep(0, SWELL, i / SAMPLE_RATE);
    left[i] = left[i]! * gain;
    right[i] = right[i]! * gain;
  }
  const samples = Math.min(left.length, right.length);
  return { left: left.subarray(0, samples), right: right.subarray(0, samples) };
};

/** The bowls that are struck, in Hz: the first most often. */
const BOWLS = {
  deep: { notes: [174, 131], most: 0.72 },
  bright: { notes: [349, 262], most: 0.72 },
  chord: { notes: [131, 196, 165], most: 0.4 },
} as const satisfies Readonly<Record<string, { readonly notes: readonly number[]; readonly most: number }>>;

/** A singing bowl that is struck now and then and rings out, its partials beating. */
export const bowl: Recipe = {
  version: 5,
  loudness: -30,
  onsetCap: 10.5,
  choices: { bowl: wordsOf(BOWLS) },
  create({ seed, length, settings }) {
    const { notes, most } = chosen(settings, "bowl", BOWLS);
    const random = prng(seed);
    const total = millisIn(length) / 1_000;
    const count = Math.max(1, Math.round(total / 9));
    const events: TimedSound[] = Array.from({ length: count }, (_, index) => {
      const [own, level] = [seedOf(random), between(random, 0.8, 1)];
      const draw = random();
      const note = draw < most ? notes[0] : notes[1 + Math.floor(((draw - most) / (1 - most)) * (notes.length - 1))]!;
      return {
        at: ((index + 0.12 * bell(random) + 0.5) / count) * total,
        sound: () => bowlStrike(own, note, 0.2 * level),
      };
    });
    return {
      bed: roomTone(seed + 1, 0.002),
      events: timeline(events, length, 22),
      runIn: framesIn(seconds(22)),
    };
  },
};

/** A heart through a stethoscope: muffled, with slow breath in the chest around it. */
export const stethoscope: Recipe = {
  version: 3,
  loudness: -30,
  onsetCap: 10,
  create(request) {
    const { seed, length } = request;
    const heart = heartbeat.create(request);
    const total = millisIn(length) / 1_000;
    const period = total / Math.max(1, Math.round(total / 4.6));
    const chest = () => chain(highPass(110), lowPass(380, 0.7), biquad("peak", 230, 1.2, 4));
    const lungs = (frame: number) => {
      const now = ((frame * 0.02) % period) / period;
      return 0.1 + 0.9 * hump(now / 0.4, 0.55) + 0.55 * hump((now - 0.45) / 0.45, 0.35);
    };
    const beds = [
      air(seed + 40, chest, (frame) => 0.4 * lungs(frame)),
      ...(heart.bed === undefined ? [] : [heart.bed]),
    ];
    return { ...heart, bed: sum(...beds) };
  },
};
