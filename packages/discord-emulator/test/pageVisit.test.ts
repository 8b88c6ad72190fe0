import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Emulator } from "../src/api.ts";
import { openEmulator } from "../src/emulator.ts";
import { openPage, type Page } from "../src/page/pageServer.ts";
import { axeViolations, SIZES } from "./support/axe.ts";
import { findChromium } from "./support/chromium.ts";
import { startPageBot } from "./support/pageBot.ts";
import { openPageDriver, type PageDriver } from "./support/pageDriver.ts";

/** Has the page say which of its timers run, by their periods, and how often its sound output has been stopped. */
const COUNT_WORK = `
  window.timers = new Map();
  const { setInterval: start, clearInterval: stop } = window;
  window.setInterval = (run, period) => { const id = start(run, period); window.timers.set(id, period); return id; };
  window.clearInterval = (id) => { window.timers.delete(id); stop(id); };
  window.rests = 0;
  const suspend = AudioContext.prototype.suspend;
  AudioContext.prototype.suspend = function () { window.rests++; return suspend.call(this); };
`;

/** How far the log is from its end, in pixels. */
const FROM_THE_END = "(log => log.scrollHeight - log.scrollTop - log.clientHeight)(document.getElementById('log'))";

describe.skipIf(findChromium() === undefined)("a visit to the page", () => {
  let emulator: Emulator;
  let bot: Awaited<ReturnType<typeof startPageBot>>;
  let page: Page;
  let driver: PageDriver;
  /** Sizes of the texts that the page's server has sent, in bytes. */
  const received: number[] = [];

  beforeAll(async () => {
    emulator = await openEmulator();
    bot = await startPageBot(emulator);
    page = await openPage({ emulator, port: 0 });
    const ana = emulator.member("ana");
    for (let i = 0; i < 60; i++) ana.send(`Good night ${i}, <t:${Math.round(Date.now() / 1_000)}:R>`);
    driver = await openPageDriver(page.address);
    at().on("websocket", (socket) =>
      socket.on("framereceived", ({ payload }) => typeof payload === "string" && received.push(payload.length)),
    );
    await at().addInitScript(COUNT_WORK);
    await at().reload();
    await at().locator(".page[data-line=open]").waitFor();
  });

  afterAll(async () => {
    await driver?.close();
    await page?.close();
    await bot?.close();
    await emulator?.close();
  });

  const at = () => driver.page;
  const press = (key: string) => at().keyboard.press(key);
  const focusedText = () => at().evaluate(() => document.activeElement?.textContent ?? "");
  const paste = async (text: string) => {
    await at().locator("#draft").click();
    await at().keyboard.insertText(text);
  };

  test("a reloaded page is at its newest message, and an answer to one's own command comes into view", async () => {
    await expect.poll(() => at().evaluate(FROM_THE_END)).toBeLessThan(2);
    await at().evaluate("document.getElementById('log').scrollTop = 0");
    await paste("/sleep in 30");
    expect(await at().locator("#option-minutes").inputValue()).toBe("30");
    await press("Enter");
    await driver.message("Asleep in 30 minutes.");
    await expect.poll(() => at().evaluate(FROM_THE_END)).toBeLessThan(2);
    for (const size of SIZES) {
      await at().setViewportSize(size);
      await expect.poll(() => at().evaluate(FROM_THE_END), { message: `${size.width}` }).toBeLessThan(2);
    }
  });

  test("an idle page draws nothing again but what the time changes, and is sent changes alone", async () => {
    await at().evaluate(
      "window.seen = []; new MutationObserver(list => window.seen.push(...list.map(({ target }) => target.className))).observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true })",
    );
    const seen = async () => [...new Set(await at().evaluate<string[]>("window.seen"))];
    await expect.poll(seen).toEqual(["time relative"]);
    expect(await at().evaluate("[...window.timers.values()]")).toEqual([1_000]);
    received.length = 0;
    emulator.member("ana").send("And one more.");
    await driver.message("And one more.");
    expect(received.reduce((sum, size) => sum + size, 0)).toBeLessThan(1_500);
  });

  test("a whole command is read by position and by name", async () => {
    await driver.join("lounge");
    await paste("/play slow shore when:NEXT");
    expect(await at().locator("#option-sound").inputValue()).toBe("slow shore");
    await press("Enter");
    await driver.message("slow shore plays in #lounge, when-next.");
    await paste("/snooze");
    await press("Enter");
    expect(await at().getByRole("alert").innerText()).toBe("No command called “/snooze”. Type / to see them all.");
    await at().locator("#draft").fill("");
  });

  test("after a lost connection the page hears again by itself", async () => {
    await driver.levelBecomes("heard");
    const port = Number(new URL(page.address).port);
    await page.close();
    await at().locator(".page[data-line=lost]").waitFor();
    await driver.levelBecomes("silent");
    page = await openPage({ emulator, port });
    await driver.levelBecomes("heard");
  });

  test("out of voice no meter runs and the sound output rests; joining again is heard again", async () => {
    await driver.leave();
    await expect.poll(() => at().evaluate("window.rests")).toBe(1);
    expect(await at().evaluate("[...window.timers.values()]")).toEqual([1_000]);
    await driver.join("lounge");
    await driver.levelBecomes("heard");
  });

  test("the messages are one stop of the Tab key; the arrows go through them, and Escape leads back", async () => {
    await at().locator("#draft").focus();
    await press("Shift+Tab");
    for (let i = 0; i < 12 && !(await at().evaluate("document.activeElement.matches('article')")); i++)
      await press("Shift+Tab");
    expect(await at().evaluate("document.activeElement.matches('article')")).toBe(true);
    const newest = await focusedText();
    await press("ArrowUp");
    expect(await focusedText()).not.toBe(newest);
    expect(await at().locator("article[tabindex='0']").count()).toBe(1);
    await press("Escape");
    expect(await at().evaluate("document.activeElement.id")).toBe("draft");
    await at().locator("article").last().focus();
    await press("/");
    await at().getByRole("listbox", { name: "Commands" }).waitFor();
    await press("Escape");
    await at().locator("#draft").fill("");
  });

  test("a message's menu closes with Escape and by a click elsewhere", async () => {
    const menu = at().getByRole("button", { name: "More actions for this message" }).last();
    const item = at().getByRole("button", { name: "Remember" });
    await menu.click();
    await item.waitFor();
    await press("Escape");
    await item.waitFor({ state: "detached" });
    expect(await menu.evaluate((element) => element === document.activeElement)).toBe(true);
    await menu.click();
    await at().getByRole("heading", { level: 1 }).click();
    await item.waitFor({ state: "detached" });
  });

  test("what the page says has its place among the messages, above what is newer, and can be put away", async () => {
    const people = at().getByRole("complementary");
    await people.getByLabel("Invite a companion").fill("ana");
    await press("Enter");
    const notice = await driver.message("ana is here already.");
    emulator.member("ana").send("Newer than that.");
    await driver.message("Newer than that.");
    expect((await driver.messages()).slice(-2)).toEqual([
      expect.stringContaining("is here already"),
      expect.stringContaining("Newer than that."),
    ]);
    await notice.getByRole("button", { name: "Dismiss message" }).click();
    await notice.waitFor({ state: "detached" });
    await people.getByLabel("Invite a companion").fill("");
  });

  test("the first stop of the Tab key leads to the line, and a code has a button that copies it", async () => {
    await at().evaluate("document.activeElement.blur()");
    await at().getByRole("heading", { level: 1 }).click();
    const skip = at().getByRole("link", { name: "Skip to the message line" });
    for (let i = 0; i < 3 && !(await skip.evaluate((link) => link === document.activeElement)); i++)
      await press("Shift+Tab");
    await skip.focus();
    expect(await skip.evaluate((link) => link.getBoundingClientRect().top)).toBeGreaterThanOrEqual(0);
    await press("Enter");
    expect(await at().evaluate("document.activeElement.id")).toBe("draft");
    emulator.member("ana").send("```\nlull:rain\n```");
    const copy = (await driver.message("lull:rain")).getByRole("button");
    await at().context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await copy.filter({ hasText: "Copy" }).click();
    await copy.filter({ hasText: "Copied" }).waitFor();
    expect(await at().evaluate("navigator.clipboard.readText()")).toBe("lull:rain");
  });

  test("in forced colours the active option, the channel one is in and the meter are still seen", async () => {
    await at().emulateMedia({ forcedColors: "active" });
    await paste("/");
    const outlined = (selector: string) =>
      at()
        .locator(selector)
        .first()
        .evaluate((of) => getComputedStyle(of).outlineStyle);
    expect(await outlined(".offer li.active")).toBe("solid");
    expect(await outlined(".channel[aria-current]")).toBe("solid");
    expect(await outlined(".channel.here")).toBe("solid");
    expect(
      await at()
        .getByRole("meter")
        .evaluate((meter) => getComputedStyle(meter).borderStyle),
    ).toBe("solid");
    await at().locator("#draft").fill("");
    await at().emulateMedia({ forcedColors: "none" });
  });

  test("the page speaks the visitor's language", async () => {
    await at().getByLabel("Your language").selectOption("de");
    await at().getByPlaceholder("Mit / siehst du, was Bot kann").waitFor();
    expect(await at().evaluate("document.documentElement.lang")).toBe("de");
    await at().getByLabel("Deine Sprache").selectOption("en-US");
    await at().getByPlaceholder("Type / for what Bot can do").waitFor();
  });

  test("the visitor gives and takes the bot's permissions, and invites it to speak on a stage", async () => {
    const people = at().getByRole("complementary");
    await people.getByRole("button", { name: /^Bot/ }).click();
    await people.getByLabel("Move Members").check();
    await expect.poll(() => (emulator.botPermissions() & (1n << 24n)) !== 0n).toBe(true);
    await people.getByLabel("Speak").uncheck();
    await expect.poll(() => (emulator.botPermissions() & (1n << 21n)) !== 0n).toBe(false);
    await people.getByLabel("Speak").check();
    await driver.join("stage");
    const invites = at().getByRole("button", { name: "Invite to speak" });
    // Moved while it still connects, a bot may go back to where it had asked to be.
    const isOnStage = () => {
      if (emulator.botChannel() !== "stage") emulator.faults.moveBot("stage");
      return invites.isVisible();
    };
    await expect.poll(isOnStage).toBe(true);
    await invites.click();
    await at().getByRole("button", { name: "Move to the audience" }).waitFor();
    expect(emulator.members().find(({ bot }) => bot)?.voice?.suppressed).toBe(false);
  });

  test("axe finds nothing in any state, at three sizes", async () => {
    for (const size of SIZES) {
      const look = async (state: string) => expect(await axeViolations(at()), `${size.width} ${state}`).toEqual([]);
      await at().setViewportSize(size);
      for (const name of ["Channels", "People"]) {
        const drawer = at().getByRole("button", { name, exact: true });
        if (!(await drawer.isVisible())) continue;
        await drawer.click();
        await look(name);
        await press("Escape");
        expect(await drawer.evaluate((element) => element === document.activeElement)).toBe(true);
      }
      await paste("/");
      await look("commands");
      await at().locator("#draft").fill("");
      await at().getByRole("button", { name: "More actions for this message" }).last().click();
      await look("menu");
      await press("Escape");
      await at()
        .getByRole("combobox", { name: /^Another sound/ })
        .last()
        .press("ArrowDown");
      await look("select");
      await press("Escape");
      await driver.command("name");
      await at().getByRole("dialog").waitFor();
      await press("Enter");
      await at().getByRole("alert").waitFor();
      await look("form");
      await press("Escape");
    }
    expect(driver.complaints.filter((each) => !each.includes("WebSocket"))).toEqual([]);
    expect(bot.errors).toEqual([]);
  });

  test("on a phone, the buttons of the voice channel cover nothing that is said there", async () => {
    await driver.join("lounge");
    // Another window has the sound: that takes most words.
    const phone = await openPageDriver(page.address, { width: 320, height: 640, locale: "de" });
    const dock = phone.page.locator(".dock");
    const buttons = await dock.locator(".dock-buttons").boundingBox();
    const words = await dock.locator("p[role=status]").evaluate((status) => {
      const range = document.createRange();
      range.selectNodeContents(status);
      const { bottom, right } = range.getBoundingClientRect();
      return { bottom, right };
    });
    expect(words.bottom <= buttons!.y || words.right <= buttons!.x).toBe(true);
    expect(buttons!.x + buttons!.width).toBeLessThanOrEqual(320);
    await phone.close();
  });
});
