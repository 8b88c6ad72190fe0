import { createFrame } from "../audio/format.ts";
import { frameAt } from "../audio/frameAt.ts";
import { createKWeightedEnergy, loudnessOfPower } from "../audio/loudness.ts";
import { createOpusDecoder } from "../audio/opusDecoder.ts";
import { readStoredSound } from "../audio/storedSound.ts";
import { type Frames, framesIn, minutes } from "../kernel/units.ts";
import type { LoudnessCurve } from "../ports/sounds.ts";

/** Each level of a curve is of so many frames: a fifth of a second. */
const STEP: Frames = 10;
/** Longer sounds would take the process too long, and have no curve. */
const LONGEST: Frames = framesIn(minutes(20));
/** Bytes before the levels: the length, and where the bed begins, in frames. */
const HEADER = 8;
/** A level is kept as a byte, in half decibels below 0 LUFS. */
const PER_DECIBEL = -2;
const SAMPLES_PER_FRAME = createFrame().left.length;

/**
 * Measures a stored sound, K-weighted as BS.1770-4 has it, without its gates.
 * @param path of its file
 * @returns what {@link readLoudnessCurve} reads
 * @throws Error when the sound is longer than twenty minutes, UserError when the file cannot be read
 */
export const measureLoudnessCurve = (path: string): Uint8Array => {
  const { packets, length, bedFrom = 0 } = readStoredSound(path);
  if (length > LONGEST) throw new Error("The sound is too long for a loudness curve");
  const bytes = new Uint8Array(HEADER + Math.ceil(length / STEP));
  const header = new DataView(bytes.buffer);
  header.setUint32(0, length, true);
  header.setUint32(4, bedFrom, true);
  const [decoder, frame, energy] = [createOpusDecoder(), createFrame(), createKWeightedEnergy()];
  for (let from = 0; from < length; from += STEP) {
    const until = Math.min(length, from + STEP);
    let sum = 0;
    for (let at = from; at < until; at++) {
      decoder.decode(packets[at]!, frame, 0);
      sum += energy(frame);
    }
    const level = loudnessOfPower(sum / ((until - from) * SAMPLES_PER_FRAME) + 1e-13);
    bytes[HEADER + from / STEP] = Math.round(Math.min(255, Math.max(0, level * PER_DECIBEL)));
  }
  return bytes;
};

/** Reads what {@link measureLoudnessCurve} has made. */
export const readLoudnessCurve = (bytes: Uint8Array): LoudnessCurve => {
  const header = new DataView(bytes.buffer, bytes.byteOffset);
  const [length, bedFrom] = [header.getUint32(0, true), header.getUint32(4, true)];
  const levels = Float32Array.from(bytes.subarray(HEADER), (byte) => byte / PER_DECIBEL);
  const power = levels.reduce((sum, level) => sum + 10 ** (level / 10), 0) / levels.length;
  return {
    mean: 10 * Math.log10(power),
    at: (position) => levels[Math.floor(frameAt({ length, bedFrom }, position) / STEP)]!,
  };
};
