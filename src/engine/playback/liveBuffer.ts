import { FRAME_SAMPLES, type Frame, type Packet } from "../../audio/format.ts";
import { createOpusDecoder } from "../../audio/opusDecoder.ts";
import { createRamp, SILENCE } from "../../audio/ramp.ts";
import type { LiveReader } from "../../audio/storedSound.ts";
import { type Frames, framesIn, seconds } from "../../kernel/units.ts";

/** How far behind the newest packet live sound is heard: what may be missing meanwhile is not noticed. */
export const LIVE_DELAY: Frames = framesIn(seconds(5));
/** It comes in over this, and goes out over what is left. */
const FADE_IN: Frames = framesIn(seconds(2));
const FADE_OUT: Frames = framesIn(seconds(1));
const CAPACITY: Frames = framesIn(seconds(60));

/** The last minute of live sound in memory: filled as packets arrive, read by any number of layers. */
export interface LiveBuffer {
  push(packets: readonly Packet[]): void;
  /** Forgets everything. */
  clear(): void;
  /** Starts at the delay behind what is newest. @param onClose called once */
  open(onClose: () => void): LiveReader;
}

/**
 * Creates an empty buffer. Where it runs dry, each reader fades out over what is left, and comes
 * back on a ramp once the whole delay is there again: it never waits.
 */
export const createLiveBuffer = (): LiveBuffer => {
  const ring: Packet[] = [];
  /** Packets that have ever arrived; the ring has the last of them. */
  let head: Frames = 0;
  let cleared: Frames = 0;
  const tail = () => Math.max(cleared, head - CAPACITY);

  return {
    push(packets) {
      for (const packet of packets) {
        ring[head % CAPACITY] = packet;
        head += 1;
      }
    },
    clear() {
      cleared = head;
      ring.length = 0;
    },
    open(onClose) {
      const decoder = createOpusDecoder();
      const ramp = createRamp(SILENCE);
      let next: Frames | undefined;
      /** Where it ran dry: what was there before is not heard again. */
      let dry: Frames = 0;
      let closed = false;

      const begin = () => {
        if (head - Math.max(dry, tail()) < LIVE_DELAY) return;
        next = head - LIVE_DELAY;
        decoder.reset();
        ramp.to(0, FADE_IN);
      };
      const decode = (position: Frames, frame: Frame): void => {
        try {
          decoder.decode(ring[position % CAPACITY]!, frame, 0);
        } catch {
          frame.left.fill(0, 0, FRAME_SAMPLES);
          frame.right.fill(0, 0, FRAME_SAMPLES);
        }
      };

      return {
        read(frame) {
          if (next === undefined) begin();
          const left = next === undefined ? 0 : head - next;
          if (next === undefined || left <= 0 || next < tail()) {
            if (next !== undefined) dry = head;
            next = undefined;
            frame.left.fill(0);
            frame.right.fill(0);
            return;
          }
          if (left <= FADE_OUT && ramp.target() !== SILENCE) ramp.to(SILENCE, left);
          decode(next, frame);
          ramp.apply(frame);
          next += 1;
          if (!ramp.isSilent()) return;
          next = undefined;
          dry = head;
        },
        close() {
          if (!closed) onClose();
          closed = true;
        },
      };
    },
  };
};
