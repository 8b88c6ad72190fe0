/** What TypeScript's DOM library does not know of the audio thread's world. */
declare abstract class AudioWorkletProcessor {
  readonly port: MessagePort;
}
declare const registerProcessor: (name: string, processor: new () => AudioWorkletProcessor) => void;

interface Samples {
  readonly left: Float32Array;
  readonly right: Float32Array;
}

/** Frames of 20 ms that wait to be heard. */
const AHEAD = 12;
/** 5 ms at 48 kHz: no click is heard where frames are late. */
const RAMP = 240;

/** Plays frames from the worker that mixes, and asks it for as many as it has played. */
class Output extends AudioWorkletProcessor {
  readonly #frames: Samples[] = [];
  #source: MessagePort | undefined;
  #asked = 0;
  #at = 0;
  #gain = 0;
  #last = [0, 0];

  constructor() {
    super();
    this.port.onmessage = ({ data: source }: MessageEvent<MessagePort>) => {
      this.#source = source;
      source.onmessage = ({ data }: MessageEvent<Samples>) => {
        this.#asked -= 1;
        this.#frames.push(data);
      };
    };
  }

  process(_inputs: unknown, [[left, right]]: readonly [readonly [Float32Array, Float32Array]]): boolean {
    for (let i = 0; i < left.length; i++) {
      const frame = this.#frames[0];
      if (frame !== undefined) {
        this.#last = [frame.left[this.#at]!, frame.right[this.#at]!];
        this.#at += 1;
        if (this.#at === frame.left.length) {
          this.#frames.shift();
          this.#at = 0;
        }
      }
      this.#gain = frame === undefined ? Math.max(0, this.#gain - 1 / RAMP) : Math.min(1, this.#gain + 1 / RAMP);
      left[i] = this.#last[0]! * this.#gain;
      right[i] = this.#last[1]! * this.#gain;
    }
    const missing = AHEAD - this.#frames.length - this.#asked;
    if (missing > 0 && this.#source !== undefined) {
      this.#asked += missing;
      this.#source.postMessage(missing);
    }
    return true;
  }
}

registerProcessor("output", Output);
