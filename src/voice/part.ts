import { createSide, type Side } from "../audio/crossfade.ts";
import { FRAME_SAMPLES, type Frame } from "../audio/format.ts";
import type { StoredSound } from "../audio/stored.ts";
import type { EntryId } from "../kernel/ids.ts";
import { type Decibels, type Frames, gainOf } from "../kernel/units.ts";
import { createReader, type Reader } from "./reader.ts";

/** Where the built-in sounds lie, in LUFS. */
const USUAL: Decibels = -30;
/** Quieter files are raised by no more, or their own noise comes with them. */
const MOST_RAISED: Decibels = 6;

/** Files of others are brought to the level of ours, where they tell their own (R128_TRACK_GAIN); ours need nothing. */
const trimOf = ({ keyframes, loudness }: StoredSound): number =>
  keyframes.length > 0 || loudness === undefined ? 1 : gainOf(Math.min(MOST_RAISED, USUAL - loudness));

/** A stored sound that streams share, and what to do when this one needs it no more. */
export interface Loan {
  readonly sound: StoredSound;
  giveBack(): void;
}

/** One sound in a stream: where it is, and which side of a crossfade it is on. */
export interface Part {
  readonly entry: EntryId;
  readonly loan: Loan;
  readonly sound: StoredSound;
  readonly side: Side;
  position(): Frames;
  /** Whether the packet at this position stands alone, so that a listener's decoder may come from elsewhere. */
  isKeyframe(position: Frames): boolean;
  /**
   * Renders the frame at its position and moves on.
   * @returns false when it cannot be decoded: it fades out within the frame, and is over
   */
  render(frame: Frame): boolean;
  /** Fills the frame with what comes so many frames before its position, to settle an encoder. */
  renderBefore(frames: Frames, frame: Frame): void;
  advance(): void;
  /** Stored packets are enough from here on. */
  rest(): void;
}

/** Begins unheard; its side is turned in. @param from wraps */
export const createPart = (entry: EntryId, loan: Loan, from: Frames): Part => {
  const { sound } = loan;
  const wrap = (at: Frames): Frames => ((at % sound.length) + sound.length) % sound.length;
  const side = createSide();
  const trim = trimOf(sound);
  let position = wrap(from);
  let reader: Reader | undefined;

  const read = (at: Frames, frame: Frame): boolean => {
    reader ??= createReader(sound);
    return reader.read(at, frame);
  };
  const advance = () => {
    position = wrap(position + 1);
  };

  return {
    entry,
    loan,
    sound,
    side,
    position: () => position,
    isKeyframe: (at) => includes(sound.keyframes, at),
    render(frame) {
      const whole = read(position, frame);
      if (trim !== 1) multiply(frame, trim);
      side.apply(frame);
      advance();
      return whole;
    },
    renderBefore: (frames, frame) => void read(wrap(position - frames), frame),
    advance,
    rest() {
      reader = undefined;
    },
  };
};

const multiply = ({ left, right }: Frame, gain: number): void => {
  for (let i = 0; i < FRAME_SAMPLES; i++) {
    left[i]! *= gain;
    right[i]! *= gain;
  }
};

/** Ten steps for ten minutes' keyframes, and no set beside the list. */
const includes = (ascending: readonly number[], wanted: number): boolean => {
  let [low, high] = [0, ascending.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ascending[middle]! < wanted) low = middle + 1;
    else high = middle;
  }
  return ascending[low] === wanted;
};
