import { resolve } from "node:path";
import { openPage } from "discord-emulator";
import { chromium } from "playwright-core";
import sharp from "sharp";
import { findChromium } from "../packages/discord-emulator/test/support/chromium.ts";
import { seconds } from "../src/kernel/units.ts";
import { activityIn } from "../src/rehearsal/activityIn.ts";
import { lullPage } from "../src/rehearsal/lullPage.ts";
import { openRehearsal } from "../test/e2e/openRehearsal.ts";
import { unpackChromium } from "../test/support/unpackChromium.ts";

/** Takes the picture of the activity in docs/: on a phone, and beside the voice channel on a desktop. */
const TARGET = resolve(import.meta.dirname, "../docs/images/activity.webp");
const [PHONE, DESKTOP] = [{ width: 390, height: 844 } as const, { width: 1_120, height: 844 } as const];
const SCALE = 2;
const GAP = 40;
/** Pictures at this density take a while. */
const PATIENCE = seconds(60);

const awake = setInterval(() => {}, 1_000);
await unpackChromium();
const executablePath = findChromium();
if (executablePath === undefined) throw new Error("There is no Chromium.");
const rehearsal = await openRehearsal({
  sounds: ["ocean", "rain-window"],
  environment: { LULL_HTTP: "127.0.0.1:0", LULL_ACTIVITY: "on" },
});
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
const ana = await rehearsal.member("Ana").join("lounge");
await rehearsal.member("Bo").join("lounge");
await ana.slash("play", { sound: "ocean" });
await ana.slash("mix add", { sound: "rain-window", level: "quiet" });
await ana.slash("sleep in", { duration: "45m" });

const open = async (userName: string, viewport: typeof PHONE | typeof DESKTOP, isMobile: boolean) => {
  const activity = () =>
    rehearsal
      .bot()
      .lines.map(activityIn)
      .findLast((found) => found !== undefined);
  const discord = await openPage({ emulator: rehearsal, port: 0, userName, ...lullPage(), activity });
  const page = await browser.newPage({ viewport, deviceScaleFactor: SCALE, isMobile, hasTouch: isMobile });
  page.setDefaultTimeout(PATIENCE);
  await page.goto(discord.address);
  await page.getByRole("button", { name: "Listen here" }).click();
  await page.getByRole("button", { name: "Open Lull’s activity" }).click();
  const inside = page.frameLocator("#activity").frameLocator("iframe");
  await inside.getByRole("slider", { name: "Slow Shore", exact: true }).waitFor();
  return { discord, page, inside };
};
const pages = [await open("Ana", PHONE, true), await open("Bo", DESKTOP, false)];
for (const { inside } of pages) await inside.getByText(/^Open for Ana and Bo/).waitFor();
// The visual comes first, and the loudness meter.
await new Promise((done) => setTimeout(done, seconds(4)));
const [phone, desktop] = await Promise.all(pages.map(({ page }) => page.screenshot()));
const [width, height] = [PHONE.width + GAP + DESKTOP.width, PHONE.height].map((side) => side * SCALE);
const { size } = await sharp({ create: { width: width!, height: height!, channels: 4, background: "#00000000" } })
  .composite([
    { input: phone!, left: 0, top: 0 },
    { input: desktop!, left: (PHONE.width + GAP) * SCALE, top: 0 },
  ])
  .webp({ quality: 86, smartSubsample: true, effort: 6 })
  .toFile(TARGET);
console.log(`activity.webp ${Math.round(size / 1_000)} kB`);
await browser.close();
for (const { discord } of pages) await discord.close();
await rehearsal.close();
clearInterval(awake);
