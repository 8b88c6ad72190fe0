import { type Frames, framesIn, seconds } from "../../kernel/units.ts";
import type { PlayerEvent } from "../../session/protocol.ts";
import type { EntryTrack } from "./mixTrack.ts";

const NEAR_END: Frames = framesIn(seconds(5));
const POSITION_INTERVAL: Frames = framesIn(seconds(5));

/** The player events that a stream reports by itself. */
export type StreamEvent = Extract<
  PlayerEvent,
  { readonly type: "soundStarted" | "passEnding" | "positionAdvanced" | "layerFailed" | "soundFailed" | "fadeEnded" }
>;

const takesOf = (track: EntryTrack) => {
  const takes = track.takes();
  return takes && { takes };
};

/** Reports how far the current track has come. */
export const createProgressReporter = (report: (event: StreamEvent) => void) => {
  let starting = false;
  let sinceReport: Frames = 0;
  let sinceWarning: Frames = 0;
  return {
    /** The next frame is the first of a new sound. */
    begin(): void {
      starting = true;
      sinceReport = 0;
      sinceWarning = NEAR_END;
    },
    /** The next frame is the first after an interruption. */
    restart(): void {
      starting = true;
    },
    /** The next frame is at another position of the same sound. */
    jump(): void {
      sinceWarning = NEAR_END;
    },
    /** Counts one sent frame of the track. */
    advance(track: EntryTrack): void {
      const { entry, length, ends, position } = track;
      if (starting) report({ type: "soundStarted", entry, ...takesOf(track) });
      starting = false;
      sinceReport += 1;
      if (sinceReport === POSITION_INTERVAL) {
        sinceReport = 0;
        report({ type: "positionAdvanced", entry, position: position(), ...takesOf(track) });
      }
      // A sound that is shorter than the warning, or has ended, is always near its end: it says so
      // every five seconds.
      if (sinceWarning < NEAR_END) sinceWarning += 1;
      else if (length() - (ends() ? position() : position() % length()) <= NEAR_END) {
        sinceWarning = 1;
        report({ type: "passEnding", entry });
      }
    },
  };
};
