import type { Frames } from "../kernel/units.ts";
import { createFrame, FRAME_SAMPLES, type Frame, SAMPLE_RATE } from "./format.ts";
import { createHeadModel } from "./headModel.ts";

/** Where a sound is heard. */
export type Placement = "centre" | "left" | "right" | "near" | "far" | "orbit";

/** Puts a stereo sound into its place; allocates nothing. */
interface SpatialFilter {
  /** @param position frames since the beginning, so that what moves is at the same place for everybody */
  apply(frame: Frame, position: Frames): void;
}

/** Once around the head. */
export const ORBIT_PERIOD: Frames = 1_200;
const SIDE_AZIMUTH = (75 * Math.PI) / 180;
/** What is put to one side is summed to one channel first; so much brings it to the loudness it had. */
const PANNED_LEVEL = 1.05;
/** Close by, low tones are stronger (the proximity of a source of 20 cm), and the level stays. */
const NEAR_SHELF = 220;
const NEAR_LEVEL = 0.88;
/** Across the room: the air takes the highs, and the room gives something back. */
const FAR_CUTOFF = 2_800;
const FAR_LEVEL = 0.42;
const FAR_REFLECTIONS = {
  first: 1_117,
  firstLevel: 0.33,
  second: 1_823,
  secondLevel: 0.26,
  third: 2_671,
  thirdLevel: 0.2,
};

/** Between two ears, at an angle that may move. */
const createHeadPanner = (azimuth: (position: Frames) => number): SpatialFilter => {
  const head = createHeadModel();
  const mono = new Float32Array(FRAME_SAMPLES);
  return {
    apply(frame, position) {
      const { left, right } = frame;
      for (let i = 0; i < FRAME_SAMPLES; i++) mono[i] = (left[i]! + right[i]!) * 0.5;
      left.fill(0);
      right.fill(0);
      head(mono, frame, azimuth(position), 1, PANNED_LEVEL);
    },
  };
};

const onePole = (cutoff: number): number => 1 - Math.exp((-2 * Math.PI * cutoff) / SAMPLE_RATE);

const createNear = (): SpatialFilter => {
  const pole = onePole(NEAR_SHELF);
  const low = new Float64Array(2);
  const side = (samples: Float32Array, channel: 0 | 1) => {
    let state = low[channel]!;
    for (let i = 0; i < FRAME_SAMPLES; i++) {
      const sample = samples[i]!;
      state += pole * (sample - state);
      samples[i] = NEAR_LEVEL * (sample + 0.6 * state);
    }
    low[channel] = state;
  };
  return {
    apply({ left, right }) {
      side(left, 0);
      side(right, 1);
    },
  };
};

const createFar = (): SpatialFilter => {
  const pole = onePole(FAR_CUTOFF);
  const [size, mask] = [4_096, 4_095];
  const { first, firstLevel, second, secondLevel, third, thirdLevel } = FAR_REFLECTIONS;
  const [roomL, roomR] = [new Float32Array(size), new Float32Array(size)];
  /** Two poles for each ear. */
  const state = new Float64Array(4);
  let write = 0;

  const darken = (samples: Float32Array, room: Float32Array, at: 0 | 2) => {
    let one = state[at]!;
    let two = state[at + 1]!;
    for (let i = 0; i < FRAME_SAMPLES; i++) {
      one += pole * (samples[i]! - one);
      two += pole * (one - two);
      room[(write + i) & mask] = two;
    }
    state[at] = one;
    state[at + 1] = two;
  };
  /** Narrower, as what is far away is, and each echo from the other side. */
  const spread = (samples: Float32Array, own: Float32Array, other: Float32Array) => {
    for (let i = 0; i < FRAME_SAMPLES; i++) {
      const now = write + i;
      const echoes =
        firstLevel * other[(now - first) & mask]! +
        secondLevel * other[(now - second) & mask]! +
        thirdLevel * other[(now - third) & mask]!;
      samples[i] = FAR_LEVEL * (0.7 * own[now & mask]! + 0.3 * other[now & mask]! + echoes);
    }
  };

  return {
    apply({ left, right }) {
      darken(left, roomL, 0);
      darken(right, roomR, 2);
      spread(left, roomL, roomR);
      spread(right, roomR, roomL);
      write = (write + FRAME_SAMPLES) & mask;
    },
  };
};

const createSpatialFilter = (name: Placement): SpatialFilter | undefined => {
  switch (name) {
    case "centre":
      return undefined;
    case "left":
      return createHeadPanner(() => -SIDE_AZIMUTH);
    case "right":
      return createHeadPanner(() => SIDE_AZIMUTH);
    case "near":
      return createNear();
    case "far":
      return createFar();
    case "orbit":
      return createHeadPanner((position) => (2 * Math.PI * (position % ORBIT_PERIOD)) / ORBIT_PERIOD);
  }
};

/** A place that can be changed while it is heard. */
export interface Spatialiser extends SpatialFilter {
  /** Moves within so many frames; 0 is at once, for what nobody hears. */
  to(name: Placement, frames: Frames): void;
  /** As it is where it stands now, for what comes before; stays there. */
  applyWithoutAdvancing(frame: Frame, position: Frames): void;
  placement(): Placement;
  /** Nothing is on its way. */
  isSettled(): boolean;
}

/** Begins in the middle, where the sound stays as it is. */
export const createSpatialiser = (start: Placement = "centre"): Spatialiser => {
  let name = start;
  /** Asked for while it was still on its way to another. */
  let waiting: Frames | undefined;
  let now = createSpatialFilter(start);
  let before: SpatialFilter | undefined;
  let length: Frames = 0;
  let done: Frames = 0;
  let old: Frame | undefined;
  /** What `now` is. */
  let heading = start;
  const settled = () => done >= length;
  const go = (frames: Frames) => {
    heading = name;
    before = now;
    now = createSpatialFilter(name);
    length = Math.max(0, Math.round(frames));
    done = 0;
  };

  return {
    placement: () => name,
    isSettled: () => settled() && waiting === undefined,
    to(next, frames) {
      if (next === name) return;
      name = next;
      // From the middle between two places there is no way that is not heard: it arrives first.
      if (!settled()) waiting = frames;
      else go(frames);
    },
    applyWithoutAdvancing: (frame, position) => (settled() ? now : before)?.apply(frame, position),
    apply(frame, position) {
      if (settled() && waiting !== undefined) {
        const frames = waiting;
        waiting = undefined;
        if (name !== heading) go(frames);
      }
      if (settled()) return now?.apply(frame, position);
      old ??= createFrame();
      old.left.set(frame.left);
      old.right.set(frame.right);
      before?.apply(old, position);
      now?.apply(frame, position);
      // Both are of one sound, so that their amplitudes and not their powers add up.
      const step = 1 / (length * FRAME_SAMPLES);
      let share = done / length;
      for (let i = 0; i < FRAME_SAMPLES; i++) {
        share += step;
        frame.left[i] = share * frame.left[i]! + (1 - share) * old.left[i]!;
        frame.right[i] = share * frame.right[i]! + (1 - share) * old.right[i]!;
      }
      done += 1;
    },
  };
};
