import { type BreathName, breathAt, breathSeconds } from "../../kernel/breath.ts";
import { framesIn, seconds } from "../../kernel/units.ts";
import { air } from "../air.ts";
import { smoothStep } from "../curves.ts";
import { biquad, chain, highPass, lowPass, softLowPass } from "../filters.ts";
import { sum } from "../nodes.ts";
import { LEAD_IN, type Recipe } from "../recipe.ts";

/** Seconds in which the sound of a breath in gives way to that of a breath out. */
const TURN = 1;

/**
 * Air that swells while one breathes in, stays while one holds, and ebbs while one breathes out,
 * which is duller. The loop begins with a breath in; it is meant to hold whole breaths.
 */
const breathPaced = (name: BreathName): Recipe => ({
  version: 3,
  loudness: -32,
  onsetCap: 7,
  period: framesIn(seconds(breathSeconds(name))),
  create({ seed }) {
    const period = framesIn(seconds(breathSeconds(name)));
    // The loop begins where its layers have run for a while.
    const at = (frame: number) => breathAt(name, ((((frame - LEAD_IN) % period) + period) % period) * 0.02);
    const out = (frame: number) => {
      const { full, part, into } = at(frame);
      if (part === "out") return smoothStep(0, TURN, into);
      // Between two breaths it turns back, while there is hardly anything to be heard.
      return part === "hold" && full === 0 ? 1 : part === "in" ? 1 - smoothStep(0, TURN, into) : 0;
    };
    const low = () => chain(highPass(70), softLowPass(420));
    const bright = () => chain(highPass(420), lowPass(2_600, 0.5), biquad("peak", 800, 0.9, 3));
    const dull = () => chain(highPass(300), lowPass(1_500, 0.5), biquad("peak", 520, 0.9, 3));
    return {
      bed: sum(
        air(seed, low, (frame) => 0.12 + 0.24 * at(frame).full),
        air(seed + 1, bright, (frame) => 0.006 + 0.14 * at(frame).full ** 1.6 * Math.sqrt(1 - out(frame))),
        air(seed + 2, dull, (frame) => 0.006 + 0.15 * at(frame).full ** 1.6 * Math.sqrt(out(frame))),
      ),
    };
  },
});

/** Air that swells for four seconds and ebbs for six, for those who like to breathe with it. */
export const breathSwell = breathPaced("4-6");
/** The same, with four seconds in, held, out, and held again. */
export const breathBox = breathPaced("box");
/** The same, with four seconds in, seven held, and eight out. */
export const breath478 = breathPaced("4-7-8");
/** The same, with three seconds in, one more, and six out. */
export const breathSigh = breathPaced("sigh");
