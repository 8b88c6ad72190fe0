import { setTimeout as pause } from "node:timers/promises";
import { inBatches } from "../lib/batches.ts";
import { runBenchPlayer } from "../lib/benchPlayer.ts";
import { LENGTH } from "../lib/material.ts";
import { type BenchGuild, openBenchEngine } from "./engine.ts";

/** Lull's engine: `ours.ts passthrough|mixing FIRST_SSRC COUNT ENDPOINT FILE`. */
const [kind, first, count, endpoint, file] = process.argv.slice(2) as [string, string, string, string, string];

/**
 * Streams start a few at a time, as sessions do: the cost of starting is not part of the cost of a
 * stream.
 */
const AT_A_TIME = 8;
const BETWEEN = 100;

let guests: readonly BenchGuild[] = [];

runBenchPlayer({
  async join() {
    // Here, so that the engine thread counts towards the streams' memory.
    const engine = openBenchEngine(endpoint, file);
    guests = Array.from({ length: Number(count) }, (_, index) => engine.guest(Number(first) + index));
    await inBatches(guests, (guest) => guest.join());
  },
  async play() {
    for (const [index, guest] of guests.entries()) {
      if (index % AT_A_TIME === AT_A_TIME - 1) await pause(BETWEEN);
      // Each at a position of its own, as guilds are; a gain other than 0 dB has to be decoded and
      // encoded.
      guest.play((index * 37) % LENGTH);
      if (kind === "mixing") guest.send({ type: "setVolume", gainDb: -1, over: 60 });
    }
  },
});
