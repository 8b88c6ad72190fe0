import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { type Pcm, SAMPLE_RATE } from "../../src/audio/format.ts";

/**
 * libebur128's port (the package ebur128-wasm), so that our meters are checked against another
 * implementation.
 * @returns loudness in LUFS and true peak in dBTP of a whole sound
 */
export const createReferenceMeter = async () => {
  // The package has no entry point that Node finds; Node 24 loads the WebAssembly that its module
  // imports.
  const path = createRequire(import.meta.url).resolve("ebur128-wasm/ebur128_wasm.js");
  const meter: typeof import("ebur128-wasm") = await import(/* @vite-ignore */ pathToFileURL(path).href);
  return ({ left, right }: Pcm) => ({
    loudness: meter.ebur128_integrated_stereo(SAMPLE_RATE, left, right),
    truePeak: meter.ebur128_true_peak_stereo(SAMPLE_RATE, left, right),
  });
};
