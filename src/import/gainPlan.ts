import { loudnessOfPower } from "../audio/loudness.ts";
import { type Decibels, type Frames, framesIn, gainOf, seconds } from "../kernel/units.ts";
import { nothingToHear, tooShort } from "./refusals.ts";
import { loudnessOf, type Survey } from "./survey.ts";

/** Where the built-in sounds are, in LUFS. */
const TARGET: Decibels = -30;
/** A recording of next to nothing is not blown up into its own noise. */
const MOST_RAISED: Decibels = 18;
/** Over three seconds nothing is louder than this, as with the loudest moments of the built-in sounds. */
const TARGET_MAX_LOUDNESS: Decibels = -23.5;
/** For sleep no 20 ms are louder than this over the rest (docs/sounds.md, "Gates"). */
const SOFT: Decibels = 11;
/** A sudden sound is louder than this over what is usual, and than this over the half second before. */
const [STARTLING, RISE]: readonly [Decibels, Decibels] = [12, 15];
/** Nothing is sudden over a background that is lower than this under what is usual; it could not be heard. */
const HEARD_BACKGROUND: Decibels = -20;
const BACKGROUND: Frames = 25;
/** Sudden sounds closer than this are one. */
const ONE_EVENT: Frames = framesIn(seconds(1));
const SECOND: Frames = 50;
const SHORTEST: Frames = framesIn(seconds(1));
/** Silence at the ends is what lies so far under the whole, and is heard nowhere. */
const SILENT: Decibels = -45;
/** What is left of it. */
const MARGIN: Frames = 3;
/** The end goes over into the beginning in this time, and begins to at one of the last ten seconds. */
const [SEAM, SEARCH]: readonly [Frames, Frames] = [framesIn(seconds(2)), framesIn(seconds(10))];
const ROUNDS = 6;

/** What is to be made of a sound: which of its frames, and how loud each. */
export interface GainPlan {
  /** First frame, and the one after the last. */
  readonly from: Frames;
  readonly to: Frames;
  /** Frames of the beginning that the end goes over into; 0 where it is no loop. */
  readonly seam: Frames;
  /** Linear gain at the beginning of each frame of the whole sound; between them it moves evenly. */
  readonly gains: Float32Array;
  /** Frames at which a sudden sound begins, as the sound came. */
  readonly onsets: readonly Frames[];
}

const mean = (numbers: Float32Array, from: number, to: number): number => {
  let sum = 0;
  for (let i = from; i < to; i++) sum += numbers[i]!;
  return to > from ? sum / (to - from) : 0;
};

/**
 * How loud it is as a rule, in LUFS: three quarters of its seconds are quieter. What comes every second counts as the sound itself, such as
 * tapping; what is rare does not, whereas it may well decide about the integrated loudness.
 */
const usualLevel = (powers: Float32Array, from: Frames, to: Frames): Decibels => {
  const count = Math.max(1, Math.floor((to - from) / SECOND));
  const each = Array.from({ length: count }, (_, i) =>
    mean(powers, from + i * SECOND, Math.min(to, from + (i + 1) * SECOND)),
  );
  const heard = each.filter((power) => loudnessOfPower(power) > -80).sort((a, b) => a - b);
  return loudnessOfPower((heard[Math.floor(heard.length * 0.75)] ?? 0) + 1e-12);
};

/** Where somebody who lies awake would start: a rise of 15 dB to well above what is usual. */
const onsetsIn = ({ levels, powers }: Survey, from: Frames, to: Frames): readonly Frames[] => {
  const usual = usualLevel(powers, from, to);
  const found: Frames[] = [];
  for (let index = from; index < to; index++) {
    if (levels[index]! < usual + STARTLING) continue;
    const before = loudnessOfPower(mean(powers, Math.max(0, index - BACKGROUND), Math.max(0, index - 1)) + 1e-12);
    if (levels[index]! - Math.max(before, usual + HEARD_BACKGROUND) < RISE) continue;
    const last = found.at(-1);
    if (last === undefined || index - last >= ONE_EVENT) found.push(index);
  }
  return found;
};

