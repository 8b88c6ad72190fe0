import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Emulator } from "../src/api.ts";
import { openEmulator } from "../src/emulator.ts";
import { openPage, type Page } from "../src/page/pageServer.ts";
import type { Progress } from "../src/page/protocol.ts";
import { findChromium, NO_CHROMIUM } from "./support/chromium.ts";
import { startPageBot } from "./support/pageBot.ts";
import { openPageDriver, type PageDriver } from "./support/pageDriver.ts";

const chromium = findChromium();
if (chromium === undefined) console.warn(NO_CHROMIUM);

describe.skipIf(chromium === undefined)("the page in Chromium", () => {
  let emulator: Emulator;
  let bot: Awaited<ReturnType<typeof startPageBot>>;
  let page: Page;
  let driver: PageDriver;
  let endWalkthrough: () => void = () => undefined;
  const walkthroughStep = new Promise<void>((resolve) => {
    endWalkthrough = resolve;
  });
  let progress: (progress: Progress | undefined) => void = () => undefined;

  beforeAll(async () => {
    emulator = await openEmulator();
    bot = await startPageBot(emulator);
    page = await openPage({
      emulator,
      port: 0,
      settings: {
        welcome: {
          heading: "Good evening",
          text: ["A Discord of ", { strong: "one" }, ". ", { link: "/more", text: "More" }],
          steps: [
            { text: ["Join the ", { strong: "lounge" }], label: "Join lounge", does: { join: "lounge" } },
            { text: ["Type ", { keys: "/play" }], label: "Type /play", does: { command: "play" } },
          ],
          closing: ["That is all there is to it."],
        },
        walkthrough: {
          label: "A group in a second",
          note: "Two of them.",
          channel: "lounge",
          captions: ["Zoe comes in.", "Zoe waits."],
        },
      },
      walkthrough: [
        { after: 0, act: ({ companion, channel }) => companion("zoe").join(channel) },
        { after: 0, act: () => walkthroughStep },
      ],
      icon: '<svg xmlns="http://www.w3.org/2000/svg"><title>Moth</title></svg>',
      files: async (path) =>
        path === "/more" ? { type: "text/plain", body: Buffer.from("There is more.") } : undefined,
      onProgress(show) {
        progress = show;
        return () => undefined;
      },
    });
    driver = await openPageDriver(page.address);
  });

  afterAll(async () => {
    await driver?.close();
    await page?.close();
    await bot?.close();
    await emulator?.close();
  });

  const at = () => driver.page;
  const focused = () =>
    at().evaluate(() => document.activeElement?.getAttribute("aria-label") ?? document.activeElement?.id);
  const type = (text: string) => at().keyboard.type(text, { delay: 15 });
  const press = (key: string) => at().keyboard.press(key);
  const tabTo = async (name: string | RegExp) => {
    for (let i = 0; i < 80; i++) {
      await press("Tab");
      const now =
        (await at().evaluate(
          () => document.activeElement?.getAttribute("aria-label") ?? document.activeElement?.textContent,
        )) ?? "";
      if (typeof name === "string" ? now.trim() === name : name.test(now.trim())) return;
    }
    throw new Error(`The keyboard never came to ${name}.`);
  };

  test("a newcomer is told what to do first", async () => {
    await at().getByRole("heading", { name: "Good evening" }).waitFor();
    await at().getByRole("button", { name: "Join lounge", exact: true }).waitFor();
    expect(await at().title()).toBe("Bot · Discord emulator");
    expect(await at().getByRole("link", { name: "More" }).getAttribute("href")).toBe("/more");
    expect(await (await fetch(`${page.address}/more`)).text()).toBe("There is more.");
    expect(await (await fetch(`${page.address}/favicon.svg`)).text()).toContain("<title>Moth</title>");
  });

  test("the keyboard alone joins a channel, runs a command with what the bot completes, and hears it", async () => {
    await tabTo(/^Join lounge \(voice channel/);
    await press("Enter");
    await at().getByRole("region", { name: "Voice" }).waitFor();
    await at().locator("#draft").focus();
    await type("/pl");
    await at()
      .getByRole("option", { name: /^\/play/ })
      .waitFor();
    await press("Enter");
    await expect.poll(focused).toBe("option-sound");
    await type("rain");
    await at().getByRole("option", { name: "Rain on the window" }).waitFor();
    await expect.poll(() => at().getByRole("listbox").getByRole("option").count()).toBe(2);
    await press("ArrowDown");
    await press("Tab");
    expect(await at().locator("#option-sound").inputValue()).toBe("Rain in the leaves");
    await tabTo("+ when");
    await press("Enter");
    await at().getByRole("option", { name: "next" }).waitFor();
    await press("ArrowDown");
    await press("Enter");
    await press("Enter");
    const answer = await driver.message("Rain in the leaves plays in #lounge, when-next.");
    expect(await answer.innerText()).toContain("Only you can see this");
    await driver.levelBecomes("heard");
    expect(await driver.level()).toBeGreaterThan(-23);
    expect(await driver.level()).toBeLessThan(-17);
    expect(emulator.messages().some(({ text }) => text.includes("plays in"))).toBe(false);
  });

  test("muting silences this page alone; unmuting brings the sound back", async () => {
    await at().getByRole("button", { name: "Mute", exact: true }).click();
    await driver.levelBecomes("silent");
    await at().getByRole("button", { name: "Unmute" }).click();
    await driver.levelBecomes("heard");
  });

  test("a button of the panel stops the sound, and it starts again", async () => {
    await driver.press("Pause");
    await driver.levelBecomes("silent");
    await driver.press("Resume");
    await driver.levelBecomes("heard");
  });

  test("a select is opened, moved through and chosen from with the keyboard", async () => {
    const select = at().getByRole("combobox", { name: /^Another sound/ });
    await select.focus();
    await press("Enter");
    expect(await select.getAttribute("aria-expanded")).toBe("true");
    await press("Escape");
    expect(await select.getAttribute("aria-expanded")).toBe("false");
    await press("ArrowDown");
    await press("End");
    await press("Enter");
    await at().getByRole("heading", { name: "Night ferry" }).waitFor();
    expect(await select.getAttribute("aria-expanded")).toBe("false");
  });

  test("a form keeps the focus, closes with Escape, and sends what was written", async () => {
    await driver.command("name");
    const form = at().getByRole("dialog", { name: "Name the evening" });
    await form.waitFor();
    await press("Escape");
    await form.waitFor({ state: "detached" });
    await expect.poll(focused).toBe("Message or command");
    await driver.command("name");
    await form.getByLabel("Name", { exact: true }).fill("A long night");
    await press("Enter");
    await driver.message("It is called A long night.");
    await form.waitFor({ state: "detached" });
  });

  test("an answer for the visitor alone can be put away, and is gone", async () => {
    const mine = await driver.message("It is called A long night.");
    await mine.getByRole("button", { name: "Dismiss message" }).click();
    await expect.poll(async () => (await driver.messages()).join()).not.toContain("It is called");
  });

  test("what Discord would refuse is said before anything is sent", async () => {
    await driver.page.locator("#draft").click();
    await type("/sleep in 9000");
    await press("Enter");
    expect(await at().getByRole("alert").innerText()).toBe("minutes is 720 or less.");
    await press("Escape");
    await at().locator("#draft").waitFor();
    await driver.command("sleep in", { minutes: "30" });
    await driver.message("Asleep in 30 minutes.");
  });

  test("companions come, sit down with the visitor, move and go home", async () => {
    await at().getByRole("button", { name: "Invite", exact: true }).click();
    const lounge = at().getByRole("list", { name: "In lounge" });
    await lounge.getByText("ana").waitFor();
    expect(emulator.members().find(({ name }) => name === "ana")?.voice?.channel).toBe("lounge");
    await at()
      .getByRole("complementary")
      .getByRole("button", { name: /^A?\s*ana/ })
      .click();
    await at().getByRole("button", { name: "Move to loft" }).click();
    await at().getByRole("list", { name: "In loft" }).getByText("ana").waitFor();
    await at().getByRole("button", { name: "Send home" }).click();
    await expect.poll(() => emulator.members().some(({ name }) => name === "ana")).toBe(false);
  });

  test("the walkthrough says what companions do, and ends with their leaving", async () => {
    const people = at().locator("#people");
    await people.getByRole("button", { name: "A group in a second" }).click();
    await at().getByText("Zoe waits.").waitFor();
    await people.getByText("zoe", { exact: true }).waitFor();
    endWalkthrough();
    await at().getByText("Zoe waits.").waitFor({ state: "detached" });
    await people.getByText("zoe", { exact: true }).waitFor({ state: "detached" });
    await people.getByRole("button", { name: "A group in a second" }).waitFor();
  });

  test("what is being prepared is shown, and goes when all is", async () => {
    progress({ text: "Rendering sounds", steps: { done: 4, total: 8 }, detail: "Slow Shore" });
    await at().getByText("Rendering sounds: 4 of 8 · Slow Shore").waitFor();
    expect(await at().getByRole("progressbar").getAttribute("value")).toBe("4");
    progress(undefined);
    await at().getByRole("progressbar").waitFor({ state: "detached" });
    progress({ text: "It ended.", sentence: { key: "botEnded", values: { bot: "Bot" } } });
    await at().getByRole("status").filter({ hasText: "Bot has ended, and is being started again." }).waitFor();
    progress({ text: "It is back.", sentence: { key: "botBack", values: { bot: "Bot" } }, hideAfter: 100 });
    await at().getByRole("status").filter({ hasText: "Bot is back." }).waitFor();
    await at().getByText("Bot is back.").waitFor({ state: "detached" });
    progress({ text: "All is ready.", hideAfter: 100 });
    await at().getByText("All is ready.").waitFor();
    await at().getByText("All is ready.").waitFor({ state: "detached" });
  });

  test("a reloaded page asks before it makes a sound, and hears again", async () => {
    await at().reload();
    await at().getByRole("button", { name: "Listen here" }).click();
    await driver.levelBecomes("heard");
  });

  test("a phone shows everything without scrolling sideways", async () => {
    await at().setViewportSize({ width: 360, height: 740 });
    const isWider = () => at().evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
    expect(await isWider()).toBe(false);
    await at().locator("#draft").click();
    await type("/");
    await at().getByRole("listbox", { name: "Commands" }).waitFor();
    expect(await isWider()).toBe(false);
    await press("Escape");
    await at().locator("#draft").fill("");
    for (const list of ["Channels", "People"]) {
      await at().getByRole("button", { name: list, exact: true }).click();
      expect(await at().getByRole("button", { name: list, exact: true }).getAttribute("aria-expanded")).toBe("true");
      expect(await isWider()).toBe(false);
      await press("Escape");
    }
    const outside = await at().evaluate(() =>
      [...document.querySelectorAll(".chat button, .chat input, .dock button, .chat summary")]
        .map((element) => element.getBoundingClientRect())
        .some(({ left, right, width }) => width > 0 && (left < 0 || right > window.innerWidth)),
    );
    expect(outside).toBe(false);
  });

  test("leaving ends the sound", async () => {
    await driver.leave();
    await driver.levelBecomes("silent");
    expect(emulator.members().find(({ name }) => name === "you")?.voice).toBeUndefined();
  });

  test("nothing on the page broke its content policy or was fetched from elsewhere", () => {
    expect(driver.complaints).toEqual([]);
    expect(bot.errors).toEqual([]);
    expect(emulator.violations).toEqual([]);
  });
});
