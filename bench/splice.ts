import { parseArgs } from "node:util";
import { createFrame, FRAME_SAMPLES, type Frame } from "../src/audio/format.ts";
import { createOpusDecoder } from "../src/audio/opusDecoder.ts";
import { createStream, type Stream } from "../src/engine/playback/stream.ts";
import { type EntryId, id } from "../src/kernel/ids.ts";
import { type Frames, seconds } from "../src/kernel/units.ts";
import { singleLayer } from "./lib/singleLayer.ts";
import {
  createReferenceStream,
  createSpliceMaterial,
  LENGTH,
  levelOf,
  type ReferenceStream,
  type SpliceMaterial,
  stepOf,
} from "./lib/spliceModel.ts";
import { short } from "./lib/statistics.ts";
import { table } from "./lib/table.ts";

/** Measures level errors at splices: a stream, decoded by one decoder that is never reset. */
const { values: options } = parseArgs({
  options: { sounds: { type: "string", default: "fan,brush-hair,tap-wood,bowl,rain-window" } },
});

/** Quieter frames are left out: 0.2 dB is a rounding error there. */
const QUIET = -70;
const SETTLED: Frames = 250;
/** Frames after a change by which it is complete and the stream is back to stored packets. */
const AFTER: Frames = 320;

/** 200 ms after a splice, by which time a decoder has forgotten it. */
const NEAR: Frames = 10;

interface Splice {
  readonly first: number;
  /** In the 200 ms after it, without the first frame. */
  readonly later: number;
  /** Everywhere else: the cost of encoding a second time. */
  readonly between: number;
  /**
   * Largest sample step in the four frames around the splice, relative to the ideal's own in the
   * second around it.
   */
  readonly step: number;
  readonly backAfter: Frames;
}

const entry = id<EntryId>("one");

const worst = (values: readonly number[]) => values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);

/**
 * Plays until stored packets are passed through, changes something, and compares the decoded sound
 * with the ideal.
 */
const measureSplice = (
  material: SpliceMaterial,
  change: (stream: Stream, ideal: ReferenceStream) => void,
  before: (stream: Stream, ideal: ReferenceStream) => void = () => {},
): Splice => {
  const stream = createStream(() => {});
  const ideal = createReferenceStream();
  const decoder = createOpusDecoder();
  const frames: { readonly heard: Frame; readonly wanted: Frame; readonly passed: boolean }[] = [];
  const take = () => {
    const before = stream.counts.passed;
    const packet = stream.next();
    const heard = createFrame();
    if (packet !== undefined) decoder.decode(packet, heard, 0);
    frames.push({ heard, wanted: ideal.next(), passed: stream.counts.passed > before });
  };
  stream.play(entry, singleLayer(material.sound), 0, 60);
  ideal.play(material.decoded, 0, 60);
  before(stream, ideal);
  for (let frame = 0; frame < SETTLED; frame++) take();
  change(stream, ideal);
  for (let frame = 0; frame < AFTER; frame++) take();

  // A splice is wherever the packets change between stored and encoded, and where the change was
  // requested.
  const splices = new Set([SETTLED]);
  for (let frame = SETTLED; frame < frames.length; frame++)
    if (frames[frame]!.passed !== frames[frame - 1]!.passed) splices.add(frame);
  const error = (frame: number): number => {
    const { heard, wanted } = frames[frame]!;
    const level = levelOf(wanted);
    return level < QUIET ? 0 : levelOf(heard) - level;
  };
  const span = (start: number, count: number) =>
    Array.from({ length: count }, (_, index) => start + index).filter((frame) => frame >= 1 && frame < frames.length);
  const seam = (frame: number): number => {
    const own = Math.max(...span(frame - 25, 50).map((each) => stepOf(frames[each]!.wanted)));
    const across = span(frame - 1, 4).map((each) => {
      const [last, next] = [frames[each - 1]!.heard, frames[each]!.heard];
      return Math.max(
        stepOf(next),
        Math.abs(next.left[0]! - last.left[FRAME_SAMPLES - 1]!),
        Math.abs(next.right[0]! - last.right[FRAME_SAMPLES - 1]!),
      );
    });
    return Math.max(...across) / own;
  };
  const near = [...splices].flatMap((frame) => span(frame, NEAR));
  const back = frames.findIndex(({ passed }, frame) => frame > SETTLED + 1 && passed && !frames[frame - 1]!.passed);
  return {
    first: worst([...splices].map(error)),
    later: worst(near.filter((frame) => !splices.has(frame)).map(error)),
    between: worst(
      span(SETTLED, AFTER)
        .filter((frame) => !near.includes(frame))
        .map(error),
    ),
    step: Math.max(...[...splices].map(seam)),
    backAfter: back === -1 ? 0 : back - SETTLED,
  };
};

