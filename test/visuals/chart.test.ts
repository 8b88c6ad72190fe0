import sharp from "sharp";
import { expect, test } from "vitest";
import { chartAlt, chartSvg, chartText } from "../../src/visuals/chart.ts";
import { encodeSvg } from "../../src/visuals/encode.ts";

const bars = [
  { label: "Rain on Glass", value: 12 },
  { label: "<Whisper> & “co”\u0000", value: 3 },
];

test("a chart is a dark PNG, and the same in words", async () => {
  const chart = { title: "Tingles by sound", bars };
  const png = await encodeSvg(chartSvg(chart));
  const { format, width } = await sharp(png).metadata();
  expect({ format, width }).toEqual({ format: "png", width: 640 });
  const { channels } = await sharp(png).flatten().stats();
  expect(Math.max(...channels.slice(0, 3).map(({ mean }) => mean))).toBeLessThan(0.25 * 255);
  expect(chartAlt(chart)).toContain("Rain on Glass 12");
  expect(chartText(chart).split("\n")[0]).toBe("Rain on Glass: 12");
});

test("the longer bar is drawn longer", () => {
  const widths = [...chartSvg({ title: "t", bars }).matchAll(/<rect x[^>]* width="([\d.]+)" height="26"/g)].map(
    ([, width]) => Number(width),
  );
  expect(widths).toHaveLength(2);
  expect(widths[0]! / widths[1]!).toBeCloseTo(4, 1);
});

test("no bars, and only zeros, are drawn too", async () => {
  await expect(encodeSvg(chartSvg({ title: "Nothing yet", bars: [] }))).resolves.toBeInstanceOf(Uint8Array);
  await expect(encodeSvg(chartSvg({ title: "0", bars: [{ label: "a", value: 0 }] }))).resolves.toBeInstanceOf(
    Uint8Array,
  );
});
