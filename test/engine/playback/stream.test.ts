import { beforeAll, describe, expect, test } from "vitest";
import { createFrame, FRAME_SAMPLES, SILENCE_PACKET } from "../../../src/audio/format.ts";
import { createLoudnessMeter } from "../../../src/audio/loudness.ts";
import { createOpusEncoder } from "../../../src/audio/opusEncoder.ts";
import type { StoredSound } from "../../../src/audio/storedSound.ts";
import { createTruePeakMeter } from "../../../src/audio/truePeak.ts";
import { entryId, openTestStream, record, renderRecipe, singleLayer, storedSound } from "./recording.ts";

let rain: StoredSound;
let brush: StoredSound;
beforeAll(() => {
  rain = renderRecipe("rain-garden", 500);
  brush = renderRecipe("brush-ears", 500);
});

/** A stream that has come to passing rain's stored packets on. */
const playing = (sound = rain) => {
  const opened = openTestStream();
  opened.stream.play(entryId("1"), singleLayer(sound), 0, 100);
  opened.run(100);
  return opened;
};
const silences = (packets: readonly Uint8Array[]) => packets.filter((packet) => packet === SILENCE_PACKET).length;

describe("what plays", () => {
  test("is the stored packets, once its ramp is over", () => {
    const { packets, stream, run } = playing();
    run(450);
    expect(packets.slice(50).every((packet, index) => packet === rain.packets[(50 + index) % 500])).toBe(true);
    expect(stream.counts).toEqual({ mixed: 50, passed: 500, shared: 0 });
  });

  test("tells that it started, where it is each five seconds, and once a pass that it ends", () => {
    const { events, run } = playing();
    run(1_000);
    const told = events.filter(({ type }) => type === "positionAdvanced");
    expect(told.map((event) => "position" in event && event.position)).toEqual([250, 500, 750, 1_000]);
    expect(events.filter(({ type }) => type === "soundStarted")).toHaveLength(1);
    // In the first pass at frame 250, in the second at 750.
    expect(events.filter(({ type }) => type === "passEnding")).toHaveLength(2);
  });

  test("is heard once where it has an end; its bed goes on, and it says that it has ended every five seconds", () => {
    const once: StoredSound = { ...rain, bedFrom: 300 };
    const { packets, events, run, stream } = playing(once);
    run(1_400);
    const frame = (at: number) => (at < 500 ? at : 300 + ((at - 500) % 200));
    expect(packets.slice(50).every((packet, index) => packet === rain.packets[frame(50 + index)])).toBe(true);
    expect(stream.counts).toEqual({ mixed: 50, passed: 1_450, shared: 0 });
    expect(events.filter(({ type }) => type === "passEnding")).toHaveLength(6);
    expect(events.some((event) => "position" in event && event.position === 1_500)).toBe(true);
  });

  test("after its end it is where it was when it is opened there again, as after a restart", () => {
    const opened = openTestStream();
    opened.stream.play(entryId("1"), singleLayer({ ...rain, bedFrom: 300 }), 1_000, 0);
    opened.run(200);
    expect(opened.packets.at(-1)).toBe(rain.packets[300 + ((1_199 - 500) % 200)]);
  });

  test("tells where it is while it is mixed, too", () => {
    const { events, run, stream } = openTestStream();
    stream.setVolume(-6, 0);
    stream.play(entryId("1"), singleLayer(rain), 100, 100);
    run(510);
    expect(stream.counts.passed).toBe(0);
    expect(events.filter(({ type }) => type === "positionAdvanced")).toEqual([
      { type: "positionAdvanced", entry: "1", position: 350 },
      { type: "positionAdvanced", entry: "1", position: 600 },
    ]);
  });

  test("ends in five frames of silence, and then in nothing", () => {
    const { packets, run, stream } = playing();
    stream.stop(1_000);
    expect(run(200)).toBe(55);
    expect(packets.slice(-5).every((packet) => packet === SILENCE_PACKET)).toBe(true);
    expect(silences(packets)).toBe(5);
    expect(stream.silent()).toBe(true);
  });

  test("starts again, and says so, when it is played again under the same entry", () => {
    const { run, stream, types } = playing();
    stream.stop(100);
    run(50);
    stream.play(entryId("1"), singleLayer(rain), 0, 100);
    run(20);
    expect(types().filter((type) => type === "soundStarted")).toHaveLength(2);
  });
});

