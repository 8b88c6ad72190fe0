import { createJitterBuffer } from "./jitterBuffer.ts";

/** What TypeScript's DOM library does not know of the audio thread's world. */
declare abstract class AudioWorkletProcessor {
  readonly port: MessagePort;
}
declare const registerProcessor: (name: string, processor: new () => AudioWorkletProcessor) => void;

/** 200 ms at 48 kHz. */
const AHEAD = 9_600;

type Message = { readonly left: Float32Array; readonly right: Float32Array } | "clear";

class Jitter extends AudioWorkletProcessor {
  readonly #buffer = createJitterBuffer(AHEAD);
  #heard = false;

  constructor() {
    super();
    this.port.onmessage = ({ data }: MessageEvent<Message>) => {
      if (data === "clear") this.#buffer.clear();
      else this.#buffer.push(data.left, data.right);
    };
  }

  process(_inputs: unknown, [output]: readonly [readonly [Float32Array, Float32Array]]): boolean {
    const heard = this.#buffer.read(output[0], output[1]);
    if (heard !== this.#heard) this.port.postMessage(heard);
    this.#heard = heard;
    return true;
  }
}

registerProcessor("jitter", Jitter);
