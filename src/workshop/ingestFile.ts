import { createHash } from "node:crypto";
import { createCeiling } from "../audio/ceiling.ts";
import { createOpusDecoder } from "../audio/decode.ts";
import { createOpusEncoder } from "../audio/encode.ts";
import { createFrame, FRAME_SAMPLES, type Frame, type Packet } from "../audio/format.ts";
import { createLimiter } from "../audio/limiter.ts";
import { createLoudnessMeter } from "../audio/loudness.ts";
import { readStoredSound, writeStoredSound } from "../audio/stored.ts";
import { type Decibels, decibelsOf, type Frames, framesIn, gainOf, hours, seconds } from "../kernel/units.ts";
import { KEYFRAME_INTERVAL } from "./encodeLoop.ts";
import type { FileJob } from "./job.ts";
import { writeWhole } from "./writeWhole.ts";

/** Where the built-in sounds are, in LUFS. */
const TARGET: Decibels = -30;
/** A recording of next to nothing is not blown up into its own noise. */
const MOST_RAISED: Decibels = 12;
/** Over three seconds nothing is louder than this, as with the loudest moments of the built-in sounds. */
const LOUDEST: Decibels = -23;
/** In dBTP, before Opus. */
const PEAK: Decibels = -6;
const LONGEST: Frames = framesIn(hours(3));
/** The end goes over into the beginning on a crossfade of equal power. */
const SEAM: Frames = framesIn(seconds(2));
/** The encoder hears this much of the end first, so that the beginning follows from it. */
const RUN_IN: Frames = framesIn(seconds(3));
/** The first pass decodes and measures; the second decodes, turns down and encodes. */
const MEASURED = 0.25;
const TELL_EVERY: Frames = framesIn(seconds(10));

/** Frames one after the other, without their constant part: a first-order high-pass at 4 Hz. */
const frameReader = (packets: readonly Packet[]) => {
  const decoder = createOpusDecoder();
  const KEEP = 0.9995;
  const [was, is] = [new Float64Array(2), new Float64Array(2)];
  let next = 0;
  const block = (samples: Float32Array, side: 0 | 1) => {
    for (let i = 0; i < FRAME_SAMPLES; i++) {
      const sample = samples[i]!;
      is[side] = sample - was[side]! + KEEP * is[side]!;
      was[side] = sample;
      samples[i] = is[side]!;
    }
  };
  return (frame: Frame): void => {
    decoder.decode(packets[next]!, frame, 0);
    next += 1;
    block(frame.left, 0);
    block(frame.right, 1);
  };
};

/** First pass: how loud it is, and its last frames, which the second pass needs before its first. */
const survey = (packets: readonly Packet[], kept: Frames, onFrame: (done: Frames) => void) => {
  const read = frameReader(packets);
  const meter = createLoudnessMeter();
  const frame = createFrame();
  const tail: Frame[] = [];
  for (let index = 0; index < packets.length; index++) {
    read(frame);
    meter.push(frame);
    if (index >= packets.length - kept) tail.push({ left: frame.left.slice(), right: frame.right.slice() });
    onFrame(index);
  }
  return { loudness: meter.integrated(), tail };
};

const blend = (into: Frame, other: Frame, from: number, to: number): void => {
  for (let i = 0; i < FRAME_SAMPLES; i++) {
    const place = from + ((to - from) * (i + 1)) / FRAME_SAMPLES;
    const [rising, falling] = [Math.sin((place * Math.PI) / 2), Math.cos((place * Math.PI) / 2)];
    into.left[i] = into.left[i]! * rising + other.left[i]! * falling;
    into.right[i] = into.right[i]! * rising + other.right[i]! * falling;
  }
};

const multiply = ({ left, right }: Frame, gain: number): void => {
  for (let i = 0; i < FRAME_SAMPLES; i++) {
    left[i]! *= gain;
    right[i]! *= gain;
  }
};

/**
 * Makes of a host's own Ogg Opus file what the built-in sounds are: at their level, limited, a loop without a seam, with keyframes. The
 * file itself is not touched. Takes about a hundredth of its length; for a thread of its own.
 * @throws UserError when the file is not what it should be
 */
export const ingestFile = (job: FileJob, advanced: (fraction: number) => void): void => {
  const packets = readStoredSound(job.source).packets.slice(0, LONGEST);
  const seam = Math.min(SEAM, packets.length >> 1);
  const length = packets.length - seam;
  const runIn = Math.min(RUN_IN, length);
  const { loudness, tail } = survey(packets, seam + runIn, (done) => {
    if (done % TELL_EVERY === 0) advanced((MEASURED * done) / packets.length);
  });
  // Silence has no loudness, and stays what it is.
  const gain = Number.isFinite(loudness) ? gainOf(Math.min(MOST_RAISED, TARGET - loudness)) : 1;
  const read = frameReader(packets);
  const [ceiling, limiter, encoder] = [createCeiling(LOUDEST), createLimiter(PEAK), createOpusEncoder()];
  const frame = createFrame();
  const encoded: Packet[] = [];
  for (let index = -runIn; index < length; index++) {
    if (index < 0) {
      frame.left.set(tail[runIn + index]!.left);
      frame.right.set(tail[runIn + index]!.right);
    } else {
      read(frame);
      if (index < seam) blend(frame, tail[runIn + index]!, index / seam, (index + 1) / seam);
    }
    multiply(frame, gain);
    ceiling.apply(frame);
    limiter.apply(frame);
    const packet = encoder.encode(frame, index % KEYFRAME_INTERVAL === 0);
    if (index >= 0) encoded.push(packet);
    if (index % TELL_EVERY === 0) advanced(MEASURED + ((1 - MEASURED) * Math.max(0, index)) / length);
  }
  const serial = createHash("sha256").update(job.path.slice(-17)).digest().readUInt32LE(0);
  const { title, licence } = job;
  const level = Number.isFinite(loudness) ? loudness + decibelsOf(gain) : TARGET;
  const sound = { packets: encoded, keyframeInterval: KEYFRAME_INTERVAL, title, licence, loudness: level };
  writeWhole(job.path, writeStoredSound(sound, serial));
};
