import type { ServerMessage } from "../protocol.ts";

type LoudnessMessage = Extract<ServerMessage, { type: "loudness" }>;

/** How loud the sound is at each moment, as far as the page has been told. */
export interface Loudness {
  take(told: LoudnessMessage): void;
  /**
   * @param now the server's time in milliseconds
   * @returns decibels beside what is usual for the sound; 0 where it is not known
   */
  at(now: number): number;
}

/** Creates one that knows nothing yet. */
export const createLoudness = (): Loudness => {
  let before: LoudnessMessage | undefined;
  let latest: LoudnessMessage | undefined;
  return {
    take(told) {
      before = latest;
      latest = told;
    },
    at(now) {
      // The server is a little ahead of a page that has not heard yet how late it is.
      const told = latest !== undefined && now >= latest.from ? latest : before;
      if (told === undefined) return 0;
      const place = (now - told.from) / told.step;
      const index = Math.floor(place);
      const [one = 0, next = one] = [told.levels[index], told.levels[index + 1]];
      return one + (next - one) * (place - index);
    },
  };
};
