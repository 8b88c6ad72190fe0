import { createMixer, type Mixer } from "./mixer.ts";
import { createPool, type Pool } from "./pool.ts";
import { createReader, type Readers } from "./reader.ts";
import { createRenditions, type Renditions } from "./rendition.ts";
import { createSamples } from "./samples.ts";

/** Mixers and decoders that are kept for the next one; a mixer takes about 100 KB, a decoder 45. */
const SPARE = 32;

/** What the streams of one thread share for mixing, so that one that only passes packets on holds nothing of it. */
export interface Desk {
  readonly mixers: Pool<Mixer>;
  readonly readers: Readers;
  readonly renditions: Renditions;
  figures(): DeskFigures;
}

interface DeskFigures {
  /** Bytes of decoded sound in memory, and of packets that were encoded for whoever comes by. */
  readonly sampleBytes: number;
  readonly packetBytes: number;
  /** Packets encoded for all who play a mix, and how many were handed out. */
  readonly encoded: number;
  readonly handedOut: number;
}

/** @param most bytes that decoded sound and shared packets may take */
export const createDesk = (most: { readonly sampleBytes?: number; readonly packetBytes?: number } = {}): Desk => {
  const samples = createSamples(most.sampleBytes);
  const mixers = createPool(createMixer, SPARE);
  const idle = createPool(() => createReader(samples), SPARE);
  const readers: Readers = {
    take(sound) {
      const reader = idle.take();
      reader.open(sound);
      return reader;
    },
    giveBack(reader) {
      reader.close();
      idle.giveBack(reader);
    },
  };
  const renditions = createRenditions(mixers, readers, most.packetBytes);
  return {
    mixers,
    readers,
    renditions,
    figures: () => ({ sampleBytes: samples.bytes(), packetBytes: renditions.bytes(), ...renditions.counts }),
  };
};
