import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import axe from "axe-core";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type BuiltDemo, buildDemo, LOOP_SECONDS, MOST_FIRST_BYTES } from "../../demo/buildDemo.ts";
import { SCENES } from "../../demo/scenes.ts";
import { findChromium } from "../../packages/discord-emulator/test/support/chromium.ts";

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".webmanifest": "application/manifest+json",
};
/** As on a host that serves a project below its name. */
const BELOW = "/some/where/";
const SECONDS = 3;

const folder = mkdtempSync(join(tmpdir(), "lull-demo-"));
const asked: string[] = [];
let [built, server, browser, page]: [BuiltDemo?, Server?, Browser?, Page?] = [];
let address = "";
const complaints: string[] = [];

beforeAll(async () => {
  built = await buildDemo(folder, { scenes: [SCENES[0]!, SCENES[4]!], seconds: SECONDS });
  server = createServer(({ url = "" }, response) => {
    asked.push(url);
    const name = url.startsWith(BELOW) ? url.slice(BELOW.length) || "index.html" : undefined;
    const path = join(folder, name ?? "");
    if (name === undefined || !statSync(path, { throwIfNoEntry: false })?.isFile()) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { "content-type": TYPES[extname(path)] ?? "application/octet-stream" });
    response.end(readFileSync(path));
  });
  await new Promise<void>((done) => server?.listen(0, "127.0.0.1", done));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}${BELOW}`;
  const executablePath = findChromium();
  if (executablePath === undefined) return;
  const args = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"];
  browser = await chromium.launch({ executablePath, args });
  page = await browser.newPage({ viewport: { width: 320, height: 640 }, locale: "de-DE" });
  page.setDefaultTimeout(30_000);
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (said) => said.type() === "error" && complaints.push(said.text()));
  await page.goto(address);
  await page.getByRole("button", { name: "Regen" }).waitFor();
});

afterAll(async () => {
  await browser?.close();
  server?.closeAllConnections();
  server?.close();
  rmSync(folder, { recursive: true, force: true });
});

const mean = (levels: readonly number[]) =>
  10 * Math.log10(levels.reduce((sum, level) => sum + 10 ** (level / 10), 0) / levels.length);

/**
 * Measures for some seconds what is heard, from when there is an output: its level in dBFS, its peak, and the loudest step
 * from sample to sample.
 */
const measure = (seconds: number) =>
  page!.evaluate(async (length) => {
    const { lullDemo } = globalThis as unknown as { lullDemo: { output(): AudioNode | undefined } };
    while (lullDemo.output() === undefined) await new Promise((done) => setTimeout(done, 5));
    const node = lullDemo.output()!;
    const analyser = new AnalyserNode(node.context, { fftSize: 2048 });
    node.connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    const levels: number[] = [];
    let [peak, step] = [0, 0];
    for (const end = performance.now() + 1_000 * length; performance.now() < end; ) {
      await new Promise((done) => setTimeout(done, 40));
      analyser.getFloatTimeDomainData(samples);
      let sum = 0;
      for (const [index, sample] of samples.entries()) {
        sum += sample * sample;
        peak = Math.max(peak, Math.abs(sample));
        if (index > 0) step = Math.max(step, Math.abs(sample - samples[index - 1]!));
      }
      levels.push(10 * Math.log10(sum / samples.length + 1e-12));
    }
    node.disconnect(analyser);
    return { levels, peak, step };
  }, seconds);

test("the first scene costs less than it may, and so does the one that is published", () => {
  expect(built?.first).toBeLessThan(MOST_FIRST_BYTES);
  // 96 kbit/s, and two bytes for the length of each packet.
  const longer = (LOOP_SECONDS - SECONDS) * (96_000 / 8 + 2 * 50) * SCENES[0]!.layers.length;
  expect(built!.first + 1.05 * longer).toBeLessThan(MOST_FIRST_BYTES);
});

describe.skipIf(findChromium() === undefined)("in a browser", () => {
  test("a tapped scene is heard on a ramp, at the level of the bot, without a gap at the loop", async () => {
    const beginning = measure(1);
    await page!.getByRole("button", { name: "Regen" }).click();
    await page!.getByText("Läuft.").waitFor();
    expect((await beginning).levels[0]).toBeLessThan(-40);
    const { levels, peak, step } = await measure(SECONDS + 1);
    const usual = mean(levels.slice(10));
    expect(usual).toBeGreaterThan(-36);
    expect(usual).toBeLessThan(-26);
    expect(Math.min(...levels.slice(10))).toBeGreaterThan(usual - 9);
    expect(peak).toBeLessThan(10 ** (-3 / 20));
    expect(step).toBeLessThan(0.2);
  });

  test("a slider changes its own sound on a ramp, and a timer ends in silence and says so", async () => {
    const before = mean((await measure(0.5)).levels);
    for (const slider of await page!.getByRole("slider").all()) await slider.fill("0");
    await page!.waitForTimeout(800);
    expect(mean((await measure(0.5)).levels)).toBeLessThan(before - 15);
    for (const slider of await page!.getByRole("slider").all()) await slider.fill("100");
    await page!.evaluate(() => {
      const { lullDemo } = globalThis as unknown as { lullDemo: { send(command: object): void } };
      lullDemo.send({ type: "sleep", after: 1_500, fade: 1_000 });
    });
    await page!.getByText("Der Klang ist verklungen. Gute Nacht.").waitFor();
    // What is mixed is heard up to 240 ms later.
    await expect.poll(async () => Math.max(...(await measure(0.4)).levels)).toBeLessThan(-100);
    await expect.poll(() => page!.locator("#visual").evaluate((visual) => visual.style.opacity)).toBe("0");
    await page!.getByRole("button", { name: "Abspielen" }).click();
    await page!.getByText("Läuft.").waitFor();
  });

  test("night mode shows the visual alone, and Escape gives everything back", async () => {
    await page!.getByRole("button", { name: "Nachtmodus" }).click();
    await page!.locator("html.night").waitFor();
    const box = await page!.locator("#stage").boundingBox();
    expect(box?.height).toBeGreaterThanOrEqual(640);
    expect(await page!.locator("#player").evaluate((part) => (part as HTMLElement).inert)).toBe(true);
    await page!.keyboard.press("Escape");
    await page!.locator("html:not(.night)").waitFor();
    await expect.poll(() => page!.evaluate(() => document.activeElement?.id)).toBe("night");
  });

  test.each([
    [320, 640],
    [768, 1_024],
    [1_440, 900],
  ])("nobody is shut out at %i by %i, and nothing scrolls sideways", async (width, height) => {
    await page!.setViewportSize({ width, height });
    expect(await page!.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    await page!.evaluate(axe.source);
    const found = await page!.evaluate(() => {
      const own = globalThis as unknown as { axe: { run(): Promise<{ violations: { id: string }[] }> } };
      return own.axe.run().then(({ violations }) => violations.map(({ id }) => id));
    });
    expect(found).toEqual([]);
  });

  test("after the first visit it opens and plays without a network, and it never asks anyone else", async () => {
    await page!.evaluate(() => navigator.serviceWorker.ready.then(() => {}));
    server?.closeAllConnections();
    await new Promise((done) => server?.close(done));
    await page!.reload();
    await page!.getByRole("button", { name: "Regen" }).click();
    await page!.getByText("Läuft.").waitFor();
    await page!.waitForTimeout(1_500);
    expect(mean((await measure(0.5)).levels)).toBeGreaterThan(-45);
    await page!.getByRole("button", { name: "Meer" }).click();
    await page!.getByText("Die Klänge konnten nicht geladen werden.").waitFor();
    expect(asked.filter((url) => !url.startsWith(BELOW))).toEqual([]);
    expect(complaints.filter((said) => !said.includes("ERR_CONNECTION_REFUSED"))).toEqual([]);
  });
});
