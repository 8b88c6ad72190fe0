import { OpusDecoder } from "opus-decoder";

/** Plays Opus packets in the browser. */
export interface AudioOutput {
  /** Must be called within a click or a key press the first time, or the browser keeps it silent. */
  open(): Promise<void>;
  play(sequence: number, opus: Uint8Array): void;
  /** Ramps what is heard to silence and back. */
  mute(on: boolean): void;
  /** Forgets what has not been heard yet. */
  clear(): void;
  /** Stops the sound card while nothing is to be heard, once what is heard has faded; `open` starts it again. */
  rest(on: boolean): void;
  /** RMS of what is heard now in dBFS; −Infinity for silence. */
  level(): number;
}

interface Graph {
  readonly context: AudioContext;
  readonly jitter: AudioWorkletNode;
  readonly gain: GainNode;
  readonly analyser: AnalyserNode;
  readonly decoder: OpusDecoder;
  readonly window: Float32Array<ArrayBuffer>;
}

/** Longer than any ramp, in milliseconds. */
const REST_DELAY = 1_000;
/** Time constant of the mute's ramp, in seconds. */
const MUTE_RAMP = 0.04;

/** @param onFlow called with whether sound is being heard */
export const createAudioOutput = (onFlow: (flows: boolean) => void): AudioOutput => {
  let opening: Promise<Graph> | undefined;
  let graph: Graph | undefined;
  let muted = false;
  let resting: ReturnType<typeof setTimeout> | undefined;

  const build = async (): Promise<Graph> => {
    // The decoder's own rate, so that nothing is resampled frame by frame.
    const context = new AudioContext({ sampleRate: 48_000, latencyHint: "playback" });
    // Not awaited: where the browser wants another click first, the graph is ready for it.
    void context.resume();
    const decoder = new OpusDecoder({ channels: 2, streamCount: 1, coupledStreamCount: 1, preSkip: 0 });
    await Promise.all([context.audioWorklet.addModule("/jitterWorklet.js"), decoder.ready]);
    const jitter = new AudioWorkletNode(context, "jitter", { numberOfInputs: 0, outputChannelCount: [2] });
    const gain = new GainNode(context, { gain: muted ? 0 : 1 });
    const analyser = new AnalyserNode(context, { fftSize: 4096 });
    jitter.port.onmessage = ({ data }: MessageEvent<boolean>) => onFlow(data);
    jitter.connect(gain).connect(analyser).connect(context.destination);
    return { context, jitter, gain, analyser, decoder, window: new Float32Array(analyser.fftSize) };
  };

  const stay = () => {
    clearTimeout(resting);
    resting = undefined;
  };

  return {
    async open() {
      stay();
      opening ??= build().catch((error: unknown) => {
        opening = undefined;
        throw error;
      });
      graph = await opening;
      if (graph.context.state !== "running") await graph.context.resume();
    },
    play(_sequence, opus) {
      if (graph === undefined || opus.length === 0) return;
      const { channelData } = graph.decoder.decodeFrame(opus);
      const [left, right = left] = channelData;
      if (left === undefined || right === undefined) return;
      graph.jitter.port.postMessage({ left, right });
    },
    mute(on) {
      muted = on;
      graph?.gain.gain.setTargetAtTime(on ? 0 : 1, graph.context.currentTime, MUTE_RAMP);
    },
    rest(on) {
      if (!on) return stay();
      if (graph?.context.state !== "running") return;
      resting ??= setTimeout(() => {
        resting = undefined;
        void graph?.context.suspend();
      }, REST_DELAY);
    },
    clear: () => graph?.jitter.port.postMessage("clear"),
    level() {
      if (graph === undefined) return Number.NEGATIVE_INFINITY;
      graph.analyser.getFloatTimeDomainData(graph.window);
      let sum = 0;
      for (const sample of graph.window) sum += sample * sample;
      return 10 * Math.log10(sum / graph.window.length);
    },
  };
};
