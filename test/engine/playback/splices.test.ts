import { beforeAll, describe, expect, test } from "vitest";
import { FRAME_SAMPLES, SILENCE_PACKET } from "../../../src/audio/format.ts";
import type { StoredSound } from "../../../src/audio/storedSound.ts";
import { entryId, openTestStream, type Recording, record, recordLoop, renderRecipe, singleLayer } from "./recording.ts";

/** Decibels of the power of some frames. */
const power = (frames: readonly Float32Array[]) => {
  let sum = 1e-12;
  for (const frame of frames) for (const sample of frame) sum += sample * sample;
  return 10 * Math.log10(sum / frames.length / (2 * FRAME_SAMPLES));
};
/** Level of what was heard against what should have been, in frames `from` to `to`. */
const error = (heard: Recording, wanted: Recording, from: number, to = from + 1) =>
  power(heard.slice(from, to)) - power(wanted.slice(from, to));

/** The largest step between neighbouring samples of one ear. */
const step = (frames: readonly Float32Array[]) => {
  let most = 0;
  let last: number | undefined;
  for (const frame of frames) {
    for (let i = 0; i < FRAME_SAMPLES; i++) {
      if (last !== undefined) most = Math.max(most, Math.abs(frame[i]! - last));
      last = frame[i]!;
    }
  }
  return most;
};

const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[values.length >> 1]!;
const most = (values: readonly number[]) => values.reduce((so, value) => Math.max(so, Math.abs(value)), 0);

/** As good as no change, so that all that can be heard of it is how it is made. */
const UNHEARD = -1e-7;

const NAMES = ["rain-garden", "brush-ears", "tap-wood", "bowl"];
const sounds = new Map<string, { sound: StoredSound; loop: Recording }>();
const LENGTH = 300;
beforeAll(async () => {
  for (const name of NAMES) {
    const sound = renderRecipe(name, LENGTH);
    sounds.set(name, { sound, loop: await recordLoop(sound) });
  }
});

describe.each(NAMES)("joins in %s, heard by one continuous decoder", (name) => {
  const get = () => sounds.get(name)!;
  const opened = () => {
    const stream = openTestStream();
    stream.stream.play(entryId("1"), singleLayer(get().sound), 0, 100);
    return stream;
  };
  const wantedFor = (frames: number) => Array.from({ length: frames }, (_, index) => get().loop[index % LENGTH]!);

  test("stored → mixed: within 0.2 dB from the second frame, wherever it happens", async () => {
    const second: number[] = [];
    const tenth: number[] = [];
    for (let at = 101; at < 290; at += 17) {
      const { packets, run, stream } = opened();
      run(at);
      stream.setVolume(UNHEARD, 0);
      run(12);
      const heard = await record(packets);
      const wanted = wantedFor(at + 12);
      second.push(Math.abs(error(heard, wanted, at + 1)));
      tenth.push(error(heard, wanted, at + 1, at + 11));
      // Where there is next to nothing, so is the step.
      expect(step(heard.slice(at - 1, at + 2))).toBeLessThan(
        Math.max(0.0005, 1.5 * step(wanted.slice(at - 5, at + 6))),
      );
    }
    // Coding itself moves the level of single frames a little, in the stored packets as in these.
    expect(median(second)).toBeLessThan(0.2);
    expect(most(second)).toBeLessThan(0.5);
    expect(most(tenth)).toBeLessThan(0.2);
  });

  test("mixed → stored: exact from the second frame, and no more than 0.2 dB in the first", async () => {
    const { packets, run, stream } = opened();
    run(120);
    stream.setVolume(UNHEARD, 0);
    run(5);
    stream.setVolume(0, 0);
    run(175);
    const heard = await record(packets);
    const wanted = wantedFor(300);
    const back = packets.findIndex((packet, index) => index > 125 && packet === get().sound.packets[index]);
    expect(back).toBe(150);
    expect(Math.abs(error(heard, wanted, back))).toBeLessThan(0.2);
    for (let at = back + 1; at < 300; at++) expect(Math.abs(error(heard, wanted, at))).toBeLessThan(0.02);
    // Where there is next to nothing, so is the step.
    expect(step(heard.slice(back - 1, back + 2))).toBeLessThan(
      Math.max(0.0005, 1.2 * step(wanted.slice(back - 5, back + 6))),
    );
    // The mixed stretch itself lies where the stored one would.
    expect(Math.abs(error(heard, wanted, 125, 150))).toBeLessThan(0.2);
  });

  test("after the ramp of the start, and round the loop's seam", async () => {
    const { packets, run } = opened();
    run(2 * LENGTH + 20);
    const heard = await record(packets);
    const wanted = wantedFor(2 * LENGTH + 20);
    expect(packets[50]).toBe(get().sound.packets[50]);
    expect(Math.abs(error(heard, wanted, 10, 50))).toBeLessThan(0.2);
    expect(Math.abs(error(heard, wanted, 50))).toBeLessThan(0.2);
    const rest = Array.from({ length: 2 * LENGTH - 40 }, (_, index) => error(heard, wanted, 51 + index));
    expect(most(rest)).toBeLessThan(0.02);
    for (const seam of [LENGTH, 2 * LENGTH]) {
      expect(step(heard.slice(seam - 1, seam + 1))).toBeLessThanOrEqual(
        1.01 * step(wanted.slice(seam - 10, seam + 10)),
      );
    }
  });

  test("through a pause and back", async () => {
    const { packets, run, stream } = opened();
    run(130);
    stream.pause();
    run(40);
    stream.resume();
    run(150);
    const sounding = packets.filter((packet) => packet !== SILENCE_PACKET).slice(145);
    expect(packets).toHaveLength(145 + 5 + sounding.length);
    const heard = (await record(packets)).slice(150);
    // The place was held: what was at frame 145 goes on.
    const wanted = wantedFor(145 + heard.length).slice(145);
    const back = sounding.findIndex((packet, index) => packet === get().sound.packets[(145 + index) % LENGTH]);
    expect(back).toBeGreaterThan(25);
    for (let at = back + 1; at < heard.length; at++) expect(Math.abs(error(heard, wanted, at))).toBeLessThan(0.05);
    expect(Math.abs(error(heard, wanted, 27, back))).toBeLessThan(0.25);
  });
});

