import type { Packet, Pcm } from "../audio/format.ts";
import { framesIn, seconds } from "../kernel/units.ts";
import { RECIPES } from "../synth/recipes.ts";
import { decodeLoop } from "./decodeLoop.ts";
import { encodeLoop } from "./encodeLoop.ts";
import { failures } from "./gates.ts";
import { renderLoop } from "./loop.ts";
import { master } from "./master.ts";
import { type Measures, measure, pcmOf } from "./measure.ts";

/** A recipe rendered, encoded and decoded again, with what is wrong with it. */
export interface Inspection {
  readonly before: Pcm;
  readonly packets: readonly Packet[];
  readonly after: Pcm;
  readonly measures: Measures;
  readonly measuresAfter: Measures;
  readonly failures: readonly string[];
  /** Times real time at which it was rendered, its level set and encoded. */
  readonly speed: number;
}

/**
 * @param whole false for an excerpt too short to be balanced
 * @throws Error when there is no such recipe
 */
export const inspect = (name: string, seed: number, length: number, whole = true): Inspection => {
  const recipe = RECIPES.get(name);
  if (recipe === undefined) throw new Error(`There is no recipe ${name}`);
  const frames = framesIn(seconds(length));
  const started = performance.now();
  const loop = master(renderLoop(recipe.create({ seed, length: frames }), frames), recipe);
  const packets = encodeLoop(loop);
  const speed = (length * 1_000) / (performance.now() - started);
  const [before, after] = [pcmOf(loop), decodeLoop(packets)];
  const [measures, measuresAfter] = [measure(before), measure(after)];
  return {
    before,
    packets,
    after,
    measures,
    measuresAfter,
    speed,
    failures: [
      ...failures(name, measures, "before Opus", whole).map((words) => `before Opus: ${words}`),
      ...failures(name, measuresAfter, "after Opus", whole).map((words) => `after Opus: ${words}`),
    ],
  };
};
