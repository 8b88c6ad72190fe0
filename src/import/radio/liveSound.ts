import { createFrame, FRAME_SAMPLES, type Frame, type Packet } from "../../audio/format.ts";
import { createLiveLevel, LIVE_LEVEL_DELAY } from "../../audio/liveLevel.ts";
import { createOpusEncoder } from "../../audio/opusEncoder.ts";
import { createRamp, SILENCE } from "../../audio/ramp.ts";
import { type Frames, framesIn, seconds } from "../../kernel/units.ts";
import { decodeStream } from "../formats/decodeStream.ts";
import { openMpegDecoder } from "../formats/mp3.ts";
import { readFrames } from "../formats/readFrames.ts";

/** What comes in is faded in over this, and out again where it ends. */
const RAMP: Frames = framesIn(seconds(1));

/**
 * Makes packets at our level of MP3 that arrives piece by piece, faded in and, where it ends, out.
 * @param onPacket called with each packet of 20 ms, a second after its sound has arrived
 * @returns when the sound has ended
 * @throws UserError when it can't be decoded
 */
export const encodeLive = async (
  pieces: AsyncIterable<Uint8Array>,
  onPacket: (packet: Packet) => void,
): Promise<void> => {
  const level = createLiveLevel();
  const encoder = createOpusEncoder({ complexity: 5 });
  const ramp = createRamp(SILENCE);
  let frames: Frames = 0;
  const take = (frame: Frame) => {
    level.apply(frame);
    frames += 1;
    // Nothing has come through the delay yet.
    if (frames <= LIVE_LEVEL_DELAY) return;
    if (frames === LIVE_LEVEL_DELAY + 1) ramp.to(0, RAMP);
    ramp.apply(frame);
    onPacket(encoder.encode(frame, frames <= LIVE_LEVEL_DELAY + 2));
  };
  const last = createFrame();
  try {
    // A broken frame now and then is stepped over, all night long.
    await readFrames(decodeStream(openMpegDecoder, pieces, Number.POSITIVE_INFINITY), (frame) => {
      take(frame);
    });
  } finally {
    // What still waits is a second: over that it fades out.
    ramp.to(SILENCE, Math.min(RAMP, LIVE_LEVEL_DELAY));
    for (let left = LIVE_LEVEL_DELAY + 1; left > 0; left--) {
      last.left.fill(0, 0, FRAME_SAMPLES);
      last.right.fill(0, 0, FRAME_SAMPLES);
      take(last);
    }
  }
};
