import { beforeAll, describe, expect, test } from "vitest";
import type { Packet } from "../../../src/audio/format.ts";
import type { StoredSound } from "../../../src/audio/storedSound.ts";
import { createMixResources } from "../../../src/engine/playback/mixResources.ts";
import { createStream } from "../../../src/engine/playback/stream.ts";
import { entryId, layerSpec, type Recording, record, renderRecipe, rmsLevel } from "./recording.ts";

let rain: StoredSound;
let noise: StoredSound;
let brush: StoredSound;
beforeAll(() => {
  rain = renderRecipe("rain-window", 500, 4);
  noise = renderRecipe("pink-noise", 300);
  brush = renderRecipe("brush-ears", 400);
});

/** Streams of several guilds in one thread. */
const openThread = (most?: Parameters<typeof createMixResources>[0]) => {
  const resources = createMixResources(most);
  const open = () => {
    const packets: Packet[] = [];
    const stream = createStream(() => {}, resources);
    const tick = () => {
      const packet = stream.next();
      if (packet) packets.push(packet);
    };
    return { stream, packets, tick };
  };
  const run = (ticks: number, guilds: readonly ReturnType<typeof open>[]) => {
    for (let count = 0; count < ticks; count++) for (const guild of guilds) guild.tick();
  };
  return { resources, open, run };
};
const mixOf = () => [
  layerSpec("rain", rain, { gainDb: -3 }),
  layerSpec("noise", noise, { gainDb: -9, place: "orbit" }),
];
const mean = (heard: Recording, from: number, to: number) =>
  10 * Math.log10(heard.slice(from, to).reduce((sum, each) => sum + 10 ** (rmsLevel(each) / 10), 0) / (to - from));
/** The largest step from one sample of the left ear to the next. */
const step = (heard: Recording): number => {
  let [largest, before] = [0, heard[0]![0]!];
  for (const both of heard)
    for (const sample of both.subarray(0, 960)) {
      largest = Math.max(largest, Math.abs(sample - before));
      before = sample;
    }
  return largest;
};

describe("the same mix in several guilds", () => {
  test("is encoded once while nothing about it changes", () => {
    const { resources, open, run } = openThread();
    const guilds = [open(), open(), open()];
    for (const { stream } of guilds) stream.play(entryId("1"), mixOf(), 0, 100);
    run(350, guilds);
    // One second of their own: the ramp of the beginning, and on to a keyframe.
    for (const { stream } of guilds) expect(stream.counts).toEqual({ passed: 0, shared: 300, mixed: 50 });
    expect(resources.stats()).toMatchObject({ packetsEncoded: 300, packetsServed: 900 });
    const [first, ...others] = guilds;
    for (const { packets } of others)
      expect(packets.slice(50).every((packet, at) => packet === first!.packets[50 + at])).toBe(true);
  });

  test("is joined and left without a gap, no matter which stream started it", async () => {
    const { resources, open, run } = openThread();
    const [ana, bo, alone] = [open(), open(), openThread().open()];
    for (const { stream } of [ana, bo, alone]) stream.play(entryId("1"), mixOf(), 0, 100);
    run(220, [ana, bo, alone]);
    ana.stream.setVolume(-12, 1_000);
    run(130, [ana, bo, alone]);
    ana.stream.setVolume(0, 1_000);
    run(150, [ana, bo, alone]);
    expect(ana.stream.counts.shared).toBeGreaterThan(200);
    expect(bo.stream.counts).toMatchObject({ mixed: 50, shared: 450 });
    expect(resources.stats().packetsEncoded).toBeLessThan(530);
    const [heardA, heardB, wanted] = [await record(ana.packets), await record(bo.packets), await record(alone.packets)];
    for (let at = 60; at < 490; at += 5) {
      expect(Math.abs(mean(heardB, at, at + 5) - mean(wanted, at, at + 5))).toBeLessThan(0.2);
      if (at < 215 || at > 410) expect(Math.abs(mean(heardA, at, at + 5) - mean(wanted, at, at + 5))).toBeLessThan(0.3);
    }
    expect(step(heardA.slice(60))).toBeLessThan(1.2 * step(wanted.slice(60)));
    expect(step(heardB.slice(60))).toBeLessThan(1.2 * step(wanted.slice(60)));
  });

  test("goes on unheard when the guild that was first leaves", async () => {
    const { resources, open, run } = openThread();
    const [ana, bo, alone] = [open(), open(), openThread().open()];
    for (const { stream } of [ana, bo, alone]) stream.play(entryId("1"), mixOf(), 0, 100);
    run(171, [ana, bo, alone]);
    ana.stream.close();
    run(200, [bo, alone]);
    expect(bo.stream.counts).toMatchObject({ mixed: 50, shared: 321 });
    expect(resources.stats().packetsEncoded).toBe(321);
    const [heard, wanted] = [await record(bo.packets), await record(alone.packets)];
    for (let at = 60; at < 370; at++) expect(Math.abs(rmsLevel(heard[at]!) - rmsLevel(wanted[at]!))).toBeLessThan(0.1);
  });

  test("of guilds that began at other times is found where another has been", () => {
    const { resources, open, run } = openThread();
    const [ana, bo] = [open(), open()];
    ana.stream.play(entryId("1"), [layerSpec("rain", rain, { gainDb: -6 })], 0, 100);
    run(300, [ana]);
    bo.stream.play(entryId("1"), [layerSpec("rain", rain, { gainDb: -6 })], 0, 100);
    run(200, [ana, bo]);
    expect(bo.stream.counts).toMatchObject({ mixed: 50, shared: 150 });
    expect(resources.stats().packetsEncoded).toBe(450);
  });
});

