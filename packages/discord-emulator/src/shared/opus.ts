/** Sampling rate of Discord's voice, in hertz; also the clock of its RTP timestamps (RFC 7587). */
export const SAMPLE_RATE = 48_000;

/** Samples per channel in one Opus frame of 20 ms. */
export const FRAME_SAMPLES = 960;

/** The Opus frame that means silence; five of them end a transmission (Discord, "Voice Data Interpolation"). */
export const SILENCE_FRAME: Uint8Array = Uint8Array.of(0xf8, 0xff, 0xfe);
