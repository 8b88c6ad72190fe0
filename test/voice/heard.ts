import { OpusDecoder } from "opus-decoder";
import { FRAME_SAMPLES, type Packet } from "../../src/audio/format.ts";
import type { StoredSound } from "../../src/audio/stored.ts";
import type { EntryId, SoundId } from "../../src/kernel/ids.ts";
import { id } from "../../src/kernel/ids.ts";
import type { Decibels } from "../../src/kernel/units.ts";
import { RECIPES } from "../../src/synth/recipes.ts";
import type { LayerWish } from "../../src/voice/layer.ts";
import type { StreamEvent } from "../../src/voice/progress.ts";
import { createStream } from "../../src/voice/stream.ts";
import { encodeLoop, KEYFRAME_INTERVAL } from "../../src/workshop/encodeLoop.ts";
import { renderLoop } from "../../src/workshop/loop.ts";
import { master } from "../../src/workshop/master.ts";

export const entry = (name: string): EntryId => id<EntryId>(name);

/** A built-in sound, shorter than it is sold, encoded as the workshop does. */
export const recipeSound = (name: string, length: number, seed = 1): StoredSound => {
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
export const alone = (sound: StoredSound, giveBack: () => void = () => {}): readonly LayerWish[] => [
  layer("sound", sound, {}, giveBack),
];

/** One layer of a mix. */
export const layer = (
  name: string,
  sound: StoredSound,
  how: Partial<Pick<LayerWish, "gainDb" | "place">> = {},
  giveBack: () => void = () => {},
): LayerWish => ({ id: id<SoundId>(name), loan: { sound, giveBack }, gainDb: 0, place: "centre", ...how });

/** Left and right, one after the other, for each frame of 20 ms. */
export type Heard = readonly Float32Array[];

/** What a listener hears: one decoder of another make, without a break. */
export const hear = async (packets: readonly Packet[]): Promise<Heard> => {
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
export const hearLoop = async ({ packets, length }: StoredSound): Promise<Heard> => {
  const around = [...packets.slice(-Math.min(20, length)), ...packets];
  return (await hear(around)).slice(-length);
};

export const level = (frame: Float32Array): Decibels =>
  10 * Math.log10(frame.reduce((sum, sample) => sum + sample * sample, 1e-12) / frame.length);

/** The stream of a guild, a packet at a time. */
export const openStream = () => {
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
