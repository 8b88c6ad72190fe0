import { resolve } from "node:path";
import { openPage } from "discord-emulator";
import type { Locator } from "playwright-core";
import sharp from "sharp";
import { openPageDriver } from "../packages/discord-emulator/test/support/pageDriver.ts";
import { seconds } from "../src/kernel/units.ts";
import { lullPage } from "../src/rehearsal/lullPage.ts";
import { openRehearsal } from "../test/e2e/openRehearsal.ts";
import { unpackChromium } from "../test/support/unpackChromium.ts";

/** Takes the pictures of docs/: the page and each panel, as a visitor sees them in Chromium on a dense screen. */
const FOLDER = resolve(import.meta.dirname, "../docs/images");
/** All of them together stay in the repository for ever. */
const MOST_BYTES = 400_000;

// The processes that render keep nobody waiting, and so not this one either.
const awake = setInterval(() => {}, 1_000);
await unpackChromium();
const rehearsal = await openRehearsal({
  sounds: ["brown-noise", "ocean", "rain-window"],
  environment: { LULL_HTTP: "127.0.0.1:0", LULL_REMOTE: "on" },
});
rehearsal.role("Bedtime hosts");
rehearsal.grantBot("MOVE_MEMBERS");
const page = await openPage({ emulator: rehearsal, port: 0, ...lullPage() });
const driver = await openPageDriver(page.address, { width: 1_120, height: 860, scale: 2 });

/** Pictures at this density take a while. */
const PATIENCE = seconds(40);
driver.page.setDefaultTimeout(PATIENCE);

const write = async (name: string, png: Uint8Array) => {
  const path = resolve(FOLDER, `${name}.webp`);
  const { size } = await sharp(png).webp({ quality: 88, smartSubsample: true, effort: 6 }).toFile(path);
  console.log(`${name}.webp ${Math.round(size / 1_000)} kB${size > MOST_BYTES ? " (large)" : ""}`);
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
    await take(name, await driver.message(shows, PATIENCE));
  } catch (error) {
    console.log(`${name}: ${String(error).slice(0, 200)}`);
  }
};

/** A command, and the picture of the form that it opens. */
const form = async (name: string, path: string) => {
  try {
    await driver.command(path);
    const dialog = driver.page.getByRole("dialog");
    await dialog.waitFor();
    await take(name, dialog);
    await driver.page.keyboard.press("Escape");
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
await driver.command("favorites add", { sound: "brown-noise" });
await still(seconds(3));
await take("panel", driver.page.getByRole("article").filter({ hasText: "Skip" }).last());
await write("page", await driver.page.screenshot());
// Answers that are longer than the window would be cut.
await driver.page.setViewportSize({ width: 1_120, height: 1_300 });
try {
  await driver.press(/Too much for me/);
  await take("too-much", await driver.message(/Only you can see this/, PATIENCE));
} catch (error) {
  console.log(`too-much: ${String(error).slice(0, 200)}`);
}
/** The remote on a phone, opened as a member opens it. */
const remote = async () => {
  await driver.command("remote");
  const opened = driver.page.context().waitForEvent("page");
  await (await driver.message(/Your remote/, PATIENCE)).getByRole("link").click();
  const phone = await opened;
  await phone.setViewportSize({ width: 390, height: 844 });
  await phone.getByRole("slider", { name: /^Rain/ }).waitFor();
  await still(seconds(2));
  await write("remote", await phone.screenshot({ fullPage: true }));
  await phone.close();
};
await remote().catch((error: unknown) => console.log(`remote: ${String(error).slice(0, 200)}`));
await answer("wake", "wake at", /wake everyone/, { time: "7:30", rise: "10", zone: "UTC" });
await answer("mixer", "mix show", /in the middle/);
await answer("favourites", "favorites list", /Favou?rites/);
await answer("sounds", "sounds browse", /All sounds|everything/);
await answer("card", "sounds show", /licence|CC0/i, { sound: "rain-window" });
await answer("settings", "settings", /Server settings/);
await answer("discover", "discover", /Something different/);
await answer("help", "help", /Start here/);
await answer("doctor", "doctor", /lounge/);
await answer("queue", "queue show", /Deep Brown/);
await answer("privacy", "privacy show", /keep|kept/i);
await answer("visual", "visual", /silent/, { which: "candle", still: "true" });
for (const _ of [1, 2, 3]) {
  await driver.press(/Tingle/);
  await driver.page.getByRole("button", { name: "Send a moon" }).click();
}
for (const name of ["ana", "bo"]) {
  const companion = await rehearsal.member(name).join("lounge");
  for (const _ of [1, 2]) companion.sendVoiceEffect("🌙");
}
await answer("tingles", "tingles", /tingles? in/);
const lounge = "lounge";
// The page speaks American English first.
await driver.command("evening schedule", { program: "sleep", at: "22:30", channel: lounge, zone: "UTC" });
await driver.message(/Drift Off/, PATIENCE);
await driver.command("evening schedule", {
  program: "calm",
  at: "21:00",
  channel: lounge,
  days: "weekdays",
  zone: "UTC",
});
await answer("evenings", "evening list", /Slow Water/);
await form("avoid", "avoid");
await form("design", "evening design");
await driver.command("visual", { which: "breathing-light" });
await driver.message(/silent/, seconds(120));
await answer("breathe", "breathe", /Breathe as it suits/, { pattern: "4-6" });
await answer("evening", "evening start", /is starting/, { program: "sleep" });

clearInterval(awake);
await driver.close();
await page.close();
await rehearsal.close();
