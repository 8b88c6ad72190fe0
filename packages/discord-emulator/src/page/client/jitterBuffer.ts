/** Frames that wait to be heard, so that their uneven arrival is not. */
export interface JitterBuffer {
  /** A frame of two equally long channels. */
  push(left: Float32Array, right: Float32Array): void;
  /** Fills both with what comes next, and with silence where nothing does. @returns whether sound was read */
  read(left: Float32Array, right: Float32Array): boolean;
  clear(): void;
  /** Samples that wait. */
  readonly waiting: number;
}

/** 5 ms: no click is heard where a stream begins or breaks off. */
const RAMP = 240;

/**
 * Waits until `ahead` samples have come, then plays; when it has run dry it waits again. More than three times as many
 * are brought back to `ahead`: the sender's clock runs faster than the sound card's, by a few samples a second.
 */
export const createJitterBuffer = (ahead: number): JitterBuffer => {
  let frames: { left: Float32Array; right: Float32Array }[] = [];
  let offset = 0;
  let waiting = 0;
  let flowing = false;
  let gain = 0;
  let [lastLeft, lastRight] = [0, 0];

  const drop = () => {
    waiting -= (frames.shift()?.left.length ?? offset) - offset;
    offset = 0;
  };

  const next = (): boolean => {
    const frame = frames[0];
    if (frame === undefined) return false;
    lastLeft = frame.left[offset]!;
    lastRight = frame.right[offset]!;
    waiting -= 1;
    offset += 1;
    if (offset === frame.left.length) {
      frames.shift();
      offset = 0;
    }
    return true;
  };

  return {
    push(left, right) {
      if (left.length === 0) return;
      frames.push({ left, right });
      waiting += left.length;
      if (waiting >= ahead) flowing = true;
      if (waiting <= 3 * ahead) return;
      while (frames.length > 1 && waiting > ahead) drop();
      // What follows is another place in the sound: it comes in from silence.
      gain = 0;
    },
    read(left, right) {
      let heard = false;
      for (let i = 0; i < left.length; i++) {
        const flows = flowing && next();
        if (!flows) flowing = false;
        // Run dry, the last sample fades out where it stood.
        gain = flows ? Math.min(1, gain + 1 / RAMP) : Math.max(0, gain - 1 / RAMP);
        heard ||= flows;
        left[i] = lastLeft * gain;
        right[i] = lastRight * gain;
      }
      return heard;
    },
    clear() {
      frames = [];
      offset = 0;
      waiting = 0;
      flowing = false;
    },
    get waiting() {
      return waiting;
    },
  };
};
