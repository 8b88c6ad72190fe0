import sharp from "sharp";
import { expect, test } from "vitest";
import { encodeGif, encodeStill, encodeWebp } from "../../src/visuals/encode.ts";
import { drawFilm, drawStill } from "../../src/visuals/film.ts";
import { DRAWINGS } from "../../src/visuals/scenes.ts";

const candle = DRAWINGS.get("candle")!;
const film = drawFilm(candle, 40, 20);

test.each([
  ["gif", encodeGif(film, 4_000_000)],
  ["webp", encodeWebp(film)],
] as const)("as %s all frames go round without end, as long as they should", async (format, encoding) => {
  const data = await encoding;
  expect(data.length).toBeLessThan(4_000_000);
  const { format: found, pages, loop, delay, width, pageHeight } = await sharp(data, { animated: true }).metadata();
  expect({ found, loop, width, pageHeight }).toEqual({ found: format, loop: 0, width: 40, pageHeight: 40 });
  // Frames that look the same may become one that lasts longer.
  expect(pages).toBeGreaterThan(15);
  const total = delay!.reduce((sum, each) => sum + each, 0) / 1000;
  expect(total).toBeCloseTo(candle.seconds, 0);
});

test("a GIF that is too large is made thriftier", async () => {
  const fine = await encodeGif(film, 4_000_000);
  const thrifty = await encodeGif(film, fine.length - 1);
  expect(thrifty.length).toBeLessThan(fine.length);
});

test("the still does not move", async () => {
  const { format, pages } = await sharp(await encodeStill(drawStill(candle, 64))).metadata();
  expect({ format, pages }).toEqual({ format: "png", pages: undefined });
});
