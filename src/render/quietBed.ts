import type { AudioNode } from "../audio/format.ts";
import { type Frames, framesIn, seconds } from "../kernel/units.ts";
import { roomTone } from "../synth/roomTone.ts";
import { type Loop, renderLoopAsRead } from "./loop.ts";

/** The bed that goes on after what has an end comes round after this. */
export const BED: Frames = framesIn(seconds(30));
/** From the end of what is heard once to the moment that counts as its end: what follows is crossfaded before that. */
const REST: Frames = framesIn(seconds(6));
/** Of the room after a recording: some 25 dB below it. */
const LEVEL = 0.009;

/**
 * Where the bed of a sound begins that is heard once: at a whole second, where the file has a keyframe.
 * @param end the frame after the last that is heard of it
 */
export const bedStart = (end: Frames): Frames => Math.ceil((end + REST) / 50) * 50;

/** A quiet room, as a loop of `BED` frames. */
export const quietBed = (bed: AudioNode = roomTone(1, LEVEL)): Loop => renderLoopAsRead({ bed }, BED);

/** Plays a loop over and over. */
export const looped = (loop: Loop): AudioNode => {
  let index = 0;
  return {
    render(frame) {
      loop.read(index++, frame);
      return "more";
    },
  };
};
