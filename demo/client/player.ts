import type { MixCommand, MixReport } from "./protocol.ts";

/** The sound of the page: an audio graph, and the worker that mixes for it. */
export interface Player {
  /** Must first be called within a click or a key press, or the browser keeps it silent. @throws Error without Web Audio */
  open(): Promise<void>;
  send(command: Exclude<MixCommand, { readonly type: "output" }>): void;
  /** The graph's last node, for a meter; undefined before it is open. */
  output(): AudioNode | undefined;
}

/** @param heard is told what the mixing worker reports */
export const createPlayer = (heard: (report: MixReport) => void): Player => {
  const worker = new Worker(new URL("mixWorker.js", document.baseURI), { type: "module" });
  worker.addEventListener("message", ({ data }: MessageEvent<MixReport>) => heard(data));
  worker.addEventListener("error", () => heard({ type: "failed" }));
  let opening: Promise<AudioWorkletNode> | undefined;
  let node: AudioWorkletNode | undefined;

  const build = async () => {
    const context = new AudioContext({ sampleRate: 48_000, latencyHint: "playback" });
    void context.resume();
    await context.audioWorklet.addModule(new URL("outputWorklet.js", document.baseURI).href);
    const output = new AudioWorkletNode(context, "output", { numberOfInputs: 0, outputChannelCount: [2] });
    const { port1, port2 } = new MessageChannel();
    worker.postMessage({ type: "output", port: port1 } satisfies MixCommand, [port1]);
    output.port.postMessage(port2, [port2]);
    output.connect(context.destination);
    return output;
  };

  return {
    async open() {
      opening ??= build().catch((error: unknown) => {
        opening = undefined;
        throw error;
      });
      node = await opening;
      const { context } = node;
      if (context instanceof AudioContext && context.state !== "running") await context.resume();
    },
    send: (command) => worker.postMessage(command),
    output: () => node,
  };
};
