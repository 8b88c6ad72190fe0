import { readFileSync } from "node:fs";
import { FRAME_SAMPLES, type Frame, type Packet } from "../audio/format.ts";
import { createLimiter } from "../audio/limiter.ts";
import { createLoudnessMeter } from "../audio/loudness.ts";
import { createOpusEncoder } from "../audio/opusEncoder.ts";
import { writeStoredSound } from "../audio/storedSound.ts";
import { message } from "../i18n/message.ts";
import { UserError } from "../kernel/errors.ts";
import { type Decibels, type Frames, framesIn, minutes, seconds } from "../kernel/units.ts";
import { writeFileAtomic } from "../kernel/writeFileAtomic.ts";
import { KEYFRAME_INTERVAL } from "../render/encodeLoop.ts";
import { openAudioFile } from "./formats/openAudioFile.ts";
import { readFrames } from "./formats/readFrames.ts";
import { type GainPlan, gainPlanFor } from "./gainPlan.ts";
import type { ImportJob, ImportResult } from "./importJob.ts";
import { damagedFile } from "./refusals.ts";
import { surveyOf } from "./survey.ts";

/** In dBTP, before Opus. */
const PEAK: Decibels = -6;
/** Where nothing is crossfaded: how the sound comes and goes. */
const [COMES, GOES]: readonly [Frames, Frames] = [5, framesIn(seconds(1))];
const TELL_EVERY: Frames = framesIn(seconds(10));
/** Beyond this length the encoder takes less trouble, since a whole night of it must be made in a minute. */
const LONG: Frames = framesIn(minutes(10));

/** What has been read is nobody's fault but the file's, whichever decoder stumbled over it. */
const told = async <T>(work: Promise<T>): Promise<T> => {
  try {
    return await work;
  } catch (error) {
    if (error instanceof UserError) throw error;
    const refusal = damagedFile(message("import.reasonUndecodable"));
    refusal.cause = error;
    throw refusal;
  }
};

/** Turns a frame from one gain to another, evenly. */
const turn = ({ left, right }: Frame, from: number, to: number): void => {
  for (let i = 0; i < FRAME_SAMPLES; i++) {
    const gain = from + ((to - from) * i) / FRAME_SAMPLES;
    left[i]! *= gain;
    right[i]! *= gain;
  }
};

/** The place on a crossfade of equal power, from 0 to 1. */
const blend = (ending: Frame, beginning: Frame, from: number, to: number): void => {
  for (let i = 0; i < FRAME_SAMPLES; i++) {
    const angle = ((from + ((to - from) * (i + 1)) / FRAME_SAMPLES) * Math.PI) / 2;
    const [rising, falling] = [Math.sin(angle), Math.cos(angle)];
    ending.left[i] = ending.left[i]! * falling + beginning.left[i]! * rising;
    ending.right[i] = ending.right[i]! * falling + beginning.right[i]! * rising;
  }
};

/**
 * Makes packets of frames as the plan has it. A loop begins after its first two seconds, into which its end goes over: so nothing has to be
 * known of the end when the beginning is made, and a file of hours passes by frame by frame.
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
  const take = (frame: Frame, index: Frames) => {
    if (index < from || index >= to) return;
    turn(frame, gains[index]!, gains[Math.min(index + 1, to - 1)]!);
    const [done, left] = [index - from, to - 1 - index];
    if (done < seam) {
      head.push({ left: frame.left.slice(), right: frame.right.slice() });
      // What the listener has heard before, when it comes round.
      return encode(frame, false);
    }
    if (left < seam) blend(frame, head[seam - 1 - left]!, (seam - 1 - left) / seam, (seam - left) / seam);
    if (seam === 0) turn(frame, Math.min(1, done / COMES), Math.min(1, (done + 1) / COMES));
    if (seam === 0) turn(frame, Math.min(1, (left + 1) / GOES), Math.min(1, left / GOES));
    encode(frame, true);
  };
  /** The limiter holds the last five milliseconds back. */
  const finish = () => ({ packets, loudness: meter.integrated() });
  return { take, finish };
};

/**
 * Makes of a sound of any kind what the built-in sounds are: at their level, limited, a loop without a seam, with keyframes. The file itself is
 * not touched. For a process of its own (`boundProcess.ts` holds it to its limits).
 * @throws UserError when the file is not what it should be; nothing is left behind then
 */
export const importSound = async (job: ImportJob, advanced: (fraction: number) => void): Promise<ImportResult> => {
  const bytes = readFileSync(job.source);
  const { kind, pieces } = openAudioFile(bytes);
  const survey = await told(
    surveyOf(pieces(), job.limits.longest, (done) => {
      // How much is still to come is not known yet.
      if (done % TELL_EVERY === 0) advanced((0.4 * done) / (done + 6_000));
    }),
  );
  const plan = gainPlanFor(survey, job);
  const maker = createMaker(plan);
  const take = (frame: Frame, index: Frames) => {
    maker.take(frame, index);
    if (index % TELL_EVERY === 0) advanced(0.4 + (0.6 * index) / survey.length);
  };
  await told(readFrames(pieces(), take));
  const { packets, loudness } = maker.finish();
  const level = Number.isFinite(loudness) ? loudness : -30;
  const stored = { packets, keyframeInterval: KEYFRAME_INTERVAL, title: job.title, licence: job.licence };
  writeFileAtomic(job.path, writeStoredSound({ ...stored, loudness: level }, job.serial));
  return {
    kind,
    length: packets.length,
    loudness: survey.loudness,
    level,
    trimmed: survey.length - (plan.to - plan.from),
    onsets: plan.onsets,
  };
};
