import { resolve } from "node:path";
import { openPage } from "discord-emulator";
import type { Page } from "playwright-core";
import sharp from "sharp";
import { SIZES } from "../packages/discord-emulator/test/support/axe.ts";
import { openPageDriver } from "../packages/discord-emulator/test/support/pageDriver.ts";
import { seconds } from "../src/kernel/units.ts";
import { lullPage } from "../src/rehearsal/lullPage.ts";
import { openRehearsal } from "../test/e2e/openRehearsal.ts";
import { unpackChromium } from "../test/support/unpackChromium.ts";

/**
 * Takes the pictures of docs/rehearsal.md: the page of the rehearsal and the remote in several states, each at three sizes
 * side by side. With names as arguments, such as "remote night", it takes those alone.
 */
const FOLDER = resolve(import.meta.dirname, "../docs/images");
/** Of each picture in pixels: sharp on a dense screen, and small in the repository. */
const HEIGHT = 640;
const GAP = 24;

// The processes that render keep nobody waiting, and so not this one either.
const awake = setInterval(() => {}, 1_000);
await unpackChromium();
const rehearsal = await openRehearsal({
  sounds: ["rain-window", "ocean"],
  environment: { LULL_HTTP: "127.0.0.1:0", LULL_REMOTE: "on" },
});
rehearsal.role("Bedtime hosts");
const page = await openPage({ emulator: rehearsal, port: 0, ...lullPage() });
const driver = await openPageDriver(page.address, { scale: 2 });
const at = driver.page;
const wanted = process.argv.slice(2);

/** What a page shows now, on a phone, a tablet and a desktop. */
const take = async (
  name: string,
  prepare: () => Promise<unknown> = async () => undefined,
  of: Page = at,
): Promise<void> => {
  if (wanted.length > 0 && !wanted.includes(name)) return;
  const shots: Buffer[] = [];
  for (const size of SIZES) {
    await of.setViewportSize(size);
    await prepare();
    // Pictures within it are loaded, and what moves has come to rest.
    await of.waitForTimeout(500);
    shots.push(
      await sharp(await of.screenshot())
        .resize({ height: HEIGHT })
        .png()
        .toBuffer(),
    );
  }
  const widths = await Promise.all(shots.map(async (shot) => (await sharp(shot).metadata()).width));
  const lefts = widths.map((_, i) => widths.slice(0, i).reduce((sum, width) => sum + width + GAP, 0));
  const width = (lefts.at(-1) ?? 0) + (widths.at(-1) ?? 0);
  const { size } = await sharp({
    create: { width, height: HEIGHT, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } },
  })
    .composite(shots.map((input, i) => ({ input, left: lefts[i] ?? 0, top: 0 })))
    .webp({ quality: 80, smartSubsample: true, effort: 6 })
    .toFile(resolve(FOLDER, `tour-${name}.webp`));
  console.log(`tour-${name}.webp ${Math.round(size / 1_000)} kB`);
};

await take("welcome");
await take("commands", () => at.locator("#draft").fill("/"));
await at.locator("#draft").fill("");
await at.getByRole("button", { name: "Rain", exact: true }).click();
await driver.levelBecomes("heard", seconds(30));
for (const name of ["ana", "bo"]) await rehearsal.member(name).join("lounge");
await driver.command("sleep in", { duration: "45m" });
await take("playing");
await driver.command("avoid");
await at.getByRole("dialog").waitFor();
await take("form");
await at.keyboard.press("Escape");
await take("people", async () => {
  const people = at.getByRole("button", { name: "People", exact: true });
  if ((await people.isVisible()) && (await people.getAttribute("aria-expanded")) === "false") await people.click();
  const bot = at.getByRole("complementary").getByRole("button", { name: /^Lull/ });
  if ((await bot.getAttribute("aria-expanded")) === "false") await bot.click();
});
await driver.command("mix add", { sound: "ocean", level: "quiet", place: "left" });
await driver.command("remote");
const opened = at.context().waitForEvent("page");
await (await driver.message(/Your remote/, seconds(30))).getByRole("link").click();
const remote = await opened;
await remote.getByRole("slider", { name: /^Rain/ }).waitFor();
await take("remote", () => remote.locator("#head").scrollIntoViewIfNeeded(), remote);
// A window that fills the screen cannot be given another size: the page does without.
await remote.evaluate("document.documentElement.requestFullscreen = undefined");
await remote.getByRole("button", { name: "Night mode" }).click();
// A touch shows the controls for a while.
await take("night", () => remote.locator("#stage").hover(), remote);

clearInterval(awake);
await driver.close();
await page.close();
await rehearsal.close();
