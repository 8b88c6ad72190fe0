import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { fuzz } from "./fuzz.ts";
import { fuzzInteractions } from "./interactions.ts";

// npm run fuzz -- --count 20000 --first 1
// npm run fuzz -- --actions 100000 --seed 1
const { values } = parseArgs({
  options: {
    count: { type: "string", default: "20000" },
    first: { type: "string", default: "1" },
    actions: { type: "string" },
    seed: { type: "string", default: "1" },
  },
});
const started = performance.now();
const took = () => `${Math.round((performance.now() - started) / 1_000)} s`;

const fuzzFiles = async (): Promise<boolean> => {
  const { outcomes, faults, left } = await fuzz({
    count: Number(values.count),
    first: Number(values.first),
    processes: Math.max(1, availableParallelism() - 1),
    onDone: (done) => {
      if (done % 1_000 === 0) process.stderr.write(`${done} files\n`);
    },
  });
  for (const [outcome, count] of [...outcomes].sort((a, b) => b[1] - a[1])) console.log(`${count}\t${outcome}`);
  console.log(`${faults.length} faults, ${left.length} files left behind, ${took()}`);
  for (const fault of faults.slice(0, 20)) console.log(fault);
  return faults.length + left.length === 0;
};

/** Actions in one guild; then another begins, with the next seed. */
const SLICE = 5_000;
/** What the heap may grow by in a slice, after its first fifth: 500 favourites and a full queue. */
const MOST_GROWTH = 10 * 2 ** 20;

const fuzzGuilds = async (actions: number): Promise<boolean> => {
  const faults: string[] = [];
  const kinds = new Map<string, number>();
  let growth = 0;
  for (let done = 0, seed = Number(values.seed); done < actions; done += SLICE, seed++) {
    const outcome = await fuzzInteractions({ actions: Math.min(SLICE, actions - done), seed });
    for (const [kind, count] of outcome.kinds) kinds.set(kind, (kinds.get(kind) ?? 0) + count);
    faults.push(...outcome.faults);
    growth = Math.max(growth, outcome.heap[1] - outcome.heap[0]);
    process.stderr.write(`${Math.min(done + SLICE, actions)} actions\n`);
  }
  for (const [kind, count] of kinds) console.log(`${count}\t${kind}`);
  console.log(
    `${actions} actions, ${faults.length} faults, the heap grew by ${(growth / 2 ** 20).toFixed(1)} MB at most, ${took()}`,
  );
  for (const fault of faults.slice(0, 20)) console.log(fault);
  return faults.length === 0 && growth < MOST_GROWTH;
};

const isClean = values.actions === undefined ? await fuzzFiles() : await fuzzGuilds(Number(values.actions));
process.exit(isClean ? 0 : 1);
