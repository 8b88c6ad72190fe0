import { setTimeout as pause } from "node:timers/promises";
import type { Decibels } from "../../src/kernel/units.ts";
import { inBatches } from "../lib/batches.ts";
import { runBenchPlayer } from "../lib/benchPlayer.ts";
import { LENGTH } from "../lib/material.ts";
import { type BenchGuild, type BenchLayer, openBenchEngine } from "./engine.ts";

/** Lull's engine: `ours.ts passthrough|takes|mixing|softened|layers FIRST_SSRC COUNT ENDPOINT FILES…`. */
const [kind, first, count, endpoint, ...files] = process.argv.slice(2) as [string, string, string, string, ...string[]];

/**
 * Streams start a few at a time, as sessions do: the cost of starting is not part of the cost of a
 * stream.
 */
const AT_A_TIME = 8;
const BETWEEN = 100;

/** A gain that no other stream has: what is encoded for one stream is of no use to another. */
const gainOf = (index: number): Decibels => -1 - index / 100;

const layersOf = (index: number): readonly BenchLayer[] | undefined => {
  if (kind === "takes") return [{ file: 0, gainDb: 0, takeOrder: index }];
  const gainDb = gainOf(index);
  const file = index % files.length;
  if (kind === "softened") return [{ file, gainDb }];
  // Another second layer in each round of the files.
  const other = (file + 1 + (Math.floor(index / files.length) % (files.length - 1))) % files.length;
  return kind === "layers"
    ? [
        { file, gainDb },
        { file: other, gainDb },
      ]
    : undefined;
};

let guests: readonly BenchGuild[] = [];

runBenchPlayer({
  async join() {
    // Here, so that the engine thread counts towards the streams' memory.
    const engine = openBenchEngine(endpoint, files);
    guests = Array.from({ length: Number(count) }, (_, index) => engine.guest(Number(first) + index));
    await inBatches(guests, (guest) => guest.join());
  },
  async play() {
    for (const [index, guest] of guests.entries()) {
      if (index % AT_A_TIME === AT_A_TIME - 1) await pause(BETWEEN);
      // Each at a position of its own, as guilds are; a gain other than 0 dB has to be decoded and
      // encoded.
      guest.play((index * 37) % LENGTH, layersOf(index));
      if (kind === "mixing") guest.send({ type: "setVolume", gainDb: -1, over: 60 });
    }
  },
});
