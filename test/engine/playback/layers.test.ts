import { beforeAll, describe, expect, test } from "vitest";
import { FRAME_SAMPLES, SILENCE_PACKET } from "../../../src/audio/format.ts";
import { createLoudnessMeter } from "../../../src/audio/loudness.ts";
import type { StoredSound } from "../../../src/audio/storedSound.ts";
import {
  entryId,
  layerSpec,
  openTestStream,
  type Recording,
  record,
  renderRecipe,
  rmsLevel,
  storedSound,
} from "./recording.ts";

let rain: StoredSound;
let noise: StoredSound;
let brush: StoredSound;
beforeAll(() => {
  rain = renderRecipe("rain-garden", 500);
  noise = renderRecipe("pink-noise", 300);
  brush = renderRecipe("brush-ears", 400);
});

const pcmOf = (both: Float32Array) => ({
  left: both.subarray(0, FRAME_SAMPLES),
  right: both.subarray(FRAME_SAMPLES),
});
const loudnessOf = (heard: Recording) => {
  const meter = createLoudnessMeter();
  for (const both of heard) meter.push(pcmOf(both));
  return meter.integrated();
};
const power = (heard: Recording, channel: "left" | "right") =>
  10 *
  Math.log10(
    heard.reduce((sum, both) => sum + pcmOf(both)[channel].reduce((all, x) => all + x * x, 0), 1e-12) / heard.length,
  );
/** The largest step from one sample to the next, of the left ear. */
const step = (heard: Recording): number => {
  let largest = 0;
  let before = pcmOf(heard[0]!).left[0]!;
  for (const both of heard) {
    for (const sample of pcmOf(both).left) {
      largest = Math.max(largest, Math.abs(sample - before));
      before = sample;
    }
  }
  return largest;
};

const playing = (...layers: Parameters<ReturnType<typeof openTestStream>["stream"]["play"]>[1]) => {
  const opened = openTestStream();
  opened.stream.play(entryId("1"), layers, 0, 100);
  opened.run(100);
  return opened;
};

describe("a mix", () => {
  test("of two sounds is heard as loud as their powers add up", async () => {
    const { packets, run } = playing(layerSpec("rain", rain), layerSpec("noise", noise));
    run(300);
    const alone = playing(layerSpec("rain", rain));
    alone.run(300);
    const [both, one] = [
      loudnessOf((await record(packets)).slice(100)),
      loudnessOf((await record(alone.packets)).slice(100)),
    ];
    // Rain of −30 and noise of −32 LUFS.
    expect(both - one).toBeGreaterThan(1.5);
    expect(both - one).toBeLessThan(2.8);
  });

  test("goes round with each layer's own length, and tells how long it has been heard", () => {
    const { events, run, stream } = playing(layerSpec("noise", noise), layerSpec("brush", brush));
    run(900);
    expect(stream.counts.passed).toBe(0);
    expect(events.filter(({ type }) => type === "positionAdvanced").at(-1)).toMatchObject({ position: 1_000 });
    // The longer one ends each 400 frames.
    expect(events.filter(({ type }) => type === "passEnding")).toHaveLength(3);
  });

  test("gains a layer, changes it and loses it without a step, and stored packets follow again", async () => {
    const { packets, run, stream } = playing(layerSpec("rain", rain));
    expect(stream.counts.passed).toBe(50);
    stream.setLayers(
      entryId("1"),
      [layerSpec("rain", rain), layerSpec("brush", brush, { gainDb: -3, place: "left" })],
      1_000,
    );
    run(200);
    stream.setLayers(
      entryId("1"),
      [layerSpec("rain", rain), layerSpec("brush", brush, { gainDb: -12, place: "orbit" })],
      1_000,
    );
    run(200);
    stream.setLayers(entryId("1"), [layerSpec("rain", rain)], 1_000);
    run(200);
    const { passed } = stream.counts;
    run(50);
    expect(stream.counts.passed).toBe(passed + 50);
    expect(packets.at(-1)).toBe(rain.packets[(750 - 1) % 500]);
    const heard = (await record(packets)).slice(50);
    const usual = step(await record([...rain.packets]));
    expect(step(heard)).toBeLessThan(2 * usual);
  });

  test("lays a sound over it from that sound's own beginning, wherever the mix is", async () => {
    const silence = storedSound(Array.from({ length: 200 }, () => SILENCE_PACKET));
    // A second of nothing, then a stroke.
    const late = storedSound([...silence.packets.slice(0, 50), ...brush.packets.slice(100, 200)]);
    const firstHeard = async (before: number) => {
      const { packets, run, stream } = playing(layerSpec("silence", silence));
      run(before);
      const from = packets.length;
      stream.setLayers(
        entryId("1"),
        [layerSpec("silence", silence), layerSpec("late", late, { fromStart: true })],
        200,
      );
      run(120);
      return (await record(packets)).slice(from).findIndex((frame) => rmsLevel(frame) > -60);
    };
    const first = await firstHeard(20);
    expect(first).toBeGreaterThan(45);
    expect(first).toBeLessThan(60);
    expect(await firstHeard(97)).toBe(first);
  });

  test("is left as it is by a change that is meant for what played before", () => {
    const { run, stream } = playing(layerSpec("rain", rain));
    let given = 0;
    stream.setLayers(entryId("0"), [layerSpec("brush", brush, {}, () => given++)], 100);
    run(20);
    expect(given).toBe(1);
    expect(stream.counts.passed).toBe(70);
  });

  test("loses a layer that cannot be decoded, and plays on", () => {
    const damaged = storedSound(
      brush.packets.map((packet, at) => (at === 120 ? new Uint8Array([0xff, 0x3f, 0xff, 0xff]) : packet)),
    );
    let given = 0;
    const { events, run } = playing(
      layerSpec("rain", rain),
      layerSpec("brush", damaged, {}, () => given++),
    );
    expect(run(100)).toBe(100);
    expect(events.filter(({ type }) => type === "layerFailed")).toMatchObject([{ entry: "1", sound: "brush" }]);
    expect(events.some(({ type }) => type === "soundFailed")).toBe(false);
    expect(given).toBe(1);
  });

  test("releases every lease once, whatever was changed, sought and replaced meanwhile", () => {
    const given = new Map<string, number>();
    const lend = (name: string, sound: StoredSound, lease: string) =>
      layerSpec(name, sound, {}, () => given.set(lease, (given.get(lease) ?? 0) + 1));
    const { run, stream } = playing(lend("rain", rain, "a"), lend("brush", brush, "b"));
    stream.seek(40);
    run(5);
    stream.setLayers(entryId("1"), [lend("rain", rain, "c"), lend("noise", noise, "d")], 200);
    run(60);
    stream.seek(200);
    stream.play(entryId("2"), [lend("brush", brush, "e")], 0, 400);
    run(100);
    stream.close();
    expect([...given].sort()).toEqual(["a", "b", "c", "d", "e"].map((lease) => [lease, 1]));
  });

  test("of many loud layers stays under the ceiling, and under a lower one that is asked for", async () => {
    const layers = ["1", "2", "3", "4", "5", "6"].map((name) => layerSpec(name, noise));
    const { packets, run, stream } = playing(...layers);
    stream.setCeiling(-26);
    run(500);
    const meter = createLoudnessMeter();
    for (const both of (await record(packets)).slice(250)) meter.push(pcmOf(both));
    expect(meter.shortTermMaximum()).toBeLessThanOrEqual(-26);
  });
});

