import { describe, expect, test } from "vitest";
import type { StoredSound } from "../../src/audio/storedSound.ts";
import { encodeLoop } from "../../src/render/encodeLoop.ts";
import { failures } from "../../src/render/gates.ts";
import { renderLoop } from "../../src/render/loop.ts";
import { master } from "../../src/render/master.ts";
import { measure } from "../../src/render/measure.ts";
import { encodeTake } from "../../src/render/take.ts";
import { RECIPES } from "../../src/synth/recipes.ts";
import { type Recording, record, rmsLevel, storedSound } from "../engine/playback/recording.ts";

const LENGTH = 800;
const JOINT = 50;

const loopOf = (name: string, seed: number) => {
  const recipe = RECIPES.get(name)!;
  return master(renderLoop(recipe.create({ seed, length: LENGTH }), LENGTH), recipe);
};
const takesOf = (name: string): readonly StoredSound[] => {
  const first = storedSound(encodeLoop(loopOf(name, 1)));
  return [first, storedSound(encodeTake(loopOf(name, 2), first)), storedSound(encodeTake(loopOf(name, 3), first))];
};

/** The largest second difference between neighbouring samples of one ear, over these frames. */
const roughness = (heard: Recording, from: number, to: number): number => {
  const ear = heard.slice(from, to).flatMap((both) => [...both.subarray(0, 960)]);
  let most = 0;
  for (let i = 2; i < ear.length; i++) most = Math.max(most, Math.abs(ear[i]! - 2 * ear[i - 1]! + ear[i - 2]!));
  return most;
};

describe.each(["heartbeat", "rain-window"])("takes of %s", (name) => {
  const takes = takesOf(name);
  const [first, second, third] = takes as [StoredSound, StoredSound, StoredSound];

  test("are as long, begin and end alike, and share nothing else", () => {
    for (const take of [second, third]) {
      expect(take.packets).toHaveLength(LENGTH);
      expect(take.packets.slice(0, JOINT)).toEqual(first.packets.slice(0, JOINT));
      expect(take.packets.slice(-JOINT)).toEqual(first.packets.slice(-JOINT));
    }
    const inner = takes.map(({ packets }) =>
      packets.slice(JOINT, -JOINT).map((one) => Buffer.from(one).toString("hex")),
    );
    // Where a take has gone over into the joint, two of them may be encoded alike.
    expect(new Set(inner.flat()).size).toBeGreaterThan(3 * (LENGTH - 2 * JOINT) - 25);
  });

  test("follow each other without a seam, as the first follows itself", async () => {
    const own = await record([...first.packets, ...first.packets, ...first.packets]);
    const heard = await record([...first.packets, ...second.packets, ...third.packets]);
    for (const joint of [LENGTH, 2 * LENGTH])
      for (let at = joint - JOINT + 20; at < joint + JOINT; at++) {
        const apart = own[at]!.map((sample, i) => sample - heard[at]![i]!);
        expect(rmsLevel(apart)).toBeLessThan(rmsLevel(own[at]!) - 30);
      }
    const inside = roughness(heard, LENGTH + 250, 2 * LENGTH - 250);
    for (const at of [LENGTH + JOINT, 2 * LENGTH - JOINT])
      expect(roughness(heard, at - 2, at + 2)).toBeLessThan(Math.max(inside, roughness(own, 0, LENGTH)) * 1.1);
  });

  test("have the level and the gates of the sound", async () => {
    const heard = await record([...second.packets.slice(-20), ...second.packets]);
    const pcm = { left: new Float32Array(LENGTH * 960), right: new Float32Array(LENGTH * 960) };
    for (const [index, both] of heard.slice(20).entries()) {
      pcm.left.set(both.subarray(0, 960), index * 960);
      pcm.right.set(both.subarray(960), index * 960);
    }
    expect(failures(name, undefined, measure(pcm), "after Opus", false)).toEqual([]);
  });
});
