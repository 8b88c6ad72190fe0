import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { createCeiling } from "../../src/audio/ceiling.ts";
import { createCrossfadeSide } from "../../src/audio/crossfade.ts";
import { createFrame, FRAME_SAMPLES, type Frame } from "../../src/audio/format.ts";
import { createLimiter } from "../../src/audio/limiter.ts";
import { createRamp, SILENCE } from "../../src/audio/ramp.ts";
import { createSpatialiser } from "../../src/audio/spatialiser.ts";

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

const ramp = createRamp();
const side = createCrossfadeSide();
const limiter = createLimiter(-3);
const ceiling = createCeiling(-18);
const [far, orbit] = [createSpatialiser("far"), createSpatialiser("orbit")];
let turns = 0;
/** Each node in the state in which it has the most to do. */
const nodes: readonly [string, (frame: Frame) => void][] = [
  [
    "a ramp",
    (frame) => {
      if (ramp.isSettled()) ramp.to(ramp.isSilent() ? 0 : SILENCE, 50);
      ramp.apply(frame);
    },
  ],
  [
    "a crossfade",
    (frame) => {
      if (side.isSettled()) side.fade(turns++ % 2 === 0 ? "in" : "out", 50);
      side.apply(frame);
    },
  ],
  ["the limiter", (frame) => limiter.apply(frame)],
  ["a place far away", (frame) => far.apply(frame, 0)],
  ["a place that goes around", (frame) => orbit.apply(frame, turns++)],
  ["the loudness ceiling", (frame) => ceiling.apply(frame)],
];

test.each(nodes)("%s allocates no memory for samples, frame after frame", (_, apply) => {
  const frame = createFrame();
  const render = (frames: number) => {
    for (let index = 0; index < frames; index++) {
      for (let i = 0; i < FRAME_SAMPLES; i++) frame.left[i] = frame.right[i] = i % 7 < 3 ? 1 : -1;
      apply(frame);
    }
  };
  render(500);
  // The least of several: what the compiler puts on the heap before it knows the code better is not
  // ours.
  const grown: number[] = [];
  for (let round = 0; round < 6; round++) {
    collect();
    const before = process.memoryUsage();
    render(300);
    const after = process.memoryUsage();
    grown.push((after.heapUsed - before.heapUsed) / 300);
    expect(after.arrayBuffers - before.arrayBuffers).toBeLessThanOrEqual(0);
  }
  // One channel's samples take 3,840 bytes; what is here are single numbers that the engine boxes,
  // the more the less it has compiled.
  expect(Math.min(...grown)).toBeLessThan(3_840);
});
