import { copyFileSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import { beforeAll, describe, expect, test } from "vitest";
import { createFrame, KEYFRAME_INTERVAL, type Packet } from "../../../src/audio/format.ts";
import { createOpusEncoder } from "../../../src/audio/opusEncoder.ts";
import {
  loadStoredSound,
  readStoredSound,
  type StoredSound,
  writeStoredSound,
} from "../../../src/audio/storedSound.ts";
import { createTakeOrder, MAX_TAKES, takeLength, takePath } from "../../../src/audio/takes.ts";
import { loadLayers } from "../../../src/engine/playback/loadLayers.ts";
import { createMixResources } from "../../../src/engine/playback/mixResources.ts";
import type { StreamEvent } from "../../../src/engine/playback/progress.ts";
import { createSoundCache } from "../../../src/engine/playback/soundCache.ts";
import { createStream } from "../../../src/engine/playback/stream.ts";
import { id, type SoundId } from "../../../src/kernel/ids.ts";
import { prng } from "../../../src/kernel/random.ts";
import type { HeardTakes } from "../../../src/session/protocol.ts";
import { entryId, type Recording, record, renderRecipe, rmsLevel, storedSound } from "./recording.ts";

/** Longer than what may repeat. */
const LENGTH = 1_250;
const HOUR = 50 * 60 * 60;
const MOST_REPEATED = 20 * 50;

/** A take that begins and ends as another does. */
const alike = (joint: readonly Packet[], packets: readonly Packet[]): readonly Packet[] => [
  ...joint.slice(0, KEYFRAME_INTERVAL),
  ...packets.slice(KEYFRAME_INTERVAL, -KEYFRAME_INTERVAL),
  ...joint.slice(-KEYFRAME_INTERVAL),
];

/** Takes of noise that begin and end alike, each as long as a take is, in a folder of their own. */
const makeFiles = (count: number): string => {
  const path = join(mkdtempSync(join(tmpdir(), "lull-takes-")), "noise.opus");
  let joint: readonly Packet[] = [];
  for (let take = 0; take < count; take++) {
    const encoder = createOpusEncoder({ bitrate: 24_000, complexity: 0 });
    const [random, frame] = [prng(take), createFrame()];
    const packets = Array.from({ length: takeLength(LENGTH, take) }, (_, index) => {
      for (const side of [frame.left, frame.right])
        for (let i = 0; i < side.length; i++) side[i] = 0.05 * (random() - 0.5);
      return encoder.encode(frame, index % KEYFRAME_INTERVAL === 0);
    });
    if (take === 0) joint = packets;
    const sound = {
      packets: alike(joint, packets),
      keyframeInterval: KEYFRAME_INTERVAL,
      title: "Noise",
      licence: "CC0-1.0",
    };
    writeFileSync(takePath(path, take), Buffer.concat([...writeStoredSound({ ...sound, loudness: -30 }, 1)]));
  }
  return path;
};

/** A stream that plays the file as an engine does; between two of its packets, the files it asks for are read. */
const play = async (path: string, from: number, order: number, takes?: HeardTakes) => {
  const reading = new Set<Promise<unknown>>();
  const cache = createSoundCache((file) => {
    const loading = loadStoredSound(file);
    reading.add(loading);
    void loading.finally(() => reading.delete(loading));
    return loading;
  });
  const reports: StreamEvent[] = [];
  const stream = createStream((event) => reports.push(event));
  const sound = { id: id<SoundId>("noise"), title: "Noise", path, length: LENGTH, takes: true as const };
  const layers = [{ sound, gainDb: 0, place: "centre" as const }];
  const { specs } = await loadLayers(layers, cache, () => {}, { order, from, ...(takes && { takes }) });
  stream.play(entryId("1"), specs, from, 0);
  const read = async () => {
    await Promise.all(reading);
    await nextTurn();
  };
  return {
    stream,
    reports,
    async next(): Promise<Packet> {
      if (stream.counts.passed % KEYFRAME_INTERVAL === 0) await read();
      return stream.next()!;
    },
  };
};

/** Numbers packets: equal ones have the same number, whichever file they are from. */
const createNumbering = () => {
  const known = new Map<Packet, number>();
  const numbers = new Map<string, number>();
  return (packet: Packet): number => {
    let number = known.get(packet);
    if (number === undefined) {
      const bytes = Buffer.from(packet).toString("latin1");
      number = numbers.get(bytes) ?? numbers.size;
      numbers.set(bytes, number);
      known.set(packet, number);
    }
    return number;
  };
};

describe("a night", () => {
  let path: string;
  beforeAll(() => {
    path = makeFiles(MAX_TAKES);
  });

  test("of eight hours repeats nothing for more than 20 s within six takes, and sends packets as they are stored", async () => {
    const { stream, next } = await play(path, 0, 7);
    const numberOf = createNumbering();
    const last = new Int32Array(2 * MAX_TAKES * LENGTH).fill(-1);
    let [before, run, nearest] = [0, 0, Number.POSITIVE_INFINITY];
    for (let at = 0; at < 8 * HOUR; at++) {
      const number = numberOf(await next());
      const lag = last[number] === -1 ? 0 : at - last[number]!;
      last[number] = at;
      run = lag > 0 && lag === before ? run + 1 : 0;
      before = lag;
      if (run > MOST_REPEATED) nearest = Math.min(nearest, lag);
    }
    expect(nearest).toBeGreaterThanOrEqual(6 * LENGTH);
    expect(stream.counts.passed).toBe(8 * HOUR - stream.counts.mixed);
    expect(stream.counts.mixed).toBeLessThan(100);
  });

  test("goes on after a restart with the take and the place that it had, and another night has another order", async () => {
    const numberOf = createNumbering();
    const heardFrom = async (from: number, order: number, ticks: number) => {
      const { next } = await play(path, from, order);
      const numbers: number[] = [];
      while (numbers.length < ticks) numbers.push(numberOf(await next()));
      return numbers;
    };
    const night = await heardFrom(0, 7, 6 * LENGTH);
    const from = 3 * LENGTH + 700;
    expect((await heardFrom(from, 7, 2 * LENGTH)).slice(100)).toEqual(night.slice(from + 100, from + 2 * LENGTH));
    expect((await heardFrom(0, 8, 6 * LENGTH)).slice(100)).not.toEqual(night.slice(100));
  });

  test("goes on in the middle of the take that was heard, also where others have been rendered meanwhile", async () => {
    const growing = makeFiles(1);
    const before = await play(growing, 0, 7);
    const hear = async ({ next }: typeof before, ticks: number) => {
      const packets: Packet[] = [];
      while (packets.length < ticks) packets.push(await next());
      return packets;
    };
    await hear(before, LENGTH + 300);
    for (const take of [1, 2, 3, 4]) copyFileSync(takePath(path, take), takePath(growing, take));
    await hear(before, 2 * LENGTH);
    const { at, report } = await (async () => {
      for (let at = 3 * LENGTH + 300; ; at++) {
        await before.next();
        const report = before.reports.splice(0).findLast(({ type }) => type === "positionAdvanced");
        if (report?.type !== "positionAdvanced") continue;
        // In the middle of a take that no multiple of the first one's length comes before.
        const { take, from } = report.takes?.[id<SoundId>("noise")] ?? { take: 0, from: 0 };
        const left = takeLength(LENGTH, take) - (at - from);
        if (from % LENGTH !== 0 && left > 500) return { at: at + 1, report };
      }
    })();
    const after = await play(growing, at, 7, report.takes);
    const [went, goes] = [await hear(before, 450), await hear(after, 450)];
    expect(goes.slice(100).map((one) => Buffer.from(one))).toEqual(went.slice(100).map((one) => Buffer.from(one)));
  });

  test("says with each position which take is heard there", async () => {
    const { next, reports } = await play(path, 0, 7);
    const stored = Array.from({ length: MAX_TAKES }, (_, take) => readStoredSound(takePath(path, take)));
    const takes = new Set<number>();
    for (let at = 0; at < 6 * LENGTH; at++) {
      const packet = await next();
      const report = reports.splice(0).find(({ type }) => type === "positionAdvanced");
      if (report?.type !== "positionAdvanced") continue;
      const { take, from } = report.takes?.[id<SoundId>("noise")] ?? { take: 0, from: 0 };
      const { packets } = stored[take]!;
      // Near their beginnings and ends all takes are alike.
      if (Math.abs(at - from - packets.length / 2) > packets.length / 2 - 100) continue;
      takes.add(take);
      expect(Buffer.from(packet)).toEqual(Buffer.from(packets[at - from]!));
    }
    expect(takes.size).toBeGreaterThan(2);
  });

  test("has one loop as long as no other take is rendered, and takes in what is", async () => {
    const alone = makeFiles(1);
    const { next } = await play(alone, 0, 7);
    const numberOf = createNumbering();
    const hear = async (ticks: number) => {
      const numbers: number[] = [];
      while (numbers.length < ticks) numbers.push(numberOf(await next()));
      return numbers;
    };
    const [first, second] = [await hear(LENGTH), await hear(LENGTH)];
    expect(second.slice(100)).toEqual(first.slice(100));
    copyFileSync(takePath(path, 3), takePath(alone, 1));
    await hear(LENGTH);
    expect((await hear(LENGTH)).slice(100)).not.toEqual(first.slice(100));
  });
});

test.each([
  ["three minutes", 9_000, undefined],
  ["five minutes", 15_000, undefined],
  ["breaths of ten seconds", 9_000, 500],
  ["breaths of nineteen seconds", 9_500, 950],
  ["a clock's ticks", 15_000, 100],
])("takes of %s are of lengths without a common factor, none shorter than the first", (_, first, period = 50) => {
  const lengths = Array.from({ length: MAX_TAKES }, (_, take) => takeLength(first, take, period));
  const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));
  expect(lengths[0]).toBe(first);
  for (const [index, length] of lengths.entries()) {
    expect(length).toBeGreaterThanOrEqual(first);
    for (const other of lengths.slice(0, index)) expect(gcd(length / period, other / period)).toBe(1);
  }
});

