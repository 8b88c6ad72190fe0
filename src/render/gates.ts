import type { Decibels, Hertz } from "../kernel/units.ts";
import type { RecipeRequest } from "../synth/recipe.ts";
import type { Measures } from "./measure.ts";

/** What a family of sounds must keep to; docs/sounds.md says where the figures come from. */
interface Gate {
  /** LUFS. */
  readonly loudness: Decibels;
  /** Loudest 3 s over the integrated loudness. */
  readonly shortTerm: Decibels;
  /** Loudest 20 ms over the integrated loudness; for sleep at most 11. */
  readonly onset: Decibels;
  /** The most by which 20 ms exceed the half second before. */
  readonly rise: Decibels;
  readonly centroid?: readonly [Hertz, Hertz];
  /** The same of an excerpt, where that says less. */
  readonly excerptCentroid?: readonly [Hertz, Hertz];
  /** dB an octave, ± 0.3. */
  readonly slope?: Decibels;
  /** Single events with rests between them: a step at the seam means nothing. */
  readonly gated?: true;
  /** All about the listener: below 500 Hz both ears hear the same. */
  readonly wide?: true;
  /**
   * Whispered, without a voice: mean pitch autocorrelation below 0.35, under 2 % of frames above
   * 0.7.
   */
  readonly voiceless?: true;
}

const night = { loudness: -30 };
const tapped = { ...night, shortTerm: 5, onset: 16, rise: 30, gated: true, excerptCentroid: [300, 2_500] } as const;

const GATES: Readonly<Record<string, Gate>> = {
  brown: { loudness: -32, shortTerm: 1, onset: 5, rise: 15, slope: -6, wide: true },
  pink: { loudness: -32, shortTerm: 1, onset: 5, rise: 15, slope: -3, wide: true },
  noise: { loudness: -32, shortTerm: 1, onset: 5, rise: 15, wide: true },
  rain: { ...night, shortTerm: 2, onset: 11, rise: 15, wide: true },
  ocean: { ...night, shortTerm: 5, onset: 11, rise: 15, wide: true },
  brook: { ...night, shortTerm: 2, onset: 11, rise: 15, centroid: [1_200, 1_900], wide: true },
  water: { ...night, shortTerm: 5, onset: 11, rise: 26 },
  fire: { ...night, shortTerm: 3, onset: 12, rise: 15, wide: true },
  wind: { ...night, shortTerm: 5, onset: 11, rise: 15, wide: true },
  // What is tapped is told by its range; an excerpt may hold nothing but fingertips.
  wood: { ...tapped, centroid: [430, 720] },
  box: { ...tapped, centroid: [720, 1_000] },
  cup: { ...tapped, centroid: [1_000, 1_400] },
  glass: { ...tapped, centroid: [1_450, 2_500] },
  pads: { ...tapped, centroid: [300, 1_500] },
  keys: { ...night, shortTerm: 5, onset: 16, rise: 30, centroid: [1_100, 4_500], gated: true },
  clicks: { ...night, shortTerm: 5, onset: 16, rise: 30, gated: true },
  strokes: { ...night, shortTerm: 5, onset: 11, rise: 26, gated: true },
  brush: { ...night, shortTerm: 3, onset: 11, rise: 26, centroid: [900, 1_400], gated: true },
  crinkle: { ...night, shortTerm: 6, onset: 14, rise: 26, gated: true },
  paper: { ...night, shortTerm: 6, onset: 14, rise: 26, centroid: [2_200, 3_300], gated: true },
  bowl: { ...night, shortTerm: 6, onset: 11, rise: 15, gated: true },
  /** Calls, chimes and joints of rails over something that goes on. */
  calls: { ...night, shortTerm: 6, onset: 11, rise: 20, gated: true, wide: true },
  /** Machines, rooms and falling water: nearly even. */
  place: { ...night, shortTerm: 3, onset: 11, rise: 15, gated: true, wide: true },
  white: { loudness: -32, shortTerm: 1, onset: 5, rise: 15, slope: 0, wide: true },
  quiet: { loudness: -32, shortTerm: 4, onset: 9.5, rise: 15, gated: true, wide: true },
  body: { ...night, shortTerm: 3, onset: 11, rise: 20, gated: true },
  whisper: { ...night, shortTerm: 3, onset: 12, rise: 26, centroid: [1_800, 3_200], gated: true, voiceless: true },
  /** Whispered stops and hisses, one by one. */
  words: { ...night, shortTerm: 4, onset: 12, rise: 26, centroid: [1_800, 4_800], gated: true, voiceless: true },
  // Comes nearer and goes, and has hands that are duller than a whisper: in an excerpt there may be
  // little but cloth.
  script: {
    ...night,
    shortTerm: 6,
    onset: 12,
    rise: 30,
    centroid: [1_700, 3_200],
    excerptCentroid: [1_000, 3_200],
    gated: true,
    voiceless: true,
  },
};

