import { type Frame, SAMPLE_RATE } from "./format.ts";

/**
 * Brown & Duda 1998, "A structural model for binaural sound synthesis": a head of 8.75 cm, no
 * pinna.
 */
const HEAD_RADIUS = 0.0875;
const SPEED_OF_SOUND = 343;
const ALPHA_MIN = 0.1;
const THETA_MIN = (150 * Math.PI) / 180;
const BETA = (2 * SPEED_OF_SOUND) / HEAD_RADIUS;
/** Near the ear the level difference grows; more than this is unpleasant on headphones. */
const MAX_NEAR_GAIN = 2.2;
const DELAY_LINE_SAMPLES = 128;

/** How one ear hears a direction. */
interface EarResponse {
  /** Samples. */
  readonly delay: number;
  /** Gain at high frequencies: 2 towards the ear, 0.1 behind the head. */
  readonly alpha: number;
  readonly gain: number;
}

/**
 * @param azimuth radians, 0 ahead, −π/2 left, π/2 right, π behind
 * @param distance metres from the head's middle
 */
const earResponse = (side: -1 | 1, azimuth: number, distance: number): EarResponse => {
  const along = Math.sin(azimuth) * side;
  const angle = Math.acos(Math.min(1, Math.max(-1, along)));
  const delay =
    angle < Math.PI / 2
      ? (HEAD_RADIUS / SPEED_OF_SOUND) * (1 - Math.cos(angle))
      : (HEAD_RADIUS / SPEED_OF_SOUND) * (1 + angle - Math.PI / 2);
  const toEar = Math.sqrt(distance ** 2 + HEAD_RADIUS ** 2 - 2 * distance * HEAD_RADIUS * along);
  return {
    delay: delay * SAMPLE_RATE,
    alpha: 1 + ALPHA_MIN / 2 + (1 - ALPHA_MIN / 2) * Math.cos((angle / THETA_MIN) * Math.PI),
    gain: Math.min(MAX_NEAR_GAIN, Math.max(1 / MAX_NEAR_GAIN, distance / Math.max(0.02, toEar))),
  };
};

/** One ear's delay and head shadow, moving evenly within a block. */
const createEarFilter = (side: -1 | 1) => {
  const line = new Float32Array(DELAY_LINE_SAMPLES);
  const state = new Float64Array(2);
  let write = 0;
  let last: EarResponse | undefined;
  return (block: Float32Array, out: Float32Array, azimuth: number, distance: number, level: number): void => {
    const to = earResponse(side, azimuth, distance);
    const from = last ?? to;
    last = to;
    let [x1, y1] = state as unknown as [number, number];
    // (α s + β) / (s + β), by the bilinear transform.
    const k = 2 * SAMPLE_RATE;
    const a1 = (BETA - k) / (BETA + k);
    for (let i = 0; i < block.length; i++) {
      const t = i / block.length;
      const delay = from.delay + (to.delay - from.delay) * t;
      const alpha = from.alpha + (to.alpha - from.alpha) * t;
      const gain = from.gain + (to.gain - from.gain) * t;
      line[write] = block[i]!;
      const whole = Math.floor(delay);
      const part = delay - whole;
      const near = line[(write - whole) & (DELAY_LINE_SAMPLES - 1)]!;
      const far = line[(write - whole - 1) & (DELAY_LINE_SAMPLES - 1)]!;
      write = (write + 1) & (DELAY_LINE_SAMPLES - 1);
      const x = near + (far - near) * part;
      const y = ((alpha * k + BETA) * x + (BETA - alpha * k) * x1) / (k + BETA) - a1 * y1;
      x1 = x;
      y1 = y;
      out[i] = out[i]! + gain * level * y;
    }
    state[0] = x1;
    state[1] = y1;
  };
};

/** Creates a mono source that moves around the head, and adds itself to the frame. */
export const createHeadModel = () => {
  const [left, right] = [createEarFilter(-1), createEarFilter(1)];
  return (block: Float32Array, frame: Frame, azimuth: number, distance = 1, level = 1): void => {
    left(block, frame.left, azimuth, distance, level);
    right(block, frame.right, azimuth, distance, level);
  };
};
