// The package ships no types. All numbers are pointers into its memory, or plain values.
declare module "@echogarden/speex-resampler-wasm/simd" {
  interface Speex {
    readonly HEAPF32: Float32Array;
    readonly HEAPU32: Uint32Array;
    _malloc(bytes: number): number;
    _free(pointer: number): void;
    _speex_resampler_init(channels: number, from: number, to: number, quality: number, error: number): number;
    _speex_resampler_process_float(
      state: number,
      channel: number,
      input: number,
      inputFrames: number,
      output: number,
      outputFrames: number,
    ): number;
    _speex_resampler_destroy(state: number): void;
  }
  const load: () => Promise<Speex>;
  export default load;
}
