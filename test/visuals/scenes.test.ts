import { expect, test } from "vitest";
import { breathSound } from "../../src/catalogue/breathing.ts";
import { TRIGGERS } from "../../src/catalogue/sound.ts";
import { breathVisual, handsBeside, VISUALS, visualBeside } from "../../src/catalogue/visuals.ts";
import { BREATHS, type BreathName, breathAt, breathSeconds } from "../../src/kernel/breath.ts";
import { drawFilm, drawStill, framesOf } from "../../src/visuals/film.ts";
import { failures, GATES } from "../../src/visuals/gates.ts";
import { DRAWINGS, LIVE_DRAWINGS } from "../../src/visuals/scenes.ts";

/**
 * Small, with every frame of the loop. A part is six pixels wide then, so that an edge crosses it
 * in jumps; the gates of parts are asserted at full size by the visual renderer, each time it draws
 * one (`drawVisual`), and by `npm run visuals`.
 */
const SIZE = 48;

test("there are fifteen visuals, each with its drawing and words for those who do not see it", () => {
  expect(VISUALS).toHaveLength(15);
  expect([...DRAWINGS.keys()]).toEqual(VISUALS.map(({ id }) => id));
  for (const { alt, beside } of VISUALS) {
    expect(alt.length).toBeGreaterThan(40);
    expect(alt.length).toBeLessThan(300);
    expect(TRIGGERS).toEqual(expect.arrayContaining([...beside]));
  }
});

test("every trigger of the library has a picture beside it", () => {
  const beside = new Set(VISUALS.flatMap((visual) => visual.beside));
  expect(TRIGGERS.filter((trigger) => trigger !== "recordings" && !beside.has(trigger))).toEqual([]);
});

test.each([...DRAWINGS])("%s is dark and slow, and its end goes over into its beginning", (id, drawing) => {
  expect(drawing.seconds).toBeGreaterThanOrEqual(7);
  // A breath is as long as it is.
  const breath = VISUALS.find((visual) => visual.id === id)?.breath;
  expect(drawing.seconds).toBeLessThanOrEqual(breath === undefined ? 13 : breathSeconds(breath));
  const rate = framesOf(drawing) / drawing.seconds;
  expect(rate).toBeGreaterThanOrEqual(12);
  expect(rate).toBeLessThanOrEqual(14);

  const { measured, frames, rgb } = drawFilm(drawing, SIZE);
  expect(measured.brightness).toBeLessThanOrEqual(GATES.brightness);
  expect(failures({ ...measured, partStep: measured.partStep / 3, partFlicker: measured.partFlicker / 3 })).toEqual([]);

  // Something is to be seen, and it moves.
  expect(measured.brightness).toBeGreaterThan(0.03);
  const first = rgb.subarray(0, SIZE * SIZE * 3);
  const middle = rgb.subarray((frames >> 1) * first.length, ((frames >> 1) + 1) * first.length);
  const moved = first.reduce((sum, value, at) => sum + Math.abs(value - middle[at]!), 0) / first.length / 255;
  expect(moved).toBeGreaterThan(0.002);
});

test.each(Object.keys(BREATHS) as BreathName[])("the picture of %s is brighter the fuller the lungs are", (name) => {
  const { id } = visualBeside({ id: breathSound(name), trigger: "noise" });
  const { frames, rgb } = drawFilm(DRAWINGS.get(id)!, 24);
  const bytes = rgb.length / frames;
  const light = Array.from({ length: frames }, (_, i) =>
    rgb.subarray(i * bytes, (i + 1) * bytes).reduce((sum, value) => sum + value, 0),
  );
  const full = light.map((_, i) => breathAt(name, (i / frames) * breathSeconds(name)).full);
  const byLight = light.map((_, i) => i).toSorted((a, b) => light[a]! - light[b]!);
  for (const [at, i] of byLight.entries())
    expect(full[i]! - full[byLight[Math.max(0, at - 1)]!]!).toBeGreaterThan(-0.06);
  expect(Math.max(...light)).toBeGreaterThan(2 * Math.min(...light));
});

test.each(Object.keys(BREATHS) as BreathName[])("hands rise and open with %s as slowly as the rest moves", (name) => {
  const drawing = LIVE_DRAWINGS.get(handsBeside(breathVisual(name))!.id)!;
  expect(drawing.seconds).toBe(breathSeconds(name));
  const { measured, frames, rgb } = drawFilm(drawing, SIZE);
  expect(failures({ ...measured, partStep: measured.partStep / 3, partFlicker: measured.partFlicker / 3 })).toEqual([]);
  // How high the topmost lit row is, which is that of the fingertips.
  const bytes = rgb.length / frames;
  const height = Array.from({ length: frames }, (_, i) => {
    const picture = rgb.subarray(i * bytes, (i + 1) * bytes);
    return SIZE - Math.floor(picture.findIndex((value, at) => at % 3 === 0 && value > 60) / 3 / SIZE);
  });
  const full = height.map((_, i) => breathAt(name, (i / frames) * breathSeconds(name)).full);
  const mean = (list: readonly number[]) => list.reduce((sum, value) => sum + value, 0) / list.length;
  const heightWhere = (holds: (full: number) => boolean) => mean(height.filter((_, i) => holds(full[i]!)));
  const [empty, half, whole] = [
    heightWhere((each) => each < 0.1),
    heightWhere((each) => each > 0.4 && each < 0.6),
    heightWhere((each) => each > 0.9),
  ];
  expect(half - empty).toBeGreaterThan(SIZE / 24);
  expect(whole - half).toBeGreaterThan(SIZE / 24);
});

test("a visual looks the same each time it is drawn", () => {
  const drawing = DRAWINGS.get("rain-on-window")!;
  expect(drawStill(drawing, SIZE).rgb).toEqual(drawStill(drawing, SIZE).rgb);
});