describe("one sound after another", () => {
  test("in quick succession: the last one stays, and each is given back once", () => {
    const { events, packets, run, stream } = openTestStream();
    const given: string[] = [];
    const play = (name: string, sound: StoredSound) =>
      stream.play(
        entryId(name),
        singleLayer(sound, () => given.push(name)),
        0,
        4_000,
      );
    play("1", rain);
    run(100);
    for (const name of ["2", "3", "4", "5", "6", "7"]) {
      play(name, brush);
      run(2);
    }
    play("8", rain);
    run(260);
    expect(given.toSorted()).toEqual(["1", "2", "3", "4", "5", "6", "7"]);
    expect(packets.at(-1)).toBe(rain.packets[259]);
    expect(events.at(-1)).toMatchObject({ entry: "8" });
    stream.close();
    stream.close();
    expect(given.at(-1)).toBe("8");
    expect(given).toHaveLength(8);
    expect(run(10)).toBe(0);
  });

  test("a seek shares the sound, which is given back once", () => {
    const { run, stream } = openTestStream();
    let given = 0;
    stream.play(
      entryId("1"),
      singleLayer(rain, () => given++),
      0,
      100,
    );
    run(30);
    stream.seek(200);
    run(50);
    stream.seek(300);
    stream.stop(100);
    run(30);
    expect(given).toBe(1);
  });

  test("a stop and a play: the new sound rises while the old one falls", () => {
    const { run, stream, types, packets } = playing();
    stream.stop(2_000);
    run(20);
    stream.play(entryId("2"), singleLayer(brush), 0, 1_000);
    run(200);
    expect(silences(packets)).toBe(0);
    expect(types().filter((type) => type === "soundStarted")).toHaveLength(2);
    expect(packets.at(-1)).toBe(brush.packets[199]);
  });

  test("a seek in the middle of a crossfade ends where it was asked to", () => {
    const { events, packets, run, stream } = playing();
    stream.play(entryId("2"), singleLayer(brush), 0, 4_000);
    run(50);
    stream.seek(320);
    run(240);
    expect(packets.at(-1)).toBe(brush.packets[(320 + 239) % 500]);
    expect(events.filter(({ type }) => type === "soundStarted")).toHaveLength(2);
  });

  test("a seek to where it is changes nothing", () => {
    const { run, stream } = playing();
    stream.seek(100);
    run(1);
    expect(stream.counts).toEqual({ mixed: 50, passed: 51, shared: 0 });
  });

  test("a sound shorter than its crossfade goes round under it", () => {
    const short: StoredSound = { ...storedSound(rain.packets.slice(0, 60)) };
    const { events, run, stream } = playing();
    stream.play(entryId("2"), singleLayer(short), 0, 4_000);
    expect(run(400)).toBe(400);
    expect(events.filter(({ type }) => type === "passEnding")).toHaveLength(2);
  });

  test("a sound of one packet plays, and does not flood", () => {
    const { events, run, stream } = openTestStream();
    stream.play(entryId("1"), singleLayer(storedSound(rain.packets.slice(0, 1))), 0, 100);
    expect(run(1_000)).toBe(1_000);
    expect(events.filter(({ type }) => type === "passEnding")).toHaveLength(4);
    expect(stream.counts.passed).toBeGreaterThan(900);
  });

  test("a file that was made for the day, and does not say so, is held down", async () => {
    const encoder = createOpusEncoder();
    const frame = createFrame();
    const packets = Array.from({ length: 400 }, () => {
      for (let i = 0; i < FRAME_SAMPLES; i++) {
        frame.left[i] = 2 * Math.random() - 1;
        frame.right[i] = 2 * Math.random() - 1;
      }
      return encoder.encode(frame);
    });
    const opened = openTestStream();
    opened.stream.play(entryId("1"), singleLayer({ ...storedSound(packets), keyframes: [] }), 0, 0);
    opened.run(50);
    opened.stream.play(entryId("2"), singleLayer({ ...storedSound(packets), keyframes: [] }), 100, 2_000);
    opened.run(450);
    const [loudness, peak] = [createLoudnessMeter(), createTruePeakMeter()];
    for (const [index, both] of (await record(opened.packets)).entries()) {
      const pcm = { left: both.subarray(0, FRAME_SAMPLES), right: both.subarray(FRAME_SAMPLES) };
      loudness.push(pcm);
      // Opus does not keep the shape of white noise: what it makes of the first moments peaks
      // higher than what it was given.
      if (index > 25) peak.push(pcm);
    }
    expect(loudness.shortTermMaximum()).toBeLessThanOrEqual(-18);
    expect(peak.peak()).toBeLessThanOrEqual(-3);
  });

  test("an empty sound is told of, and nothing else happens", () => {
    const { events, run, stream } = playing();
    let given = 0;
    stream.play(
      entryId("2"),
      singleLayer(storedSound([]), () => given++),
      0,
      100,
    );
    run(10);
    expect(events.at(-1)).toMatchObject({ type: "soundFailed", entry: "2" });
    expect(given).toBe(1);
    expect(stream.counts.mixed).toBe(50);
  });
});

