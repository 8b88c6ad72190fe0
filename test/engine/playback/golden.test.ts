import { beforeAll, expect, test } from "vitest";
import { FRAME_SAMPLES, type Packet } from "../../../src/audio/format.ts";
import type { StoredSound } from "../../../src/audio/storedSound.ts";
import { createStream } from "../../../src/engine/playback/stream.ts";
import type { LayerSpec } from "../../../src/engine/playback/trackLayer.ts";
import { soundOf } from "../../../src/render/golden.ts";
import { entryId, layerSpec, record, renderRecipe } from "./recording.ts";

const sounds = new Map<string, StoredSound>();
beforeAll(() => {
  for (const name of ["rain-window", "fan", "brush-ears"]) sounds.set(name, renderRecipe(name, 500, 7));
});

/**
 * Eight seconds as a listener's decoder hears them, the first left out: the ramp at the beginning
 * is not what is compared.
 */
const render = async (...layers: readonly ReturnType<typeof layerSpec>[]) => {
  const stream = createStream(() => {});
  stream.play(entryId("mix"), layers, 0, 100);
  const packets: Packet[] = [];
  for (let tick = 0; tick < 450; tick++) packets.push(stream.next()!);
  const frames = (await record(packets)).slice(50);
  const left = new Float32Array(frames.length * FRAME_SAMPLES);
  const right = new Float32Array(left.length);
  for (const [index, frame] of frames.entries()) {
    left.set(frame.subarray(0, FRAME_SAMPLES), index * FRAME_SAMPLES);
    right.set(frame.subarray(FRAME_SAMPLES), index * FRAME_SAMPLES);
  }
  return soundOf({ left, right });
};
const of = (name: string, how: Parameters<typeof layerSpec>[2] = {}) => layerSpec(name, sounds.get(name)!, how);

/** As they sounded when they were last agreed to. */
const agreed: readonly [string, () => LayerSpec[], Awaited<ReturnType<typeof render>>][] = [
  [
    "three layers in the middle",
    () => [of("rain-window"), of("fan", { gainDb: -6 }), of("brush-ears", { gainDb: -3 })],
    { loudness: -27.9, octaves: [-17.3, -11.5, -6.7, -6.2, -7.4, -8.6, -10.4, -13.9] },
  ],
  [
    "three layers, each in its place",
    () => [of("rain-window", { place: "far" }), of("fan", { place: "left" }), of("brush-ears", { place: "orbit" })],
    { loudness: -28.7, octaves: [-12.5, -9.4, -5.4, -6.5, -9, -9.3, -12.8, -19.9] },
  ],
];

test.each(agreed)("%s sound as it was agreed: loudness, and octave by octave", async (_, layers, golden) => {
  const heard = await render(...layers());
  expect(Math.abs(heard.loudness - golden.loudness)).toBeLessThanOrEqual(0.3);
  for (const [octave, level] of heard.octaves.entries()) {
    const wanted = golden.octaves[octave]!;
    // Where there is next to nothing, a platform's arithmetic makes the difference.
    if (wanted > -30) expect(Math.abs(level - wanted)).toBeLessThanOrEqual(0.5);
  }
});
