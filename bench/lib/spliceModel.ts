import { type CrossfadeSide, createCrossfadeSide } from "../../src/audio/crossfade.ts";
import { createFrame, FRAME_SAMPLES, type Frame, KEYFRAME_INTERVAL, type Pcm } from "../../src/audio/format.ts";
import { LIMITER_DELAY } from "../../src/audio/limiter.ts";
import { createOpusEncoder, ENCODER_DELAY } from "../../src/audio/opusEncoder.ts";
import { createRamp } from "../../src/audio/ramp.ts";
import type { StoredSound } from "../../src/audio/storedSound.ts";
import { type Frames, framesIn, type Millis, seconds } from "../../src/kernel/units.ts";
import { decodeLoop } from "../../src/render/decodeLoop.ts";
import { encodeLoop } from "../../src/render/encodeLoop.ts";
import { renderLoop } from "../../src/render/loop.ts";
import { master } from "../../src/render/master.ts";
import { RECIPES } from "../../src/synth/recipes.ts";

/** A sound as it is stored, and what it sounds like when nothing is ever joined. */
export interface SpliceMaterial {
  readonly name: string;
  readonly sound: StoredSound;
  /** Decoded from the stored packets, as heard once they have gone round. */
  readonly decoded: Pcm;
  /** Decoded from an encoding that goes on over the loop's seam, prediction and all. */
  readonly seamless: Pcm;
}

export const LENGTH: Frames = framesIn(seconds(12));

export const createSpliceMaterial = (name: string): SpliceMaterial => {
  const recipe = RECIPES.get(name)!;
  const loop = master(renderLoop(recipe.create({ seed: 1, length: LENGTH }), LENGTH), recipe);
  const packets = encodeLoop(loop);
  const encoder = createOpusEncoder();
  const frame = createFrame();
  const round = () =>
    Array.from({ length: LENGTH }, (_, index) => {
      loop.read(index, frame);
      return encoder.encode(frame);
    });
  round();
  const keyframes = Array.from(
    { length: Math.ceil(LENGTH / KEYFRAME_INTERVAL) },
    (_, index) => index * KEYFRAME_INTERVAL,
  );
  const sound = { packets, length: LENGTH, keyframes, title: name, licence: undefined, loudness: undefined };
  return { name, sound, decoded: decodeLoop(packets), seamless: decodeLoop(round()) };
};

/**
 * By so much gains come later than they were asked for: sounds are read ahead by what the limiter
 * and the encoder hold back.
 */
const DELAY = LIMITER_DELAY + ENCODER_DELAY;

/**
 * What a stream should sound like: the decoded sounds under the gains that were asked for, with no
 * codec after them.
 */
export interface ReferenceStream {
  play(pcm: Pcm, from: Frames, over: Millis): void;
  seek(to: Frames, over: Millis): void;
  setVolume(level: number, over: Millis): void;
  next(): Frame;
}

/** The samples that waited, and then these; the last of these wait. */
const delayed = (samples: Float32Array, waiting: Float32Array): Float32Array => {
  const out = new Float32Array(FRAME_SAMPLES);
  out.set(waiting.subarray(0, DELAY));
  out.set(samples.subarray(0, FRAME_SAMPLES - DELAY), DELAY);
  waiting.set(samples.subarray(FRAME_SAMPLES - DELAY));
  return out;
};

export const createReferenceStream = (): ReferenceStream => {
  let parts: { readonly pcm: Pcm; readonly side: CrossfadeSide; position: Frames }[] = [];
  const loudness = createRamp(0);
  const scratch = createFrame();
  const waiting = createFrame();
  const begin = (pcm: Pcm, from: Frames, over: Millis) => {
    for (const { side } of parts) side.fade("out", framesIn(over));
    const side = createCrossfadeSide();
    side.fade("in", framesIn(over));
    parts.push({ pcm, side, position: from });
  };
  return {
    play: begin,
    seek: (to, over) => begin(parts.at(-1)!.pcm, to, over),
    setVolume: (level, over) => loudness.to(level, framesIn(over)),
    next() {
      const mix = createFrame();
      for (const part of parts) {
        const { left, right } = part.pcm;
        for (let i = 0, at = part.position * FRAME_SAMPLES + DELAY; i < FRAME_SAMPLES; i++, at++) {
          scratch.left[i] = left[at % left.length]!;
          scratch.right[i] = right[at % right.length]!;
        }
        part.side.apply(scratch);
        part.position = (part.position + 1) % LENGTH;
        for (let i = 0; i < FRAME_SAMPLES; i++) {
          mix.left[i]! += scratch.left[i]!;
          mix.right[i]! += scratch.right[i]!;
        }
      }
      loudness.apply(mix);
      parts = parts.filter(({ side }) => !side.isSilent());
      return { left: delayed(mix.left, waiting.left), right: delayed(mix.right, waiting.right) };
    },
  };
};

/** Mean power of a frame, in decibels of full scale. */
export const levelOf = ({ left, right }: Frame): number => {
  let power = 1e-12;
  for (let i = 0; i < left.length; i++) power += left[i]! ** 2 + right[i]! ** 2;
  return 10 * Math.log10(power / (2 * left.length));
};

/** The largest step from one sample to the next, in either ear. */
export const stepOf = ({ left, right }: Frame): number => {
  let most = 0;
  for (let i = 1; i < left.length; i++)
    most = Math.max(most, Math.abs(left[i]! - left[i - 1]!), Math.abs(right[i]! - right[i - 1]!));
  return most;
};
