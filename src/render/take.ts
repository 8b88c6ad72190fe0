import { createFrame, FRAME_SAMPLES, type Frame, KEYFRAME_INTERVAL, type Packet } from "../audio/format.ts";
import { createOpusDecoder } from "../audio/opusDecoder.ts";
import { createOpusEncoder, ENCODER_DELAY } from "../audio/opusEncoder.ts";
import type { StoredSound } from "../audio/storedSound.ts";
import { MIN_TAKE_LENGTH } from "../audio/takes.ts";
import { decibelsOf, type Frames } from "../kernel/units.ts";
import { LEAD_IN } from "../synth/recipe.ts";
import type { Loop } from "./loop.ts";

/** The packets of the first take with which every take begins, and those with which it ends. */
const JOINT: Frames = KEYFRAME_INTERVAL;
/** A take goes over into itself, and back into the joint, over as long as a loop's end into its beginning. */
const FADE: Frames = LEAD_IN;
/** The fade is over so many frames before the joint: what is encoded there predicts nothing else. */
const SETTLED: Frames = 5;
/** A decoder is itself after so many packets, wherever it begins. */
const RUN_IN: Frames = 20;
/** Levels below this are all as quiet, in dB of full scale. */
const FLOOR = -70;

/** Frames of a stored sound, as they were before the encoder delayed them. */
const decodeSpan = ({ packets }: StoredSound, from: Frames, count: Frames): readonly Frame[] => {
  const decoder = createOpusDecoder();
  const samples = (RUN_IN + count + 1) * FRAME_SAMPLES;
  const pcm = { left: new Float32Array(samples), right: new Float32Array(samples) };
  for (let index = 0; index <= RUN_IN + count; index++) {
    const packet = packets[(from - RUN_IN + index + packets.length) % packets.length]!;
    decoder.decode(packet, pcm, index * FRAME_SAMPLES);
  }
  return Array.from({ length: count }, (_, index) => {
    const at = (RUN_IN + index) * FRAME_SAMPLES + ENCODER_DELAY;
    return { left: pcm.left.subarray(at, at + FRAME_SAMPLES), right: pcm.right.subarray(at, at + FRAME_SAMPLES) };
  });
};

const levelOf = (samples: Float32Array): number => {
  const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
  return Math.max(FLOOR, decibelsOf(Math.sqrt(power)));
};
const peakOf = ({ left, right }: Frame): number => {
  let peak = 0;
  for (let i = 0; i < FRAME_SAMPLES; i++) peak = Math.max(peak, Math.abs(left[i]!), Math.abs(right[i]!));
  return peak;
};

/**
 * By how much a loop is turned so that it moves as the joint does where they go over into each other: a heart goes on
 * beating, and no tap falls between two others.
 * @param period what keeps time is turned by whole ones of these frames
 */
const bestTurn = (own: Loop, head: readonly Frame[], tail: readonly Frame[], period: Frames): Frames => {
  const frame = createFrame();
  const levels = Array.from({ length: own.length }, (_, index) => {
    own.read(index, frame);
    return [levelOf(frame.left), levelOf(frame.right)] as const;
  });
  const joints = [
    { from: JOINT, levels: head.map(({ left, right }) => [levelOf(left), levelOf(right)] as const) },
    { from: tailStart(own.length), levels: tail.map(({ left, right }) => [levelOf(left), levelOf(right)] as const) },
  ];
  let [best, least] = [0, Number.POSITIVE_INFINITY];
  for (let turn = 0; turn < own.length; turn += period) {
    let apart = 0;
    for (const { from, levels: wanted } of joints)
      for (let i = 0; i < FADE; i++) {
        const [left, right] = levels[(from + i + turn) % own.length]!;
        apart += Math.abs(left - wanted[i]![0]) + Math.abs(right - wanted[i]![1]);
      }
    if (apart < least) [best, least] = [turn, apart];
  }
  return best;
};

const tailStart = (length: Frames): Frames => length - JOINT - SETTLED - FADE;

