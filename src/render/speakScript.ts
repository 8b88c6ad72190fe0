import { type Distance, FOLEY, parseScript, type Side, type Stand } from "../catalogue/script.ts";
import { type Frames, framesIn, millisIn, seconds } from "../kernel/units.ts";
import { type Performance, spoken, spokenBed } from "../synth/recipes/spoken.ts";
import { RECIPES } from "../synth/recipes.ts";
import { VOICE_RATE } from "../synth/whisperise.ts";
import { BED, bedStart, looped, quietBed } from "./quietBed.ts";
import type { RenderableOrigin } from "./renderJob.ts";
import { openSpeech } from "./textToSpeech.ts";

const AZIMUTHS: Readonly<Record<Side, number>> = { left: -1.2, right: 1.2, centre: 0, behind: Math.PI - 0.35 };
/** Metres from the head's middle. */
const DISTANCES: Readonly<Record<Distance, number>> = { close: 0.165, near: 0.3, far: 0.9 };
const placeOf = ({ side, distance }: Stand) => ({ azimuth: AZIMUTHS[side], distance: DISTANCES[distance] });

/** RMS of the hands' sounds; that of the voice is about 0.015. */
const HANDS = 0.007;
/** RMS of most voices, for a beginning in which nobody speaks yet. */
const USUAL_VOICE = 0.115;
/** Seconds before the first word. */
const LEAD = 1;
/** Pauses of a voice in its own sentence are enough of a rest at its end. */
const QUIET = 0.004;

/** Without the silence before and after. */
const trimmed = (speech: Float32Array): Float32Array => {
  const loud = (sample: number) => Math.abs(sample) > QUIET;
  const [first, last] = [speech.findIndex(loud), speech.findLastIndex(loud)];
  const margin = 0.03 * VOICE_RATE;
  return first < 0 ? new Float32Array(VOICE_RATE / 10) : speech.slice(Math.max(0, first - margin), last + margin);
};

/** RMS of what is said, without its rests; 0 where nothing is said. */
const levelOf = (lines: Performance["lines"]): number => {
  let [energy, count] = [0, 0];
  for (const { speech } of lines) {
    for (const sample of speech) {
      if (Math.abs(sample) <= QUIET) continue;
      energy += sample ** 2;
      count += 1;
    }
  }
  return count === 0 ? 0 : Math.sqrt(energy / count);
};

/**
 * Has a script spoken, and sets its words and hands in time and place.
 * @param opening stop after this length, for a listener who is waiting
 * @returns its layers, and the frame from which a quiet bed goes on: its words are heard once
 * @throws UserError when the script cannot be read
 */
export const speakScript = async ({ text, seed }: RenderableOrigin & { readonly kind: "script" }, opening?: Frames) => {
  const { voice, pace, steps } = parseScript("The script", text);
  const speak = await openSpeech();
  const lines: Performance["lines"][number][] = [];
  const hands: Performance["hands"][number][] = [];
  const until = opening === undefined ? Number.POSITIVE_INFINITY : millisIn(opening) / 1_000;
  let [at, busy] = [LEAD, 0];
  for (const step of steps) {
    if (at >= until) break;
    if (step.type === "rest") at += step.seconds;
    else if (step.type === "say") {
      const speech = trimmed(await speak(step.text, voice, pace));
      lines.push({ at, speech, place: placeOf(step.stand) });
      at += speech.length / VOICE_RATE;
      // Each sentence had a machine of its own, of 25 MB; left to itself the collector comes late.
      // A beginning has few, and is waited for.
      if (opening === undefined) globalThis.gc?.();
    } else {
      const recipe = RECIPES.get(FOLEY[step.foley]);
      if (recipe === undefined) throw new Error(`There is no recipe ${FOLEY[step.foley]}`);
      hands.push({ at, seconds: step.seconds, recipe, level: HANDS });
      busy = Math.max(busy, at + step.seconds);
    }
  }
  const end = Math.max(at, busy);
  const last = framesIn(seconds(end));
  const bedFrom = opening === undefined ? bedStart(last) : undefined;
  const length = bedFrom === undefined ? framesIn(seconds(Math.ceil(end + 1))) : bedFrom + BED;
  const bed = looped(quietBed(spokenBed(seed, levelOf(lines) || USUAL_VOICE)));
  return { layers: spoken({ lines, hands, length, seed, bed }), length, bedFrom, until: bedFrom && last };
};
