import { createMixer, type Mixer } from "./mixer.ts";
import { createPool, type Pool } from "./pool.ts";
import { createSampleCache } from "./sampleCache.ts";
import { createSharedMixes, type SharedMixes } from "./sharedMix.ts";
import { createSoundReader, type SoundReaderPool } from "./soundReader.ts";

/** Mixers and decoders that are kept for the next one; a mixer takes about 100 KB, a decoder 45. */
const MAX_IDLE = 32;

/** What the streams of one thread share for mixing, so that one that only passes packets on holds nothing of it. */
export interface MixResources {
  readonly mixers: Pool<Mixer>;
  readonly readers: SoundReaderPool;
  readonly sharedMixes: SharedMixes;
  stats(): MixResourceStats;
}

interface MixResourceStats {
  /** Bytes of decoded sound in memory, and of packets that were encoded for whoever comes by. */
  readonly sampleBytes: number;
  readonly packetBytes: number;
  /** Packets encoded for all who play a mix, and how many were handed out. */
  readonly packetsEncoded: number;
  readonly packetsServed: number;
}

/** @param most bytes that decoded sound and shared packets may take */
export const createMixResources = (
  most: { readonly sampleBytes?: number; readonly packetBytes?: number } = {},
): MixResources => {
  const samples = createSampleCache(most.sampleBytes);
  const mixers = createPool(createMixer, MAX_IDLE);
  const idle = createPool(() => createSoundReader(samples), MAX_IDLE);
  const readers: SoundReaderPool = {
    acquire(sound) {
      const reader = idle.acquire();
      reader.open(sound);
      return reader;
    },
    release(reader) {
      reader.close();
      idle.release(reader);
    },
  };
  const sharedMixes = createSharedMixes(mixers, readers, most.packetBytes);
  return {
    mixers,
    readers,
    sharedMixes,
    stats: () => ({ sampleBytes: samples.bytes(), packetBytes: sharedMixes.bytes(), ...sharedMixes.stats }),
  };
};
