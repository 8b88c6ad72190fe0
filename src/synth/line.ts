import { type AudioNode, FRAME_SAMPLES, type Frame, type Pcm, SAMPLE_RATE } from "../audio/format.ts";
import { prng } from "../kernel/random.ts";

/** Sounds that overlap, each written where it begins; read frame by frame. */
export interface Line {
  /** @param offset samples from the beginning of the frame that `take` gives next, less than a frame */
  add(sound: Pcm, offset: number): void;
  /** Fills the frame with the next 20 ms. */
  take(frame: Frame): void;
}

/** @param longest seconds of the longest sound that will be added */
export const createLine = (longest: number): Line => {
  const size = (Math.ceil((longest * SAMPLE_RATE) / FRAME_SAMPLES) + 2) * FRAME_SAMPLES;
  const ring: Frame = { left: new Float32Array(size), right: new Float32Array(size) };
  let read = 0;

  const write = (from: Float32Array, into: Float32Array, at: number) => {
    for (let i = 0, place = at % size; i < from.length; i++) {
      into[place] = into[place]! + from[i]!;
      if (++place === size) place = 0;
    }
  };

  return {
    add(sound, offset) {
      if (sound.left.length > size - FRAME_SAMPLES) throw new Error("A sound is longer than its line expects");
      write(sound.left, ring.left, read + offset);
      write(sound.right, ring.right, read + offset);
    },
    take({ left, right }) {
      left.set(ring.left.subarray(read, read + FRAME_SAMPLES));
      right.set(ring.right.subarray(read, read + FRAME_SAMPLES));
      ring.left.fill(0, read, read + FRAME_SAMPLES);
      ring.right.fill(0, read, read + FRAME_SAMPLES);
      read = (read + FRAME_SAMPLES) % size;
    },
  };
};

/** Sounds at random moments, `rate()` a second at this time, that never repeat. */
export const sprinkle = (
  seed: number,
  longest: number,
  rate: (frame: number) => number,
  make: (random: () => number) => Pcm,
): AudioNode => {
  const random = prng(seed);
  const line = createLine(longest);
  let frame = 0;
  let wait = -Math.log(1 - random());
  return {
    render(out) {
      // Time is stretched by the rate, so that the rate may move.
      const share = (rate(frame++) * FRAME_SAMPLES) / SAMPLE_RATE;
      let at = 0;
      while (share > 0 && at + wait < share) {
        at += wait;
        line.add(make(random), Math.floor((at / share) * FRAME_SAMPLES));
        wait = -Math.log(1 - random());
      }
      wait -= share - at;
      line.take(out);
      return "more";
    },
  };
};
