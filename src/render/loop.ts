import { type AudioNode, createFrame, FRAME_SAMPLES, type Frame } from "../audio/format.ts";
import type { Frames } from "../kernel/units.ts";
import { addTo } from "../synth/blocks.ts";
import { highPass } from "../synth/filters.ts";
import { type Layers, LEAD_IN } from "../synth/recipe.ts";

/** A loop in memory, before its level is set. */
export interface Loop {
  readonly length: Frames;
  /** Fills the caller's frame with the frame at this index; indices beyond the end wrap. */
  read(index: number, into: Frame): void;
}

/** Below what people hear and what loudspeakers should reproduce. */
const LOWEST = 24;

/**
 * Frames kept at 16 bits with a scale of their own, half the memory of floats: ten minutes take 115
 * MB. The rounding lies 96 dB below each frame's own peak.
 */
const createStore = (length: Frames): Loop & { write(index: Frames, frame: Frame): void } => {
  const samples = new Int16Array(length * FRAME_SAMPLES * 2);
  const scales = new Float32Array(length);
  return {
    length,
    write(index, { left, right }) {
      let peak = 1e-9;
      for (let i = 0; i < FRAME_SAMPLES; i++) peak = Math.max(peak, Math.abs(left[i]!), Math.abs(right[i]!));
      scales[index] = peak / 32_767;
      const scale = 32_767 / peak;
      const at = index * FRAME_SAMPLES * 2;
      for (let i = 0; i < FRAME_SAMPLES; i++) {
        samples[at + i] = Math.round(left[i]! * scale);
        samples[at + FRAME_SAMPLES + i] = Math.round(right[i]! * scale);
      }
    },
    read(index, { left, right }) {
      const own = ((index % length) + length) % length;
      const scale = scales[own]!;
      const at = own * FRAME_SAMPLES * 2;
      for (let i = 0; i < FRAME_SAMPLES; i++) {
        left[i] = samples[at + i]! * scale;
        right[i] = samples[at + FRAME_SAMPLES + i]! * scale;
      }
    },
  };
};

/** A layer without what cannot be heard. */
const filtered = (node: AudioNode | undefined) => {
  const [left, right] = [highPass(LOWEST), highPass(LOWEST)];
  return (frame: Frame): void => {
    if (node === undefined) {
      frame.left.fill(0);
      frame.right.fill(0);
      return;
    }
    node.render(frame);
    left(frame.left);
    right(frame.right);
  };
};

/** A loop's store, and what renders it frame after frame: `fold` frames before the first are written. */
const createSteps = ({ bed, events, runIn = 0 }: Layers, length: Frames) => {
  const fold = Math.min(LEAD_IN, length >> 1);
  const store = createStore(length);
  const [nextBed, nextEvents] = [filtered(bed), filtered(events)];
  const heads = Array.from({ length: fold }, createFrame);
  const [frame, more] = [createFrame(), createFrame()];
  for (let index = 0; index < runIn; index++) nextEvents(more);
  const step = (index: Frames): void => {
    nextBed(frame);
    nextEvents(more);
    if (index < fold) {
      heads[index]!.left.set(frame.left);
      heads[index]!.right.set(frame.right);
      return;
    }
    if (index >= length) crossfade(frame, heads[index - length]!, index - length, fold);
    addTo(frame.left, more.left);
    addTo(frame.right, more.right);
    if (!isSound(frame.left) || !isSound(frame.right)) throw new Error(`Frame ${index} holds numbers that are none`);
    store.write(index - fold, frame);
  };
  return { store, fold, step };
};

/**
 * Renders a recipe's layers into a loop without a seam. Both run from the beginning for `length +
 * LEAD_IN` frames, and the loop is what comes after the first `LEAD_IN` of them: there the events repeat
 * by themselves, and the bed's end fades into its beginning at equal power.
 * @param onFrame called after every frame with the number of frames done, of `length + LEAD_IN`
 * @throws Error when the recipe gives numbers that are none
 */
export const renderLoop = (
  layers: Layers,
  length: Frames,
  onFrame: (done: Frames, of: Frames) => void = () => {},
): Loop => {
  const { store, fold, step } = createSteps(layers, length);
  for (let index = 0; index < length + fold; index++) {
    step(index);
    onFrame(index + 1, length + fold);
  }
  return store;
};

/**
 * The same loop, rendered as far as it is read: of a bed of half a minute, the beginning of a whisper needs some seconds.
 * @throws Error when the recipe gives numbers that are none, as it is read
 */
export const renderLoopAsRead = (layers: Layers, length: Frames): Loop => {
  const { store, fold, step } = createSteps(layers, length);
  let done: Frames = 0;
  return {
    length,
    read(index, into) {
      const own = ((index % length) + length) % length;
      while (done <= own + fold) step(done++);
      store.read(own, into);
    },
  };
};

/** One wrong number makes the sum wrong. */
const isSound = (samples: Float32Array): boolean => {
  let sum = 0;
  for (let i = 0; i < samples.length; i++) sum += samples[i]!;
  return Number.isFinite(sum);
};

const crossfade = (ending: Frame, beginning: Frame, index: number, fold: Frames): void => {
  for (const [out, other] of [
    [ending.left, beginning.left],
    [ending.right, beginning.right],
  ] as const) {
    for (let i = 0; i < out.length; i++) {
      const angle = ((index + i / out.length) / fold) * (Math.PI / 2);
      out[i] = out[i]! * Math.cos(angle) + other[i]! * Math.sin(angle);
    }
  }
};
