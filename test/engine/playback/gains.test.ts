import { beforeAll, describe, expect, test } from "vitest";
import { SILENCE_PACKET } from "../../../src/audio/format.ts";
import { FLOOR } from "../../../src/audio/ramp.ts";
import type { StoredSound } from "../../../src/audio/storedSound.ts";
import { entryId, openTestStream, record, renderRecipe, rmsLevel, singleLayer } from "./recording.ts";

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

describe("a pause", () => {
  test("holds the place, and what is asked twice changes nothing", () => {
    const { events, packets, run, stream } = playing();
    stream.pause();
    run(10);
    stream.pause();
    expect(run(1_000)).toBe(10);
    expect(silences(packets)).toBe(5);
    stream.resume();
    expect(run(10)).toBe(10);
    stream.resume();
    run(300);
    const told = events.find(({ type }) => type === "positionAdvanced");
    expect(told).toMatchObject({ position: 250 });
    // 100 before, 15 of the ramp down, 135 after it up to the report.
    expect(packets.at(-1)).toBe(rain.packets[(115 + 310 - 1) % 500]);
  });

  test("lets a sound that is asked for wait silently, and begin on resume", () => {
    const { events, run, stream } = playing();
    stream.pause();
    run(50);
    stream.play(entryId("2"), singleLayer(brush), 40, 4_000);
    expect(run(500)).toBe(0);
    expect(events.at(-1)).toMatchObject({ type: "soundStarted", entry: "1" });
    stream.resume();
    run(251);
    expect(events.slice(-3)).toEqual([
      { type: "soundStarted", entry: "2" },
      { type: "passEnding", entry: "2" },
      { type: "positionAdvanced", entry: "2", position: 290 },
    ]);
  });

  test("before the first sound lets nothing of it be heard", () => {
    const { run, stream } = openTestStream();
    stream.pause();
    stream.play(entryId("1"), singleLayer(rain), 0, 0);
    expect(run(100)).toBe(0);
    stream.resume();
    expect(run(20)).toBe(20);
  });

  test("that is taken back midway goes on from where it is", async () => {
    const { packets, run, stream } = playing();
    stream.pause();
    run(8);
    stream.resume();
    run(60);
    expect(silences(packets)).toBe(0);
    const levels = (await record(packets)).map(rmsLevel);
    expect(Math.min(...levels.slice(100))).toBeGreaterThan(rmsLevel((await record(packets))[99]!) - 35);
  });

  test("keeps a seek for later", () => {
    const { events, run, stream } = playing();
    stream.pause();
    run(50);
    stream.seek(300);
    expect(run(50)).toBe(0);
    stream.resume();
    run(250);
    expect(events.find(({ type }) => type === "positionAdvanced")).toMatchObject({ position: 300 + 135 });
  });

  test("lets the fade of a sleep timer stand still, and go on afterwards", () => {
    const { run, stream, types } = playing();
    stream.fadeOut(2_000);
    run(50);
    stream.pause();
    run(1_000);
    expect(types()).not.toContain("fadeEnded");
    stream.resume();
    run(60);
    expect(types().filter((type) => type === "fadeEnded")).toHaveLength(1);
  });
});

describe("a fade", () => {
  test("is even in decibels over a minute, ends in silence, and says so once", async () => {
    const { packets, run, stream, types } = playing(renderRecipe("pink-noise", 300));
    stream.fadeOut(60_000);
    run(2_999);
    expect(types()).not.toContain("fadeEnded");
    expect(run(500)).toBe(6);
    expect(types().filter((type) => type === "fadeEnded")).toHaveLength(1);
    const levels = (await record(packets)).map(rmsLevel);
    const mean = (from: number) =>
      10 * Math.log10(levels.slice(from, from + 300).reduce((sum, each) => sum + 10 ** (each / 10), 0) / 300);
    // One round of the loop is 4.5 dB further down than the one before.
    const start = 100 + 300;
    for (let round = 1; round <= 8; round++) {
      expect(mean(start + 300 * round) - mean(start)).toBeCloseTo((FLOOR * 300 * round) / 3_000, 0.3);
    }
  });

  test("that is asked for again goes on from where it is, over the new time", async () => {
    const { packets, run, stream, types } = playing(renderRecipe("pink-noise", 300));
    stream.fadeOut(20_000);
    run(500);
    stream.fadeOut(40_000);
    run(1_000);
    expect(types()).not.toContain("fadeEnded");
    const levels = (await record(packets)).map(rmsLevel);
    const mean = (from: number, to: number) =>
      levels.slice(from, to).reduce((sum, each) => sum + each, 0) / (to - from);
    expect(mean(590, 610) - mean(80, 100)).toBeCloseTo(FLOOR / 2, -0.5);
    expect(mean(1_090, 1_110) - mean(80, 100)).toBeCloseTo(FLOOR * 0.625, -0.5);
    run(1_010);
    expect(types().filter((type) => type === "fadeEnded")).toHaveLength(1);
    stream.fadeOut(1_000);
    run(60);
    expect(types().filter((type) => type === "fadeEnded")).toHaveLength(2);
  });

  test("that is taken back does not end, and the sound is where it was", () => {
    const { packets, run, stream, types } = playing();
    stream.fadeOut(4_000);
    run(100);
    stream.fadeIn(1_000);
    run(400);
    expect(types()).not.toContain("fadeEnded");
    expect(packets.at(-1)).toBe(rain.packets[599 % 500]);
    expect(silences(packets)).toBe(0);
  });

  test("after its end lets a new sound wait, until it is taken back", () => {
    const { run, stream, types } = playing();
    stream.fadeOut(200);
    run(100);
    stream.play(entryId("2"), singleLayer(brush), 0, 1_000);
    expect(run(100)).toBe(0);
    stream.fadeIn(1_000);
    expect(run(100)).toBe(100);
    expect(types().at(-1)).toBe("soundStarted");
  });

  test("goes through a change of sounds", () => {
    const { packets, run, stream, types } = playing();
    stream.play(entryId("2"), singleLayer(brush), 0, 4_000);
    run(50);
    stream.fadeOut(1_000);
    expect(run(200)).toBe(55);
    expect(silences(packets)).toBe(5);
    expect(types().filter((type) => type === "fadeEnded")).toHaveLength(1);
  });
});

describe("loudness", () => {
  test("is a gain of its own: a pause, a fade and another sound leave it", async () => {
    const { packets, run, stream } = playing();
    stream.setVolume(-12, 500);
    run(50);
    stream.pause();
    run(50);
    stream.resume();
    run(50);
    stream.fadeOut(500);
    run(100);
    stream.play(entryId("1"), singleLayer(rain), 50, 100);
    stream.fadeIn(500);
    run(200);
    const heard = await record(packets);
    const reference = await record(rain.packets.slice(0, 250));
    const mean = (frames: readonly Float32Array[]) =>
      10 * Math.log10(frames.reduce((sum, frame) => sum + 10 ** (rmsLevel(frame) / 10), 0) / frames.length);
    expect(mean(heard.slice(-150)) - mean(reference.slice(-150))).toBeCloseTo(-12, 0.5);
    expect(stream.counts.passed).toBe(50);
  });

  test("that is the same, or above full, changes nothing", () => {
    const { run, stream } = playing();
    stream.setVolume(0, 1_000);
    stream.setVolume(6, 1_000);
    stream.fadeIn(1_000);
    stream.resume();
    run(100);
    expect(stream.counts).toEqual({ mixed: 50, passed: 150, shared: 0 });
  });
});
