import { createFrame, FRAME_SAMPLES, type Packet, type Pcm } from "../../src/audio/format.ts";
import { addFrame } from "../../src/audio/gain.ts";
import { createLimiter } from "../../src/audio/limiter.ts";
import { createOpusDecoder } from "../../src/audio/opusDecoder.ts";
import { createOpusEncoder } from "../../src/audio/opusEncoder.ts";
import { createRamp } from "../../src/audio/ramp.ts";
import type { Frames } from "../../src/kernel/units.ts";
import { createNoise } from "./material.ts";

/** Microseconds of CPU for one frame of 20 ms. */
export interface CodecCost {
  readonly encode: number;
  readonly decode: number;
  readonly mix: number;
}

const perFrame = (frames: Frames, work: (frame: number) => void): number => {
  const from = process.cpuUsage();
  for (let frame = 0; frame < frames; frame++) work(frame);
  const { user, system } = process.cpuUsage(from);
  return (user + system) / frames;
};

/** This much sound in memory, cached for mixing as 32-bit samples. */
export const cachedNoise = (frames: Frames, seed: number): Pcm => {
  const pcm = { left: new Float32Array(frames * FRAME_SAMPLES), right: new Float32Array(frames * FRAME_SAMPLES) };
  const noise = createNoise(seed);
  const frame = createFrame();
  for (let at = 0; at < pcm.left.length; at += FRAME_SAMPLES) {
    noise(frame);
    pcm.left.set(frame.left, at);
    pcm.right.set(frame.right, at);
  }
  return pcm;
};

/** Encodes, decodes and mixes the layers, one pass each, with the nodes that the engine uses. */
export const measureCodec = (layers: readonly Pcm[], frames: Frames, complexity: 6 | 10): CodecCost => {
  const [frame, mix] = [createFrame(), createFrame()];
  const packets: Packet[] = [];
  const load = ({ left, right }: Pcm, index: number, into = frame) => {
    into.left.set(left.subarray(index * FRAME_SAMPLES, (index + 1) * FRAME_SAMPLES));
    into.right.set(right.subarray(index * FRAME_SAMPLES, (index + 1) * FRAME_SAMPLES));
  };

  const encoder = createOpusEncoder({ complexity });
  const encode = perFrame(frames, (index) => {
    load(layers[0]!, index);
    packets.push(encoder.encode(frame));
  });

  const decoder = createOpusDecoder();
  const decode = perFrame(frames, (index) => decoder.decode(packets[index]!, frame, 0));

  const limiter = createLimiter(-3);
  const ramps = layers.map(() => createRamp(0));
  for (const ramp of ramps) ramp.to(-6, frames);
  const second = createOpusEncoder({ complexity });
  const mixing = perFrame(frames, (index) => {
    // The first layer in place, as the engine does.
    for (let place = 0; place < layers.length; place++) {
      const into = place === 0 ? mix : frame;
      load(layers[place]!, index, into);
      ramps[place]!.apply(into);
      if (place > 0) addFrame(mix, frame);
    }
    limiter.apply(mix);
    second.encode(mix);
  });
  return { encode, decode, mix: mixing };
};
