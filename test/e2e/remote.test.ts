import { setTimeout as sleep } from "node:timers/promises";
import type { Member } from "discord-emulator";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findChromium } from "../../packages/discord-emulator/test/support/chromium.ts";
import { seconds } from "../../src/kernel/units.ts";
import type { ServerMessage } from "../../src/remote/protocol.ts";
import { crampedIn, unreachedIn, violationsIn } from "./accessibility.ts";
import { levelIn } from "./levels.ts";
import { openRehearsal, type Rehearsal } from "./openRehearsal.ts";

const executablePath = findChromium();

/** The address of the first link button in an answer. */
const linkIn = (value: unknown): string | undefined => {
  if (typeof value !== "object" || value === null) return undefined;
  const { url } = value as { readonly url?: unknown };
  if (typeof url === "string" && url.includes("#")) return url;
  return Object.values(value)
    .map(linkIn)
    .find((found) => found !== undefined);
};

describe.skipIf(executablePath === undefined)("the remote in a browser", () => {
  let rehearsal: Rehearsal;
  let browser: Browser;
  let [ana, bo]: Member[] = [];
  let [anas, bos]: Page[] = [];
  const complaints: string[] = [];
  const elsewhere: string[] = [];

  const openPage = async (link: string, width: number, height: number): Promise<Page> => {
    const page = await browser.newPage({ viewport: { width, height }, locale: "en-GB", hasTouch: true });
    page.setDefaultTimeout(30_000);
    page.on("pageerror", (error) => complaints.push(String(error)));
    page.on("console", (said) => said.type() === "error" && complaints.push(said.text()));
    page.on("request", (request) => request.url().startsWith(new URL(link).origin) || elsewhere.push(request.url()));
    await page.goto(link);
    return page;
  };
  const rootOf = (page: Page) => page.locator("html");
  const linkFor = async (member: Member) => linkIn((await member.slash("remote")).raw) ?? "";
  const status = (page: Page, text: string | RegExp) => page.getByRole("status").filter({ hasText: text }).waitFor();
  const valueBecomes = (page: Page, name: RegExp, value: string) =>
    expect.poll(() => page.getByRole("slider", { name }).inputValue()).toBe(value);

  beforeAll(async () => {
    rehearsal = await openRehearsal({
      sounds: ["brown-noise"],
      environment: { LULL_HTTP: "127.0.0.1:0", LULL_REMOTE: "on" },
    });
    const args = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"];
    browser = await chromium.launch({ ...(executablePath !== undefined && { executablePath }), args });
    [ana, bo] = [await rehearsal.member("ana").join("lounge"), await rehearsal.member("bo").join("lounge")];
    await ana.slash("play", { sound: "brown-noise" });
    anas = await openPage(await linkFor(ana), 320, 640);
    bos = await openPage(await linkFor(bo), 1_280, 800);
    for (const page of [anas, bos]) await page.getByRole("slider", { name: /^Deep Brown/ }).waitFor();
  });
  afterAll(async () => {
    await browser?.close();
    await rehearsal?.close();
  });

  test("a link is for one member, and leaves neither the address nor the answer to others", async () => {
    const answer = await ana!.slash("remote");
    expect(answer).toMatchObject({ ephemeral: true, text: expect.stringContaining("Keep it to yourself") });
    // A new link takes the place of the earlier one.
    const link = linkIn(answer.raw) ?? "";
    await anas!.goto(link);
    await anas!.getByRole("slider", { name: /^Deep Brown/ }).waitFor();
    expect(anas!.url()).not.toContain("#");
    await anas!.reload();
    await anas!.getByRole("slider", { name: /^Deep Brown/ }).waitFor();
  });

  test("a slider that is moved on one page moves on the other, and the sound goes along on a ramp", async () => {
    const moving = sleep(900).then(() => anas!.getByRole("slider", { name: /^Deep Brown/ }).fill("-24"));
    const heard = await rehearsal.listen(seconds(3.5), { as: "bo" });
    await moving;
    await valueBecomes(bos!, /^Deep Brown/, "-24");
    const [before, after] = [levelIn(heard, 0.2, 0.8), levelIn(heard, 3, 3.4)];
    expect(before - after).toBeGreaterThan(18);
    // A step would be over within a frame.
    expect(heard.levels.filter((each) => each < before - 6 && each > after + 6).length).toBeGreaterThan(15);
  });

  test("a sound that is dragged around the head goes along on a ramp; keys and menus move it, too", async () => {
    const [anas_, bos_] = [anas!, bos!].map((page) => page.getByRole("slider", { name: /^Position: Deep Brown/ }));
    const placeBecomes = (handle: typeof anas_, place: string) =>
      expect.poll(() => handle!.getAttribute("aria-valuetext")).toBe(place);
    const point = async (x: number, y: number) => {
      const box = (await anas!.locator("#head").boundingBox())!;
      return [box.x + x * box.width, box.y + y * box.height] as const;
    };
    const dragging = sleep(900).then(async () => {
      await anas_!.scrollIntoViewIfNeeded();
      await anas!.mouse.move(...(await point(0.5, 0.5)));
      await anas!.mouse.down();
      await anas!.mouse.move(...(await point(0.2, 0.47)), { steps: 4 });
      await anas!.mouse.up();
    });
    const heard = await rehearsal.listen(seconds(4.5), { as: "bo" });
    await dragging;
    for (const handle of [anas_, bos_]) await placeBecomes(handle, "left");
    await expect.poll(() => bos!.getByRole("combobox", { name: /^Position: Deep Brown/ }).inputValue()).toBe("left");
    // A head shadows high tones, of which differences are made.
    const power = (samples: Float32Array, from: number, to: number) => {
      let sum = 0;
      for (let i = Math.round(from * 48_000) + 1; i < Math.round(to * 48_000); i++)
        sum += (samples[i]! - samples[i - 1]!) ** 2;
      return sum;
    };
    const lead = (from: number, to: number) =>
      10 * Math.log10(power(heard.left, from, to) / power(heard.right, from, to));
    expect(Math.abs(lead(0.2, 0.8))).toBeLessThan(1);
    const [after, fifths] = [lead(4, 4.4), Array.from({ length: 22 }, (_, at) => lead(at / 5, (at + 1) / 5))];
    expect(after).toBeGreaterThan(6);
    expect(fifths.filter((each) => each > 0.2 * after && each < 0.8 * after).length).toBeGreaterThan(1);
    await bos_!.press("ArrowUp");
    await placeBecomes(anas_, "near");
    await bos_!.press("Home");
    await placeBecomes(anas_, "in the middle");
    await bos!.getByRole("combobox", { name: /^Position: Deep Brown/ }).selectOption("circling slowly");
    await placeBecomes(anas_, "circling slowly");
  });

  test("the timer is pushed further, with a thumb and with the keyboard, for everyone", async () => {
    await anas!.getByRole("button", { name: "+15 min" }).click();
    await bos!.getByText(/^Silent at /).waitFor();
    const ring = anas!.locator("#ring");
    await ring.scrollIntoViewIfNeeded();
    const { x, y, width, height } = (await ring.boundingBox())!;
    const point = (turn: number) =>
      [
        x + width / 2 + 0.42 * width * Math.sin(2 * Math.PI * turn),
        y + height / 2 - 0.42 * height * Math.cos(2 * Math.PI * turn),
      ] as const;
    await anas!.mouse.move(...point(0.5));
    await anas!.mouse.down();
    await anas!.mouse.move(...point(0.7));
    await anas!.mouse.move(...point(0.75));
    await anas!.mouse.up();
    // Half an hour, and a quarter of a turn more.
    await valueBecomes(bos!, /Sleep timer/, "45");
    await bos!.getByRole("slider", { name: "Sleep timer" }).press("ArrowRight");
    await valueBecomes(anas!, /Sleep timer/, "50");
    // Without dragging; the second press is quicker than the answer to the first.
    for (const _ of [1, 2]) await anas!.getByRole("button", { name: "−5 min" }).click();
    await valueBecomes(bos!, /Sleep timer/, "40");
  });

  test("a member without rights is refused as by the command", async () => {
    await anas!.getByRole("button", { name: "Softer" }).click();
    await bos!.locator("#volume", { hasText: "soft" }).waitFor();
    await bos!.getByRole("button", { name: "Louder" }).click();
    const { text } = await bo!.slash("loudness", { step: "normal" });
    await status(bos!, text);
    await anas!.getByRole("button", { name: "Louder" }).click();
    await bos!.locator("#volume", { hasText: "normal" }).waitFor();
  });

  test.each([
    [320, 640],
    [768, 1_024],
    [1_440, 900],
  ])("nobody is shut out at %i by %i, and nothing scrolls sideways", async (width, height) => {
    await bos!.setViewportSize({ width, height });
    expect(await crampedIn(rootOf(bos!))).toEqual([]);
    expect(await violationsIn(rootOf(bos!))).toEqual([]);
  });

  test("with the keyboard alone, every control is reached, seen to have the focus, and pressed", async () => {
    expect(await unreachedIn(bos!)).toEqual([]);
    const pause = bos!.getByRole("button", { name: "Pause" });
    await pause.focus();
    await bos!.keyboard.press("Space");
    await anas!.getByRole("button", { name: "Resume" }).waitFor();
    expect(await violationsIn(rootOf(bos!))).toEqual([]);
    await bos!.keyboard.press("Enter");
    await anas!.getByRole("button", { name: "Pause" }).waitFor();
  });

  test("a screen reader is told what each control is, and how it stands", async () => {
    const told = (await bos!.locator("main").ariaSnapshot()).matchAll(
      /- '?((?:img|heading|region|button|slider|combobox|textbox) "[^"]*")/g,
    );
    expect([...told].map(([, what]) => what)).toEqual([
      expect.stringMatching(/^img ".{20,}"$/),
      'heading "Deep Brown"',
      'button "Breathing Hands"',
      ...["Pause", "Skip", "Stop"].map((name) => `button "${name}"`),
      ...['region "Volume"', 'button "Softer"', 'button "Louder"'],
      ...[
        'region "Sleep timer"',
        'heading "Sleep timer"',
        'slider "Sleep timer"',
        'button "+15 min"',
        'button "−5 min"',
      ],
      'button "Night mode"',
      ...['region "Mixer"', 'heading "Mixer"', 'slider "Deep Brown"', 'combobox "Position: Deep Brown"'],
      ...['region "Around your head"', 'heading "Around your head"', 'slider "Position: Deep Brown"'],
      ...['region "Wake-ups"', 'heading "Wake-ups"', 'textbox "Time"'],
      ...['button "Wake everyone here"', 'button "Wake me"'],
    ]);
    for (const [name, value] of [
      ["Sleep timer", /^\d+ minutes$/],
      ["Deep Brown", "−24 dB"],
      ["Position: Deep Brown", "circling slowly"],
    ] as const)
      expect(await bos!.getByRole("slider", { name, exact: true }).getAttribute("aria-valuetext")).toMatch(value);
    // What a press changes elsewhere on the page is said.
    const said = bos!.locator("[aria-live=polite]:visible");
    expect(await said.allTextContents()).toEqual(["normal", expect.stringMatching(/^Silent at /)]);
  });

  test("a refusal, the fade and its end are said, and shut nobody out either", async () => {
    const page = bos!;
    await page.setViewportSize({ width: 320, height: 640 });
    await page.getByRole("button", { name: "Softer" }).click();
    await page.getByRole("button", { name: "Louder" }).click();
    await status(page, /^Anyone can turn it down/);
    expect(await violationsIn(rootOf(page))).toEqual([]);
    await anas!.getByRole("button", { name: "Louder" }).click();
    // Shorter than its fade: it fades from the beginning.
    await ana!.slash("sleep in", { duration: "1m" });
    await page.getByText(/^Silent at /).waitFor();
    for (const check of [violationsIn, crampedIn]) expect(await check(rootOf(page))).toEqual([]);
    await ana!.slash("sleep in", { duration: "50m" });
    await valueBecomes(page, /Sleep timer/, "50");
    // For what follows: an evening and a wake-up are shown, too.
    await ana!.slash("evening schedule", {
      programme: "sleep",
      at: "22:30",
      zone: "UTC",
      channel: rehearsal.channel("lounge").id,
    });
    await page.getByLabel("Time", { exact: true }).fill("07:30");
    await page.getByRole("button", { name: "Wake me" }).click();
    await page.getByRole("region", { name: "Wake-ups" }).getByRole("listitem").waitFor();
    for (const check of [violationsIn, crampedIn]) expect(await check(rootOf(page))).toEqual([]);
  });

  test.each([
    ["de", "Pause"],
    ["es-ES", "Pausa"],
    ["fr", "Pause"],
    ["ja", "一時停止"],
  ])("in %s, words fit at 320 pixels, and nobody is shut out", async (locale, pause) => {
    rehearsal.member("bo", { locale });
    const page = await openPage(await linkFor(bo!), 320, 640);
    await page.getByRole("button", { name: pause, exact: true }).waitFor();
    for (const check of [violationsIn, crampedIn]) expect(await check(rootOf(page))).toEqual([]);
    await page.close();
  });

  test("in English again, on a device that is slow to draw, the picture is of its moment", async () => {
    rehearsal.member("bo", { locale: "en-GB" });
    await bos!.goto(await linkFor(bo!));
    await bos!.getByRole("slider", { name: /^Deep Brown/ }).waitFor();
    await expect.poll(() => bos!.workers().length).toBe(1);
    const [worker] = bos!.workers();
    await worker!.evaluate(() => {
      const { prototype } = OffscreenCanvasRenderingContext2D;
      const { putImageData } = prototype;
      const own = globalThis as unknown as { drawn: number };
      own.drawn = 0;
      prototype.putImageData = function (this: OffscreenCanvasRenderingContext2D, ...image: unknown[]) {
        for (const until = performance.now() + 200; performance.now() < until; );
        own.drawn += 1;
        return Reflect.apply(putImageData, this, image);
      } as typeof putImageData;
    });
    const drawn = () => worker!.evaluate(() => (globalThis as unknown as { drawn: number }).drawn);
    await expect.poll(drawn).toBeGreaterThan(5);
    await bos!.emulateMedia({ reducedMotion: "reduce" });
    await sleep(1_000);
    const before = await drawn();
    await sleep(1_000);
    expect(await drawn()).toBe(before);
    await bos!.emulateMedia({ reducedMotion: "no-preference" });
  });

  test("after two minutes it is black, and the touch that wakes it presses nothing", async () => {
    await ana!.slash("sleep in", { duration: "50m" });
    await bos!.setViewportSize({ width: 320, height: 900 });
    await bos!.clock.install();
    await bos!.reload();
    const pause = bos!.getByRole("button", { name: "Pause" });
    await bos!.getByRole("slider", { name: /^Deep Brown/ }).waitFor();
    const { x, y } = (await pause.boundingBox())!;
    const cover = bos!.locator("#dark");
    await bos!.clock.fastForward("02:01");
    await bos!.locator("html.dark").waitFor();
    await bos!.clock.fastForward("00:21");
    await expect.poll(() => cover.evaluate((dark) => getComputedStyle(dark).visibility)).toBe("visible");
    expect(await violationsIn(rootOf(bos!))).toEqual([]);
    await bos!.touchscreen.tap(x + 20, y + 20);
    await bos!.locator("html:not(.dark)").waitFor();
    // A request would have been answered before this one.
    await bos!.getByRole("button", { name: "+15 min" }).click();
    await valueBecomes(anas!, /Sleep timer/, "65");
    expect(await pause.isVisible()).toBe(true);
  });

  test("night mode fills the screen and goes black with the fade; a touch shows what wakes the sound", async () => {
    const page = anas!;
    const loudness: ServerMessage[] = [];
    let ahead = 0;
    // The page takes it to be later than it is: the timer has run out there.
    await page.routeWebSocket(/socket$/, (own) => {
      const server = own.connectToServer();
      const early: ServerMessage[] = [];
      const pass = (message: ServerMessage) =>
        own.send(JSON.stringify(message.type === "clock" ? { ...message, now: message.now + ahead } : message));
      server.onMessage((data) => {
        const message = JSON.parse(String(data)) as ServerMessage;
        if (message.type === "loudness") loudness.push(message);
        const { timer } = message.type === "state" ? message.state : {};
        if (timer) ahead ||= timer.endsAt - Date.now() + 1_000;
        // The time is told once: not before it is known when the timer ends.
        if (message.type === "clock" && ahead === 0) early.push(message);
        else pass(message);
        if (ahead > 0) for (const held of early.splice(0)) pass(held);
      });
    });
    await page.setViewportSize({ width: 390, height: 844 });
    await page.reload();
    await page.getByRole("button", { name: "Night mode" }).click();
    const visual = page.locator("#visual");
    const light = () => visual.evaluate((canvas: HTMLElement) => Number(canvas.style.opacity));
    expect((await visual.boundingBox())?.width).toBe(390);
    expect(await page.locator("#controls").evaluate((controls: HTMLElement) => controls.inert)).toBe(true);
    expect(await violationsIn(rootOf(page))).toEqual([]);
    const seen = new Set<number>();
    await expect.poll(async () => seen.add(await light()).has(0), { timeout: 50_000, interval: 100 }).toBe(true);
    expect([...seen].filter((each) => each > 0.1 && each < 0.7).length).toBeGreaterThan(3);
    await page.locator("html:not(.awake)").waitFor();
    await page.touchscreen.tap(195, 200);
    await page.locator("html.awake").waitFor();
    await page.locator("#night-controls").getByRole("button", { name: "+15 min" }).click();
    await expect.poll(light).toBeGreaterThan(0.1);
    await page.keyboard.press("Escape");
    await page.locator("html:not(.night)").waitFor();
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe("night");
    await expect.poll(() => loudness.length).toBeGreaterThan(0);
    expect(loudness[0]).toMatchObject({ step: 200, levels: { length: 80 } });
  });

  test("leaving the channel closes the page, and coming back opens it again", async () => {
    await bo!.leave();
    await status(bos!, "You are no longer in the voice channel.");
    expect(await bos!.getByRole("slider").count()).toBe(0);
    expect(await violationsIn(rootOf(bos!))).toEqual([]);
    await bo!.join("lounge");
    await bos!.getByRole("button", { name: "Connect again" }).click();
    await bos!.getByRole("slider", { name: /^Deep Brown/ }).waitFor();
  });

  test("stopping takes two presses, and a vote where others listen; nothing is asked of anyone else", async () => {
    await bos!.getByRole("button", { name: "Stop" }).click();
    await bos!.getByRole("button", { name: "Press again to stop for everyone" }).click();
    for (const page of [anas!, bos!]) await status(page, "1 of 2 votes to stop.");
    expect(elsewhere).toEqual([]);
    expect(complaints).toEqual([]);
  });

  test("when the bot is gone, the page says so and tries again", async () => {
    await rehearsal.bot().kill();
    for (const page of [anas!, bos!]) await status(page, "The connection was lost. It is being tried again.");
    expect(await violationsIn(rootOf(bos!))).toEqual([]);
  });
});
