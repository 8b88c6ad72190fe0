/** What a loop is measured by; all of the range from black to white, as it is stored. */
export interface Measured {
  /** Mean luminance of the brightest frame. */
  readonly brightness: number;
  /**
   * The largest change of mean luminance from a frame to the next, the last to the first too: of
   * the whole, and of a part of 1/8 × 1/8.
   */
  readonly step: number;
  readonly partStep: number;
  /**
   * How far luminance swings faster than 3 times a second, from its lowest to its highest: of the
   * whole, and of a part.
   */
  readonly flicker: number;
  readonly partFlicker: number;
}

/** Limits for a picture that is watched in the dark. */
export const GATES = {
  brightness: 0.25,
  step: 0.03,
  partStep: 0.03,
  /** WCAG 2.2 (2.3.1) calls 10 % a flash; asleep is stricter. */
  flicker: 0.02,
  partFlicker: 0.04,
  /** Hz */
  flickerAbove: 3,
  /** Bytes of a file. */
  bytes: 4_000_000,
} as const;

const PARTS = 8;

/** Mean luminance (Rec. 709 weights) of the whole, then of each part. */
const levelsOf = (rgb: Uint8Array, size: number): Float64Array => {
  const levels = new Float64Array(PARTS * PARTS + 1);
  const counts = new Float64Array(PARTS * PARTS + 1);
  for (let row = 0, at = 0; row < size; row++)
    for (let column = 0; column < size; column++, at += 3) {
      const light = (0.2126 * rgb[at]! + 0.7152 * rgb[at + 1]! + 0.0722 * rgb[at + 2]!) / 255;
      const part = 1 + Math.floor((row * PARTS) / size) * PARTS + Math.floor((column * PARTS) / size);
      levels[0]! += light;
      counts[0]!++;
      levels[part]! += light;
      counts[part]!++;
    }
  return levels.map((sum, index) => sum / counts[index]!);
};

/**
 * What is left of a loop's course when all that is slower than a frequency is taken out, from its
 * lowest to its highest.
 */
const swingAbove = (course: readonly number[], rate: number, frequency: number): number => {
  const count = course.length;
  const slow = Math.floor((frequency * count) / rate);
  const rest = [...course];
  for (let k = 0; k <= slow && k <= count / 2; k++) {
    let re = 0;
    let im = 0;
    for (let n = 0; n < count; n++) {
      re += course[n]! * Math.cos((2 * Math.PI * k * n) / count);
      im -= course[n]! * Math.sin((2 * Math.PI * k * n) / count);
    }
    const weight = (k === 0 || 2 * k === count ? 1 : 2) / count;
    for (let n = 0; n < count; n++) {
      const angle = (2 * Math.PI * k * n) / count;
      rest[n]! -= weight * (re * Math.cos(angle) - im * Math.sin(angle));
    }
  }
  return Math.max(...rest) - Math.min(...rest);
};

/** Measures the frames of a loop one after another, so that they need not be kept. */
export const openMeter = (size: number, framesPerSecond: number) => {
  const courses: number[][] = Array.from({ length: PARTS * PARTS + 1 }, () => []);
  return {
    add(rgb: Uint8Array): void {
      levelsOf(rgb, size).forEach((level, index) => void courses[index]!.push(level));
    },
    measure(): Measured {
      const [whole, ...parts] = courses;
      const step = (course: readonly number[]) =>
        Math.max(...course.map((level, index) => Math.abs(level - course.at(index - 1)!)));
      const swing = (course: readonly number[]) => swingAbove(course, framesPerSecond, GATES.flickerAbove);
      return {
        brightness: Math.max(...whole!),
        step: step(whole!),
        partStep: Math.max(...parts.map(step)),
        flicker: swing(whole!),
        partFlicker: Math.max(...parts.map(swing)),
      };
    },
  };
};

/** What a loop fails, by name; empty when it may be shown. */
export const failures = (measured: Measured): readonly string[] =>
  (["brightness", "step", "partStep", "flicker", "partFlicker"] as const).filter(
    (gate) => !(measured[gate] <= GATES[gate]),
  );
