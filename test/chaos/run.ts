import { appendFileSync } from "node:fs";
import { openChaos } from "./chaos.ts";

// npm run chaos -- 200 1: so many rounds of random faults on three replicas, from this seed on.
const count = Number(process.argv[2] ?? 200);
const first = Number(process.argv[3] ?? 1);
/** Where what the replicas log goes. */
const log = process.argv[4];
const chaos = await openChaos((replica, line) => {
  if (log !== undefined) appendFileSync(log, `${replica} ${line}\n`);
});
const silences: number[] = [];
const recoveries: number[] = [];
let [faulty, answered, unanswered, evenings] = [0, 0, 0, 0];
let kept: Readonly<Record<string, number>> = {};
for (let seed = first; seed < first + count; seed++) {
  if (log !== undefined) appendFileSync(log, `Seed ${seed}\n`);
  const round = await chaos.run(seed);
  silences.push(round.silence);
  recoveries.push(round.recovery);
  answered += round.answered;
  unanswered += round.unanswered;
  evenings += round.evenings;
  kept = round.kept;
  const verdict = round.violations.length === 0 ? "ok" : round.violations.join("; ");
  console.log(
    `Seed ${seed}: ${round.faults.join(", ")}: silence ${(round.silence / 1_000).toFixed(1)} s, ${round.evenings} evenings, ${round.answered} answered, ${round.unanswered} not: ${verdict}`,
  );
  if (round.violations.length > 0) faulty++;
}
await chaos.close();
const at = (values: number[], share: number) =>
  ((values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) * share)] ?? 0) / 1_000).toFixed(1);
console.log(`${count} seeds, ${faulty} in which something happened that may never happen.`);
console.log(`Longest silence: p50 ${at(silences, 0.5)} s, p90 ${at(silences, 0.9)} s, longest ${at(silences, 1)} s.`);
console.log(
  `Back after the last fault: p50 ${at(recoveries, 0.5)} s, p90 ${at(recoveries, 0.9)} s, longest ${at(recoveries, 1)} s.`,
);
console.log(`${answered} commands were answered, ${unanswered} were not.`);
console.log(`${evenings} evenings were due. Members were told that these are kept:`);
console.log(
  Object.entries(kept)
    .map(([kind, count]) => `${count} of ${kind}`)
    .join(", "),
);
process.exit(faulty === 0 ? 0 : 1);