describe("a room softer than usual", () => {
  test("encodes a sound in its first round only, and hears the same in every other", async () => {
    const { resources, open, run } = openThread();
    const guild = open();
    guild.stream.setVolume(-10, 0);
    guild.stream.play(entryId("1"), [layerSpec("rain", rain)], 0, 100);
    run(1_550, [guild]);
    // The first second is encoded for the ramp, and again when it comes round.
    expect(guild.stream.counts).toEqual({ passed: 0, shared: 1_500, mixed: 50 });
    expect(resources.stats().packetsEncoded).toBe(500);
    const heard = await record(guild.packets);
    const stored = await record([...rain.packets, ...rain.packets, ...rain.packets]);
    for (let at = 100; at < 1_450; at += 25)
      expect(Math.abs(mean(heard, at, at + 25) - mean(stored, at, at + 25) + 10)).toBeLessThan(0.25);
    expect(step(heard.slice(60))).toBeLessThan(1.05 * 10 ** (-10 / 20) * step(stored));
  });

  test("keeps no more than it may", () => {
    const { resources, open, run } = openThread({ packetBytes: 60_000 });
    const guild = open();
    guild.stream.setVolume(-10, 0);
    guild.stream.play(entryId("1"), [layerSpec("rain", rain)], 0, 100);
    run(1_200, [guild]);
    expect(resources.stats().packetBytes).toBeLessThan(75_000);
    expect(guild.stream.counts.shared).toBe(1_150);
  });
});

describe("decoded sound", () => {
  const mixing = (most: Parameters<typeof createMixResources>[0], guilds: number) => {
    const thread = openThread(most);
    const all = Array.from({ length: guilds }, thread.open);
    for (const [index, { stream }] of all.entries())
      stream.play(entryId("1"), [layerSpec("noise", noise, { gainDb: -index }), layerSpec("brush", brush)], 0, 100);
    thread.run(1_100, all);
    return { ...thread, all };
  };

  test("is kept where several guilds mix it, within its bounds, and sounds the same", async () => {
    const one = mixing({}, 1);
    expect(one.resources.stats().sampleBytes).toBe(0);
    const three = mixing({}, 3);
    // Both sounds, whole, once they have been mixed for a while: 700 frames of 3,840 bytes.
    expect(three.resources.stats().sampleBytes).toBe(700 * 3_840);
    const [alone, together] = [await record(one.all[0]!.packets), await record(three.all[0]!.packets)];
    for (let at = 20; at < 700; at += 10)
      expect(Math.abs(mean(alone, at, at + 10) - mean(together, at, at + 10))).toBeLessThan(0.05);
    const bounded = mixing({ sampleBytes: 350 * 3_840 }, 3);
    expect(bounded.resources.stats().sampleBytes).toBe(300 * 3_840);
  });
});
