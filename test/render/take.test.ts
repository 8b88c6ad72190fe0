import { describe, expect, test } from "vitest";
import type { StoredSound } from "../../src/audio/storedSound.ts";
import { takeLength } from "../../src/audio/takes.ts";
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

const lengthOf = (take: number) => takeLength(LENGTH, take);
const loopOf = (name: string, take: number) => {
  const [recipe, length] = [RECIPES.get(name)!, lengthOf(take)];
  return master(renderLoop(recipe.create({ seed: 1 + take, length }), length), recipe);
};
const takesOf = (name: string): readonly StoredSound[] => {
  const first = storedSound(encodeLoop(loopOf(name, 0)));
  return [first, storedSound(encodeTake(loopOf(name, 1), first)), storedSound(encodeTake(loopOf(name, 2), first))];
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

  test("have lengths of their own, begin and end alike, and share nothing else", () => {
    expect(new Set(takes.map(({ packets }) => packets.length)).size).toBe(3);
    for (const [index, take] of takes.entries()) {
      expect(take.packets).toHaveLength(lengthOf(index));
      expect(take.packets.slice(0, JOINT)).toEqual(first.packets.slice(0, JOINT));
      expect(take.packets.slice(-JOINT)).toEqual(first.packets.slice(-JOINT));
    }
    const inner = takes.map(({ packets }) =>
      packets.slice(JOINT, -JOINT).map((one) => Buffer.from(one).toString("hex")),
    );
    // Where a take has gone over into the joint, two of them may be encoded alike.
    expect(new Set(inner.flat()).size).toBeGreaterThan(lengthOf(0) + lengthOf(1) + lengthOf(2) - 3 * 2 * JOINT - 25);
  });

  test("follow each other without a seam, as the first follows itself", async () => {
    const own = await record([...first.packets, ...first.packets]);
    const heard = await record([...first.packets, ...second.packets, ...third.packets]);
    const joints = [lengthOf(0), lengthOf(0) + lengthOf(1)];
    for (const joint of joints)
      for (let from = 20 - JOINT; from < JOINT; from++) {
        const [mine, theirs] = [own[LENGTH + from]!, heard[joint + from]!];
        const apart = mine.map((sample, i) => sample - theirs[i]!);
        expect(rmsLevel(apart)).toBeLessThan(rmsLevel(mine) - 30);
      }
    const [begin, end] = joints as [number, number];
    const inside = roughness(heard, begin + 250, end - 250);
    for (const at of [begin + JOINT, end - JOINT])
      expect(roughness(heard, at - 2, at + 2)).toBeLessThan(Math.max(inside, roughness(own, 0, LENGTH)) * 1.1);
  });

  test("have the level and the gates of the sound", async () => {
    const heard = await record([...second.packets.slice(-20), ...second.packets]);
    const samples = second.length * 960;
    const pcm = { left: new Float32Array(samples), right: new Float32Array(samples) };
    for (const [index, both] of heard.slice(20).entries()) {
      pcm.left.set(both.subarray(0, 960), index * 960);
      pcm.right.set(both.subarray(960), index * 960);
    }
    expect(failures(name, undefined, measure(pcm), "after Opus", false)).toEqual([]);
  });
});
