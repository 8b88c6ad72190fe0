import type { Packet } from "../../audio/format.ts";
import { createRamp } from "../../audio/ramp.ts";
import type { Decibels, Frames } from "../../kernel/units.ts";
import type { Mixer } from "./mixer.ts";
import { KEYFRAME_INTERVAL } from "./mixPeriod.ts";
import { createMixTrack, type MixTrack } from "./mixTrack.ts";
import type { Pool } from "./pool.ts";
import type { SoundReaderPool } from "./soundReader.ts";
import type { LayerSpec } from "./trackLayer.ts";

/** A mix that nothing is changed in: all who play it get the same packets. */
interface SharedMixRequest {
  readonly layers: readonly LayerSpec[];
  /** Of the whole, relative to its layers. */
  readonly gainDb: Decibels;
  /** In LUFS over three seconds. */
  readonly ceiling: Decibels;
  /** After so many frames it is the same again. */
  readonly period: Frames;
}

/** One listening stream's hold on a mix that is encoded once. */
export interface SharedMix {
  /**
   * The packet at this position: one that is there already, or else encoded now, for everybody.
   * Each second begins with a keyframe, and so does whatever is encoded after a gap.
   * @returns undefined for a mix that limiter or ceiling work on, or that cannot be decoded: what they do depends on what came before
   */
  packet(position: Frames): Packet | undefined;
  close(): void;
}

export interface SharedMixes {
  open(request: SharedMixRequest): SharedMix;
  /** Packets encoded, and packets handed out. */
  readonly stats: { readonly packetsEncoded: number; readonly packetsServed: number };
  /** Bytes of packets in memory. */
  bytes(): number;
}

/** Encodes a mix from one position on. */
interface EncodeCursor {
  readonly track: MixTrack;
  readonly mixer: Mixer;
  /** By the count of packets that were asked for. */
  used: number;
}

interface SharedMixState {
  readonly request: SharedMixRequest;
  /** By second. */
  readonly seconds: Map<number, (Packet | undefined)[]>;
  readonly cursors: EncodeCursor[];
  listeners: number;
  requests: number;
  unshareable: boolean;
}

/** A sound of ten minutes at another loudness takes 7 MB. */
const MAX_BYTES = 64 * 2 ** 20;
/** What does not come round within a quarter of an hour is kept only for those who are a little behind. */
const MAX_CACHED_PERIOD: Frames = 45_000;
const SECONDS_BEHIND = 4;
/** A place in the mix that nobody has come by for so many packets of each listener is given up. */
const CURSOR_IDLE_REQUESTS = 100;

const mixKey = ({ layers, gainDb, ceiling }: SharedMixRequest, nameOf: (sound: object) => number): string =>
  `${gainDb}/${ceiling}/${layers
    .map(({ lease, gainDb: gain, place }) => `${nameOf(lease.sound)}:${gain}:${place}`)
    .sort()
    .join()}`;

