import type { Emulator, Recording } from "discord-emulator";
import type { Millis } from "../../src/kernel/units.ts";

type Listen = (duration: Millis, options?: Parameters<Emulator["listen"]>[1]) => Promise<Recording>;

/** Half of what a listener's jitter buffer holds. */
const HELD_UP: Millis = 50;
const ATTEMPTS = 6;
const TICK: Millis = 10;

/** The longest by which this process was late within so much time. */
const longestDelay = (duration: Millis): Promise<Millis> =>
  new Promise((resolve) => {
    const began = performance.now();
    let [last, longest] = [began, 0];
    const ticks = setInterval(() => {
      const now = performance.now();
      longest = Math.max(longest, now - last - TICK);
      last = now;
      if (now - began < duration) return;
      clearInterval(ticks);
      resolve(longest);
    }, TICK);
  });

/**
 * What is heard of something while the machine keeps time. Where even this process, which does nothing but wait, was held
 * up for longer than a listener's jitter buffer would bridge, a gap says nothing of Lull: it is done and heard again.
 * @param hear does it, and listens once by the function that it gets
 */
export const inTime = async (emulator: Emulator, hear: (listen: Listen) => Promise<Recording>): Promise<Recording> => {
  let delay: Millis = 0;
  const listen: Listen = async (duration, options) => {
    // The recording is decoded at its end, in this process.
    const [heard, longest] = await Promise.all([emulator.listen(duration, options), longestDelay(duration - 5 * TICK)]);
    delay = longest;
    return heard;
  };
  for (let attempt = 1; ; attempt++) {
    const heard = await hear(listen);
    if (delay < HELD_UP || attempt === ATTEMPTS) return heard;
  }
};