describe("what goes wrong", () => {
  /** Claims two frames and has a length for neither. */
  const DAMAGED = new Uint8Array([0xff, 0x3f, 0xff, 0xff]);

  test("a packet that cannot be decoded lets the sound fade out, the other play on, and the session hear of it", async () => {
    const broken = storedSound(brush.packets.map((packet, index) => (index === 30 ? DAMAGED : packet)));
    const { events, packets, run, stream } = playing();
    let given = 0;
    stream.play(
      entryId("2"),
      singleLayer(broken, () => given++),
      0,
      2_000,
    );
    run(100);
    expect(events.at(-1)).toMatchObject({ type: "soundFailed", entry: "2" });
    expect(given).toBe(1);
    expect(run(10)).toBe(5);
    const heard = (await record(packets)).map((frame) => frame.slice(0, 960));
    const steps = heard.slice(100).map((frame) => Math.max(...frame.slice(1).map((x, i) => Math.abs(x - frame[i]!))));
    const own = (await record(rain.packets)).map((frame) => frame.slice(0, 960));
    const usual = Math.max(
      ...own.slice(5).map((frame) => Math.max(...frame.slice(1).map((x, i) => Math.abs(x - frame[i]!)))),
    );
    expect(Math.max(...steps)).toBeLessThan(1.5 * usual);
  });

  test("after an interruption the sound comes back on a ramp, where it was", () => {
    const { packets, run, stream, types } = playing();
    stream.play(entryId("2"), singleLayer(brush), 0, 4_000);
    run(50);
    stream.restart();
    // Nothing is said to be heard before a packet has gone out.
    expect(types().filter((type) => type === "soundStarted")).toHaveLength(2);
    run(1);
    expect(types().filter((type) => type === "soundStarted")).toHaveLength(3);
    run(199);
    expect(types().filter((type) => type === "soundStarted")).toHaveLength(3);
    expect(packets.at(-1)).toBe(brush.packets[249]);
  });

  test("an interruption of what was on its way out ends it", () => {
    const { run, stream } = playing();
    stream.stop(2_000);
    run(10);
    stream.restart();
    expect(run(50)).toBe(5);
    expect(stream.silent()).toBe(true);
  });
});
