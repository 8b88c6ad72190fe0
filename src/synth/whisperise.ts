import { fft } from "../audio/fft.ts";
import { SAMPLE_RATE } from "../audio/format.ts";
import { prng } from "../kernel/random.ts";
import { gainOf, type Hertz } from "../kernel/units.ts";
import { smoothStep } from "./curves.ts";
import { biquad, chain, highPass } from "./filters.ts";
import { createPredictor, type Tract } from "./lpc.ts";

/** Of the voice that is given. */
export const VOICE_RATE: Hertz = 16_000;
const ORDER = 22;
const FRAME = 0.024 * VOICE_RATE;
/** 5 ms, in and out. */
const HOP = 0.005 * VOICE_RATE;
const OUT_HOP = 0.005 * SAMPLE_RATE;
const WINDOW = 4 * OUT_HOP;
const SIZE = 1_024;
const BINS = SIZE / 2 + 1;
const LAG_WINDOW: Hertz = 60;
/** Whispered vowels have their first formant some 28 % higher (Kallail & Emanuel 1984); half of it, for the words stay clearer. */
const RAISED = 0.14;
const RAISED_BELOW: Hertz = 2_500;
/** The breath is weaker where a voice was. */
const WHERE_VOICED = gainOf(-4);
/** And flatter: what excites it is not the falling spectrum of vocal folds. In octaves' decibels over six. */
const FLATTER = 0.9;
/** The voice's recordings end here; what lies above follows this band. */
const TOP: Hertz = 6_500;
const FOLLOWED: Hertz = 6_200;

/** Which frequency of the tract is heard at a bin of the whisper. */
const sourceOf = (bin: number): Hertz => {
  const frequency = (bin * SAMPLE_RATE) / SIZE;
  if (frequency > TOP) return FOLLOWED;
  return frequency / (1 + RAISED * Math.max(0, 1 - frequency / RAISED_BELOW));
};

/** How much of the band below is left above the voice's top: air, less and less. */
const airOf = (bin: number): number => {
  const frequency = (bin * SAMPLE_RATE) / SIZE;
  if (frequency <= TOP) return 1;
  return (FOLLOWED / frequency) ** 1.6 * (1 - smoothStep(11_000, 15_000, frequency));
};

/** What makes up for the folds' fall, 1 at 1 kHz. */
const flatterAt = (bin: number): number =>
  (Math.min(6_000, Math.max(250, (bin * SAMPLE_RATE) / SIZE)) / 1_000) ** FLATTER;

/** The tract's frequency response at each bin, by a table of its delays. */
const createResponse = () => {
  const [cos, sin] = [new Float64Array(BINS * (ORDER + 1)), new Float64Array(BINS * (ORDER + 1))];
  const air = Float64Array.from({ length: BINS }, (_, bin) => airOf(bin));
  for (let bin = 0; bin < BINS; bin++) {
    const turn = (2 * Math.PI * sourceOf(bin)) / VOICE_RATE;
    for (let i = 0; i <= ORDER; i++) {
      cos[bin * (ORDER + 1) + i] = Math.cos(turn * i);
      sin[bin * (ORDER + 1) + i] = Math.sin(turn * i);
    }
  }
  const followed = Math.floor((TOP * SIZE) / SAMPLE_RATE) + 1;
  return ({ a, gain }: Tract, out: Float64Array): void => {
    for (let bin = 0; bin < BINS; bin++) {
      if (bin > followed) {
        out[bin] = out[followed]! * (air[bin]! / air[followed]!);
        continue;
      }
      let [re, im] = [0, 0];
      for (let i = 0, at = bin * (ORDER + 1); i <= ORDER; i++, at++) {
        re += a[i]! * cos[at]!;
        im += a[i]! * sin[at]!;
      }
      out[bin] = (gain * air[bin]!) / Math.sqrt(re * re + im * im + 1e-12);
    }
  };
};

/**
 * Speech said in a whisper: the shapes of the mouth are kept, and noise goes through them in place of the voice.
 * @param speech at 16 kHz
 * @returns at 48 kHz, of the same duration
 */
export const whisperise = (speech: Float32Array, seed: number): Float32Array => {
  const predict = createPredictor(FRAME, ORDER, VOICE_RATE, LAG_WINDOW);
  const respond = createResponse();
  const hops = Math.ceil(speech.length / HOP) + 1;
  const out = new Float32Array(hops * OUT_HOP + WINDOW);
  const random = prng(seed);
  const noise = Float32Array.from(out, () => (2 * random() - 1) * Math.sqrt(3));
  // Squared and laid over each other at a quarter, the windows add up to 2.
  const flatter = Float64Array.from({ length: BINS }, (_, bin) => flatterAt(bin) * WHERE_VOICED);
  const window = Float64Array.from({ length: WINDOW }, (_, i) => Math.sin((Math.PI * (i + 0.5)) / WINDOW));
  const [re, im, response] = [new Float64Array(SIZE), new Float64Array(SIZE), new Float64Array(BINS)];
  let voiced = 0;
  for (let hop = 0; hop < hops; hop++) {
    const tract = predict(speech, hop * HOP - FRAME / 2);
    if (tract.gain === 0) continue;
    respond(tract, response);
    // From one to the other over some hops, for a change of colour is heard.
    voiced += 0.4 * (smoothStep(0.35, 0.6, tract.voiced) - voiced);
    const from = hop * OUT_HOP;
    re.fill(0);
    im.fill(0);
    for (let i = 0; i < WINDOW; i++) re[i] = noise[from + i]! * window[i]! * 0.5;
    fft(re, im);
    for (let bin = 0; bin < BINS; bin++) {
      const gain = response[bin]! * (1 + voiced * (flatter[bin]! - 1));
      const mirrored = (SIZE - bin) % SIZE;
      re[bin] = re[bin]! * gain;
      im[bin] = im[bin]! * gain;
      if (mirrored === bin || bin === SIZE / 2) continue;
      re[mirrored] = re[mirrored]! * gain;
      im[mirrored] = im[mirrored]! * gain;
    }
    fft(re, im, true);
    for (let i = 0; i < WINDOW; i++) out[from + i] = out[from + i]! + re[i]! * window[i]!;
  }
  chain(highPass(180), biquad("lowShelf", 650, Math.SQRT1_2, -8))(out);
  // A hop's frame lies around it, its window after it.
  return out.slice(WINDOW / 2, WINDOW / 2 + Math.round((speech.length / VOICE_RATE) * SAMPLE_RATE));
};
