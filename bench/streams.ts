import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { seconds } from "../src/kernel/units.ts";
import { describeMachine, machine } from "./lib/machine.ts";
import { makeMaterial } from "./lib/material.ts";
import { measure, type Run } from "./lib/measure.ts";
import { compare, memoryTable, type Ratio, ratiosTable, runsTable } from "./lib/report.ts";
import { openSink } from "./lib/sink.ts";
import { short } from "./lib/statistics.ts";
import { type Variant, variants } from "./lib/variants.ts";

const HELP = `What a voice stream costs, each way of playing against the others.

  node bench/streams.ts [options]
    --full            50, 200 and 400 streams, five repetitions, and up to the knee (about half an hour)
    --streams 50,200  how many streams at a time
    --reps 3          repetitions; the variants take turns within each
    --warm 2          seconds before each measurement
    --measure 3       seconds of each measurement
    --only ours,limit variants: mp3, demuxer, shared, ours, takes, gcm, mixing, volume, softened, amix, layers, limit
    --knee            also: how many of our streams go onto a core`;

const { values: options } = parseArgs({
  options: {
    help: { type: "boolean", default: false },
    full: { type: "boolean", default: false },
    streams: { type: "string" },
    reps: { type: "string" },
    warm: { type: "string" },
    measure: { type: "string" },
    only: { type: "string" },
    knee: { type: "boolean", default: false },
  },
});
if (options.help) {
  console.log(HELP);
  process.exit(0);
}

const say = (line: string) => console.error(line);
const { full } = options;
const counts = (options.streams ?? (full ? "50,200,400" : "50,200")).split(",").map(Number);
const repetitions = Number(options.reps ?? (full ? 5 : 3));
const times = {
  warm: seconds(Number(options.warm ?? (full ? 6 : 2))),
  measure: seconds(Number(options.measure ?? (full ? 5 : 3))),
};
const KNEE = [600, 800, 1_000, 1_200, 1_400, 1_600];
const RESULTS = new URL("./results/", import.meta.url);
const LAST = new URL("last.json", RESULTS);

interface Result {
  readonly when: string;
  readonly machine: ReturnType<typeof machine>;
  readonly clock: string;
  readonly runs: readonly Run[];
  readonly ratios: readonly Ratio[];
}

const readLast = (): Result | undefined => {
  try {
    return JSON.parse(readFileSync(LAST, "utf8")) as Result;
  } catch {
    return undefined;
  }
};

const before = machine();
const sink = await openSink();
const all = variants(makeMaterial(), say).filter(({ name }) => options.only?.split(",").includes(name) ?? true);
const runs: Run[] = [];

const note = (run: Run) => {
  runs.push(run);
  say(
    `${run.count} × ${run.variant}${run.stalled ? " (blocked)" : ""}: ${short(run.self + run.children)} ms, ` +
      `p99 ${short(run.latenessP99)} ms${run.void === undefined ? "" : `, void: ${run.void}`}`,
  );
};

/** A run that did not keep its rate is void and repeated, up to three runs in all. */
const TRIES = 3;

const take = async (variant: Variant, count: number, repetition: number, { stalled = false, tries = TRIES } = {}) => {
  for (let left = tries; left > 0; left--) {
    const run = await measure(variant, sink, { count, times, repetition, stalled });
    note(run);
    if (run.void === undefined) return true;
  }
  return false;
};

for (const count of counts) {
  const taking = all.filter(({ maxStreams }) => count <= maxStreams);
  say(`${count} streams: ${taking.map(({ name }) => name).join(", ")}`);
  for (let repetition = 0; repetition < repetitions; repetition++) {
    // A different variant starts each time, so that none always follows the same one.
    for (const index of taking.keys()) await take(taking[(index + repetition) % taking.length]!, count, repetition);
  }
  for (const variant of taking.filter(({ stalls }) => stalls))
    await take(variant, count, repetitions, { stalled: true });
}

const knees: string[] = [];
if (full || options.knee) {
  for (const variant of all.filter(({ name }) => name === "ours" || name === "gcm")) {
    let held = 0;
    for (const count of KNEE) {
      if (!(await take(variant, count, 0, { tries: 2 }))) break;
      held = count;
    }
    const most = held === 0 ? `fewer than ${KNEE[0]}` : `${held}`;
    knees.push(`${variant.label}: ${most} streams held their rate on one thread (tried: ${KNEE.join(", ")})`);
  }
}
sink.close();

const ratios = counts.flatMap((count) => compare(runs, count));
const last = readLast();
console.log(`\n${describeMachine(before)}\nArrivals by the clock of: ${sink.clock}\n`);
console.log(`CPU in ms a second of stream, memory in MB a stream, lateness in ms.\n\n${runsTable(runs, all)}\n`);
if (ratios.length > 0) console.log(`${ratiosTable(ratios)}\n`);
if (counts.length > 1) console.log(`${memoryTable(runs, counts, all)}\n`);
for (const line of knees) console.log(line);
if (last !== undefined && last.ratios.length > 0)
  console.log(`Last time (${last.when}):\n\n${ratiosTable(last.ratios)}\n`);

mkdirSync(RESULTS, { recursive: true });
const result: Result = { when: new Date().toISOString(), machine: before, clock: sink.clock, runs, ratios };
writeFileSync(LAST, `${JSON.stringify(result, null, 2)}\n`);
