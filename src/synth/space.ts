import type { Pcm } from "../audio/format.ts";
import { createHeadModel } from "../audio/headModel.ts";

/** A short sound that stays in its place, as the two ears hear it. */
export const placed = (mono: Float32Array, azimuth: number, distance = 1, level = 1): Pcm => {
  const padded = new Float32Array(mono.length + 64);
  padded.set(mono);
  const pcm = { left: new Float32Array(padded.length), right: new Float32Array(padded.length) };
  createHeadModel()(padded, pcm, azimuth, distance, level);
  return pcm;
};

/** A short sound between two loudspeakers, −1 left to 1 right: for what is too brief or too much to be placed. */
export const panned = (mono: Float32Array, pan: number): Pcm => {
  const [left, right] = [Math.cos(((pan + 1) * Math.PI) / 4), Math.sin(((pan + 1) * Math.PI) / 4)];
  const pcm = { left: new Float32Array(mono.length), right: new Float32Array(mono.length) };
  for (let i = 0; i < mono.length; i++) {
    pcm.left[i] = left * mono[i]!;
    pcm.right[i] = right * mono[i]!;
  }
  return pcm;
};
