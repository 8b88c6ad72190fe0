import { KEYFRAME_INTERVAL, type Packet } from "../../audio/format.ts";
import type { Frames } from "../../kernel/units.ts";
import { createMixCursors, type MixCursors, type SharedMixRequest } from "./mixCursors.ts";
import type { Mixer } from "./mixer.ts";
import { createPacketCache, createPacketSecond, type PacketCache, type PacketSecond } from "./packetCache.ts";
import type { Pool } from "./pool.ts";
import type { SoundReaderPool } from "./soundReader.ts";

/** One stream's hold on a mix that is encoded once for all streams. */
export interface SharedMix {
  /**
   * The packet at this position: one that exists, or else encoded now, for everybody. Each second
   * begins with a keyframe, and so does whatever is encoded after a gap.
   * @returns undefined for a mix that limiter or ceiling change, or that cannot be decoded: what
   * they do depends on what came before
   */
  packet(position: Frames): Packet | undefined;
  close(): void;
}

/** The mixes of one thread that streams share. */
export interface SharedMixes {
  open(request: SharedMixRequest): SharedMix;
  readonly stats: { readonly packetsEncoded: number; readonly packetsServed: number };
  /** Bytes of packets in memory. */
  bytes(): number;
}

interface SharedMixState {
  readonly request: SharedMixRequest;
  /** By the second in which they begin. */
  readonly seconds: Map<number, PacketSecond>;
  readonly cursors: MixCursors;
  listeners: number;
  requests: number;
  unshareable: boolean;
}

/** A sound of ten minutes at another volume takes 7 MB. */
const MAX_BYTES = 64 * 2 ** 20;
/**
 * A mix that does not repeat within a quarter of an hour is kept only for streams that are a little
 * behind.
 */
const MAX_CACHED_PERIOD: Frames = 45_000;
const SECONDS_BEHIND = 4;

const mixKey = ({ layers, gainDb, ceiling }: SharedMixRequest, nameOf: (sound: object) => number): string =>
  `${gainDb}/${ceiling}/${layers
    .map(({ lease, gainDb: gain, place, startedAt = 0 }) => `${nameOf(lease.sound)}:${gain}:${place}:${startedAt}`)
    .sort()
    .join()}`;

/** Numbers objects, so that they can be part of a key. */
const createNumbering = () => {
  const numbers = new WeakMap<object, number>();
  let last = 0;
  return (named: object): number => {
    const number = numbers.get(named) ?? ++last;
    numbers.set(named, number);
    return number;
  };
};

/**
 * Finds or makes the packets of a second; of a long mix it drops those that every stream has
 * passed.
 */
const secondAt = ({ seconds, request, listeners }: SharedMixState, index: number, cache: PacketCache): PacketSecond => {
  const known = seconds.get(index);
  if (known !== undefined) return known;
  const packets = createPacketSecond();
  seconds.set(index, packets);
  if (request.period > MAX_CACHED_PERIOD && seconds.size > SECONDS_BEHIND * listeners) {
    const [oldest] = seconds.values();
    if (oldest !== undefined && oldest !== packets) cache.drop(oldest);
  }
  return packets;
};

/** @param maxBytes of packets; the second that was heard longest ago goes first */
export const createSharedMixes = (mixers: Pool<Mixer>, readers: SoundReaderPool, maxBytes = MAX_BYTES): SharedMixes => {
  const mixes = new Map<string, SharedMixState>();
  const cache = createPacketCache(maxBytes);
  const numberOf = createNumbering();
  const stats = { packetsEncoded: 0, packetsServed: 0 };

  const encode = (mix: SharedMixState, position: Frames): Packet | undefined => {
    const packet = mix.cursors.encode(position, mix.requests, mix.listeners);
    stats.packetsEncoded += 1;
    if (packet === undefined) mix.unshareable = true;
    return packet;
  };

  const stateOf = (key: string, request: SharedMixRequest): SharedMixState => {
    const known = mixes.get(key);
    if (known !== undefined) return known;
    const cursors = createMixCursors(request, mixers, readers);
    const mix = { request, seconds: new Map(), cursors, listeners: 0, requests: 0, unshareable: false };
    mixes.set(key, mix);
    return mix;
  };

  return {
    stats,
    bytes: cache.bytes,
    open(request) {
      const key = mixKey(request, numberOf);
      const mix = stateOf(key, request);
      mix.listeners += 1;
      let isOpen = true;
      let packets: PacketSecond = [];
      let current = -1;

      const enterSecond = (second: number) => {
        current = second;
        packets = secondAt(mix, second, cache);
        cache.touch(packets, () => {
          mix.seconds.delete(second);
          if (mix.listeners === 0 && mix.seconds.size === 0 && mixes.get(key) === mix) mixes.delete(key);
        });
      };

      return {
        packet(unwrapped) {
          if (mix.unshareable) return undefined;
          mix.requests += 1;
          const position = unwrapped % request.period;
          const second = Math.floor(position / KEYFRAME_INTERVAL);
          if (second !== current || !cache.has(packets)) enterSecond(second);
          const index = position % KEYFRAME_INTERVAL;
          const known = packets[index];
          const packet = known ?? encode(mix, position);
          if (packet === undefined) return undefined;
          if (known === undefined) cache.store(packets, index, packet);
          stats.packetsServed += 1;
          return packet;
        },
        close() {
          if (!isOpen) return;
          isOpen = false;
          mix.listeners -= 1;
          if (mix.listeners > 0) return;
          mix.cursors.close();
          if (mix.seconds.size === 0) mixes.delete(key);
        },
      };
    },
  };
};