const FAMILY: Readonly<Record<string, keyof typeof GATES>> = {
  "brown-noise": "brown",
  "pink-noise": "pink",
  "rain-garden": "rain",
  "rain-window": "rain",
  "rain-tent": "rain",
  "rain-tin": "rain",
  fan: "noise",
  cabin: "noise",
  ocean: "ocean",
  stream: "brook",
  drips: "water",
  pour: "water",
  wind: "wind",
  "tap-glass": "glass",
  "tap-ceramic": "cup",
  "tap-plastic": "box",
  "crinkle-plastic": "crinkle",
  "bubble-wrap": "clicks",
  "scratch-fabric": "strokes",
  scalp: "strokes",
  "brush-hair": "strokes",
  pages: "clicks",
  typing: "keys",
  towel: "strokes",
  marbles: "clicks",
  scissors: "clicks",
  spray: "strokes",
  purr: "body",
  heartbeat: "body",
  bowl: "bowl",
  fire: "fire",
  "tap-wood": "wood",
  "brush-ears": "brush",
  "crinkle-paper": "paper",
  "whisper-babble": "whisper",
  script: "script",
  "white-noise": "white",
  "dawn-birds": "calls",
  "brook-light": "place",
  "forest-night": "calls",
  crickets: "place",
  thunder: "calls",
  waterfall: "place",
  "night-train": "place",
  cafe: "place",
  "washing-machine": "calls",
  vinyl: "quiet",
  boat: "calls",
  "wind-chimes": "calls",
  "breath-swell": "quiet",
  "breath-box": "quiet",
  "breath-4-7-8": "quiet",
  "breath-sigh": "quiet",
  "ear-cleaning": "strokes",
  "ear-massage": "strokes",
  "ear-cupping": "strokes",
  "hand-lotion": "strokes",
  "soft-blowing": "strokes",
  pencil: "strokes",
  chalk: "strokes",
  fizz: "place",
  "sand-cutting": "strokes",
  snow: "strokes",
  stethoscope: "body",
  "rain-car": "calls",
  "trigger-words": "words",
  clock: "clicks",
  slime: "strokes",
};

/**
 * What of a loop is outside its gate, in words; nothing when all is well.
 * @param settings what is chosen of the recipe: fingertips are duller than nails
 * @param whole false for an excerpt, which need not be balanced from left to right or from quiet to
 * loud
 */
export const failures = (
  recipe: string,
  settings: RecipeRequest["settings"],
  measures: Measures,
  stage: "before Opus" | "after Opus",
  whole = true,
): readonly string[] => {
  const gate = GATES[settings?.fingers === "pads" ? "pads" : (FAMILY[recipe] ?? "")];
  if (gate === undefined) return [`${recipe} belongs to no family`];
  const {
    loudness,
    truePeak,
    shortTerm,
    onset,
    rise,
    seam,
    seamStep,
    correlation,
    coherence,
    deep,
    balance,
    dc,
    centroid,
    slope,
    pitch,
    voiced,
  } = measures;
  const after = stage === "after Opus";
  const wrong: string[] = [];
  const hold = (good: boolean, words: string) => {
    if (!good) wrong.push(words);
  };
  hold(Math.abs(loudness - gate.loudness) <= 0.5, `loudness ${loudness.toFixed(2)} is not ${gate.loudness} ± 0.5 LUFS`);
  const peak = after ? -5 : -6;
  hold(truePeak <= peak, `true peak ${truePeak.toFixed(2)} is above ${peak} dBTP`);
  hold(!whole || shortTerm <= gate.shortTerm, `short-term ${shortTerm.toFixed(2)} is above ${gate.shortTerm} LU`);
  // Opus spreads an onset and adds up to half a decibel.
  hold(onset <= gate.onset + (after ? 0.5 : 0), `onset ${onset.toFixed(2)} is above ${gate.onset} dB`);
  hold(
    rise <= gate.rise + (after ? 0.5 : 0),
    `a rise of ${rise.toFixed(1)} over the half second before is above ${gate.rise} dB`,
  );
  hold(seam <= 1.5, `seam ${seam.toFixed(2)} is above 1.5`);
  hold(
    !whole || gate.gated === true || seamStep <= 0.95,
    `seam step ${seamStep.toFixed(2)} is above the 95th percentile`,
  );
  hold(
    !whole || (correlation >= -0.3 && correlation <= 0.9),
    `correlation ${correlation.toFixed(2)} is outside −0.3 to 0.9`,
  );
  hold(gate.wide !== true || coherence >= 0.5, `coherence ${coherence.toFixed(2)} below 500 Hz is under 0.5`);
  hold(!whole || Math.abs(balance) <= 1.5, `balance ${balance.toFixed(2)} is beyond 1.5 dB`);
  hold(deep <= 0.1, `${(100 * deep).toFixed(0)} % of the power is below 30 Hz`);
  hold(dc < 1e-4, `DC ${dc.toExponential(1)} is above 1e-4`);
  if (gate.centroid !== undefined) {
    const [low, high] = (whole ? undefined : gate.excerptCentroid) ?? gate.centroid;
    hold(centroid >= low && centroid <= high, `centroid ${centroid.toFixed(0)} is outside ${low} to ${high} Hz`);
  }
  if (gate.voiceless === true) {
    hold(pitch < 0.35, `pitch autocorrelation ${pitch.toFixed(2)} is not below 0.35`);
    hold(voiced < 0.02, `${(voiced * 100).toFixed(1)} % of frames sound voiced`);
  }
  if (gate.slope !== undefined) {
    hold(Math.abs(slope - gate.slope) <= 0.3, `slope ${slope.toFixed(2)} is not ${gate.slope} ± 0.3 dB an octave`);
  }
  return wrong;
};
