import { describeMachine, machine } from "./lib/machine.ts";
import { FAULT_HEADS, FAULT_WORDS, measureFaults } from "./lib/scaleFaults.ts";
import { measureHeap } from "./lib/scaleHeap.ts";
import { table } from "./lib/table.ts";

/**
 * What happens to hundreds of guilds at once. `npm run bench:scale -- 200` for 200 guilds on one shard; further words
 * choose what is measured: a fault (`killed`, `hangs`, `restart`, `session`) or `heap`. Without words, all of it.
 */
const [count = "200", ...words] = process.argv.slice(2);
const guilds = Number(count);
const isChosen = (word: string) => words.length === 0 || words.includes(word);
const GUILDS_IN_HEAP = 2_500;
const PEOPLE = 200;

const before = machine();
console.log(describeMachine(before));

const faults = FAULT_WORDS.filter(isChosen);
if (faults.length > 0) {
  const rows = await measureFaults(guilds, faults);
  console.log(`\n${table([`${guilds} guilds on one shard`, ...FAULT_HEADS], rows)}`);
}
if (isChosen("heap")) {
  const rows = await measureHeap(GUILDS_IN_HEAP, PEOPLE);
  console.log(`\n${table(["memory", ""], rows)}`);
}
process.exit();