/** Seconds of eight hours in which a mix of two sounds of five minutes is as it has been before. */
const repeatedIn = (night: number, lengthOf: (take: number) => number): number => {
  const heard = (seed: number) => {
    const [takeIn, seconds] = [createTakeOrder(seed), [] as number[]];
    for (let pass = 0; seconds.length < 8 * 3_600; pass++)
      for (let at = 0; at < lengthOf(takeIn(pass)) / 50; at++) seconds.push(1_000 * takeIn(pass) + at);
    return seconds;
  };
  const [one, other] = [heard(77 * night), heard(991 * night + 5)];
  const pairs = Array.from({ length: 8 * 3_600 }, (_, at) => `${one[at]} ${other[at]}`);
  return pairs.length - new Set(pairs).size;
};

test("two sounds in a mix hardly ever meet again as they did, which takes of one length would do each hour", () => {
  const nights = [1, 2, 3, 4, 5];
  const sum = (lengthOf: (take: number) => number) =>
    nights.reduce((total, night) => total + repeatedIn(night, lengthOf), 0);
  expect(sum((take) => takeLength(15_000, take))).toBeLessThan(sum(() => 15_000) / 10);
});

test("each take comes back only after five others, and every one comes", () => {
  for (const seed of [0, 1, 20_786_001]) {
    const takeIn = createTakeOrder(seed);
    const order = Array.from({ length: 500 }, (_, pass) => takeIn(pass));
    expect(new Set(order).size).toBe(MAX_TAKES);
    for (let pass = 0; pass < order.length; pass++)
      expect(order.slice(Math.max(0, pass - 5), pass)).not.toContain(order[pass]);
  }
});

