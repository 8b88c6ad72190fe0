import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { openEmulator, openPage } from "discord-emulator";
import { openPageDriver } from "../packages/discord-emulator/test/support/pageDriver.ts";
import { unpackChromium } from "../test/support/unpackChromium.ts";
import { describeMachine, machine } from "./lib/machine.ts";
import { table } from "./lib/table.ts";

/**
 * Measures what the page of the rehearsal takes while nothing happens: processor time of its process over real seconds,
 * then its memory over an hour that is compressed: the page's own clock (its timers, its `Date`) is run forward, minute
 * by minute, so that every timer of the hour fires.
 */
const { values: options } = parseArgs({
  options: {
    messages: { type: "string", default: "500" },
    seconds: { type: "string", default: "30" },
    minutes: { type: "string", default: "60" },
  },
});
const MEGABYTE = 2 ** 20;
const BAR = { processor: 1, memory: 250 };

await unpackChromium();
const emulator = await openEmulator();
const page = await openPage({ emulator, port: 0 });
const ana = emulator.member("ana");
const now = Math.round(Date.now() / 1_000);
for (let i = 0; i < Number(options.messages); i++)
  ana.send(`Message ${i}: **from** <t:${now - i}:R> until <t:${now + 60 * i}:R>, \`/sleep in 30m\``);

const driver = await openPageDriver(page.address);
const received: number[] = [];
driver.page.on("websocket", (socket) =>
  socket.on("framereceived", ({ payload }) => received.push(Buffer.byteLength(payload))),
);
const reload = async () => {
  await driver.page.reload();
  await driver.page
    .locator("article")
    .nth(Number(options.messages) - 1)
    .waitFor();
};
await reload();

const devtools = await driver.page.context().newCDPSession(driver.page);
const browser = await driver.browser.newBrowserCDPSession();
await devtools.send("Performance.enable");

/** The page's own process: seconds of processor time, and resident memory in bytes (Linux). */
const renderer = async () => {
  const { processInfo } = await browser.send("SystemInfo.getProcessInfo");
  const busiest = processInfo.filter(({ type }) => type === "renderer").sort((a, b) => b.cpuTime - a.cpuTime)[0];
  if (busiest === undefined) throw new Error("Chromium has no page.");
  const [, kilobytes = "0"] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${busiest.id}/status`, "utf8")) ?? [];
  return { processor: busiest.cpuTime, memory: Number(kilobytes) * 1_024 };
};
const heap = async () => {
  const { metrics } = await devtools.send("Performance.getMetrics");
  return metrics.find(({ name }) => name === "JSHeapUsedSize")?.value ?? Number.NaN;
};
const still = (seconds: number) => new Promise((resolve) => setTimeout(resolve, seconds * 1_000));

await still(5);
const before = await renderer();
const begun = performance.now();
await still(Number(options.seconds));
const idle = (await renderer()).processor - before.processor;
const percent = (100 * idle) / ((performance.now() - begun) / 1_000);

// From here on the page's time is ours.
await driver.page.clock.install();
await reload();
const samples: { readonly heap: number; readonly memory: number }[] = [];
for (let minute = 0; minute < Number(options.minutes); minute++) {
  await driver.page.clock.runFor(60_000);
  samples.push({ heap: await heap(), memory: (await renderer()).memory });
}
const inMegabytes = (values: readonly number[]) => {
  const sorted = [...values].sort((a, b) => a - b);
  return [sorted[0] ?? 0, sorted.at(-1) ?? 0].map((value) => Math.round(value / MEGABYTE));
};
const [leastHeap = 0, mostHeap = 0] = inMegabytes(samples.map((each) => each.heap));
const [leastMemory = 0, mostMemory = 0] = inMegabytes(samples.map((each) => each.memory));

const first = received[0] ?? 0;
received.length = 0;
ana.send("One more.");
await driver.message("One more.");
const change = received.reduce((sum, size) => sum + size, 0);

console.log(describeMachine(machine()));
console.log(
  table(
    ["measure", "value", "bar"],
    [
      [
        `processor, idle for ${options.seconds} s with ${options.messages} messages`,
        `${percent.toFixed(2)} % of a core`,
        `< ${BAR.processor} %`,
      ],
      [
        "resident memory of the page's process then",
        `${Math.round(before.memory / MEGABYTE)} MB`,
        `< ${BAR.memory} MB`,
      ],
      [`JavaScript heap over ${options.minutes} minutes of the page's clock`, `${leastHeap} to ${mostHeap} MB`, ""],
      ["resident memory meanwhile", `${leastMemory} to ${mostMemory} MB`, `< ${BAR.memory} MB`],
      ["sent when the page opens", `${Math.round(first / 1_000)} kB`, ""],
      ["sent for one more message", `${change} bytes`, ""],
    ],
  ),
);
await driver.close();
await page.close();
await emulator.close();
if (percent >= BAR.processor || mostMemory >= BAR.memory) process.exitCode = 1;
