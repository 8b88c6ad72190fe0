import { parseArgs } from "node:util";
import { openPage } from "discord-emulator";
import { chromium, type Frame } from "playwright-core";
import { findChromium } from "../packages/discord-emulator/test/support/chromium.ts";
import { activityIn } from "../src/rehearsal/activityIn.ts";
import { openRehearsal } from "../test/e2e/openRehearsal.ts";
import { unpackChromium } from "../test/support/unpackChromium.ts";
import { describeMachine, machine } from "./lib/machine.ts";
import { table } from "./lib/table.ts";

/**
 * Measures the remote with two members in Chromium: what the page costs to load and while nothing happens, how long a
 * slider that is moved takes to move on the other page, how evenly the page is drawn, and how many pictures its visual has. With `--activity` the page is
 * opened in Discord's page, as an activity.
 */
const { values: options } = parseArgs({ options: { activity: { type: "boolean", default: false } } });
const MOVES = 20;
const QUIET_SECONDS = 60;
const FRAMES = 600;
/** How long the visual's loop is: in the second one, all frames are there. */
const LOOP_SECONDS = 12;

// The processes that render keep nobody waiting, and so not this one either.
const awake = setInterval(() => {}, 1_000);
await unpackChromium();
const executablePath = findChromium();
if (executablePath === undefined) throw new Error("There is no Chromium.");
const rehearsal = await openRehearsal({
  sounds: ["ocean"],
  environment: { LULL_HTTP: "127.0.0.1:0", LULL_REMOTE: "on", LULL_ACTIVITY: options.activity ? "on" : "off" },
});
const [ana, bo] = [await rehearsal.member("ana").join("lounge"), await rehearsal.member("bo").join("lounge")];
await ana.slash("play", { sound: "ocean" });
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });

const served: Awaited<ReturnType<typeof openPage>>[] = [];
const linkFor = async (member: typeof ana) => {
  if (!options.activity)
    return /"url":"([^"]+#[^"]+)"/.exec(JSON.stringify((await member.slash("remote")).raw))?.[1] ?? "";
  const activity = () =>
    rehearsal
      .bot()
      .lines.map(activityIn)
      .findLast((found) => found !== undefined);
  const discord = await openPage({ emulator: rehearsal, port: 0, userName: member.name, activity });
  served.push(discord);
  return discord.address;
};
const open = async (member: typeof ana) => {
  const link = await linkFor(member);
  const page = await browser.newPage({ viewport: { width: 390, height: 844 } });
  const socket = { bytes: 0 };
  page.on("websocket", (opened) => {
    // Discord's page has one of its own.
    if (!opened.url().endsWith("/socket")) return;
    const count = ({ payload }: { payload: string | Buffer }) => {
      socket.bytes += Buffer.byteLength(payload);
    };
    opened.on("framereceived", count);
    opened.on("framesent", count);
  });
  const drawing = page.waitForEvent("worker").then(async (worker) => {
    await worker.evaluate(() => {
      const own = globalThis as unknown as { pictures: number[] };
      own.pictures = [];
      const { prototype } = OffscreenCanvasRenderingContext2D;
      const { putImageData } = prototype;
      prototype.putImageData = function (this: OffscreenCanvasRenderingContext2D, ...image: unknown[]) {
        own.pictures.push(performance.now());
        return Reflect.apply(putImageData, this, image);
      } as typeof putImageData;
    });
    return worker;
  });
  await page.goto(link);
  if (options.activity) await page.getByRole("button", { name: "Open Lull’s activity" }).click();
  const view = options.activity ? page.frameLocator("#activity").frameLocator("iframe") : page;
  await view.getByRole("slider", { name: /^Slow Shore/ }).waitFor();
  return { page: page.frames().at(-1) ?? page.mainFrame(), socket, worker: await drawing };
};
const [anas, bos] = [await open(ana), await open(bo)];
const quantile = (list: readonly number[], share: number) =>
  list.toSorted((a, b) => a - b)[Math.min(list.length - 1, Math.floor(list.length * share))] ?? Number.NaN;

/** When the first slider has this value, by the machine's clock. */
const seen = (page: Frame, value: string) =>
  page.evaluate(
    (wanted) =>
      new Promise<number>((resolve) => {
        const look = setInterval(() => {
          if (document.querySelector<HTMLInputElement>("#layers input")?.value !== wanted) return;
          clearInterval(look);
          resolve(Date.now());
        }, 1);
      }),
    value,
  );
await anas.page.waitForTimeout(2 * LOOP_SECONDS * 1_000);
const pictures = await anas.worker.evaluate(() => (globalThis as unknown as { pictures: number[] }).pictures);
/** The milliseconds between the pictures of one loop. @param loop from 0 */
const drawnIn = (loop: number) => {
  const sinceFirst = pictures.map((time) => time - pictures[0]!);
  const times = sinceFirst.filter((time) => Math.floor(time / (LOOP_SECONDS * 1_000)) === loop);
  return times.slice(1).map((time, index) => time - times[index]!);
};
const [firstLoop, secondLoop] = [drawnIn(0), drawnIn(1)];

const took: number[] = [];
for (let move = 1; move <= MOVES; move++) {
  const arrives = seen(bos.page, String(-move));
  const sent = await anas.page.evaluate((value) => {
    const slider = document.querySelector<HTMLInputElement>("#layers input")!;
    slider.value = value;
    const at = Date.now();
    slider.dispatchEvent(new Event("input"));
    return at;
  }, String(-move));
  took.push((await arrives) - sent);
  await anas.page.waitForTimeout(300);
}

const frames = await anas.page.evaluate(
  (count) =>
    new Promise<number[]>((resolve) => {
      const times: number[] = [];
      let last = performance.now();
      const next = () => {
        const now = performance.now();
        times.push(now - last);
        last = now;
        if (times.length < count) requestAnimationFrame(next);
        else resolve(times);
      };
      requestAnimationFrame(next);
    }),
  FRAMES,
);
const before = anas.socket.bytes;
await anas.page.waitForTimeout(QUIET_SECONDS * 1_000);
const quiet = anas.socket.bytes - before;
const loaded = await anas.page.evaluate(() =>
  performance
    .getEntriesByType("resource")
    .reduce((sum, entry) => sum + (entry as PerformanceResourceTiming).transferSize, 0),
);

console.log(describeMachine(machine()));
console.log(
  table(
    ["What", "Figure"],
    [
      ["Scripts and styles of the page", `${Math.round(loaded / 1_000)} kB`],
      ["A minute in which nothing happens", `${quiet} bytes`],
      ["A slider moves on the other page, median", `${quantile(took, 0.5)} ms`],
      ["… the slowest of 20", `${Math.max(...took)} ms`],
      ["A frame of the page, median", `${quantile(frames, 0.5).toFixed(1)} ms`],
      ["… 99th percentile", `${quantile(frames, 0.99).toFixed(1)} ms`],
      ["Pictures of the visual a second, first loop", (firstLoop.length / LOOP_SECONDS).toFixed(1)],
      ["… from then on", (secondLoop.length / LOOP_SECONDS).toFixed(1)],
      ["Between two of these, 99th percentile", `${quantile(secondLoop, 0.99).toFixed(1)} ms`],
    ],
  ),
);
clearInterval(awake);
await browser.close();
for (const page of served) await page.close();
await rehearsal.close();