describe("a room softer than usual", () => {
  const mean = (heard: Recording, from: number, to: number) =>
    10 * Math.log10(heard.slice(from, to).reduce((sum, one) => sum + 10 ** (rmsLevel(one) / 10), 0) / (to - from));

  test("hears the takes in their order, at its level, and shares them with others", async () => {
    const [first, second] = [renderRecipe("rain-window", 300, 4), renderRecipe("rain-window", 300, 5)];
    const other = storedSound(alike(first.packets, second.packets));
    const takes: readonly StoredSound[] = [first, other];
    const resources = createMixResources();
    const open = (from: number, volumeDb: number) => {
      const stream = createStream(() => {}, resources);
      const takeAt = (position: number) => {
        const pass = Math.floor(position / 300);
        return { sound: takes[pass % 2]!, take: pass % 2, pass, from: 300 * pass, until: 300 * (pass + 1) };
      };
      const lease = { sound: first, takeAt, release() {} };
      stream.setVolume(volumeDb, 0);
      stream.play(entryId("1"), [{ id: id("rain"), lease, gainDb: 0, place: "centre" }], from, 0);
      return { stream, packets: [] as Packet[] };
    };
    const [usual, softer, later] = [open(0, 0), open(0, -6), open(50, -6)];
    for (let tick = 0; tick < 700; tick++)
      for (const guild of [usual, softer, later]) guild.packets.push(guild.stream.next()!);
    expect(usual.stream.counts.passed).toBeGreaterThan(600);
    expect(softer.stream.counts.shared).toBeGreaterThan(600);
    // The guild that is behind gets what is there.
    expect(resources.stats().packetsEncoded).toBeLessThan(800);
    const [stored, heard] = [await record(usual.packets), await record(softer.packets)];
    for (let at = 60; at < 690; at += 5)
      expect(Math.abs(mean(heard, at, at + 5) + 6 - mean(stored, at, at + 5))).toBeLessThan(0.4);
  });
});
