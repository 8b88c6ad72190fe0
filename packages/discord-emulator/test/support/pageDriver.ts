import { type Browser, chromium, type Locator, type Page } from "playwright-core";
import { findChromium } from "./chromium.ts";

/** A visitor who uses the rehearsal page as a person does: by its labels, and with the keyboard. */
export interface PageDriver {
  readonly page: Page;
  readonly browser: Browser;
  /** Joins a voice channel by a click. */
  join(channel: string): Promise<void>;
  leave(): Promise<void>;
  /**
   * Types a command and sends it with Enter, picking what the bot completes where it offers what was typed.
   * @param path e.g. "play" or "sleep in"
   */
  command(path: string, options?: Readonly<Record<string, string>>): Promise<void>;
  /** The texts of the messages that are shown, oldest first. */
  messages(): Promise<readonly string[]>;
  /** Waits until a message says so. @returns the newest that does */
  message(text: string | RegExp, limit?: number): Promise<Locator>;
  /** Presses a button of the newest message that has it. */
  press(button: string | RegExp): Promise<void>;
  /** What is heard now in dBFS, read from the page's analyser; −70 and lower is silence. */
  level(): Promise<number>;
  /** Waits until the level passes a test for half a second. @throws Error with the levels when it does not in time */
  levelBecomes(what: "heard" | "silent", limit?: number): Promise<void>;
  /** What the page has written to its console as errors, and requests that it made elsewhere. */
  readonly complaints: readonly string[];
  close(): Promise<void>;
}

const LAUNCH_ARGUMENTS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** What the meter shows as nothing. */
const FLOOR = -70;
const PAUSE = 50;
const STEADY = 500;

/**
 * Opens the page in a Chromium without a window.
 * @param options size of the window (360 pixels wide is a phone), what the browser is set to speak, and how many pixels
 *   of the screen one of the page's takes
 * @throws Error when there is no Chromium
 */
export const openPageDriver = async (
  address: string,
  {
    width = 1280,
    height = 800,
    locale = "en-US",
    scale = 1,
  }: { readonly width?: number; readonly height?: number; readonly locale?: string; readonly scale?: number } = {},
): Promise<PageDriver> => {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error("There is no Chromium.");
  const browser = await chromium.launch({ executablePath, headless: true, args: LAUNCH_ARGUMENTS });
  const page = await browser.newPage({
    viewport: { width, height },
    deviceScaleFactor: scale,
    colorScheme: "dark",
    locale,
  });
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  page.setDefaultTimeout(30_000);
  await page.goto(address);
  await page.locator(".page[data-line=open]").waitFor();

  const log = page.getByRole("log");
  const articles = log.getByRole("article");
  const voice = page.getByRole("region", { name: "Voice" });

  const level = async () =>
    Number(
      (await page
        .getByRole("meter")
        .getAttribute("aria-valuenow", { timeout: 1_000 })
        .catch(() => null)) ?? FLOOR,
    );

  const fill = async (name: string, text: string) => {
    const field = page.getByRole("combobox", { name, exact: true });
    if (!(await field.isVisible())) await page.getByRole("button", { name: `+ ${name}` }).click();
    await field.fill("");
    await field.pressSequentially(text, { delay: 10 });
    const offered = page.getByRole("listbox").getByRole("option").filter({ hasText: text });
    // What the bot does not complete is sent as it was typed.
    const isOffered = await offered
      .first()
      .waitFor({ timeout: 1_500 })
      .then(() => true)
      .catch(() => false);
    if (isOffered) await offered.first().click();
    else if (await page.getByRole("listbox").isVisible()) await field.press("Escape");
  };

  return {
    page,
    browser,
    complaints,
    async join(channel) {
      const menu = page.getByRole("button", { name: "Channels" });
      if (await menu.isVisible()) await menu.click();
      await page.getByRole("button", { name: new RegExp(`^Join ${channel} \\(`) }).click();
      await voice.getByRole("button", { name: "Leave" }).waitFor();
    },
    async leave() {
      await voice.getByRole("button", { name: "Leave" }).click();
      await voice.waitFor({ state: "detached" });
    },
    async command(path, options = {}) {
      await page.locator("#draft").click();
      await page.keyboard.type(`/${path} `, { delay: 10 });
      await page.getByRole("group", { name: `/${path}`, exact: true }).waitFor();
      for (const [name, text] of Object.entries(options)) await fill(name, text);
      await page.locator("#send").click();
      await page.locator("#draft").waitFor();
    },
    messages: () => articles.locator(".body").allInnerTexts(),
    async message(text, limit = 30_000) {
      const found = articles.filter({ hasText: text }).last();
      await found.waitFor({ timeout: limit });
      return found;
    },
    press: (button) => articles.getByRole("button", { name: button }).last().click(),
    level,
    async levelBecomes(what, limit = 30_000) {
      const seen: number[] = [];
      const end = performance.now() + limit;
      for (let since = performance.now(); performance.now() < end; await page.waitForTimeout(PAUSE)) {
        const now = await level();
        seen.push(now);
        if (now > FLOOR !== (what === "heard")) since = performance.now();
        else if (performance.now() - since >= STEADY) return;
      }
      throw new Error(`It did not become ${what}; the levels were ${seen.slice(-60).join(" ")} dBFS.`);
    },
    async close() {
      await browser.close();
    },
  };
};
