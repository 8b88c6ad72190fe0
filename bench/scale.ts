import { describeMachine, machine } from "./lib/machine.ts";
import { EVENINGS_HEADS, type EveningsScale, measureEvenings } from "./lib/scaleEvenings.ts";
import { FAULT_HEADS, FAULT_WORDS, measureFaults } from "./lib/scaleFaults.ts";
import { measureHeap } from "./lib/scaleHeap.ts";
import { measureSecondBot } from "./lib/scaleSecondBot.ts";
import { type ScaleCase, summaryTable } from "./lib/scaleSummary.ts";
import { table } from "./lib/table.ts";

/**
 * What happens to hundreds of guilds at once. `npm run bench:scale -- 200` for 200 guilds on one shard; further words
 * choose what is measured: a fault (`killed`, `hangs`, `restart`, `session`), `evenings` (as many as guilds in the same
 * minute), `planned` (a start with 2,500 guilds and an evening in each), `many` (2,501 guilds on three shards, 500 of
 * whose evenings begin in the same minute), `second` (a second bot on the data folder) or `heap`. Without words, all of
 * it, in about half an hour.
 */
const [count = "200", ...words] = process.argv.slice(2);
const guilds = Number(count);
const isChosen = (word: string) => words.length === 0 || words.includes(word);
const ON_ONE_SHARD = 2_500;
/** As many as Discord takes on one shard, and one more; for so many it recommends three. */
const ON_MORE_SHARDS = 2_501;
const SHARDS = 3;
const TOGETHER = 500;
const PEOPLE = 200;

console.log(describeMachine(machine()));
const summary = new Map<ScaleCase, string>();

const faults = FAULT_WORDS.filter(isChosen);
if (faults.length > 0) {
  const { rows, sentences } = await measureFaults(guilds, faults);
  for (const [fault, sentence] of sentences) summary.set(fault, sentence);
  console.log(`\n${table([`${guilds} guilds on one shard`, ...FAULT_HEADS], rows)}`);
}

const evenings = async (scale: EveningsScale) => {
  const measured = await measureEvenings(scale);
  console.log(`\n${table(["the whole bot", ...EVENINGS_HEADS], measured.rows)}`);
  return measured;
};
if (isChosen("evenings")) summary.set("evenings", (await evenings({ guilds, shards: 1, together: guilds })).evenings);
if (isChosen("planned"))
  summary.set("planned", (await evenings({ guilds: ON_ONE_SHARD, shards: 1, together: 0 })).start);
if (isChosen("many")) {
  const many = await evenings({ guilds: ON_MORE_SHARDS, shards: SHARDS, together: TOGETHER });
  summary.set("shards", many.start);
  summary.set("many", many.evenings);
}
if (isChosen("second")) summary.set("second", await measureSecondBot());
if (isChosen("heap")) {
  const { rows, sentence } = await measureHeap(ON_ONE_SHARD, PEOPLE);
  summary.set("heap", sentence);
  console.log(`\n${table(["memory", ""], rows)}`);
}
console.log(`\n${summaryTable(summary)}`);
process.exit();
