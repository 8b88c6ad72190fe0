import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { type Pcm, SAMPLE_RATE } from "../../src/audio/format.ts";
import type { Decibels } from "../../src/kernel/units.ts";

/**
 * libebur128's port (the package ebur128-wasm), so that our meters are checked against another
 * implementation.
 * @returns measures the loudness in LUFS or the true peak in dBTP of a whole sound
 */
export const createReferenceMeter = async () => {
  // The package has no entry point that Node finds; Node 24 loads the WebAssembly that its module
  // imports.
  const path = createRequire(import.meta.url).resolve("ebur128-wasm/ebur128_wasm.js");
  const meter: typeof import("ebur128-wasm") = await import(/* @vite-ignore */ pathToFileURL(path).href);
  return {
    loudness: ({ left, right }: Pcm): Decibels => meter.ebur128_integrated_stereo(SAMPLE_RATE, left, right),
    truePeak: ({ left, right }: Pcm): Decibels => meter.ebur128_true_peak_stereo(SAMPLE_RATE, left, right),
  };
};
