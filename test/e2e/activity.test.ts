import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { EVERYONE_PERMISSIONS, type Member, openPage, type Page as ServedPage } from "discord-emulator";
import { type Browser, chromium, type FrameLocator, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findChromium } from "../../packages/discord-emulator/test/support/chromium.ts";
import { seconds } from "../../src/kernel/units.ts";
import { activityIn } from "../../src/rehearsal/activityIn.ts";
import { crampedIn, violationsIn } from "./accessibility.ts";
import { levelIn } from "./levels.ts";
import { openRehearsal, type Rehearsal } from "./openRehearsal.ts";

const executablePath = findChromium();

describe.skipIf(executablePath === undefined)("the activity in Discord's page", () => {
  let rehearsal: Rehearsal;
  let browser: Browser;
  const served: ServedPage[] = [];
  let [ana, bo]: Member[] = [];
  let [anas, bos]: Page[] = [];
  const complaints: string[] = [];
  /** What the pages have asked for, sockets included. */
  const addresses: string[] = [];

  const openFor = async (userName: string, width: number, height: number): Promise<Page> => {
    const discord = await openPage({
      emulator: rehearsal,
      port: 0,
      userName,
      activity: () =>
        rehearsal
          .bot()
          .lines.map(activityIn)
          .findLast((found) => found !== undefined),
    });
    served.push(discord);
    const isMobile = width < 500;
    const page = await browser.newPage({ viewport: { width, height }, locale: "en-GB", hasTouch: isMobile, isMobile });
    await page.addInitScript(() => {
      const { prototype } = Worker;
      const { postMessage } = prototype;
      prototype.postMessage = function (this: Worker, ...message: unknown[]) {
        const { dataset } = document.documentElement;
        dataset.drawn = String(Number(dataset.drawn ?? 0) + 1);
        dataset.ahead = String((message[0] as { at?: number }).at! - Date.now());
        return Reflect.apply(postMessage, this, message);
      } as typeof postMessage;
    });
    page.setDefaultTimeout(30_000);
    page.on("pageerror", (error) => complaints.push(String(error)));
    page.on("console", (said) => said.type() === "error" && complaints.push(said.text()));
    page.on("request", (request) => addresses.push(request.url()));
    page.on("websocket", (socket) => addresses.push(socket.url()));
    await page.goto(discord.address);
    await page.locator(".page[data-line=open]").waitFor();
    return page;
  };
  /** The activity's own page, inside two frames. */
  const activityOf = (page: Page) => page.frameLocator("#activity").frameLocator("iframe");
  const launch = async (page: Page, until = "Pause") => {
    await page.getByRole("button", { name: "Open Lull’s activity" }).click();
    await activityOf(page).getByRole("button", { name: until }).waitFor();
  };
  const valueBecomes = (frame: FrameLocator, name: string, value: string) =>
    expect.poll(() => frame.getByRole("slider", { name, exact: true }).inputValue()).toBe(value);
  const status = (frame: FrameLocator, text: string | RegExp) =>
    frame.getByRole("status").filter({ hasText: text }).waitFor();

  let [anasActivity, bosActivity]: FrameLocator[] = [];

  beforeAll(async () => {
    rehearsal = await openRehearsal({
      sounds: ["brown-noise"],
      environment: { LULL_HTTP: "127.0.0.1:0", LULL_ACTIVITY: "on" },
    });
    const args = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"];
    browser = await chromium.launch({ ...(executablePath !== undefined && { executablePath }), args });
    [ana, bo] = [await rehearsal.member("ana").join("lounge"), await rehearsal.member("bo").join("lounge")];
    [anas, bos] = [await openFor("ana", 390, 844), await openFor("bo", 1_280, 800)];
    // A page's user is a moderator at first.
    rehearsal.member("bo", { permissions: EVERYONE_PERMISSIONS });
    await ana.slash("play", { sound: "brown-noise" });
    [anasActivity, bosActivity] = [activityOf(anas), activityOf(bos)];
    for (const page of [anas, bos]) await launch(page);
  });
  afterAll(async () => {
    await browser?.close();
    for (const page of served) await page.close();
    await rehearsal?.close();
  });

  test("those who have it open are told of each other", async () => {
    for (const frame of [anasActivity!, bosActivity!]) await frame.getByText("Open for ana and bo").waitFor();
    expect(ana!.activity()?.instanceId).toBe(bo!.activity()?.instanceId);
  });

  test("both see the same moment of the visual, to a tenth of a second", async () => {
    const ahead = ({ dataset }: HTMLElement) => Number(dataset.ahead);
    const both = () => Promise.all([anasActivity!, bosActivity!].map((frame) => frame.locator("html").evaluate(ahead)));
    await expect.poll(async () => (await both()).every(Number.isFinite)).toBe(true);
    const [anas = 0, bos = 0] = await both();
    expect(Math.abs(anas - bos)).toBeLessThan(100);
  });

  test("a slider that is moved in one is moved in the other, and the sound goes along on a ramp", async () => {
    const moving = sleep(900).then(() =>
      anasActivity!.getByRole("slider", { name: "Deep Brown", exact: true }).fill("-24"),
    );
    const heard = await rehearsal.listen(seconds(3.5), { as: "bo" });
    await moving;
    await valueBecomes(bosActivity!, "Deep Brown", "-24");
    const [before, after] = [levelIn(heard, 0.2, 0.8), levelIn(heard, 3, 3.4)];
    expect(before - after).toBeGreaterThan(18);
    // A step would be over within a frame.
    expect(heard.levels.filter((each) => each < before - 6 && each > after + 6).length).toBeGreaterThan(15);
  });

  test("around the head in one, a sound moves in the other; night mode fills what there is and is left again", async () => {
    const [anas, bosHandle] = [anasActivity!, bosActivity!].map((frame) =>
      frame.getByRole("slider", { name: "Position: Deep Brown" }),
    );
    await anas!.press("ArrowRight");
    await expect.poll(() => bosHandle!.getAttribute("aria-valuetext")).toBe("right");
    await anas!.press("Home");
    await anasActivity!.getByRole("button", { name: "Night mode" }).click();
    await anasActivity!.locator("html.night").waitFor();
    await anasActivity!.getByRole("button", { name: "Leave night mode" }).press("Enter");
    await anasActivity!.locator("html:not(.night)").waitFor();
  });

  test("the timer is pushed further for everyone, and what the commands refuse is refused", async () => {
    await anasActivity!.getByRole("button", { name: "+15 min" }).click();
    await bosActivity!.getByText(/^Silent at /).waitFor();
    await bosActivity!.getByRole("button", { name: "+15 min" }).click();
    await valueBecomes(anasActivity!, "Sleep timer", "45");
    await anasActivity!.getByRole("button", { name: "Softer" }).click();
    await bosActivity!.locator("#volume", { hasText: "soft" }).waitFor();
    await bosActivity!.getByRole("button", { name: "Louder" }).click();
    const refusal = (await bo!.slash("loudness", { step: "normal" })).text;
    await status(bosActivity!, refusal);
    await anasActivity!.getByRole("button", { name: "+15 min" }).click();
    await valueBecomes(bosActivity!, "Sleep timer", "60");
    await status(bosActivity!, refusal);
  });

  test("a phone keeps its screen upright, and draws fewer pictures when it is warm, and none when it is hot", async () => {
    const root = anasActivity!.locator("html");
    const drawnIn = (milliseconds: number) =>
      root.evaluate(async ({ dataset }, wait) => {
        const [before, begun] = [Number(dataset.drawn), performance.now()];
        await new Promise((resolve) => setTimeout(resolve, wait));
        return { pictures: Number(dataset.drawn) - before, took: (performance.now() - begun) / 1_000 };
      }, milliseconds);
    await expect.poll(() => ana!.activity()?.orientationLock()).toBe(2);
    expect(bo!.activity()?.orientationLock()).toBeUndefined();
    await expect.poll(async () => (await drawnIn(200)).pictures).toBeGreaterThan(0);
    ana!.activity()?.setThermalState(2);
    await anasActivity!.locator('html[data-pictures="few"]').waitFor();
    const { pictures, took } = await drawnIn(1_000);
    // A fifth of 37.5 a second.
    expect(pictures).toBeLessThanOrEqual(7.5 * took + 2);
    ana!.activity()?.setThermalState(3);
    await anasActivity!.locator('html[data-pictures="none"]').waitFor();
    await expect.poll(async () => (await drawnIn(300)).pictures).toBe(0);
    ana!.activity()?.setThermalState(0);
    await expect.poll(async () => (await drawnIn(200)).pictures).toBeGreaterThan(0);
  });

  test("for a member who asks for less motion the picture stands still", async () => {
    await anas!.emulateMedia({ reducedMotion: "reduce" });
    const root = anasActivity!.locator("html");
    const drawn = () => root.evaluate(({ dataset }) => dataset.drawn);
    await expect
      .poll(async () => {
        const before = await drawn();
        await sleep(400);
        return (await drawn()) === before;
      })
      .toBe(true);
    await anas!.emulateMedia({ reducedMotion: "no-preference" });
  });

  test("a small window has the picture alone", async () => {
    const slider = bosActivity!.getByRole("slider", { name: "Deep Brown", exact: true });
    bo!.activity()?.setLayoutMode(1);
    await slider.waitFor({ state: "hidden" });
    expect(await violationsIn(bosActivity!.locator("html"))).toEqual([]);
    bo!.activity()?.setLayoutMode(0);
    await slider.waitFor();
  });

  test("nobody is shut out, in the page around it neither", async () => {
    for (const root of [anasActivity!.locator("html"), anas!.locator("html")])
      expect(await violationsIn(root)).toEqual([]);
    expect(await crampedIn(anasActivity!.locator("html"))).toEqual([]);
  });

  test("leaving the voice channel closes it, and coming back opens it again", async () => {
    await bo!.leave();
    await bos!.getByRole("region", { name: "Lull’s activity" }).waitFor({ state: "detached" });
    await anasActivity!.getByText("Open for ana", { exact: true }).waitFor();
    await bo!.join("lounge");
    await launch(bos!);
  });

  test("a member who doesn't let Discord say who they are can think again", async () => {
    await bos!.getByRole("button", { name: "Close the activity" }).click();
    await expect.poll(() => bo!.activity()).toBeUndefined();
    await bos!.getByRole("button", { name: "Open Lull’s activity" }).click();
    // The frame is there before its page has asked.
    await expect.poll(() => bo!.activity()).toBeDefined();
    bo!.activity()?.refuseAuthorisation();
    await status(bosActivity!, "Discord has not told this page who you are.");
    await bosActivity!.getByRole("button", { name: "Connect again" }).click();
    await bosActivity!.getByRole("slider", { name: "Deep Brown", exact: true }).waitFor();
  });

  test("an evening is seen with its hour, and skipped by a host with two presses; a wake-up is set and cancelled", async () => {
    const channel = rehearsal.channel("lounge").id;
    const far = new Date(Date.now() + 12 * 3_600_000).toISOString().slice(11, 16);
    await ana!.slash("evening schedule", { programme: "sleep", at: far, zone: "UTC", channel });
    const [anasEvening, bosEvening] = [anasActivity!, bosActivity!].map((frame) =>
      frame.getByRole("region", { name: "Planned evenings" }).getByRole("listitem").filter({ hasText: "Drift Off" }),
    );
    // As clocks show it where the page's language is spoken: 13:51, or 1:51 PM.
    const shown = await bosActivity!.locator("html").evaluate((_page, time) => {
      const at = new Date();
      at.setUTCHours(Number(time.slice(0, 2)), Number(time.slice(3)));
      return new Intl.DateTimeFormat(document.documentElement.lang, { hour: "numeric", minute: "2-digit" }).format(at);
    }, far);
    await bosEvening!.filter({ hasText: shown }).waitFor();
    expect(await bosEvening!.getByRole("button", { name: /^Skip/ }).count()).toBe(0);
    await anasEvening!.getByRole("button", { name: "Skip the next one: Drift Off" }).press("Enter");
    await anasEvening!.getByRole("button", { name: "Press again to skip it for everyone" }).press("Enter");
    await bosEvening!.filter({ hasText: "Skipped: " }).waitFor();
    expect((await ana!.slash("evening list")).text).toContain("Skips ");

    await bosActivity!.getByLabel("Time", { exact: true }).fill("07:30");
    await bosActivity!.getByRole("button", { name: "Wake everyone here" }).click();
    const anasWakeUps = anasActivity!.getByRole("region", { name: "Wake-ups" }).getByRole("listitem");
    await anasWakeUps.filter({ hasText: "For everyone here" }).waitFor();
    expect(await violationsIn(anasActivity!.locator("html"))).toEqual([]);
    expect(await crampedIn(anasActivity!.locator("html"))).toEqual([]);
    expect((await ana!.slash("wake list")).text).toContain("set by");
    await anasWakeUps.getByRole("button", { name: /^Cancel: / }).click();
    await anasWakeUps.getByRole("button", { name: "Press again to cancel" }).click();
    await bosActivity!.getByText("For everyone here").waitFor({ state: "detached" });
  });

  test("when the session has ended, the page waits for the next, in five languages on a narrow phone", async () => {
    await bo!.leave();
    await ana!.slash("favourites add", { name: "Brown", sound: "brown-noise" });
    await ana!.slash("stop");
    await status(anasActivity!, "Nothing is playing in this voice channel.");
    await anas!.setViewportSize({ width: 320, height: 640 });
    for (const [locale, wakeMe] of [
      ["de", "Mich wecken"],
      ["es-ES", "Despertarme"],
      ["fr", "Me réveiller"],
      ["ja", "自分を起こす"],
      ["en-GB", "Wake me"],
    ]) {
      rehearsal.member("ana", { locale: locale! });
      await anas!.getByRole("button", { name: "Close the activity" }).click();
      await expect.poll(() => ana!.activity()).toBeUndefined();
      await launch(anas!, wakeMe!);
      for (const check of [violationsIn, crampedIn])
        expect(await check(anasActivity!.locator("html")), locale).toEqual([]);
    }
  });

  test("the next session is begun with one touch; a restart of the bot is survived", async () => {
    await bo!.join("lounge");
    await launch(bos!, "Wake me");
    // It is bo's favourite as much as ana's, and begins with one touch.
    await bosActivity!.getByRole("button", { name: "Brown", exact: true }).click();
    for (const frame of [anasActivity!, bosActivity!])
      await frame.getByRole("slider", { name: "Deep Brown", exact: true }).waitFor({ timeout: 30_000 });
    expect((await rehearsal.listen(seconds(2), { as: "ana" })).lufs).toBeGreaterThan(-60);
    await bo!.leave();
    expect(complaints).toEqual([]);
    await rehearsal.restart("kill");
    await anasActivity!.getByRole("slider", { name: "Deep Brown", exact: true }).waitFor({ timeout: 30_000 });
    await valueBecomes(anasActivity!, "Deep Brown", "0");
  });

  test("nothing is asked of anyone else, and what opens a page is in no address and no log", async () => {
    const token = await anasActivity!.locator("html").evaluate(() => sessionStorage.getItem("lull-remote") ?? "");
    expect(token).toMatch(/^[\w-]+\.[\w-]+$/);
    expect(addresses.some((address) => address.endsWith("/token"))).toBe(true);
    expect(addresses.filter((address) => !/^(http|ws):\/\/127\.0\.0\.1:\d+\//.test(address))).toEqual([]);
    const said = [...addresses, ...rehearsal.bot().lines, await readFile(join(rehearsal.data, "lull.log"), "utf8")];
    for (const secret of [...token.split("."), rehearsal.clientSecret])
      expect(said.filter((line) => line.includes(secret))).toEqual([]);
    expect(addresses.filter((address) => /[?&](code|token|verifier)=/.test(address))).toEqual([]);
  });
});
