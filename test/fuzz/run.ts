import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { fuzz } from "./fuzz.ts";
import { fuzzVirtualTime } from "./virtualTime.ts";
import { fuzzWholeBot } from "./wholeBot.ts";

// npm run fuzz -- --count 20000 --first 1     files
// npm run fuzz -- --actions 100000            what members do, on the whole bot against the emulator
// npm run fuzz -- --virtual 100000            what members do, with hours that pass in between
const { values } = parseArgs({
  options: {
    count: { type: "string", default: "20000" },
    first: { type: "string", default: "1" },
    actions: { type: "string" },
    guilds: { type: "string", default: "12" },
    virtual: { type: "string" },
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

/**
 * What the heap may grow by after the first fifth: full lists of favourites, full queues, and for each guild with sounds
 * of its own the index that finds them. Over 100,000 actions, it is 250 bytes for each.
 */
const MOST_GROWTH = 20 * 2 ** 20;

interface Outcome {
  readonly kinds: ReadonlyMap<string, number>;
  readonly faults: readonly string[];
  /** Bytes by which the heap has grown. */
  readonly growth: number;
}

const report = (actions: number, { kinds, faults, growth }: Outcome, more = ""): boolean => {
  for (const [kind, count] of kinds) console.log(`${count}\t${kind}`);
  const grown = `the heap grew by ${(growth / 2 ** 20).toFixed(1)} MB at most`;
  console.log(`${actions} actions, ${faults.length} faults, ${grown}${more}, ${took()}`);
  for (const fault of faults.slice(0, 20)) console.log(fault);
  return faults.length === 0 && growth < MOST_GROWTH;
};

const fuzzBot = async (actions: number): Promise<boolean> => {
  const onDone = (done: number) => void (done % 1_000 === 0 && process.stderr.write(`${done} actions, ${took()}\n`));
  const outcome = await fuzzWholeBot({ actions, guilds: Number(values.guilds), seed: Number(values.seed), onDone });
  const { kinds, faults, heap, answered } = outcome;
  const [p50, p99, max] = [answered.p50, answered.p99, answered.max].map(Math.round);
  return report(
    outcome.actions,
    { kinds, faults, growth: heap[1] - heap[0] },
    `, answered after ${p50} ms (p50), ${p99} ms (p99), ${max} ms (the slowest)`,
  );
};

/** Actions in one guild; then another begins, with the next seed. */
const SLICE = 5_000;

const fuzzGuilds = async (actions: number): Promise<boolean> => {
  const faults: string[] = [];
  const kinds = new Map<string, number>();
  let growth = 0;
  for (let done = 0, seed = Number(values.seed); done < actions; done += SLICE, seed++) {
    const outcome = await fuzzVirtualTime({ actions: Math.min(SLICE, actions - done), seed });
    for (const [kind, count] of outcome.kinds) kinds.set(kind, (kinds.get(kind) ?? 0) + count);
    faults.push(...outcome.faults);
    growth = Math.max(growth, outcome.heap[1] - outcome.heap[0]);
    process.stderr.write(`${Math.min(done + SLICE, actions)} actions\n`);
  }
  return report(actions, { kinds, faults, growth });
};

const run = (): Promise<boolean> => {
  if (values.actions !== undefined) return fuzzBot(Number(values.actions));
  return values.virtual === undefined ? fuzzFiles() : fuzzGuilds(Number(values.virtual));
};
process.exit((await run()) ? 0 : 1);
