import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { fuzz } from "./fuzz.ts";

// npm run fuzz -- --count 20000 --first 1
const { values } = parseArgs({
  options: { count: { type: "string", default: "20000" }, first: { type: "string", default: "1" } },
});
const started = performance.now();
const { outcomes, faults, left } = await fuzz({
  count: Number(values.count),
  first: Number(values.first),
  processes: Math.max(1, availableParallelism() - 1),
  onDone: (done) => {
    if (done % 1_000 === 0) process.stderr.write(`${done} files\n`);
  },
});
for (const [outcome, count] of [...outcomes].sort((a, b) => b[1] - a[1])) console.log(`${count}\t${outcome}`);
console.log(
  `${faults.length} faults, ${left.length} files left behind, ${Math.round((performance.now() - started) / 1_000)} s`,
);
for (const fault of faults.slice(0, 20)) console.log(fault);
process.exitCode = faults.length + left.length > 0 ? 1 : 0;
