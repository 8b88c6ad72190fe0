import type { Placement } from "../kernel/placement.ts";
import type { Frames } from "../kernel/units.ts";
import { createFrame, FRAME_SAMPLES, type Frame, SAMPLE_RATE } from "./format.ts";
import { createHeadModel } from "./headModel.ts";

/** Places a stereo sound; allocates nothing. */
interface SpatialFilter {
  /**
   * @param position frames since the beginning, so that a moving sound is at the same place for
   * every listener
   */
  apply(frame: Frame, position: Frames): void;
}

/** Frames in which an orbiting sound circles the head once. */
export const ORBIT_PERIOD: Frames = 1_200;
const SIDE_AZIMUTH = (75 * Math.PI) / 180;
/** A panned sound is summed to one channel first; this gain restores its loudness. */
const PANNED_LEVEL = 1;
/** Close by, low tones are stronger (the proximity of a source of 20 cm), and the level stays. */
const NEAR_SHELF = 220;
const NEAR_LEVEL = 0.88;
/** Far away: air absorbs the highs, and the walls reflect a little. */
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
  const [historyL, historyR] = [new Float32Array(size), new Float32Array(size)];
  /** Two poles for each ear. */
  const state = new Float64Array(4);
  let write = 0;

  const darken = (samples: Float32Array, history: Float32Array, at: 0 | 2) => {
    let one = state[at]!;
    let two = state[at + 1]!;
    for (let i = 0; i < FRAME_SAMPLES; i++) {
      one += pole * (samples[i]! - one);
      two += pole * (one - two);
      history[(write + i) & mask] = two;
    }
    state[at] = one;
    state[at + 1] = two;
  };
  /** Narrows the stereo image, as distance does, and adds each reflection from the other side. */
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
      darken(left, historyL, 0);
      darken(right, historyR, 2);
      spread(left, historyL, historyR);
      spread(right, historyR, historyL);
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

/** Places a sound, and moves it on a crossfade while it is heard. */
export interface Spatialiser extends SpatialFilter {
  /** Moves within so many frames; 0 is at once, for what nobody hears. */
  to(name: Placement, frames: Frames): void;
  /** Places the frame without moving on, for frames before the current one. */
  applyWithoutAdvancing(frame: Frame, position: Frames): void;
  placement(): Placement;
  /** Nothing is on its way. */
  isSettled(): boolean;
}

/** Creates a spatialiser; in the centre it leaves the sound as it is. */
export const createSpatialiser = (start: Placement = "centre"): Spatialiser => {
  let name = start;
  /** The duration of a move asked for during another. */
  let waiting: Frames | undefined;
  let now = createSpatialFilter(start);
  let before: SpatialFilter | undefined;
  let length: Frames = 0;
  let done: Frames = 0;
  let old: Frame | undefined;
  /** The place that `now` renders. */
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
      // A move cannot turn round halfway without being heard: the current one ends first.
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