/** The sound without silence at its ends. @throws UserError when nothing is left, or too little */
const audible = ({ levels, loudness, length }: Survey): { from: Frames; to: Frames } => {
  const floor = loudness + SILENT;
  const first = levels.findIndex((level) => level > floor);
  const last = levels.findLastIndex((level) => level > floor);
  if (!Number.isFinite(loudness) || first < 0) throw length < SHORTEST && length > 0 ? tooShort() : nothingToHear();
  const [from, to] = [Math.max(0, first - MARGIN), Math.min(length, last + 1 + MARGIN)];
  if (to - from < SHORTEST) throw tooShort();
  return { from, to };
};

/** The end after which the beginning follows best: where the last two seconds go up and down as the first two do. */
const loopEnd = ({ levels }: Survey, from: Frames, to: Frames, seam: Frames): Frames => {
  let [best, least] = [to, Number.POSITIVE_INFINITY];
  const earliest = Math.max(from + 3 * seam, to - SEARCH);
  for (let end = to; end >= earliest; end -= 5) {
    let apart = 0;
    for (let i = 0; i < seam; i += 5) apart += Math.abs(levels[from + i]! - levels[end - seam + i]!);
    // A little better is not worth a shorter sound.
    if (apart < least * 0.75) [best, least] = [end, apart];
  }
  return best;
};

/** Mean power of the three seconds around each frame, under gains. */
const around = (powers: Float32Array, gains: Float32Array, from: Frames, to: Frames): Float64Array => {
  const sums = new Float64Array(to - from + 1);
  for (let i = from; i < to; i++) sums[i - from + 1] = sums[i - from]! + powers[i]! * gains[i]! ** 2;
  return Float64Array.from({ length: to - from }, (_, i) => {
    const [a, b] = [Math.max(0, i - 75), Math.min(to - from, i + 75)];
    return (sums[b]! - sums[a]!) / Math.min(150, to - from);
  });
};

/** Gains that bring the sound to its level, hold down what is loud for seconds, and round off what is sudden. */
const gainsFor = (survey: Survey, from: Frames, to: Frames, soften: boolean): Float32Array => {
  const { powers, levels } = survey;
  const cap = usualLevel(powers, from, to) + SOFT - 0.3;
  // A gain holds where two frames meet, and is as low as either needs, and the one to come.
  const loudestBy = (i: number) => Math.max(levels[i - 1] ?? -99, levels[i]!, levels[i + 1] ?? -99);
  const rounded = levels.map((_, i) => Math.min(1, gainOf(cap - loudestBy(i))));
  // What is kept is louder than the rest, and the rest must not be softer for it: the level is that of the sound without it.
  const applied = soften ? rounded : rounded.map(() => 1);
  let held = rounded.map(() => 1);
  let gain: Decibels = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const quiet = rounded.map((one, i) => one * held[i]!);
    const loudness = loudnessOf(powers, from, to, quiet);
    gain = Math.min(MOST_RAISED, TARGET - loudness);
    const most = 10 ** ((TARGET_MAX_LOUDNESS - gain + 0.691) / 10);
    const near = around(powers, applied, from, to);
    held = held.map((_, i) =>
      i < from || i >= to ? 1 : Math.min(1, Math.sqrt(most / Math.max(near[i - from]!, 1e-20))),
    );
  }
  return applied.map((one, i) => one * held[i]! * gainOf(gain));
};

/**
 * Decides what is made of a sound.
 * @param soften round off what is sudden
 * @throws UserError when there is nothing to hear
 */
export const gainPlanFor = (survey: Survey, { soften, loop }: { soften: boolean; loop: boolean }): GainPlan => {
  const { from, to } = audible(survey);
  const seam = loop ? Math.min(SEAM, Math.floor((to - from) / 4)) : 0;
  const end = loop ? loopEnd(survey, from, to, seam) : to;
  return { from, to: end, seam, gains: gainsFor(survey, from, end, soften), onsets: onsetsIn(survey, from, to) };
};
