import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { VISUALS } from "../../src/catalogue/visuals.ts";
import { visualsPage } from "../../src/rehearsal/visualsPage.ts";

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "visuals-"));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

test("the page names every visual and shows those that are drawn, still for people who want no motion", async () => {
  writeFileSync(join(directory, "candle-0123456789ab.webp"), "moves");
  writeFileSync(join(directory, "candle-0123456789ab.png"), "stands");
  const find = visualsPage(directory);
  const page = String((await find("/visuals"))?.body);
  for (const { title } of VISUALS) expect(page).toContain(title);
  expect(page.match(/Not drawn yet/g)).toHaveLength(VISUALS.length - 1);
  expect(page).toContain('<source srcset="/visuals/candle.png" media="(prefers-reduced-motion: reduce)">');
  expect(String((await find("/visuals/candle.webp"))?.body)).toBe("moves");
  expect(await find("/visuals/candle.png")).toMatchObject({ type: "image/png", body: Buffer.from("stands") });
});

test("it speaks the language of its address", async () => {
  const page = String((await visualsPage(directory)("/visuals/de"))?.body);
  expect(page).toContain('<html lang="de">');
  expect(page).toContain("Atmendes Licht");
  expect(page).toContain("<code>/bild</code>");
});

test("before anything is drawn, the page is there too, and serves nothing else", async () => {
  const find = visualsPage(join(directory, "not-there"));
  expect(await find("/visuals")).toBeDefined();
  for (const path of [
    "/visuals/candle.webp",
    "/visuals/../lull.sqlite",
    "/visuals/candle.gif",
    "/visuals/xx",
    "/elsewhere",
  ])
    expect(await find(path)).toBeUndefined();
});
