import { createFrame } from "../../src/audio/format.ts";
import type { StoredSound } from "../../src/audio/storedSound.ts";
import { id, type SoundId } from "../../src/kernel/ids.ts";
import { unpackPackets } from "../packetFile.ts";
import { createDemoMix } from "./mix.ts";
import type { LayerRequest, MixCommand, MixReport } from "./protocol.ts";
import { createReaders } from "./reader.ts";

// Sound never waits for the page: this worker decodes and mixes, and the audio thread asks it for frames.
const readers = createReaders();
const mix = createDemoMix(readers);
/** By address. */
const sounds = new Map<string, Promise<StoredSound>>();
/** Tracks that fade out while another comes in hold their decoders. */
const TRACKS_AT_ONCE = 5;
/** Reports come this often, in frames. */
const REPORT_FRAMES = 5;
let requests = 0;
let rendered = 0;

const report = (message: MixReport) => postMessage(message);

const fetchSound = async (url: string): Promise<StoredSound> => {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  const packets = unpackPackets(new Uint8Array(await response.arrayBuffer()));
  const none = { title: undefined, licence: undefined, loudness: undefined };
  return { packets, length: packets.length, keyframes: [], ...none };
};

const load = (url: string): Promise<StoredSound> => {
  const known = sounds.get(url) ?? fetchSound(url);
  sounds.set(url, known);
  known.catch(() => sounds.delete(url));
  return known;
};

const play = async (layers: readonly LayerRequest[]) => {
  requests += 1;
  const request = requests;
  try {
    const [loaded] = await Promise.all([
      Promise.all(layers.map(({ url }) => load(url))),
      readers.prepare(layers.length * TRACKS_AT_ONCE),
    ]);
    // Another scene has been chosen meanwhile.
    if (request !== requests) return;
    mix.play(
      layers.map(({ id: name, gainDb, place }, index) => ({
        id: id<SoundId>(name),
        lease: { sound: loaded[index]!, release: () => {} },
        gainDb,
        place,
      })),
    );
    report({ type: "playing" });
  } catch {
    if (request === requests) report({ type: "failed" });
  }
};

const tell = () =>
  report({
    type: "state",
    position: mix.position(),
    level: mix.level(),
    left: mix.left(),
    isFading: mix.isFading(),
  });

const connect = (port: MessagePort) => {
  port.onmessage = ({ data: count }: MessageEvent<number>) => {
    for (let made = 0; made < count; made++) {
      const frame = createFrame();
      const wasOver = mix.isOver();
      mix.render(frame);
      port.postMessage(frame, [frame.left.buffer, frame.right.buffer]);
      rendered += 1;
      if (rendered % REPORT_FRAMES === 0) tell();
      if (mix.isOver() && !wasOver) report({ type: "over" });
    }
  };
};

addEventListener("message", ({ data }: MessageEvent<MixCommand>) => {
  switch (data.type) {
    case "output":
      return connect(data.port);
    case "play":
      return void play(data.layers);
    case "layer":
      return mix.setGain(data.id, data.gainDb);
    case "pause":
      return mix.pause();
    case "resume":
      return mix.resume();
    case "sleep":
      return mix.sleep(data.after, data.fade);
  }
});
