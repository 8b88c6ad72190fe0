import { createFrame, KEYFRAME_INTERVAL, type Packet } from "../audio/format.ts";
import { createOpusDecoder } from "../audio/opusDecoder.ts";
import { createOpusEncoder } from "../audio/opusEncoder.ts";
import { createRamp, SILENCE } from "../audio/ramp.ts";
import { readStoredSound, writeStoredSound } from "../audio/storedSound.ts";
import { type Frames, framesIn, seconds } from "../kernel/units.ts";

/** How long a sample is. */
const SAMPLE_LENGTH: Frames = framesIn(seconds(20));
const RISE: Frames = framesIn(seconds(1.5));
const FALL: Frames = framesIn(seconds(2.5));
/** A decoder is itself after this many packets, wherever it begins. */
const RUN_IN: Frames = 25;

/** Where a sample begins: not at the beginning, which in a loop is where it is least like itself. */
const beginningOf = (length: Frames): Frames =>
  length <= SAMPLE_LENGTH ? 0 : Math.floor((length - SAMPLE_LENGTH) / 3);

/**
 * Twenty seconds of a stored sound at the level at which listeners would hear it, on ramps at both ends.
 * @returns an Ogg Opus file; shorter where the sound is
 */
export const cutSample = (path: string): Uint8Array => {
  const { packets, bedFrom, length: whole, title = "Lull", licence = "", loudness = 0 } = readStoredSound(path);
  const length = bedFrom ?? whole;
  const decoder = createOpusDecoder();
  const encoder = createOpusEncoder();
  const ramp = createRamp(SILENCE);
  const frame = createFrame();
  const from = beginningOf(length);
  const count = Math.min(SAMPLE_LENGTH, length);
  for (let i = Math.max(0, from - RUN_IN); i < from; i++) decoder.decode(packets[i]!, frame, 0);
  ramp.to(0, RISE);
  const sample: Packet[] = [];
  for (let i = 0; i < count; i++) {
    if (i === count - FALL) ramp.to(SILENCE, FALL);
    decoder.decode(packets[from + i]!, frame, 0);
    ramp.apply(frame);
    sample.push(encoder.encode(frame, i % KEYFRAME_INTERVAL === 0));
  }
  return Buffer.concat([
    ...writeStoredSound({ packets: sample, keyframeInterval: KEYFRAME_INTERVAL, title, licence, loudness }, from),
  ]);
};
