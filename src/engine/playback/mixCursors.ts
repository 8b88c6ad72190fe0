import type { Packet } from "../../audio/format.ts";
import { createRamp } from "../../audio/ramp.ts";
import type { Decibels, Frames } from "../../kernel/units.ts";
import type { Mixer } from "./mixer.ts";
import { createMixTrack, type MixTrack } from "./mixTrack.ts";
import type { Pool } from "./pool.ts";
import type { SoundReaderPool } from "./soundReader.ts";
import type { LayerSpec } from "./trackLayer.ts";

/** A mix in which nothing is under way: all streams that play it get the same packets. */
export interface SharedMixRequest {
  readonly layers: readonly LayerSpec[];
  /** Of the whole, relative to its layers. */
  readonly gainDb: Decibels;
  /** In LUFS over three seconds. */
  readonly ceiling: Decibels;
  /** After so many frames the mix repeats. */
  readonly period: Frames;
}

/** A cursor that nobody has asked for during so many packets per listener is ended. */
const CURSOR_IDLE_REQUESTS = 100;

/** Encodes a mix from one position on. */
interface EncodeCursor {
  readonly track: MixTrack;
  readonly mixer: Mixer;
  /** The count of requests when it was last used. */
  used: number;
}

/** The positions from which one mix is being encoded: listeners far apart each need their own. */
export interface MixCursors {
  /**
   * Encodes the packet at this position.
   * @param requests how many packets listeners have asked for so far
   * @returns undefined where limiter, ceiling or a failing decoder make the packet depend on what
   * came before
   */
  encode(position: Frames, requests: number, listeners: number): Packet | undefined;
  close(): void;
}

/** Creates no cursor yet; each is made where a listener asks for a packet. */
export const createMixCursors = (
  { layers, gainDb, ceiling, period }: SharedMixRequest,
  mixers: Pool<Mixer>,
  readers: SoundReaderPool,
): MixCursors => {
  let cursors: readonly EncodeCursor[] = [];

  const end = ({ track, mixer }: EncodeCursor) => {
    track.releaseReaders();
    mixers.release(mixer);
  };

  const cursorAt = (position: Frames): EncodeCursor => {
    const existing = cursors.find(({ track }) => track.position() % period === position);
    if (existing !== undefined) return existing;
    // It begins one period later, so that there is something before it.
    const track = createMixTrack(layers, period < Number.POSITIVE_INFINITY ? position + period : position, readers);
    track.side.fade("in", 0);
    const mixer = mixers.acquire();
    mixer.start([createRamp(gainDb)], ceiling, track);
    const cursor = { track, mixer, used: 0 };
    cursors = [...cursors, cursor];
    return cursor;
  };

  const endIdle = (usedBefore: number) => {
    const idle = cursors.filter(({ used }) => used < usedBefore);
    if (idle.length === 0) return;
    cursors = cursors.filter(({ used }) => used >= usedBefore);
    for (const cursor of idle) end(cursor);
  };

  return {
    encode(position, requests, listeners) {
      const cursor = cursorAt(position);
      cursor.used = requests;
      let isUnshareable = false;
      const packet = cursor.mixer.render([cursor.track], () => {
        isUnshareable = true;
      });
      if (isUnshareable || !cursor.mixer.idle()) return undefined;
      endIdle(requests - CURSOR_IDLE_REQUESTS * listeners);
      return packet;
    },
    close() {
      for (const cursor of cursors) end(cursor);
      cursors = [];
    },
  };
};
