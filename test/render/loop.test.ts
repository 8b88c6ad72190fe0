import { expect, test } from "vitest";
import { type AudioNode, createFrame, FRAME_SAMPLES } from "../../src/audio/format.ts";
import { decodeLoop } from "../../src/render/decodeLoop.ts";
import { encodeLoop } from "../../src/render/encodeLoop.ts";
import { failures } from "../../src/render/gates.ts";
import { renderLoop, renderLoopAsRead } from "../../src/render/loop.ts";
import { master } from "../../src/render/master.ts";
import { measure, pcmOf } from "../../src/render/measure.ts";
import { surrounding } from "../../src/synth/nodes.ts";
import { brown, pink } from "../../src/synth/noise.ts";
import { RECIPES } from "../../src/synth/recipes.ts";
import { roomTone } from "../../src/synth/roomTone.ts";
import { timeline } from "../../src/synth/timeline.ts";

const hush = (seed: number): AudioNode => surrounding(pink, seed, { low: 0.2, high: 0.2 });

/** Joins a stretch of sound to itself, to look at the seam as at any other place. */
const levelsAround = (samples: Float32Array, millis: number): number[] => {
  const size = 48 * millis;
  const twice = Float32Array.from([...samples.subarray(-size * 5), ...samples.subarray(0, size * 5)]);
  return Array.from({ length: 10 }, (_, index) => {
    const part = twice.subarray(index * size, (index + 1) * size);
    return 10 * Math.log10(part.reduce((sum, x) => sum + x * x, 0) / size);
  });
};

test("a bed's end runs into its beginning at an even level", () => {
  const { left } = pcmOf(renderLoop({ bed: hush(1) }, 500));
  const levels = levelsAround(left, 200);
  expect(Math.max(...levels) - Math.min(...levels)).toBeLessThan(4);
  expect(measure({ left, right: left }).seam).toBeLessThan(1.5);
});

test("a loop that is rendered as it is read is the same, wherever it is read first", () => {
  const whole = renderLoop({ bed: hush(1) }, 200);
  const asRead = renderLoopAsRead({ bed: hush(1) }, 200);
  const [frame, same] = [createFrame(), createFrame()];
  for (const index of [60, 3, -1, 200, 61, 199]) {
    whole.read(index, frame);
    asRead.read(index, same);
    expect(same).toEqual(frame);
  }
});

test("events come round exactly, their tails across the seam", () => {
  const tone = (seconds: number) =>
    Float32Array.from({ length: 48_000 * seconds }, (_, i) => Math.sin(i / 20) / (1 + i / 4_000));
  const event = (at: number) => ({ at, sound: () => ({ left: tone(1), right: tone(1) }) });
  const node = timeline([event(0.5), event(7.9)], 400, 1.1);
  const rounds = [0, 1, 2].map(() =>
    Float32Array.from(
      Array.from({ length: 400 }, () => {
        const frame = createFrame();
        node.render(frame);
        return [...frame.left];
      }).flat(),
    ),
  );
  expect(rounds[1]).toEqual(rounds[2]);
  // The second sound began 0.1 s before the end, and goes on at the beginning of the next round.
  expect(rounds[0]![0]).toBe(0);
  expect(rounds[1]!.subarray(0, 4_800).some((x) => Math.abs(x) > 0.1)).toBe(true);
});

test("a loop is brought to its loudness, and what would startle is turned down", () => {
  const bang: AudioNode = timeline(
    [{ at: 4, sound: () => ({ left: new Float32Array(960).fill(0.9), right: new Float32Array(960).fill(-0.9) }) }],
    500,
    0.1,
  );
  const measures = measure(
    pcmOf(master(renderLoop({ bed: hush(2), events: bang }, 500), { loudness: -30, onsetCap: 8 })),
  );
  expect(measures.loudness).toBeCloseTo(-30, 1);
  expect(measures.onset).toBeLessThan(8.2);
  expect(measures.truePeak).toBeLessThan(-6);
});

test("silence and numbers that are none are refused", () => {
  const broken: AudioNode = {
    render({ left, right }) {
      left.fill(Number.NaN);
      right.fill(0);
      return "more";
    },
  };
  expect(() => renderLoop({ bed: broken }, 300)).toThrow("numbers that are none");
  expect(() => master(renderLoop({}, 300), { loudness: -30, onsetCap: 8 })).toThrow("nothing to be heard");
});

test("after Opus the loop still has no seam: its last packet leads to its first", () => {
  const loop = master(renderLoop({ bed: hush(3) }, 300), { loudness: -32, onsetCap: 5 });
  const packets = encodeLoop(loop);
  expect(packets).toHaveLength(300);
  const twice = decodeLoop([...packets, ...packets]);
  const seamAt = 300 * FRAME_SAMPLES;
  const round = twice.left.subarray(seamAt - 24_000, seamAt + 24_000);
  const inside = twice.left.subarray(100 * FRAME_SAMPLES, 100 * FRAME_SAMPLES + 48_000);
  const sharpest = (x: Float32Array) =>
    x.reduce((most, _, i) => (i < 2 ? most : Math.max(most, Math.abs(x[i]! - 2 * x[i - 1]! + x[i - 2]!))), 0);
  expect(sharpest(round)).toBeLessThan(1.5 * sharpest(inside));
});

test("the same seed gives the same sound, another seed another", () => {
  const take = (name: string, seed: number) =>
    pcmOf(renderLoop(RECIPES.get(name)!.create({ seed, length: 150 }), 150)).left;
  for (const name of ["rain-window", "tap-wood", "ocean"]) {
    expect(take(name, 1)).toEqual(take(name, 1));
    expect(take(name, 1)).not.toEqual(take(name, 2));
  }
});

test("what comes out of silence is outside its gate, and inside it over a room's tone", () => {
  const tap = new Float32Array(960).map((_, i) => 0.2 * Math.sin(i) * Math.exp(-i / 200));
  const taps = timeline(
    [1, 2.5, 4].map((at) => ({ at, sound: () => ({ left: tap, right: tap }) })),
    300,
    0.1,
  );
  const wrong = (room: number) => {
    const loop = renderLoop({ bed: roomTone(6, room), events: taps }, 300);
    return failures(
      "tap-wood",
      {},
      measure(pcmOf(master(loop, { loudness: -30, onsetCap: 15.5 }))),
      "before Opus",
      false,
    );
  };
  expect(wrong(0.0002).join()).toContain("over the half second before");
  expect(wrong(0.02).join()).not.toContain("over the half second before");
});

test("ears that hear unrelated low sounds are outside the gate of a sound that is all about the listener", () => {
  const coherence = (low: number) => {
    const measures = measure(pcmOf(renderLoop({ bed: surrounding(pink, 5, { low }) }, 300)));
    return { coherence: measures.coherence, wrong: failures("ocean", {}, measures, "before Opus", false).join() };
  };
  expect(coherence(0).coherence).toBeLessThan(0.1);
  expect(coherence(0).wrong).toContain("below 500 Hz");
  expect(coherence(1).coherence).toBeGreaterThan(0.5);
  expect(coherence(1).wrong).not.toContain("below 500 Hz");
});

test("noise falls by 6 and 3 dB an octave", () => {
  for (const [make, slope] of [
    [brown, -6],
    [pink, -3],
  ] as const) {
    const fill = make(4);
    const left = new Float32Array(20 * 48_000);
    fill(left);
    expect(Math.abs(measure({ left, right: left }).slope - slope)).toBeLessThan(0.3);
  }
});
