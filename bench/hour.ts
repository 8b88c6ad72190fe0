import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";
import { minutes, seconds } from "../src/kernel/units.ts";
import { OFFERED, openGateway } from "./lib/gateway.ts";
import { describeMachine, machine } from "./lib/machine.ts";
import { makeMaterial } from "./lib/material.ts";
import { startBenchProcess } from "./lib/processes.ts";
import { openRtpMonitor } from "./lib/rtpMonitor.ts";
import { short } from "./lib/statistics.ts";

/**
 * Plays a long stream in real time, through the engine, both encryptions and a socket, and checks
 * for gaps, drift and growing memory.
 */
const { values: options } = parseArgs({
  options: { minutes: { type: "string", default: "10" }, streams: { type: "string", default: "20" } },
});
const duration = minutes(Number(options.minutes));
const MB = 2 ** 20;

const before = machine();
const watch = await openRtpMonitor();
const gateway = await openGateway(watch.port, OFFERED);
const { opus } = makeMaterial();
const benchProcess = startBenchProcess(
  new URL("./players/ours.ts", import.meta.url),
  ["passthrough", "1", options.streams, gateway.endpoint, opus],
  gateway.authority,
);
const memory = async () => (await benchProcess.report()).selfMemory / MB;
await benchProcess.send("join");
await benchProcess.send("play");
await pause(seconds(30));
const begun = await memory();
let most = begun;
const until = performance.now() + duration - seconds(30);
while (performance.now() < until) {
  await pause(Math.min(seconds(15), until - performance.now()));
  most = Math.max(most, await memory());
}
const ended = await memory();
const streams = watch.watched();
await benchProcess.close();
await gateway.close();
watch.close();

const sum = (of: (stream: (typeof streams)[number]) => number) => streams.reduce((total, each) => total + of(each), 0);
const drifts = streams.map(({ drift }) => drift);
console.log(`${describeMachine(before)}\n`);
console.log(`${streams.length} streams for ${options.minutes} minutes, ${sum(({ packets }) => packets)} packets.`);
console.log(`Sequence numbers that do not follow: ${sum(({ holes }) => holes)}.`);
console.log(`Timestamps that do not follow by 960: ${sum(({ jumps }) => jumps)}.`);
console.log(`Drift: ${short(Math.min(...drifts))} to ${short(Math.max(...drifts))} ms (a frame is 20).`);
console.log(
  `Memory above the start, all streams: after 30 s ${short(begun)} MB, at most ${short(most)}, at the end ${short(ended)}.`,
);
process.exit(0);
