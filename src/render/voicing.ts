import { type Pcm, SAMPLE_RATE } from "../audio/format.ts";

/** How much of a voice is in a sound: a whisper has none. */
export interface Voicing {
  /** Mean of the highest autocorrelation at a voice's periods (70 to 400 Hz), over what is loud. */
  readonly pitch: number;
  /** Share of frames in which it is above 0.7. */
  readonly voiced: number;
}

/** A third of the rate is enough for pitch. */
const STEP = 3;
const FRAME = 640;
const [SHORTEST, LONGEST] = [SAMPLE_RATE / STEP / 400, SAMPLE_RATE / STEP / 70];
/** This many frames are as good as all. */
const LOOKS = 500;

/** The highest autocorrelation of a frame that begins at a sample, and its energy. */
const look = (samples: Float32Array, at: number, frame: Float64Array) => {
  for (let i = 0; i < frame.length; i++) {
    const from = at + i * STEP;
    frame[i] = samples[from]! + samples[from + 1]! + samples[from + 2]!;
  }
  const length = Math.ceil(FRAME - LONGEST);
  let most = 0;
  let [one, other] = [1e-12, 1e-12];
  for (let i = 0; i < length; i++) one += frame[i]! ** 2;
  const first = Math.floor(SHORTEST);
  for (let i = 0; i < length; i++) other += frame[i + first]! ** 2;
  for (let lag = first; lag <= LONGEST; lag++) {
    let sum = 0;
    for (let i = 0; i < length; i++) sum += frame[i]! * frame[i + lag]!;
    most = Math.max(most, sum / Math.sqrt(one * Math.max(1e-12, other)));
    // The window moves on by one.
    other += frame[lag + length]! ** 2 - frame[lag]! ** 2;
  }
  return most;
};

/** Measures how much of a voice is in a sound, by the autocorrelation of its loudest frames. */
export const voicingOf = ({ left, right }: Pcm): Voicing => {
  const size = FRAME * STEP;
  const energy = (samples: Float32Array, at: number) => {
    let sum = 0;
    for (let i = at; i < at + size; i += 7) sum += samples[i]! ** 2;
    return sum;
  };
  const frames: { readonly samples: Float32Array; readonly at: number; readonly energy: number }[] = [];
  for (let at = 0; at + size <= left.length; at += size) {
    const [l, r] = [energy(left, at), energy(right, at)];
    frames.push(l > r ? { samples: left, at, energy: l } : { samples: right, at, energy: r });
  }
  const mean = frames.reduce((sum, one) => sum + one.energy, 0) / Math.max(1, frames.length);
  const loud = frames.filter((one) => one.energy > mean);
  const scratch = new Float64Array(FRAME);
  const every = Math.max(1, Math.floor(loud.length / LOOKS));
  const found = loud.filter((_, index) => index % every === 0).map(({ samples, at }) => look(samples, at, scratch));
  const count = Math.max(1, found.length);
  return {
    pitch: found.reduce((sum, one) => sum + one, 0) / count,
    voiced: found.filter((one) => one > 0.7).length / count,
  };
};
