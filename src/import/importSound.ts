import { createFrame, FRAME_SAMPLES, type Frame, KEYFRAME_INTERVAL, type Packet } from "../audio/format.ts";
import { addFrame } from "../audio/gain.ts";
import { createLimiter } from "../audio/limiter.ts";
import { createLoudnessMeter } from "../audio/loudness.ts";
import { createOpusEncoder } from "../audio/opusEncoder.ts";
import { writeStoredSound } from "../audio/storedSound.ts";
import { message } from "../i18n/message.ts";
import { UserError } from "../kernel/errors.ts";
import { type Decibels, type Frames, framesIn, minutes, seconds } from "../kernel/units.ts";
import { BED, bedStart, quietBed } from "../render/quietBed.ts";
import { openAudioFile } from "./formats/openAudioFile.ts";
import { readFrames } from "./formats/readFrames.ts";
import { type GainPlan, gainPlanFor } from "./gainPlan.ts";
import type { ImportOptions, ImportResult } from "./importJob.ts";
import { damagedFile } from "./refusals.ts";
import { surveyOf } from "./survey.ts";

/** In dBTP, before Opus. */
const PEAK: Decibels = -6;
/** Fades of a sound that is no loop. */
const [FADE_IN, FADE_OUT]: readonly [Frames, Frames] = [5, framesIn(seconds(1))];
const PROGRESS_INTERVAL: Frames = framesIn(seconds(10));
/** Longer sounds are encoded with less effort: a whole night has to be done in a minute. */
const LONG: Frames = framesIn(minutes(10));

/** Turns any error of a decoder into a refusal of the file, with the error as its cause. */
const asRefusal = async <T>(work: Promise<T>): Promise<T> => {
  try {
    return await work;
  } catch (error) {
    if (error instanceof UserError) throw error;
    const refusal = damagedFile(message("import.reasonUndecodable"));
    refusal.cause = error;
    throw refusal;
  }
};

/** Applies a gain that moves linearly over the frame. */
const ramp = ({ left, right }: Frame, from: number, to: number): void => {
  for (let i = 0; i < FRAME_SAMPLES; i++) {
    const gain = from + ((to - from) * i) / FRAME_SAMPLES;
    left[i]! *= gain;
    right[i]! *= gain;
  }
};

/** Equal-power crossfade; `from` and `to` are places on it, from 0 to 1. */
const blend = (ending: Frame, beginning: Frame, from: number, to: number): void => {
  for (let i = 0; i < FRAME_SAMPLES; i++) {
    const angle = ((from + ((to - from) * (i + 1)) / FRAME_SAMPLES) * Math.PI) / 2;
    const [rising, falling] = [Math.sin(angle), Math.cos(angle)];
    ending.left[i] = ending.left[i]! * falling + beginning.left[i]! * rising;
    ending.right[i] = ending.right[i]! * falling + beginning.right[i]! * rising;
  }
};

/**
 * Encodes frames according to a plan. A loop begins after its first two seconds, and its end is
 * crossfaded into those: nothing of the end has to be known when the beginning is encoded, so that
 * hours of sound pass frame by frame.
 */
