import { FRAME_SAMPLES, type Packet, type Pcm } from "../audio/format.ts";
import { type Frames, millisIn } from "../kernel/units.ts";
import { decodeLoop } from "./decodeLoop.ts";
import { encodeLoop } from "./encodeLoop.ts";
import { failures } from "./gates.ts";
import { renderLoop } from "./loop.ts";
import { makeSound } from "./makeSound.ts";
import { master } from "./master.ts";
import { type Measures, measure, pcmOf } from "./measure.ts";
import type { RenderableOrigin } from "./renderJob.ts";

/** A sound rendered, encoded and decoded again, with what is wrong with it. */
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
 * @param opening frames of an excerpt; the whole without
 * @param balanced false for an excerpt too short to be balanced
 * @throws Error when there is no such recipe
 */
export const inspect = async (origin: RenderableOrigin, opening?: Frames, balanced = true): Promise<Inspection> => {
  const [name, settings] = origin.kind === "recipe" ? [origin.recipe, origin.settings] : ["script", undefined];
  const started = performance.now();
  const made = await makeSound(origin, opening);
  const loop = master(renderLoop(made.layers, made.length), made);
  const packets = encodeLoop(loop);
  const speed = millisIn(made.length) / (performance.now() - started);
  // A bed that goes on after the end is no part of what is measured.
  const end = (made.until ?? made.length) * FRAME_SAMPLES;
  const heard = ({ left, right }: Pcm): Pcm => ({ left: left.subarray(0, end), right: right.subarray(0, end) });
  const [before, after] = [heard(pcmOf(loop)), heard(decodeLoop(packets))];
  const [measures, measuresAfter] = [measure(before), measure(after)];
  return {
    before,
    packets,
    after,
    measures,
    measuresAfter,
    speed,
    failures: [
      ...failures(name, settings, measures, "before Opus", balanced).map((words) => `before Opus: ${words}`),
      ...failures(name, settings, measuresAfter, "after Opus", balanced).map((words) => `after Opus: ${words}`),
    ],
  };
};
