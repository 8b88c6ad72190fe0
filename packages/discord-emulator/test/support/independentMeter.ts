import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { SAMPLE_RATE } from "../../src/shared/opus.ts";

/** libebur128's port (the package ebur128-wasm), so that the emulator's own meter is not its own judge. */
export const independentMeter = async () => {
  // The package has no entry that Node finds by itself; Node 24 loads the WebAssembly that its module imports.
  const path = createRequire(import.meta.url).resolve("ebur128-wasm/ebur128_wasm.js");
  const meter: typeof import("ebur128-wasm") = await import(/* @vite-ignore */ pathToFileURL(path).href);
  return ({ left, right }: { readonly left: Float32Array; readonly right: Float32Array }) => ({
    /** Integrated, in LUFS. */
    loudness: meter.ebur128_integrated_stereo(SAMPLE_RATE, left, right),
  });
};
