import { type AudioNode, FRAME_SAMPLES } from "../../audio/format.ts";
import { createHeadModel } from "../../audio/headModel.ts";
import { prng } from "../../kernel/random.ts";
import { type Frames, millisIn } from "../../kernel/units.ts";
import { addTo, ramp } from "../blocks.ts";
import { mixRatio, smoothStep } from "../curves.ts";
import { bandPass, biquad, chain, highPass, softLowPass } from "../filters.ts";
import { filtered, levelled, sum, surrounding } from "../nodes.ts";
import { pink, white } from "../noise.ts";
import { between, pick } from "../random.ts";
import type { Recipe } from "../recipe.ts";
import { roomTone } from "../roomTone.ts";

/** First three formants of whispered vowels in Hz: as spoken, the first raised (Kallail & Emanuel 1984). */
const VOWELS = [
  [910, 1_300, 2_700],
  [640, 1_950, 2_700],
  [450, 2_350, 3_050],
  [700, 1_050, 2_650],
  [480, 1_000, 2_550],
  [650, 1_450, 2_600],
  [520, 1_700, 2_500],
] as const;

/** Band and level of the consonants that are noise anyway. */
const CONSONANTS = [
  { kind: "hiss", frequency: 6_200, q: 1.3, level: 0.5, length: 0.11 },
  { kind: "hiss", frequency: 3_300, q: 1.6, level: 0.5, length: 0.11 },
  { kind: "hiss", frequency: 4_800, q: 0.6, level: 0.16, length: 0.08 },
  { kind: "stop", frequency: 3_900, q: 1, level: 0.5, length: 0.06 },
  { kind: "stop", frequency: 1_900, q: 1, level: 0.45, length: 0.065 },
  { kind: "stop", frequency: 1_000, q: 0.8, level: 0.35, length: 0.05 },
  { kind: "soft", frequency: 1_300, q: 0.8, level: 0.12, length: 0.06 },
  { kind: "soft", frequency: 2_000, q: 0.8, level: 0.1, length: 0.06 },
] as const;
type Consonant = (typeof CONSONANTS)[number];

interface Syllable {
  /** Seconds from the loop's beginning. */
  readonly at: number;
  readonly consonant: Consonant;
  readonly vowel: readonly [number, number, number];
  /** Seconds of the vowel. */
  readonly length: number;
  readonly level: number;
  readonly azimuth: number;
}

/** Phrases of syllables with the rhythm of speech and rests for breath, at one ear and then at the other. */
const babble = (seed: number, total: number): readonly Syllable[] => {
  const random = prng(seed);
  const all: Syllable[] = [];
  let side = 1;
  for (let at = 0.5; at < total - 4; ) {
    const count = 4 + Math.floor(random() * 9);
    const azimuth = side * between(random, 1, 1.35);
    for (let index = 0; index < count; index++) {
      const last = index === count - 1;
      const stressed = index % 3 === 1 || random() < 0.2;
      const length = between(random, 0.085, 0.15) * (stressed ? 1.3 : 1) * (last ? 1.7 : 1);
      const consonant = pick(random, CONSONANTS);
      all.push({
        at,
        consonant,
        vowel: pick(random, VOWELS),
        length,
        level: (stressed ? 1 : 0.72) * (1 - (0.3 * index) / count),
        azimuth: azimuth + between(random, -0.08, 0.08),
      });
      at += consonant.length + length + between(random, 0, 0.03);
    }
    at += between(random, 0.5, 1.3);
    if (random() < 0.6) side = -side;
  }
  return all;
};

/** Control steps of 5 ms: a stop's burst is over in two or three. */
const STEP = FRAME_SAMPLES / 4;

const voice = (seed: number, length: Frames): AudioNode => {
  const total = millisIn(length) / 1_000;
  const syllables = babble(seed, total);
  const breath = white(seed + 1);
  const hiss = white(seed + 2);
  const formants = [bandPass(600, 5), bandPass(1_500, 8), bandPass(2_600, 9), bandPass(3_900, 7)];
  const tilt = softLowPass(3_800);
  const teeth = biquad("band", 5_000, 1);
  const low = highPass(220);
  const place = createHeadModel();
  const [source, shaped, part, mono] = [0, 1, 2, 3].map(() => new Float32Array(STEP)) as [
    Float32Array,
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  const whole = new Float32Array(FRAME_SAMPLES);
  const target = [600, 1_500, 2_600];
  let [lastVowel, lastNoise, azimuth, index, step] = [0, 0, syllables[0]!.azimuth, 0, 0];

  const speak = (now: number) => {
    if (now === 0) index = 0;
    while (index < syllables.length - 1 && syllables[index + 1]!.at <= now) index += 1;
    const { at, consonant, vowel, length: held, level } = syllables[index]!;
    const t = now - at;
    const open = t - consonant.length;
    const fall = index === syllables.length - 1 || syllables[index + 1]!.at - at > consonant.length + held + 0.2;
    const tail = fall ? 0.12 : 0.035;
    const vowelLevel = level * smoothStep(-0.025, 0.03, open) * (1 - smoothStep(held - tail, held + tail, open));
    const within = t / consonant.length;
    const noise =
      t < 0 || within > 1.15
        ? 0
        : consonant.kind === "stop"
          ? (within < 0.62 ? 0 : Math.exp(-(within - 0.62) * 9)) * consonant.level
          : consonant.level * smoothStep(0, 0.35, within) * (1 - smoothStep(0.75, 1.15, within));
    for (let i = 0; i < 3; i++) target[i] = mixRatio(target[i]!, vowel[i]!, 0.14);
    return { vowelLevel, noise: noise * level, consonant };
  };

  return {
    render(out) {
      out.left.fill(0);
      out.right.fill(0);
      let toward = azimuth;
      for (let from = 0; from < FRAME_SAMPLES; from += STEP) {
        const now = ((step++ % (length * 4)) * STEP) / 48_000;
        const { vowelLevel, noise, consonant } = speak(now);
        toward = syllables[index]!.azimuth;
        breath(source);
        tilt(source);
        mono.fill(0);
        for (const [i, formant] of formants.entries()) {
          shaped.set(source);
          formant.tune(i < 3 ? target[i]! : 3_900, [4.5, 7, 8, 5][i]);
          formant(shaped);
          addTo(mono, shaped, [0.9, 0.8, 0.62, 0.4][i]);
        }
        ramp(mono, lastVowel, vowelLevel);
        lastVowel = vowelLevel;
        hiss(part);
        teeth.tune(consonant.frequency, consonant.q);
        teeth(part);
        ramp(part, lastNoise, noise);
        lastNoise = noise;
        addTo(mono, part, 0.55);
        whole.set(mono, from);
      }
      low(whole);
      azimuth += (toward - azimuth) * 0.25;
      place(whole, out, azimuth, 0.16);
      return "more";
    },
  };
};

/** Air past the lips all the while, so that the whisper is not gated. */
export const breathing = (seed: number, level: number): AudioNode => {
  const lips = () => chain(highPass(400), softLowPass(3_000));
  return levelled(filtered(surrounding(pink, seed), lips(), lips()), level);
};

/** A whispering voice in no language: shaped noise in the rhythm of speech. */
export const whisperBabble: Recipe = {
  version: 4,
  loudness: -30,
  onsetCap: 11.5,
  create: ({ seed, length }) => ({
    bed: sum(voice(seed, length), breathing(seed + 50, 0.044), roomTone(seed + 60, 0.006)),
  }),
};
