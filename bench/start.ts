import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";
import { type Millis, seconds } from "../src/kernel/units.ts";
import type { StartRequest } from "./lib/benchPlayer.ts";
import { measureBot } from "./lib/botStarts.ts";
import { OFFERED, openGateway } from "./lib/gateway.ts";
import { describeMachine, machine } from "./lib/machine.ts";
import { makeMaterial } from "./lib/material.ts";
import { startBenchProcess } from "./lib/processes.ts";
import { type Arrival, openSink } from "./lib/sink.ts";
import { quantile, short } from "./lib/statistics.ts";
import { table } from "./lib/table.ts";

/** Measures the time from a command to its first packet. */
const { values: options } = parseArgs({
  options: {
    tries: { type: "string", default: "50" },
    playing: { type: "string", default: "0,200" },
    "bot-tries": { type: "string", default: "10" },
  },
});
const FIRST = 1;
const NANOS = 1e6;

/** Milliseconds from each start to the first packet of its stream. */
const waits = (starts: readonly StartRequest[], arrivals: readonly Arrival[]): Millis[] =>
  starts.map(({ ssrc, at }) => {
    const first = arrivals.find((arrival) => arrival.ssrc === ssrc && Number(arrival.at) / NANOS >= at);
    return first === undefined ? Number.POSITIVE_INFINITY : Number(first.at) / NANOS - at;
  });

const row = (label: string, values: readonly Millis[]) => [
  label,
  String(values.length),
  ...[0.5, 0.99, 1].map((share) => short(quantile(values, share))),
];

const measureEngine = async (playing: number): Promise<string[][]> => {
  const sink = await openSink();
  const gateway = await openGateway(sink.port, OFFERED);
  const { opus } = makeMaterial();
  const args = [FIRST, playing, options.tries, gateway.endpoint, opus].map(String);
  const benchProcess = startBenchProcess(new URL("./players/starts.ts", import.meta.url), args, gateway.authority);
  const rows: string[][] = [];
  try {
    await benchProcess.send("join");
    await benchProcess.send("play");
    await pause(seconds(2));
    for (const kind of ["cold", "warm"] as const) {
      sink.start();
      const starts = (await benchProcess.ask(kind)) as StartRequest[];
      await pause(seconds(2)); // the last packet is still on its way
      rows.push(row(`engine, ${kind}, ${playing} streams playing`, waits(starts, await sink.stop())));
    }
  } finally {
    await benchProcess.close();
    await gateway.close();
    sink.close();
  }
  return rows;
};

const before = machine();
const rows: string[][] = [];
for (const playing of options.playing.split(",")) rows.push(...(await measureEngine(Number(playing))));
const tries = Number(options["bot-tries"]);
if (tries > 0) {
  const { cold, warm } = await measureBot(tries);
  rows.push(row("bot, /play from outside the channel", cold), row("bot, /resume after /pause", warm));
}

console.log(`${describeMachine(before)}\n`);
console.log("Milliseconds from the command to its first packet; every sound then takes 60 ms or more to fade in.");
console.log("cold: the bot is in no call (handshake and DAVE included); warm: it is in the call, silent.\n");
console.log(table(["", "tries", "p50", "p99", "max"], rows));
process.exit(0);
