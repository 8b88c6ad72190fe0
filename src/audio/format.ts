import type { Frames } from "../kernel/units.ts";

/**
 * Samples per second. Everything inside Lull is 48 kHz stereo, the only format of Discord's voice
 * (RFC 7587 for the clock).
 */
export const SAMPLE_RATE = 48_000;
/** Left and right. */
export const CHANNELS = 2;
/** Samples a channel in one frame of 20 ms. */
export const FRAME_SAMPLES = 960;

/** 20 ms of sound, planar: FRAME_SAMPLES samples a channel, full scale at ±1. */
export interface Frame {
  readonly left: Float32Array;
  readonly right: Float32Array;
}

/** @returns a silent frame */
export const createFrame = (): Frame => ({
  left: new Float32Array(FRAME_SAMPLES),
  right: new Float32Array(FRAME_SAMPLES),
});

/** A generator or processor of sound that fills the caller's frame; allocates nothing. */
export interface AudioNode {
  /** @returns "done" with the last frame (its rest is silence), "more" before */
  render(frame: Frame): "more" | "done";
}

/** A stretch of stereo sound in memory, planar, of any length. */
export interface Pcm {
  readonly left: Float32Array;
  readonly right: Float32Array;
}

/**
 * Frames between two keyframes of an encoded sound: each second begins with a packet that predicts
 * from nothing.
 */
export const KEYFRAME_INTERVAL: Frames = 50;

/** One Opus frame of 20 ms, as it is sent. */
export type Packet = Uint8Array;

/** The Opus frame that means silence to Discord; five of them end a transmission. */
export const SILENCE_PACKET: Packet = new Uint8Array([0xf8, 0xff, 0xfe]);
