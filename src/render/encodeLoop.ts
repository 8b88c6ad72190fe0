import { createFrame, KEYFRAME_INTERVAL, type Packet } from "../audio/format.ts";
import { createOpusEncoder } from "../audio/opusEncoder.ts";
import type { Frames } from "../kernel/units.ts";
import type { Loop } from "./loop.ts";

/**
 * The encoder is first given this much of the loop's end, so that the beginning follows from it as
 * it will when the loop comes round.
 */
const RUN_IN: Frames = 150;

/** Encodes a loop so that its last packet is followed by its first without a seam. */
export const encodeLoop = (loop: Loop, onFrame: (done: Frames, of: Frames) => void = () => {}): readonly Packet[] => {
  const encoder = createOpusEncoder();
  const frame = createFrame();
  const packets: Packet[] = [];
  for (let index = -Math.min(RUN_IN, loop.length); index < loop.length; index++) {
    loop.read(index, frame);
    const packet = encoder.encode(frame, index % KEYFRAME_INTERVAL === 0);
    if (index < 0) continue;
    packets.push(packet);
    onFrame(index + 1, loop.length);
  }
  return packets;
};
