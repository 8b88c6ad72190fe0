import { createMixer, type Mixer } from "./mixer.ts";
import { createPool, type Pool } from "./pool.ts";
import { createSampleCache } from "./sampleCache.ts";
import { createSharedMixes, type SharedMixes } from "./sharedMix.ts";
import { createSoundReader, type SoundReaderPool } from "./soundReader.ts";

/** Mixers and decoders kept for reuse; a mixer takes about 100 KB, a decoder 45. */
const MAX_IDLE = 32;

/**
 * What the streams of one thread share for mixing, so that a stream that only passes packets on
 * holds none of it.
 */
export interface MixResources {
  readonly mixers: Pool<Mixer>;
  readonly readers: SoundReaderPool;
  readonly sharedMixes: SharedMixes;
  stats(): MixResourceStats;
}

interface MixResourceStats {
  /** Bytes of decoded sound in memory, and of shared packets. */
  readonly sampleBytes: number;
  readonly packetBytes: number;
  /** Shared packets encoded, and how often one was used. */
  readonly packetsEncoded: number;
  readonly packetsServed: number;
}

/** @param most the limits of decoded sound and of shared packets, in bytes */
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