const createMaker = (plan: GainPlan) => {
  const { from, to, seam, gains } = plan;
  const complexity = to - from > LONG ? 5 : 10;
  const [limiter, encoder] = [createLimiter(PEAK), createOpusEncoder({ complexity })];
  const meter = createLoudnessMeter();
  const head: Frame[] = [];
  const packets: Packet[] = [];
  const encode = (frame: Frame, heard: boolean) => {
    limiter.apply(frame);
    const packet = encoder.encode(frame, heard && packets.length % KEYFRAME_INTERVAL === 0);
    if (!heard) return;
    meter.push(frame);
    packets.push(packet);
  };
  /** The room that is there once a sound without a loop has ended. */
  const bed = seam === 0 ? quietBed() : undefined;
  const room = createFrame();
  /** Adds the room, at a place on its way from silence. */
  const addBed = (frame: Frame, at: Frames, rise: number, risen: number) => {
    if (bed === undefined) return;
    bed.read(at, room);
    ramp(room, rise, risen);
    addFrame(frame, room);
  };
  const take = (frame: Frame, index: Frames) => {
    if (index < from || index >= to) return;
    ramp(frame, gains[index]!, gains[Math.min(index + 1, to - 1)]!);
    const [done, left] = [index - from, to - 1 - index];
    if (done < seam) {
      head.push({ left: frame.left.slice(), right: frame.right.slice() });
      // Primes the limiter and the encoder with what is heard before it in the loop.
      return encode(frame, false);
    }
    if (left < seam) blend(frame, head[seam - 1 - left]!, (seam - 1 - left) / seam, (seam - left) / seam);
    if (seam === 0) ramp(frame, Math.min(1, done / FADE_IN), Math.min(1, (done + 1) / FADE_IN));
    if (seam === 0) {
      const [falls, fallen] = [Math.min(1, (left + 1) / FADE_OUT), Math.min(1, left / FADE_OUT)];
      ramp(frame, falls, fallen);
      addBed(frame, packets.length, 1 - falls, 1 - fallen);
    }
    encode(frame, true);
  };
  /** The limiter holds the last five milliseconds back. */
  const finish = () => {
    const [loudness, heard] = [meter.integrated(), packets.length];
    const bedFrom = bed === undefined ? undefined : bedStart(heard);
    for (const frame = createFrame(); bedFrom !== undefined && packets.length < bedFrom + BED; ) {
      frame.left.fill(0);
      frame.right.fill(0);
      addBed(frame, packets.length, 1, 1);
      encode(frame, true);
    }
    return { packets, loudness, heard, bedFrom };
  };
  return { take, finish };
};

/** A sound made from a file: the pages of its own file, and what was found. */
export interface ImportedSound {
  readonly pages: Iterable<Uint8Array>;
  readonly findings: ImportResult;
}

/**
 * Makes a file of any kind one of our sounds: at the level of the built-in ones, limited, a loop
 * without a seam, with keyframes. To be run in a process of its own (`importProcess.ts`), which
 * a thread (`limitThread.ts`) holds to its limits.
 * @param bytes the whole file
 * @param onProgress called with 0 to 1, now and then
 * @throws UserError when the file is not what it should be
 */
export const importSound = async (
  bytes: Uint8Array,
  options: ImportOptions,
  onProgress: (fraction: number) => void,
): Promise<ImportedSound> => {
  const { kind, chunks } = openAudioFile(bytes);
  const survey = await asRefusal(
    surveyOf(chunks(), options.limits.longest, (done) => {
      // How much is still to come is not known yet.
      if (done % PROGRESS_INTERVAL === 0) onProgress((0.4 * done) / (done + 6_000));
    }),
  );
  if (survey.length === 0) throw damagedFile(message("import.reasonEndsBeforeSound"));
  const plan = gainPlanFor(survey, options);
  const maker = createMaker(plan);
  const take = (frame: Frame, index: Frames) => {
    maker.take(frame, index);
    if (index % PROGRESS_INTERVAL === 0) onProgress(Math.min(1, 0.4 + (0.6 * index) / survey.length));
  };
  await asRefusal(readFrames(chunks(), take));
  const { packets, loudness, heard, bedFrom } = maker.finish();
  const level = Number.isFinite(loudness) ? loudness : -30;
  const { title, licence } = options;
  const stored = { packets, keyframeInterval: KEYFRAME_INTERVAL, title, licence, loudness: level, bedFrom };
  return {
    pages: writeStoredSound(stored, options.serial),
    findings: {
      kind,
      length: heard,
      loudness: survey.loudness,
      level,
      trimmed: survey.length - (plan.to - plan.from),
      onsets: plan.onsets,
    },
  };
};