/** @param mostBytes of packets; the second that was heard longest ago goes first */
export const createSharedMixes = (
  mixers: Pool<Mixer>,
  readers: SoundReaderPool,
  mostBytes = MAX_BYTES,
): SharedMixes => {
  const all = new Map<string, SharedMixState>();
  const names = new WeakMap<object, number>();
  const stats = { packetsEncoded: 0, packetsServed: 0 };
  /** Which second was heard when; the latest comes last. */
  const recentlyPlayed = new Map<(Packet | undefined)[], () => void>();
  let bytes = 0;
  let named = 0;

  const soundNumber = (sound: object): number => {
    const name = names.get(sound) ?? ++named;
    names.set(sound, name);
    return name;
  };

  const forget = (second: (Packet | undefined)[]) => {
    recentlyPlayed.get(second)?.();
    recentlyPlayed.delete(second);
    for (const packet of second) bytes -= packet?.length ?? 0;
  };

  const endCursor = ({ track, mixer }: EncodeCursor) => {
    track.releaseReaders();
    mixers.release(mixer);
  };

  const secondAt = (mix: SharedMixState, second: number): (Packet | undefined)[] => {
    const known = mix.seconds.get(second);
    const packets = known ?? new Array<Packet | undefined>(KEYFRAME_INTERVAL).fill(undefined);
    if (known === undefined) {
      mix.seconds.set(second, packets);
      if (mix.request.period > MAX_CACHED_PERIOD && mix.seconds.size > SECONDS_BEHIND * mix.listeners) {
        const [oldest] = mix.seconds.values();
        if (oldest !== undefined && oldest !== packets) forget(oldest);
      }
    }
    return packets;
  };

  const touch = (mix: SharedMixState, key: string, second: number, packets: (Packet | undefined)[]) => {
    recentlyPlayed.delete(packets);
    recentlyPlayed.set(packets, () => {
      mix.seconds.delete(second);
      if (mix.listeners === 0 && mix.seconds.size === 0 && all.get(key) === mix) all.delete(key);
    });
    if (bytes <= mostBytes) return;
    const [oldest] = recentlyPlayed.keys();
    if (oldest !== undefined && oldest !== packets) forget(oldest);
  };

  const cursorAt = (mix: SharedMixState, position: Frames): EncodeCursor => {
    const { layers, gainDb, ceiling, period } = mix.request;
    const there = mix.cursors.find(({ track }) => track.position() % period === position);
    if (there !== undefined) return there;
    // It begins a round later, so that there is something before it.
    const track = createMixTrack(layers, period < Number.POSITIVE_INFINITY ? position + period : position, readers);
    track.side.fade("in", 0);
    const mixer = mixers.acquire();
    mixer.start([createRamp(gainDb)], ceiling, track);
    const cursor = { track, mixer, used: 0 };
    mix.cursors.push(cursor);
    return cursor;
  };

  const encode = (mix: SharedMixState, position: Frames): Packet | undefined => {
    const cursor = cursorAt(mix, position);
    cursor.used = mix.requests;
    const packet = cursor.mixer.render([cursor.track], () => {
      mix.unshareable = true;
    });
    stats.packetsEncoded += 1;
    if (!cursor.mixer.idle()) mix.unshareable = true;
    if (mix.unshareable) return undefined;
    const patience = mix.requests - CURSOR_IDLE_REQUESTS * mix.listeners;
    for (const idle of mix.cursors.filter(({ used }) => used < patience)) {
      mix.cursors.splice(mix.cursors.indexOf(idle), 1);
      endCursor(idle);
    }
    return packet;
  };

  return {
    stats,
    bytes: () => bytes,
    open(request) {
      const key = mixKey(request, soundNumber);
      const mix = all.get(key) ?? {
        request,
        seconds: new Map(),
        cursors: [],
        listeners: 0,
        requests: 0,
        unshareable: false,
      };
      all.set(key, mix);
      mix.listeners += 1;
      let open = true;
      let packets: (Packet | undefined)[] = [];
      let current = -1;
      return {
        packet(unwrapped) {
          if (mix.unshareable) return undefined;
          mix.requests += 1;
          const position = unwrapped % request.period;
          const second = Math.floor(position / KEYFRAME_INTERVAL);
          if (second !== current || !recentlyPlayed.has(packets)) {
            current = second;
            packets = secondAt(mix, second);
            touch(mix, key, second, packets);
          }
          const known = packets[position % KEYFRAME_INTERVAL];
          const packet = known ?? encode(mix, position);
          if (packet === undefined) return undefined;
          if (known === undefined) {
            packets[position % KEYFRAME_INTERVAL] = packet;
            bytes += packet.length;
          }
          stats.packetsServed += 1;
          return packet;
        },
        close() {
          if (!open) return;
          open = false;
          mix.listeners -= 1;
          if (mix.listeners > 0) return;
          for (const cursor of mix.cursors.splice(0)) endCursor(cursor);
          if (mix.seconds.size === 0) all.delete(key);
        },
      };
    },
  };
};
