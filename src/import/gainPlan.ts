import { loudnessOfPower } from "../audio/loudness.ts";
import { type Decibels, type Frames, framesIn, gainOf, seconds } from "../kernel/units.ts";
import { nothingToHear, tooShort } from "./refusals.ts";
import { loudnessOf, type Survey } from "./survey.ts";

/** Level of the built-in sounds, in LUFS. */
const TARGET: Decibels = -30;
/** Most a recording is raised by, so that a quiet one does not turn into its own noise. */
const MOST_RAISED: Decibels = 18;
/** Short-term loudness (three seconds) never exceeds this: the loudest of the built-in sounds. */
const TARGET_MAX_LOUDNESS: Decibels = -23.5;
/** No 20 ms exceed the usual level by more: the gate for sleep (docs/sounds.md, "Gates"). */
const SOFT: Decibels = 11;
/**
 * A sudden sound exceeds the usual level by the first, and the half second before by the second.
 */
const [STARTLING, RISE]: readonly [Decibels, Decibels] = [12, 15];
/**
 * A background is taken to be no lower than this, relative to the usual level: below, it is
 * inaudible.
 */
const HEARD_BACKGROUND: Decibels = -20;
const BACKGROUND: Frames = 25;
/** Sudden sounds closer than this count as one. */
const ONE_EVENT: Frames = framesIn(seconds(1));
const SECOND: Frames = 50;
const SHORTEST: Frames = framesIn(seconds(1));
/** Silence at both ends is whatever lies this far below the integrated loudness. */
const SILENT: Decibels = -45;
/** Silence that is kept at both ends. */
const MARGIN: Frames = 3;
/** Length of the crossfade at the loop point, and how far before the end it may lie. */
const [SEAM, SEARCH]: readonly [Frames, Frames] = [framesIn(seconds(2)), framesIn(seconds(10))];
const ROUNDS = 6;

/** How a sound is to be made: which of its frames, and at what gain each. */
export interface GainPlan {
  /** First frame, and the one after the last. */
  readonly from: Frames;
  readonly to: Frames;
  /** Frames of the beginning into which the end is crossfaded; 0 for a sound that is no loop. */
  readonly seam: Frames;
  /** Linear gain at the beginning of each frame of the whole sound, interpolated in between. */
  readonly gains: Float32Array;
  /** Frames of the file at which a sudden sound begins. */
  readonly onsets: readonly Frames[];
}

const mean = (numbers: Float32Array, from: number, to: number): number => {
  let sum = 0;
  for (let i = from; i < to; i++) sum += numbers[i]!;
  return to > from ? sum / (to - from) : 0;
};

/**
 * The usual level in LUFS: three quarters of the seconds are quieter. What comes every second, such
 * as tapping, counts as the sound itself; what is rare does not, though it may well decide the
 * integrated loudness.
 */
const usualLevel = (powers: Float32Array, from: Frames, to: Frames): Decibels => {
  const count = Math.max(1, Math.floor((to - from) / SECOND));
  const each = Array.from({ length: count }, (_, i) =>
    mean(powers, from + i * SECOND, Math.min(to, from + (i + 1) * SECOND)),
  );
  const heard = each.filter((power) => loudnessOfPower(power) > -80).sort((a, b) => a - b);
  return loudnessOfPower((heard[Math.floor(heard.length * 0.75)] ?? 0) + 1e-12);
};

/** Where a listener half asleep would start: a rise of 15 dB to well above the usual level. */
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

/** The range without silence at its ends. @throws UserError when nothing is left, or too little */
const audible = ({ levels, loudness, length }: Survey): { from: Frames; to: Frames } => {
  const floor = loudness + SILENT;
  const first = levels.findIndex((level) => level > floor);
  const last = levels.findLastIndex((level) => level > floor);
  if (!Number.isFinite(loudness) || first < 0) throw length < SHORTEST && length > 0 ? tooShort() : nothingToHear();
  const [from, to] = [Math.max(0, first - MARGIN), Math.min(length, last + 1 + MARGIN)];
  if (to - from < SHORTEST) throw tooShort();
  return { from, to };
};

/** The best loop point: where the last two seconds rise and fall most as the first two do. */
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

/** Mean power of the three seconds around each frame, with gains applied. */
const around = (powers: Float32Array, gains: Float32Array, from: Frames, to: Frames): Float64Array => {
  const sums = new Float64Array(to - from + 1);
  for (let i = from; i < to; i++) sums[i - from + 1] = sums[i - from]! + powers[i]! * gains[i]! ** 2;
  return Float64Array.from({ length: to - from }, (_, i) => {
    const [a, b] = [Math.max(0, i - 75), Math.min(to - from, i + 75)];
    return (sums[b]! - sums[a]!) / Math.min(150, to - from);
  });
};

/**
 * Gains that bring the sound to its level, limit its short-term loudness, and soften what is
 * sudden.
 */
const gainsFor = (survey: Survey, from: Frames, to: Frames, soften: boolean): Float32Array => {
  const { powers, levels } = survey;
  const cap = usualLevel(powers, from, to) + SOFT - 0.3;
  // A gain holds where two frames meet, and is as low as either needs, and the one to come.
  const loudestBy = (i: number) => Math.max(levels[i - 1] ?? -99, levels[i]!, levels[i + 1] ?? -99);
  const rounded = levels.map((_, i) => Math.min(1, gainOf(cap - loudestBy(i))));
  // Sudden sounds that are kept must not make the rest softer: the level is that of the sound
  // without them.
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
 * Plans the gains and the loop of a sound.
 * @param soften whether sudden sounds are softened
 * @throws UserError when there is nothing to hear
 */
export const gainPlanFor = (survey: Survey, { soften, loop }: { soften: boolean; loop: boolean }): GainPlan => {
  const { from, to } = audible(survey);
  const seam = loop ? Math.min(SEAM, Math.floor((to - from) / 4)) : 0;
  const end = loop ? loopEnd(survey, from, to, seam) : to;
  return { from, to: end, seam, gains: gainsFor(survey, from, end, soften), onsets: onsetsIn(survey, from, to) };
};
