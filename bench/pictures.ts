import { resolve } from "node:path";
import type { Locator } from "playwright-core";
import sharp from "sharp";
import { seconds } from "../src/kernel/units.ts";
import { openPage } from "../src/rehearsal/page/pageServer.ts";
import { openRehearsal } from "../test/e2e/openRehearsal.ts";
import { openPageDriver } from "../test/support/pageDriver.ts";

/** Takes the pictures of docs/: the page and each panel, as a visitor sees them in Chromium. */
const FOLDER = resolve(import.meta.dirname, "../docs/images");
const MOST_BYTES = 60_000;

// The processes that render keep nobody waiting, and so not this one either.
const awake = setInterval(() => {}, 1_000);
const evening = await openRehearsal({ sounds: ["brown-noise", "ocean", "rain-window"] });
const page = await openPage({ evening, port: 0, onProgress: () => () => {} });
const driver = await openPageDriver(page.address, { width: 1_120, height: 860 });

const write = async (name: string, png: Uint8Array) => {
  const path = resolve(FOLDER, `${name}.png`);
  const { size } = await sharp(png).png({ palette: true, colours: 64, effort: 10 }).toFile(path);
  console.log(`${name}.png ${Math.round(size / 1_000)} kB${size > MOST_BYTES ? " (large)" : ""}`);
};
const still = (time: number) => new Promise((done) => setTimeout(done, time));
const take = async (name: string, of: Locator) => {
  await of.scrollIntoViewIfNeeded();
  await still(400);
  await write(name, await of.screenshot());
};
/** A command, and the picture of its answer. */
const answer = async (name: string, path: string, shows: RegExp, options: Readonly<Record<string, string>> = {}) => {
  try {
    await driver.command(path, options);
    await take(name, await driver.message(shows));
  } catch (error) {
    console.log(`${name}: ${String(error).slice(0, 200)}`);
  }
};

await driver.join("lounge");
await driver.command("play", { sound: "rain-window" });
await driver.levelBecomes("heard", 30_000);
await driver.command("mix add", { sound: "ocean", level: "quiet", place: "left" });
await driver.command("play", { sound: "brown-noise" });
await driver.command("sleep in", { duration: "45m" });
await driver.command("mix save", { name: "Rain by the sea" });
await driver.command("favourites add", { sound: "brown-noise" });
await still(seconds(3));
await take("panel", driver.page.getByRole("article").filter({ hasText: "Skip" }).last());
await write("page", await driver.page.screenshot());
await answer("mixer", "mix show", /in the middle/);
await answer("favourites", "favourites list", /Favourites/);
await answer("sounds", "sounds browse", /All sounds|everything/);
await answer("card", "sounds show", /licence|CC0/i, { sound: "rain-window" });
await answer("settings", "settings", /Settings of this server/);
await answer("discover", "discover", /heard|new/i);
await answer("help", "help", /Start here/);
await answer("evening", "evening start", /begins/, { programme: "sleep" });

clearInterval(awake);
await driver.close();
await page.close();
await evening.close();
