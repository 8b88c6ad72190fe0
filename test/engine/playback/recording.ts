import { OpusDecoder } from "opus-decoder";
import { FRAME_SAMPLES, KEYFRAME_INTERVAL, type Packet } from "../../../src/audio/format.ts";
import type { StoredSound } from "../../../src/audio/storedSound.ts";
import type { StreamEvent } from "../../../src/engine/playback/progress.ts";
import { createStream } from "../../../src/engine/playback/stream.ts";
import type { LayerSpec } from "../../../src/engine/playback/trackLayer.ts";
import type { EntryId, SoundId } from "../../../src/kernel/ids.ts";
import { id } from "../../../src/kernel/ids.ts";
import type { Decibels } from "../../../src/kernel/units.ts";
import { encodeLoop } from "../../../src/render/encodeLoop.ts";
import { renderLoop } from "../../../src/render/loop.ts";
import { master } from "../../../src/render/master.ts";
import { RECIPES } from "../../../src/synth/recipes.ts";

export const entryId = (name: string): EntryId => id<EntryId>(name);

/** A built-in sound, shorter than in the catalogue, encoded as the renderer does. */
export const renderRecipe = (name: string, length: number, seed = 1): StoredSound => {
  const recipe = RECIPES.get(name);
  if (recipe === undefined) throw new Error(`There is no recipe ${name}`);
  const packets = encodeLoop(master(renderLoop(recipe.create({ seed, length }), length), recipe));
  return storedSound(packets);
};

export const storedSound = (packets: readonly Packet[], interval = KEYFRAME_INTERVAL): StoredSound => ({
  packets,
  length: packets.length,
  keyframes: Array.from({ length: Math.ceil(packets.length / interval) }, (_, index) => index * interval),
  title: undefined,
  licence: undefined,
  loudness: undefined,
});

/** One sound as it is stored, as a mix of one layer. */
export const singleLayer = (sound: StoredSound, giveBack: () => void = () => {}): readonly LayerSpec[] => [
  layerSpec("sound", sound, {}, giveBack),
];

/** One layer of a mix. */
export const layerSpec = (
  name: string,
  sound: StoredSound,
  how: Partial<Pick<LayerSpec, "gainDb" | "place" | "fromStart">> = {},
  release: () => void = () => {},
): LayerSpec => ({ id: id<SoundId>(name), lease: { sound, release }, gainDb: 0, place: "centre", ...how });

/** Left and right, one after the other, for each frame of 20 ms. */
export type Recording = readonly Float32Array[];

/** What a listener hears: one decoder of another make, without a break. */
export const record = async (packets: readonly Packet[]): Promise<Recording> => {
  const decoder = new OpusDecoder({ channels: 2, sampleRate: 48_000 });
  await decoder.ready;
  try {
    return packets.map((packet) => {
      const { channelData, samplesDecoded } = decoder.decodeFrame(packet);
      if (samplesDecoded !== FRAME_SAMPLES) throw new Error(`${samplesDecoded} samples`);
      const [left, right] = channelData as [Float32Array, Float32Array];
      const both = new Float32Array(2 * FRAME_SAMPLES);
      both.set(left.subarray(0, FRAME_SAMPLES));
      both.set(right.subarray(0, FRAME_SAMPLES), FRAME_SAMPLES);
      return both;
    });
  } finally {
    decoder.free();
  }
};

/** The loop as it sounds when it has been round before. */
export const recordLoop = async ({ packets, length }: StoredSound): Promise<Recording> => {
  const around = [...packets.slice(-Math.min(20, length)), ...packets];
  return (await record(around)).slice(-length);
};

export const rmsLevel = (frame: Float32Array): Decibels =>
  10 * Math.log10(frame.reduce((sum, sample) => sum + sample * sample, 1e-12) / frame.length);

/** The stream of a guild, a packet at a time. */
export const openTestStream = () => {
  const events: StreamEvent[] = [];
  const packets: Packet[] = [];
  const stream = createStream((event) => events.push(event));
  return {
    stream,
    events,
    packets,
    types: () => events.map(({ type }) => type),
    /** Lets so many ticks pass. @returns how many of them had a packet */
    run(ticks: number): number {
      const before = packets.length;
      for (let tick = 0; tick < ticks; tick++) {
        const packet = stream.next();
        if (packet) packets.push(packet);
      }
      return packets.length - before;
    },
  };
};
