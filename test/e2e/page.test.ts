import { openPage, type Page } from "discord-emulator";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { axeViolations, SIZES } from "../../packages/discord-emulator/test/support/axe.ts";
import { findChromium } from "../../packages/discord-emulator/test/support/chromium.ts";
import { openPageDriver, type PageDriver } from "../../packages/discord-emulator/test/support/pageDriver.ts";
import { lullPage } from "../../src/rehearsal/lullPage.ts";
import { openRehearsal, type Rehearsal } from "./openRehearsal.ts";

describe.skipIf(findChromium() === undefined)("Lull on the page, in Chromium", () => {
  let rehearsal: Rehearsal;
  let page: Page;
  let driver: PageDriver;

  beforeAll(async () => {
    rehearsal = await openRehearsal({ sounds: ["brown-noise"] });
    page = await openPage({ emulator: rehearsal, port: 0, ...lullPage() });
    driver = await openPageDriver(page.address);
    await driver.join("lounge");
  });
  afterAll(async () => {
    await driver?.close();
    await page?.close();
    await rehearsal?.close();
  });

  const at = () => driver.page;
  const dialog = () => at().getByRole("dialog");
  const submit = () => dialog().getByRole("button", { name: "Submit" });
  const form = async (path: string) => {
    await driver.command(path);
    await dialog().waitFor();
  };
  /** At a phone's size, a tablet's and a desktop's, at which it ends. */
  const axeFindsNothing = async () => {
    for (const size of SIZES) {
      await at().setViewportSize(size);
      expect(await axeViolations(at()), `${size.width}`).toEqual([]);
    }
  };

  test("the visitor gives up being a moderator, is refused, and is one again", async () => {
    await at().getByLabel("I am a moderator").uncheck();
    await driver.command("settings");
    await driver.message(/Only members who can manage/);
    await at().getByLabel("I am a moderator").check();
    await driver.command("settings");
    await driver.message("Server settings");
    await axeFindsNothing();
  });

  test("/avoid says what each choice does, has one chosen, and adds a kind to those that are chosen", async () => {
    await form("avoid");
    const when = dialog().getByRole("group", { name: "When such a sound comes up" });
    expect(await when.getByRole("radio", { checked: true }).count()).toBe(1);
    const rule = await when.getByRole("radio").nth(1).getAttribute("aria-describedby");
    expect(await dialog().locator(`[id="${rule}"]`).innerText()).toMatch(/others may guess/);
    const kinds = dialog().getByRole("group", { name: /^Kinds of sound to avoid/ });
    for (const kind of ["rain", "fire"]) await kinds.getByLabel(kind, { exact: true }).check();
    expect(await kinds.getByRole("checkbox", { checked: true }).count()).toBe(2);
    await axeFindsNothing();
    await submit().click();
    await driver.message(/avoiding: .*rain.*fire/s);
    await dialog().waitFor({ state: "detached" });
  });

  test("a time that isn't one closes the form, and opens it again as it was filled in", async () => {
    await driver.press(/quiet hours/i);
    await dialog().getByLabel("From").fill("half past");
    await submit().click();
    await driver.message(/understand the start time/);
    await dialog().waitFor({ state: "detached" });
    await driver.press("Open the form again");
    expect(await dialog().getByLabel("From").inputValue()).toBe("half past");
    await at().keyboard.press("Escape");
  });

  test("adding a recording fits a phone, its button in view, and a refusal names the field", async () => {
    await at().setViewportSize(SIZES[0]);
    await form("sounds add");
    expect(await dialog().evaluate(({ scrollWidth, clientWidth }) => scrollWidth <= clientWidth)).toBe(true);
    const { x = 0, y = 0, width = 0, height = 0 } = (await submit().boundingBox()) ?? {};
    expect(x + width).toBeLessThan(SIZES[0].width);
    expect(y + height).toBeLessThan(SIZES[0].height);
    await submit().click();
    expect(await dialog().getByRole("alert").innerText()).toBe("Fill in “Recording”.");
    await at().keyboard.press("Escape");
    await at().setViewportSize(SIZES[2]);
  });

  test("/sample plays in the page, and is as long as it says", async () => {
    await driver.command("sample sound", { sound: "Deep Brown" });
    const audio = (await driver.message(/20-second preview/)).locator("audio");
    const { headers } = await fetch((await audio.getAttribute("src")) ?? "");
    expect(headers.get("content-type")).toBe("audio/ogg");
    const played = () => audio.evaluate((element: HTMLAudioElement) => element.currentTime);
    await audio.evaluate((element: HTMLAudioElement) => {
      element.muted = true;
      return element.play();
    });
    await expect.poll(played).toBeGreaterThan(0);
    expect(await audio.evaluate((element: HTMLAudioElement) => Math.round(element.duration))).toBe(20);
    await audio.evaluate((element: HTMLAudioElement) => element.pause());
  });

  test("a moon is seen as it is sent, and counts once on the panel", async () => {
    await driver.command("play", { sound: "Deep Brown" });
    await driver.levelBecomes("heard");
    const moon = at().getByRole("button", { name: "Send a moon" });
    for (const _ of [1, 2]) await moon.click();
    await at().getByRole("status").getByText("Sent: Send a moon").first().waitFor();
    await at().getByRole("button", { name: "Tingle · 1" }).waitFor();
    await axeFindsNothing();
    await expect.poll(() => at().locator(".effect").count()).toBe(0);
  });

  test("in another language the page says so, and what is for the visitor alone is in it", async () => {
    await at().getByLabel("Your language").selectOption("fr");
    await at().locator("html[lang=fr]").waitFor();
    await at().locator("#draft").fill("/");
    expect(await at().getByRole("option").filter({ hasText: "/jouer" }).count()).toBeGreaterThan(0);
    await at().keyboard.press("Escape");
    await at().locator("#draft").fill("");
    await driver.press("Too much for me");
    await at().locator("article.ephemeral .said[lang=fr]").last().waitFor();
    await axeFindsNothing();
    await at().getByLabel("Ta langue").selectOption("en-US");
  });

  test("nothing was wrong on the way", () => {
    expect(driver.complaints).toEqual([]);
    expect(rehearsal.violations).toEqual([]);
  });
});
