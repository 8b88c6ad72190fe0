import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { visualPath } from "../../src/pictures/visualFiles.ts";
import { openVisualRenderer, type VisualRenderer } from "../../src/pictures/visualRenderer.ts";

let cache: string;
let visuals: VisualRenderer;
const log = { info() {}, warn() {}, error() {} };
beforeEach(() => {
  cache = mkdtempSync(join(tmpdir(), "visuals-"));
  visuals = openVisualRenderer({ cache, log });
});
afterEach(async () => {
  await visuals.close();
  rmSync(cache, { recursive: true, force: true });
});

test("what is drawn already is read, not drawn again", async () => {
  const path = visualPath("candle", "gif", join(cache, "visuals"))!;
  mkdirSync(join(cache, "visuals"));
  writeFileSync(path, "drawn before");
  expect(visuals.isDrawn("candle", "gif")).toBe(true);
  expect(visuals.isDrawn("candle", "webp")).toBe(false);
  expect(Buffer.from(await visuals.render("candle", "gif")).toString()).toBe("drawn before");
});

test("a visual that is not there is refused in words", async () => {
  await expect(visuals.render("lava-lamp", "gif")).rejects.toMatchObject({ code: "unknown-visual" });
});

test("closed in the middle of a drawing, it leaves no half of a file and says what to do", async () => {
  const wanted = expect(visuals.render("candle", "gif")).rejects.toMatchObject({ code: "visual-not-drawn" });
  await visuals.close();
  await wanted;
  expect(visuals.isDrawn("candle", "gif")).toBe(false);
});
