import { inBatches } from "../lib/batches.ts";
import { LENGTH } from "../lib/material.ts";
import { perform } from "../lib/performer.ts";
import { openBenchEngine } from "./engine.ts";

/** Lull's engine: `ours.ts passthrough|mixing FIRST_SSRC COUNT ENDPOINT FILE`. */
const [kind, first, count, endpoint, file] = process.argv.slice(2) as [string, string, string, string, string];

const engine = openBenchEngine(endpoint, file);
const guests = Array.from({ length: Number(count) }, (_, index) => engine.guest(Number(first) + index));

perform({
  join: () => inBatches(guests, (guest) => guest.join()),
  play() {
    for (const [index, guest] of guests.entries()) {
      // Each at a place of its own, as guilds are; a gain other than 0 dB is what has to be decoded and encoded.
      guest.play((index * 37) % LENGTH);
      if (kind === "mixing") guest.send({ type: "setLoudness", gainDb: -1, over: 60 });
    }
  },
});