describe("what changes into another sound", () => {
  test("a skip: level and steps stay between the two sounds' own, and the new one ends exact", async () => {
    const rain = sounds.get("rain-garden")!;
    const brush = sounds.get("brush-ears")!;
    const { packets, run, stream } = openTestStream();
    stream.play(entryId("1"), singleLayer(rain.sound), 0, 100);
    run(130);
    stream.play(entryId("2"), singleLayer(brush.sound), 0, 1_500);
    run(200);
    const heard = await record(packets);
    const before = rain.loop.slice(130, 205);
    const after = brush.loop.slice(0, 75);
    // What a crossfade of equal power makes of the two, looked ahead by what mixing delays.
    const wanted = before.map((frame, index) => {
      const mixed = new Float32Array(frame.length);
      for (let i = 0; i < frame.length; i++) {
        const place = Math.min(1, (index * FRAME_SAMPLES + (i % FRAME_SAMPLES) - 552) / (75 * FRAME_SAMPLES));
        const angle = Math.max(0, place) * (Math.PI / 2);
        mixed[i] = frame[i]! * Math.cos(angle) + after[index]![i]! * Math.sin(angle);
      }
      return mixed;
    });
    const crossfade = heard.slice(130, 205);
    for (let at = 1; at < 70; at += 5) expect(Math.abs(error(crossfade, wanted, at, at + 5))).toBeLessThan(0.35);
    expect(Math.abs(error(crossfade, wanted, 1, 75))).toBeLessThan(0.2);
    const stepOfBoth = step(before) + step(after);
    expect(step(heard.slice(129, 206))).toBeLessThan(stepOfBoth);
    const back = 130 + 100;
    expect(packets[back]).toBe(brush.sound.packets[100]);
    for (let at = back + 1; at < 330; at++) {
      expect(Math.abs(power([heard[at]!]) - power([brush.loop[(at - 130) % LENGTH]!]))).toBeLessThan(0.02);
    }
  });

  test("a seek", async () => {
    const { sound, loop } = sounds.get("rain-garden")!;
    const { packets, run, stream } = openTestStream();
    stream.play(entryId("1"), singleLayer(sound), 0, 100);
    run(110);
    stream.seek(212);
    run(120);
    const heard = await record(packets);
    const steps = step(heard.slice(109, 125));
    expect(steps).toBeLessThan(1.5 * step(loop));
    // 212 + 38 is the next keyframe after the seek's ramp of 13 frames.
    expect(packets[110 + 38]).toBe(sound.packets[250]);
    for (let at = 110 + 39; at < 230; at++) {
      expect(Math.abs(power([heard[at]!]) - power([loop[(212 + at - 110) % LENGTH]!]))).toBeLessThan(0.05);
    }
  });

  test("a loudness change is the ramp it should be, and nothing else", async () => {
    const { sound, loop } = sounds.get("rain-garden")!;
    const { packets, run, stream } = openTestStream();
    stream.play(entryId("1"), singleLayer(sound), 0, 100);
    run(110);
    stream.setVolume(-12, 1_500);
    run(150);
    const heard = await record(packets);
    for (let at = 1; at < 145; at += 5) {
      const ramp = Math.max(-12, (-12 * (at + 2.5 - 552 / 960)) / 75);
      const each = power(heard.slice(110 + at, 115 + at)) - power(loop.slice(110 + at, 115 + at));
      expect(Math.abs(each - ramp)).toBeLessThan(0.35);
    }
  });

  test("no re-encoded frame pays for those before it, near a splice or away from it", async () => {
    for (const name of ["rain-garden", "bowl"]) {
      const { sound, loop } = sounds.get(name)!;
      const { packets, run, stream } = openTestStream();
      stream.play(entryId("1"), singleLayer(sound), 0, 100);
      run(110);
      stream.setVolume(UNHEARD, 4_000);
      run(190);
      const heard = await record(packets);
      for (let at = 60; at < 300; at++) expect(Math.abs(error(heard, loop, at))).toBeLessThan(1);
    }
  });
});
