import { type AudioNode, FRAME_SAMPLES, type Pcm, SAMPLE_RATE } from "../audio/format.ts";
import type { Frames } from "../kernel/units.ts";
import { createLine } from "./line.ts";

/** Something that happens at one moment of a loop. */
export interface TimedSound {
  /** Seconds from the loop's beginning; anything beyond its end wraps. */
  readonly at: number;
  /** Its sound, made when it is due; the same each time. */
  sound(): Pcm;
}

/**
 * Plays events over and over, each pass alike.
 * @param longest seconds of the longest of their sounds
 */
export const timeline = (events: readonly TimedSound[], length: Frames, longest: number): AudioNode => {
  const line = createLine(longest);
  const samples = length * FRAME_SAMPLES;
  const due = events
    .map((event) => ({ event, start: Math.round(event.at * SAMPLE_RATE) % samples }))
    .sort((a, b) => a.start - b.start);
  let now = 0;
  let next = 0;
  return {
    render(frame) {
      while (next < due.length && due[next]!.start < now + FRAME_SAMPLES) {
        const { event, start } = due[next++]!;
        line.add(event.sound(), start - now);
      }
      line.take(frame);
      now += FRAME_SAMPLES;
      if (now >= samples) {
        now = 0;
        next = 0;
      }
      return "more";
    },
  };
};