/** Equal power from one to the other; `place` is the frame's on the way, from 0 to 1. */
const blend = (into: Frame, from: Frame, to: Frame, place: number): void => {
  for (const side of ["left", "right"] as const)
    for (let i = 0; i < FRAME_SAMPLES; i++) {
      const angle = ((place + i / (FADE * FRAME_SAMPLES)) * Math.PI) / 2;
      into[side][i] = from[side][i]! * Math.cos(angle) + to[side][i]! * Math.sin(angle);
    }
};

/** Turns frames down that are louder than the loudest that they are made of. */
const held = (frames: readonly Frame[], ...of: readonly (readonly Frame[])[]): readonly Frame[] => {
  const loudness = ({ left, right }: Frame) => Math.max(levelOf(left), levelOf(right));
  const most = (measured: (frame: Frame) => number) => Math.max(...of.flat().map(measured));
  const [loudest, highest] = [most(loudness), most(peakOf)];
  const gains = frames.map((frame) =>
    Math.min(1, 10 ** ((loudest - loudness(frame)) / 20), highest / Math.max(peakOf(frame), 1e-9)),
  );
  const gainAt = (index: number) => Math.min(gains[index - 1] ?? 1, gains[index] ?? 1);
  for (const [index, frame] of frames.entries())
    for (const samples of [frame.left, frame.right])
      for (let i = 0; i < FRAME_SAMPLES; i++)
        samples[i]! *= gainAt(index) + ((gainAt(index + 1) - gainAt(index)) * i) / FRAME_SAMPLES;
  return frames;
};

const crossfaded = (from: readonly Frame[], to: readonly Frame[]): readonly Frame[] => {
  const frames = from.map((frame, index) => {
    const into = createFrame();
    blend(into, frame, to[index]!, index / FADE);
    return into;
  });
  return held(frames, from, to);
};

const framesOf = (loop: Loop, from: Frames): readonly Frame[] =>
  Array.from({ length: FADE }, (_, index) => {
    const frame = createFrame();
    loop.read(from + index, frame);
    return frame;
  });

/**
 * Encodes another take of a sound. It begins and ends with packets of the first take, so that each take follows each
 * other as the first follows itself; between them it goes over into its own loop and back.
 * @param own the same recipe with another seed, at the level of the first; as long as the take is to be
 * @param period of a recipe that keeps time, in frames
 * @throws Error when the loop or the first take is too short, or a second of either is not whole
 */
export const encodeTake = (
  own: Loop,
  first: StoredSound,
  period: Frames = 1,
  onFrame: (done: Frames, of: Frames) => void = () => {},
): readonly Packet[] => {
  const { length } = own;
  const isWhole = length % KEYFRAME_INTERVAL === 0 && first.length % KEYFRAME_INTERVAL === 0;
  if (Math.min(length, first.length) < MIN_TAKE_LENGTH || (length !== first.length && !isWhole))
    throw new Error(`No take of ${length} frames fits`);
  const [head, tail] = [decodeSpan(first, JOINT, FADE), decodeSpan(first, tailStart(first.length), FADE + SETTLED)];
  const turn = bestTurn(own, head, tail, period);
  const opening = crossfaded(head, framesOf(own, JOINT + turn));
  const closing = crossfaded(framesOf(own, tailStart(length) + turn), tail.slice(0, FADE));

  const encoder = createOpusEncoder();
  const frame = createFrame();
  for (const before of decodeSpan(first, 0, JOINT)) encoder.encode(before);
  const packets: Packet[] = first.packets.slice(0, JOINT);
  for (let index = JOINT; index < length - JOINT; index++) {
    own.read(index + turn, frame);
    const joined = opening[index - JOINT] ?? closing[index - tailStart(length)] ?? tail[index - tailStart(length)];
    packets.push(encoder.encode(joined ?? frame, index % KEYFRAME_INTERVAL === 0));
    onFrame(index + 1, length);
  }
  return [...packets, ...first.packets.slice(-JOINT)];
};
