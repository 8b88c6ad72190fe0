import { takePath } from "../audio/takes.ts";
import type { SoundId } from "../kernel/ids.ts";
import type { Log } from "../kernel/log.ts";
import { type Millis, minutes } from "../kernel/units.ts";
import type { LoudnessCurves, SoundSource } from "../ports/sounds.ts";
import { openFileWorker } from "./fileWorker.ts";
import { readLoudnessCurve } from "./loudnessCurve.ts";

/** Curves that were asked for last; one of ten minutes takes 3 kB. */
const KEPT = 100;
/** Nobody waits for it, so that a busy machine may take its time. */
const PATIENCE: Millis = minutes(2);

/** Measures how loud sounds are over time, one sound after the other, in a process that keeps nothing waiting. */
export const openLoudnessCurves = ({
  sounds,
  log,
}: {
  readonly sounds: SoundSource;
  readonly log: Log;
}): LoudnessCurves => {
  const measure = openFileWorker(new URL("./loudnessCurveProcess.ts", import.meta.url), {
    kept: KEPT,
    patience: PATIENCE,
  });
  return {
    async of(sound: SoundId, take, by) {
      try {
        const { path } = await sounds.prepare(sound);
        return readLoudnessCurve(await measure(takePath(path, take), by));
      } catch (error) {
        // Such as a radio, which is heard as it arrives.
        log.info("A sound has no loudness curve", { sound, error: String(error) });
        return undefined;
      }
    },
  };
};
