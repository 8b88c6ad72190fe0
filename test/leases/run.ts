import { seconds } from "../../src/kernel/units.ts";
import { leaseTimes } from "../../src/leases/leaseHolder.ts";
import { runLeases } from "./leaseWorld.ts";

// npm run leases -- 10000: the protocol of the shards' leases under a virtual clock, one run for each seed.
const count = Number(process.argv[2] ?? 10_000);
const times = leaseTimes(seconds(10));
const recoveries: number[] = [];
let [takings, faulty] = [0, 0];
for (let seed = 0; seed < count; seed++) {
  const run = runLeases(seed, times);
  takings += run.takings;
  recoveries.push(run.recovery);
  if (run.violations.length === 0) continue;
  faulty++;
  console.log(`Seed ${seed}: ${run.violations[0]}`);
}
recoveries.sort((a, b) => a - b);
const at = (share: number) => ((recoveries[Math.floor((count - 1) * share)] ?? 0) / 1_000).toFixed(1);
console.log(`${count} seeds, ${takings} leases taken, ${faulty} seeds where something happened that may never happen.`);
console.log(`Silence once everything works again: p50 ${at(0.5)} s, p99 ${at(0.99)} s, longest ${at(1)} s.`);
process.exitCode = faulty === 0 ? 0 : 1;