describe("a place", () => {
  const heardIn = async (place: "centre" | "left" | "right" | "near" | "far" | "orbit") => {
    const { packets, run } = playing(layerSpec("noise", noise, { place }));
    run(300);
    return (await record(packets)).slice(100);
  };

  test("beside an ear is heard there, and no louder than in the middle", async () => {
    const centre = await heardIn("centre");
    for (const place of ["left", "right"] as const) {
      const heard = await heardIn(place);
      const difference = power(heard, "left") - power(heard, "right");
      expect(place === "left" ? difference : -difference).toBeGreaterThan(4);
      expect(loudnessOf(heard)).toBeCloseTo(loudnessOf(centre), 0);
    }
  });

  test("close by has more warmth, far away is softer and darker", async () => {
    const [centre, near, far] = [await heardIn("centre"), await heardIn("near"), await heardIn("far")];
    expect(Math.abs(loudnessOf(near) - loudnessOf(centre))).toBeLessThan(1);
    expect(loudnessOf(centre) - loudnessOf(far)).toBeGreaterThan(5);
    expect(loudnessOf(centre) - loudnessOf(far)).toBeLessThan(14);
  });

  test("that goes around comes by both ears", async () => {
    const opened = openTestStream();
    opened.stream.play(entryId("1"), [layerSpec("noise", noise, { place: "orbit" })], 0, 100);
    opened.run(1_200);
    const heard = await record(opened.packets);
    const sides = [300, 900].map((at) => {
      const part = heard.slice(at - 40, at + 40);
      return power(part, "left") - power(part, "right");
    });
    expect(sides[0]).toBeLessThan(-4);
    expect(sides[1]).toBeGreaterThan(4);
  });
});

describe("the room", () => {
  test("is softer while somebody speaks, and comes back slowly", async () => {
    const { packets, run, stream } = playing(layerSpec("noise", noise));
    stream.duck(9);
    run(100);
    stream.duck(0);
    run(250);
    const levels = (await record(packets)).map(rmsLevel);
    const mean = (from: number) => levels.slice(from, from + 40).reduce((sum, each) => sum + each, 0) / 40;
    expect(mean(150) - mean(55)).toBeCloseTo(-9, 0);
    expect(mean(400) - mean(55)).toBeCloseTo(0, 0);
  });

  test("fades to a whisper where it is not to fall silent, and says when it is there", () => {
    const { events, run, stream } = playing(layerSpec("noise", noise));
    stream.fadeOut(1_000, -18);
    run(49);
    expect(events.some(({ type }) => type === "fadeEnded")).toBe(false);
    expect(run(10)).toBe(10);
    expect(events.some(({ type }) => type === "fadeEnded")).toBe(true);
  });
});
