import type { Packet } from "../audio/format.ts";
import { createRamp } from "../audio/ramp.ts";
import type { Decibels, Frames } from "../kernel/units.ts";
import { KEYFRAME_EVERY } from "./cycle.ts";
import type { LayerWish } from "./layer.ts";
import type { Mixer } from "./mixer.ts";
import { createPart, type Part } from "./part.ts";
import type { Pool } from "./pool.ts";
import type { Readers } from "./reader.ts";

/** A mix that nothing is changed in: all who play it get the same packets. */
interface MixRequest {
  readonly layers: readonly LayerWish[];
  /** Of the whole, relative to its layers. */
  readonly gainDb: Decibels;
  /** In LUFS over three seconds. */
  readonly ceiling: Decibels;
  /** After so many frames it is the same again. */
  readonly cycle: Frames;
}

/** One listening stream's hold on a mix that is encoded once. */
export interface Rendition {
  /**
   * The packet at this position: one that is there already, or else encoded now, for everybody.
   * Each second begins with a keyframe, and so does whatever is encoded after a gap.
   * @returns undefined for a mix that limiter or ceiling work on, or that cannot be decoded: what they do depends on what came before
   */
  packet(position: Frames): Packet | undefined;
  close(): void;
}

export interface Renditions {
  open(request: MixRequest): Rendition;
  /** Packets encoded, and packets handed out. */
  readonly counts: { readonly encoded: number; readonly handedOut: number };
  /** Bytes of packets in memory. */
  bytes(): number;
}

/** Encodes a mix from one position on. */
interface Cursor {
  readonly part: Part;
  readonly mixer: Mixer;
  /** By the count of packets that were asked for. */
  used: number;
}

interface Shared {
  readonly request: MixRequest;
  /** By second. */
  readonly seconds: Map<number, (Packet | undefined)[]>;
  readonly cursors: Cursor[];
  listeners: number;
  asked: number;
  restless: boolean;
}

/** A sound of ten minutes at another loudness takes 7 MB. */
const MOST_BYTES = 64 * 2 ** 20;
/** What does not come round within a quarter of an hour is kept only for those who are a little behind. */
const WORTH_KEEPING: Frames = 45_000;
const BEHIND = 4;
/** A place in the mix that nobody has come by for so many packets of each listener is given up. */
const PATIENCE = 100;

const keyOf = ({ layers, gainDb, ceiling }: MixRequest, nameOf: (sound: object) => number): string =>
  `${gainDb}/${ceiling}/${layers
    .map(({ loan, gainDb: gain, place }) => `${nameOf(loan.sound)}:${gain}:${place}`)
    .sort()
    .join()}`;

/** @param mostBytes of packets; the second that was heard longest ago goes first */
export const createRenditions = (mixers: Pool<Mixer>, readers: Readers, mostBytes = MOST_BYTES): Renditions => {
  const all = new Map<string, Shared>();
  const names = new WeakMap<object, number>();
  const counts = { encoded: 0, handedOut: 0 };
  /** Which second was heard when; the latest comes last. */
  const heard = new Map<(Packet | undefined)[], () => void>();
  let bytes = 0;
  let named = 0;

  const nameOf = (sound: object): number => {
    const name = names.get(sound) ?? ++named;
    names.set(sound, name);
    return name;
  };

  const forget = (second: (Packet | undefined)[]) => {
    heard.get(second)?.();
    heard.delete(second);
    for (const packet of second) bytes -= packet?.length ?? 0;
  };

  const endCursor = ({ part, mixer }: Cursor) => {
    part.rest();
    mixers.giveBack(mixer);
  };

  const place = (shared: Shared, second: number): (Packet | undefined)[] => {
    const known = shared.seconds.get(second);
    const packets = known ?? new Array<Packet | undefined>(KEYFRAME_EVERY).fill(undefined);
    if (known === undefined) {
      shared.seconds.set(second, packets);
      if (shared.request.cycle > WORTH_KEEPING && shared.seconds.size > BEHIND * shared.listeners) {
        const [oldest] = shared.seconds.values();
        if (oldest !== undefined && oldest !== packets) forget(oldest);
      }
    }
    return packets;
  };

  const touch = (shared: Shared, key: string, second: number, packets: (Packet | undefined)[]) => {
    heard.delete(packets);
    heard.set(packets, () => {
      shared.seconds.delete(second);
      if (shared.listeners === 0 && shared.seconds.size === 0 && all.get(key) === shared) all.delete(key);
    });
    if (bytes <= mostBytes) return;
    const [oldest] = heard.keys();
    if (oldest !== undefined && oldest !== packets) forget(oldest);
  };

  const cursorAt = (shared: Shared, position: Frames): Cursor => {
    const { layers, gainDb, ceiling, cycle } = shared.request;
    const there = shared.cursors.find(({ part }) => part.position() % cycle === position);
    if (there !== undefined) return there;
    // It begins a round later, so that there is something before it.
    const part = createPart(layers, cycle < Number.POSITIVE_INFINITY ? position + cycle : position, readers);
    part.side.turn("in", 0);
    const mixer = mixers.take();
    mixer.start([createRamp(gainDb)], ceiling, part);
    const cursor = { part, mixer, used: 0 };
    shared.cursors.push(cursor);
    return cursor;
  };

  const encode = (shared: Shared, position: Frames): Packet | undefined => {
    const cursor = cursorAt(shared, position);
    cursor.used = shared.asked;
    const packet = cursor.mixer.render([cursor.part], () => {
      shared.restless = true;
    });
    counts.encoded += 1;
    if (!cursor.mixer.calm()) shared.restless = true;
    if (shared.restless) return undefined;
    const patience = shared.asked - PATIENCE * shared.listeners;
    for (const idle of shared.cursors.filter(({ used }) => used < patience)) {
      shared.cursors.splice(shared.cursors.indexOf(idle), 1);
      endCursor(idle);
    }
    return packet;
  };

  return {
    counts,
    bytes: () => bytes,
    open(request) {
      const key = keyOf(request, nameOf);
      const shared = all.get(key) ?? {
        request,
        seconds: new Map(),
        cursors: [],
        listeners: 0,
        asked: 0,
        restless: false,
      };
      all.set(key, shared);
      shared.listeners += 1;
      let open = true;
      let packets: (Packet | undefined)[] = [];
      let current = -1;
      return {
        packet(unwrapped) {
          if (shared.restless) return undefined;
          shared.asked += 1;
          const position = unwrapped % request.cycle;
          const second = Math.floor(position / KEYFRAME_EVERY);
          if (second !== current || !heard.has(packets)) {
            current = second;
            packets = place(shared, second);
            touch(shared, key, second, packets);
          }
          const known = packets[position % KEYFRAME_EVERY];
          const packet = known ?? encode(shared, position);
          if (packet === undefined) return undefined;
          if (known === undefined) {
            packets[position % KEYFRAME_EVERY] = packet;
            bytes += packet.length;
          }
          counts.handedOut += 1;
          return packet;
        },
        close() {
          if (!open) return;
          open = false;
          shared.listeners -= 1;
          if (shared.listeners > 0) return;
          for (const cursor of shared.cursors.splice(0)) endCursor(cursor);
          if (shared.seconds.size === 0) all.delete(key);
        },
      };
    },
  };
};
