import { type AudioNode, createFrame, FRAME_SAMPLES, type Pcm, SAMPLE_RATE } from "../../audio/format.ts";
import { createHeadModel } from "../../audio/headModel.ts";
import { type Frames, framesIn, millisIn, seconds as secondsOf } from "../../kernel/units.ts";
import { sum } from "../nodes.ts";
import { type Layers, LEAD_IN, type Recipe } from "../recipe.ts";
import { roomTone } from "../roomTone.ts";
import { type TimedSound, timeline } from "../timeline.ts";
import { whisperise } from "../whisperise.ts";
import { breathing } from "./whisper.ts";

interface Place {
  /** Radians from ahead. */
  readonly azimuth: number;
  /** Metres. */
  readonly distance: number;
}

/** What is said and done, by the clock of the loop in seconds. */
export interface Performance {
  readonly lines: readonly { readonly at: number; readonly speech: Float32Array; readonly place: Place }[];
  readonly hands: readonly {
    readonly at: number;
    readonly seconds: number;
    readonly recipe: Recipe;
    readonly level: number;
  }[];
  readonly length: Frames;
  readonly seed: number;
  /** What is heard all the while. */
  readonly bed: AudioNode;
}

/** A line whispered while the head moves a little. */
const whispered = (speech: Float32Array, { azimuth, distance }: Place, seed: number): Pcm => {
  const mono = whisperise(speech, seed);
  const size = Math.ceil(mono.length / FRAME_SAMPLES + 1) * FRAME_SAMPLES;
  const [padded, pcm] = [new Float32Array(size), { left: new Float32Array(size), right: new Float32Array(size) }];
  padded.set(mono);
  const place = createHeadModel();
  for (let at = 0; at < size; at += FRAME_SAMPLES) {
    const part = { left: pcm.left.subarray(at, at + FRAME_SAMPLES), right: pcm.right.subarray(at, at + FRAME_SAMPLES) };
    const sway = 0.09 * Math.sin(seed + (2 * Math.PI * 0.21 * at) / SAMPLE_RATE);
    place(padded.subarray(at, at + FRAME_SAMPLES), part, azimuth + sway, distance * (1 - 0.4 * sway));
  }
  return pcm;
};

/** Half a second in, one and a half out. */
const [FADE_IN, FADE_OUT] = [0.5 * SAMPLE_RATE, 1.5 * SAMPLE_RATE];

/** A stretch of another recipe, at the level of a hand beside the voice. */
const handled = (recipe: Recipe, length: number, level: number, seed: number): Pcm => {
  const frames = framesIn(secondsOf(length));
  // A recipe lays its events out over its loop, and leaves the end free.
  const { bed, events } = recipe.create({ seed, length: Math.max(framesIn(secondsOf(12)), frames + 200) });
  const node = sum(...[bed, events].filter((one) => one !== undefined));
  const size = frames * FRAME_SAMPLES;
  const pcm = { left: new Float32Array(size), right: new Float32Array(size) };
  const frame = createFrame();
  let energy = 0;
  for (let at = 0; at < size; at += FRAME_SAMPLES) {
    node.render(frame);
    pcm.left.set(frame.left, at);
    pcm.right.set(frame.right, at);
    for (let i = 0; i < FRAME_SAMPLES; i++) energy += frame.left[i]! ** 2 + frame.right[i]! ** 2;
  }
  const gain = level / Math.sqrt(energy / size + 1e-12);
  for (const channel of [pcm.left, pcm.right]) {
    for (let i = 0; i < size; i++) channel[i] = channel[i]! * gain * Math.min(1, i / FADE_IN, (size - i) / FADE_OUT);
  }
  return pcm;
};

/** A loop's beginning, in seconds from that of its layers. */
const BEGINNING = millisIn(LEAD_IN) / 1_000;

/**
 * The breath that never quite stops, in a quiet room.
 * @param voice RMS of the speech over it, of which some voices have twice that of others
 */
export const spokenBed = (seed: number, voice: number): AudioNode =>
  sum(breathing(seed + 50, 0.06 * voice), roomTone(seed + 60, 0.088 * voice));

/** A whispered script with its hands, over its bed. */
export const spoken = ({ lines, hands, length, seed, bed }: Performance): Layers => {
  const events: TimedSound[] = [
    ...lines.map(({ at, speech, place }, index) => ({
      at: BEGINNING + at,
      sound: () => whispered(speech, place, seed + index),
    })),
    ...hands.map(({ at, seconds, recipe, level }, index) => ({
      at: BEGINNING + at,
      sound: () => handled(recipe, seconds, level, seed + 500 + index),
    })),
  ];
  const longest = Math.max(
    2,
    ...lines.map(({ speech }) => speech.length / 16_000 + 0.1),
    ...hands.map(({ seconds }) => seconds + 0.1),
  );
  return { events: sum(bed, timeline(events, length, longest)) };
};
