import { describe, expect, test } from "vitest";
import { createDemoMix } from "../../demo/client/mix.ts";
import { createReaders } from "../../demo/client/reader.ts";
import { packPackets, unpackPackets } from "../../demo/packetFile.ts";
import { WORDS } from "../../demo/words.ts";
import { createFrame } from "../../src/audio/format.ts";
import { id, type SoundId } from "../../src/kernel/ids.ts";
import { framesIn, seconds } from "../../src/kernel/units.ts";
import { renderRecipe } from "../engine/playback/recording.ts";

const noise = renderRecipe("pink-noise", 100);

const openMix = async (sounds: readonly string[] = ["noise"]) => {
  const readers = createReaders();
  await readers.prepare(8);
  const mix = createDemoMix(readers);
  const layers = sounds.map((name) => ({
    id: id<SoundId>(name),
    lease: { sound: noise, release: () => {} },
    gainDb: 0,
    place: "centre" as const,
  }));
  const frame = createFrame();
  return {
    mix,
    layers,
    /** The level of each frame in dBFS. */
    levels: (count: number) =>
      Array.from({ length: count }, () => {
        mix.render(frame);
        return 10 * Math.log10(frame.left.reduce((sum, sample) => sum + sample * sample, 1e-12) / frame.left.length);
      }),
  };
};

const mean = (levels: readonly number[]) => levels.reduce((sum, level) => sum + level, 0) / levels.length;

describe("the mix of the demo", () => {
  test("a timer fades evenly in decibels, as the bot's, ends in silence, and the sound comes back on a ramp", async () => {
    const { mix, layers, levels } = await openMix();
    mix.play(layers);
    levels(framesIn(seconds(2.5)));
    const before = mean(levels(50));
    mix.sleep(seconds(10), seconds(8));
    expect(mean(levels(framesIn(seconds(2))))).toBeCloseTo(before, 0);
    expect(mix.isFading()).toBe(true);
    const fade = levels(framesIn(seconds(8)));
    for (const share of [0.25, 0.5, 0.75]) {
      const at = Math.round(share * fade.length);
      expect(Math.abs(mean(fade.slice(at - 12, at + 12)) - (before - 45 * share))).toBeLessThan(1.5);
    }
    expect([mix.isOver(), mix.isFading(), mix.left()]).toEqual([true, false, undefined]);
    mix.sleep(seconds(20), seconds(1));
    expect(Math.max(...levels(50))).toBeLessThan(-100);
    mix.sleep(undefined, seconds(1));
    mix.resume();
    const back = levels(framesIn(seconds(6)));
    expect(back[5]).toBeLessThan(before - 25);
    expect(mean(back.slice(-20))).toBeCloseTo(before, 0);
  });

  test("a pause holds the timer, and another scene crossfades without a hole", async () => {
    const { mix, layers, levels } = await openMix();
    mix.play(layers);
    levels(200);
    mix.sleep(seconds(60), seconds(5));
    mix.pause();
    levels(100);
    const left = mix.left();
    levels(100);
    expect(mix.left()).toBe(left);
    mix.resume();
    levels(100);
    const before = mean(levels(50));
    mix.play(layers);
    expect(Math.min(...levels(100))).toBeGreaterThan(before - 6);
  });

  test("nothing is above the ceiling, however many sounds play at once", async () => {
    const { mix, layers, levels } = await openMix(["a", "b", "c", "d", "e", "f"]);
    mix.play(layers);
    const heard = levels(framesIn(seconds(8))).slice(200);
    expect(10 * Math.log10(mean(heard.map((level) => 10 ** (level / 10))))).toBeLessThan(-18);
  });
});

test("packets come back as they were, and a file that is cut off is refused", () => {
  const bytes = packPackets(noise.packets);
  expect(unpackPackets(bytes)).toEqual(noise.packets.map((packet) => Uint8Array.from(packet)));
  expect(() => unpackPackets(bytes.subarray(0, -1))).toThrow("cut off");
  expect(() => unpackPackets(new Uint8Array())).toThrow("empty");
});

test.each(Object.entries(WORDS))("what the demo says in %s is calm and has no straight apostrophes", (_, words) => {
  expect(Object.values(words).filter((text) => text.trim() === "" || /[!！']/u.test(text))).toEqual([]);
});