/** The seam of the stored loop, compared with an encoding that continues across it. */
const measureLoop = ({ decoded, seamless }: SpliceMaterial): Splice => {
  const frameOf = (pcm: SpliceMaterial["decoded"], index: number): Frame => ({
    left: pcm.left.subarray(index * FRAME_SAMPLES, (index + 1) * FRAME_SAMPLES),
    right: pcm.right.subarray(index * FRAME_SAMPLES, (index + 1) * FRAME_SAMPLES),
  });
  const error = (index: number) => {
    const wanted = levelOf(frameOf(seamless, index));
    return wanted < QUIET ? 0 : levelOf(frameOf(decoded, index)) - wanted;
  };
  const [last, first] = [frameOf(decoded, LENGTH - 1), frameOf(decoded, 0)];
  const across = Math.max(
    Math.abs(first.left[0]! - last.left[FRAME_SAMPLES - 1]!),
    Math.abs(first.right[0]! - last.right[FRAME_SAMPLES - 1]!),
    stepOf(first),
  );
  const around = [...Array(25).keys()].flatMap((index) => [index, LENGTH - 1 - index]);
  return {
    first: Math.abs(error(0)),
    later: worst(Array.from({ length: NEAR - 1 }, (_, index) => error(index + 1))),
    between: 0,
    step: across / Math.max(...around.map((index) => stepOf(frameOf(seamless, index)))),
    backAfter: 0,
  };
};

const volumeChange = (level: number, over: number) => (stream: Stream, ideal: ReferenceStream) => {
  stream.setVolume(level, over);
  ideal.setVolume(level, over);
};

const materials = options.sounds.split(",").map(createSpliceMaterial);
const rows = materials.flatMap((material, index) => {
  const other = materials[(index + 1) % materials.length]!;
  const skip = (over: number) =>
    measureSplice(material, (stream, ideal) => {
      stream.play(id<EntryId>("two"), singleLayer(other.sound), 0, over);
      ideal.play(other.decoded, 0, over);
    });
  const splices: [string, Splice][] = [
    ["loop", measureLoop(material)],
    ["loudness to −6 dB", measureSplice(material, volumeChange(-6, 2_000))],
    ["from −6 dB back", measureSplice(material, volumeChange(0, 1_000), volumeChange(-6, 60))],
    [
      "seek",
      measureSplice(material, (stream, ideal) => {
        stream.seek(400);
        ideal.seek(400, 250);
      }),
    ],
    [`crossfade of 4 s to ${other.name}`, skip(seconds(4))],
    [`skip of 0.25 s to ${other.name}`, skip(250)],
  ];
  return splices.map(([name, { first, later, between, step, backAfter }]) => [
    `${material.name}: ${name}`,
    short(first),
    short(later),
    short(between),
    short(step),
    backAfter === 0 ? "–" : String(backAfter),
  ]);
});

console.log(
  "Level errors in dB: in the first frame of a splice, in the 200 ms after it, and between splices (the cost of encoding a second time);",
);
console.log("sample steps at the splices in shares of the sound's own; frames until stored packets are sent again.");
console.log("Wanted: ≤ 0.2 dB from a splice's second frame, steps ≤ 1.\n");
console.log(table(["splice", "first", "later", "between", "step", "back"], rows));
