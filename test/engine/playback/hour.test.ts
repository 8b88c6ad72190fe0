import { setTimeout as pause } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { createMixResources } from "../../../src/engine/playback/mixResources.ts";
import { createStream } from "../../../src/engine/playback/stream.ts";
import { entryId, layerSpec, renderRecipe } from "./recording.ts";

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

const HOUR = 60 * 60 * 50;

test("an hour of a softer room: a packet each tick, the place where it should be, and memory flat", () => {
  const sound = renderRecipe("pink-noise", 500);
  const resources = createMixResources();
  const positions: number[] = [];
  const stream = createStream((event) => {
    if (event.type === "positionAdvanced") positions.push(event.position);
  }, resources);
  stream.setVolume(-6, 0);
  stream.play(entryId("1"), [layerSpec("noise", sound)], 0, 100);
  let [silent, bytes] = [0, 0];
  for (let tick = 0; tick < HOUR; tick++) {
    if (stream.next() === undefined) silent += 1;
    if (tick === 1_000) bytes = resources.stats().packetBytes;
  }
  expect(silent).toBe(0);
  expect(positions).toEqual(Array.from({ length: HOUR / 250 }, (_, index) => (index + 1) * 250));
  expect(stream.counts).toEqual({ passed: 0, shared: HOUR - 50, mixed: 50 });
  // Encoded in the first round; in the other 359 found.
  expect(resources.stats()).toMatchObject({ packetsEncoded: 500, packetBytes: bytes });
});

test("an hour of stored packets: each is the one that belongs there, and its stream holds next to nothing", () => {
  const sound = renderRecipe("pink-noise", 500);
  const resources = createMixResources();
  const stream = createStream(() => {}, resources);
  stream.play(entryId("1"), [layerSpec("noise", sound)], 0, 100);
  let wrong = 0;
  for (let tick = 0; tick < HOUR; tick++) {
    const packet = stream.next();
    if (tick >= 50 && packet !== sound.packets[tick % 500]) wrong += 1;
  }
  expect(wrong).toBe(0);
  expect(resources.stats()).toEqual({ sampleBytes: 0, packetBytes: 0, packetsEncoded: 0, packetsServed: 0 });
});

test("a stream that passes stored packets on takes less than 20 KB, its socket aside", async () => {
  const sound = renderRecipe("pink-noise", 500);
  const resources = createMixResources();
  const open = () => {
    const stream = createStream(() => {}, resources);
    stream.play(entryId("1"), [layerSpec("noise", sound)], 0, 100);
    for (let tick = 0; tick < 60; tick++) stream.next();
    return stream;
  };
  /**
   * The memory of packets that nobody holds any more is given back a little later than they are
   * collected.
   */
  const taken = async () => {
    let least = Number.POSITIVE_INFINITY;
    for (let look = 0; look < 10; look++) {
      collect();
      await pause(20);
      const { heapUsed, external } = process.memoryUsage();
      least = Math.min(least, heapUsed + external);
    }
    return least;
  };
  open();
  const before = await taken();
  const streams = Array.from({ length: 80 }, open);
  const each = ((await taken()) - before) / streams.length;
  expect(each).toBeLessThan(20_000);
  expect(streams.every(({ counts }) => counts.passed === 10)).toBe(true);
});
