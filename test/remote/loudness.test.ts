import { describe, expect, test } from "vitest";
import { type GuildId, id, type SoundId, type UserId } from "../../src/kernel/ids.ts";
import { createLoudness } from "../../src/remote/client/loudness.ts";
import { createKnownCurves, createLoudnessFeed, mixLoudness } from "../../src/remote/loudnessFeed.ts";
import type { SessionView } from "../../src/session/view.ts";

const steady = { mean: -30, at: () => -30 };
/** Two seconds loud, two seconds soft. */
const waves = { mean: -30, at: (position: number) => (position % 200 < 100 ? -28 : -40) };
const by = { guild: id<GuildId>("1"), user: id<UserId>("2") };

describe("the loudness of a mix", () => {
  test("is 0 where nothing changes, however loud it is", () => {
    expect(new Set(mixLoudness([{ curve: steady, gainDb: -12, beganAt: 0 }], 0, 20))).toEqual(new Set([0]));
  });

  test("follows the layer that is loudest in it", () => {
    const alone = mixLoudness([{ curve: waves, gainDb: 0, beganAt: 0 }], 0, 20);
    expect(alone.slice(0, 10)).toEqual(Array.from({ length: 10 }, () => 2));
    expect(alone.slice(10)).toEqual(Array.from({ length: 10 }, () => -10));
    const under = mixLoudness(
      [
        { curve: waves, gainDb: -18, beganAt: 0 },
        { curve: steady, gainDb: 0, beganAt: 0 },
      ],
      0,
      20,
    );
    expect(Math.max(...under.map(Math.abs))).toBeLessThanOrEqual(0.5);
  });
});

describe("what a page is told", () => {
  const viewAt = (at: number, elapsed: number, more: Partial<SessionView> = {}, takes = {}) =>
    ({
      status: "playing",
      now: {
        at,
        elapsed,
        position: elapsed % 4_000,
        heard: true,
        takes,
        layers: [{ sound: id<SoundId>("waves"), gainDb: 0, once: false }],
      },
      ...more,
    }) as SessionView;
  const open = async () => {
    const clock = { now: 1_000_000 };
    const curves = createKnownCurves({ of: async (_sound, take) => (take === 0 ? waves : steady) }, () => clock.now);
    const feed = createLoudnessFeed(curves, () => clock.now);
    // The first view asks for the curve.
    feed.next(viewAt(clock.now, 0), by);
    await Promise.resolve();
    return { feed, clock };
  };

  test("comes again before it runs out, and joins without a seam", async () => {
    const { feed, clock } = await open();
    const page = createLoudness();
    const [start, heard] = [clock.now, [] as number[]];
    let messages = 0;
    for (; clock.now < start + 60_000; clock.now += 100) {
      if ((clock.now - start) % 5_000 === 0) {
        const told = feed.next(viewAt(clock.now - 40, clock.now - start - 40), by);
        if (told) page.take(told);
        if (told) messages += 1;
      }
      if ((clock.now - start) % 2_000 === 1_000) heard.push(page.at(clock.now));
    }
    expect(messages).toBe(6);
    expect(heard).toEqual(Array.from({ length: 30 }, (_, index) => (index % 2 === 0 ? 2 : -10)));
  });

  test("changes with the mix at once, and ends with a pause", async () => {
    const { feed, clock } = await open();
    expect(feed.next(viewAt(clock.now, 0), by)?.levels[0]).toBe(2);
    expect(feed.next(viewAt(clock.now, 0), by)).toBeUndefined();
    expect(feed.next(viewAt(clock.now, 2_000), by)?.levels[0]).toBe(-10);
    const otherTake = () =>
      feed.next(viewAt(clock.now, 2_000, {}, { waves: { take: 3, pass: 1, from: 0 } }), by)?.levels;
    expect(otherTake()).toEqual([]);
    await Promise.resolve();
    expect(otherTake()?.[0]).toBe(0);
    // A take of another length has put the next pass of the first one elsewhere.
    const late = viewAt(clock.now, 2_000, {}, { waves: { take: 0, pass: 2, from: 50 } });
    expect(feed.next(late, by)?.levels.slice(0, 6)).toEqual([2, 2, 2, 2, 2, -10]);
    const paused = viewAt(clock.now, 2_000, { status: "paused" });
    expect(feed.next(paused, by)?.levels).toEqual([]);
    expect(feed.next(paused, by)).toBeUndefined();
  });
});

test("a curve that could not be had is asked for again after two minutes", async () => {
  let [now, asked] = [0, 0];
  const of = async () => (++asked < 2 ? undefined : steady);
  const curves = createKnownCurves({ of }, () => now);
  const find = async () => {
    curves.find(id<SoundId>("rain"), 0, by);
    await Promise.resolve();
    return curves.find(id<SoundId>("rain"), 0, by);
  };
  expect(await find()).toBeUndefined();
  now += 60_000;
  expect(await find()).toBeUndefined();
  expect(asked).toBe(1);
  now += 61_000;
  expect(await find()).toBe(steady);
  expect(asked).toBe(2);
});

test("a page that has been told nothing, or nothing of now, takes the sound for usual", () => {
  const page = createLoudness();
  expect(page.at(5)).toBe(0);
  page.take({ type: "loudness", from: 1_000, step: 200, levels: [4, 6] });
  expect(page.at(1_100)).toBe(5);
  expect(page.at(1_300)).toBe(6);
  expect(page.at(9_000)).toBe(0);
});
