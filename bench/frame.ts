import { createFrame, FRAME_SAMPLES, type Frame } from "../src/audio/format.ts";
import { createLimiter } from "../src/audio/limiter.ts";
import { createMixResources } from "../src/engine/playback/mixResources.ts";
import { createStream, type Stream } from "../src/engine/playback/stream.ts";
import type { LayerSpec } from "../src/engine/playback/trackLayer.ts";
import { type EntryId, id, type SoundId } from "../src/kernel/ids.ts";
import { describeMachine, machine } from "./lib/machine.ts";
import { singleLayer } from "./lib/singleLayer.ts";
import { createSpliceMaterial } from "./lib/spliceModel.ts";
import { short, spread } from "./lib/statistics.ts";
import { table } from "./lib/table.ts";

/**
 * Measures what one frame of 20 ms costs in a stream, in microseconds of CPU; each case renders one
 * frame at a time.
 */
const FRAMES = 400;
const REPETITIONS = 7;

const sound = createSpliceMaterial("rain-window").sound;
const three = [sound, createSpliceMaterial("fan").sound, createSpliceMaterial("brush-hair").sound];
const entry = id<EntryId>("one");

const playing = (): Stream => {
  const stream = createStream(() => {});
  stream.play(entry, singleLayer(sound), 0, 60);
  for (let frame = 0; frame < 120; frame++) stream.next();
  return stream;
};
const mixing = (): Stream => {
  const stream = playing();
  stream.setVolume(-6, 60);
  for (let frame = 0; frame < 20; frame++) stream.next();
  return stream;
};
const around = (stream: Stream): Stream => {
  for (let frame = 0; frame < 700; frame++) stream.next();
  return stream;
};
const crossfading = (): Stream => {
  const stream = playing();
  stream.play(entry, singleLayer(sound), 100, FRAMES * 40);
  return stream;
};
const layers = (gainDb: number): readonly LayerSpec[] =>
  three.map((each, index) => ({
    id: id<SoundId>(String(index)),
    lease: { sound: each, release: () => {} },
    gainDb: gainDb - index,
    place: "centre",
  }));
/**
 * A mix that no other stream plays, of sounds that other streams mix too, or that only this one
 * mixes.
 */
const mixingThree = (others: boolean): Stream => {
  const resources = createMixResources();
  const streams = (others ? [-1, -2, -4, -5, -3] : [-3]).map((gainDb) => {
    const stream = createStream(() => {}, resources);
    // Two at each end of the sounds, so that together they have mixed all of each.
    stream.play(entry, layers(gainDb), gainDb < -3 ? 300 : 0, 60);
    return stream;
  });
  // One pass for the streams whose samples are kept; the last stream still has its first pass
  // ahead.
  for (const stream of streams.slice(0, -1)) stream.next();
  if (others) for (let frame = 0; frame < 900; frame++) for (const stream of streams.slice(0, -1)) stream.next();
  const own = streams.at(-1)!;
  for (let frame = 0; frame < 60; frame++) own.next();
  return own;
};
const frames = (stream: Stream) => () => void stream.next();
const limiting = (level: number) => {
  const limiter = createLimiter(-3);
  const [wave, frame]: readonly Frame[] = [createFrame(), createFrame()];
  for (let i = 0; i < FRAME_SAMPLES; i++) wave!.left[i] = wave!.right[i] = level * Math.sin(i * 0.13);
  return () => {
    frame!.left.set(wave!.left);
    frame!.right.set(wave!.right);
    limiter.apply(frame!);
  };
};
const cases: readonly [string, () => () => void][] = [
  ["stored packets", () => frames(playing())],
  ["a softer room, first round", () => frames(mixing())],
  ["a softer room, every other round", () => frames(around(mixing()))],
  ["mixed, crossfade of two", () => frames(crossfading())],
  ["mixed, three layers, decoded each time", () => frames(mixingThree(false))],
  ["mixed, three layers that others mix too", () => frames(mixingThree(true))],
  [
    "paused",
    () => {
      const stream = playing();
      stream.pause();
      for (let frame = 0; frame < 30; frame++) stream.next();
      return frames(stream);
    },
  ],
  ["limiter, idle", () => limiting(0.1)],
  ["limiter, 6 dB over", () => limiting(1.5)],
];

const before = machine();
const rows = cases.map(([name, open]) => {
  const costs: number[] = [];
  for (let repetition = 0; repetition <= REPETITIONS; repetition++) {
    const frame = open();
    const start = process.cpuUsage();
    for (let count = 0; count < FRAMES; count++) frame();
    const { user, system } = process.cpuUsage(start);
    // The first run warms up the compiler.
    if (repetition > 0) costs.push((user + system) / FRAMES);
  }
  const { median, least, most } = spread(costs);
  return [name, short(median), `${short(least)}–${short(most)}`, short(20_000 / median)];
});

console.log(describeMachine(before));
console.log(table(["one frame", "µs", "range", "streams a core, this alone"], rows));
