/** What was seen before there were send queues, heartbeats and shards (on 28 November 2026), and what is wanted. */
const CASES = {
  restart: {
    what: "kill -9, 200 guilds on one shard",
    before: "114 heard again after 7.5 s, 86 given up",
    wanted: "200 within 115 s, the first 110 within 10 s, no join twice, no leave",
  },
  session: {
    what: "gateway session invalidated, 200 guilds",
    before: "86 lost; 0 of 200 after six minutes where 4008 is enforced",
    wanted: "all heard again, no 4008",
  },
  evenings: {
    what: "200 evenings in the same minute",
    before: "86 never heard and stored as started; the loop stands still for 4.9 s; 3.66 GB",
    wanted: "all heard within 120 s, stored as started when heard; loop < 50 ms; < 600 MB",
  },
  killed: {
    what: "one of two engines killed, 100 guilds on it",
    before: "14 heard again, 86 lost",
    wanted: "all heard again within 5 s, no gateway send, the others unhurt",
  },
  hangs: {
    what: "one of two engines hangs (SIGSTOP)",
    before: "silence",
    wanted: "noticed within 3 s, replaced",
  },
  planned: {
    what: "start with 2,500 planned evenings",
    before: "the loop stands still for 25 to 31 s",
    wanted: "loop < 50 ms; commands answered from the first second",
  },
  heap: {
    what: "2,500 guilds, 200 people seen in each",
    before: "heap of 930 MB, 1.5 KB for everyone ever seen",
    wanted: "flat in people, < 60 KB a guild",
  },
  shards: { what: "2,501 guilds", before: "refuses to start", wanted: "shards" },
  many: {
    what: "2,501 guilds, 2,501 schedules, 500 evenings in the same minute",
    before: "",
    wanted: "loop p99.9 < 50 ms",
  },
  second: {
    what: "a second bot on one LULL_DATA",
    before: "both answer, and fight for the voice channel",
    wanted: "the second refuses",
  },
} as const;

/** What can be measured, in the order of the table. */
export type ScaleCase = keyof typeof CASES;

const row = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;

/** The table of everything that has been measured, in Markdown, beside what was seen before. */
export const summaryTable = (now: ReadonlyMap<ScaleCase, string>): string => {
  const rows = (Object.keys(CASES) as ScaleCase[])
    .filter((each) => now.has(each))
    .map((each) => [CASES[each].what, CASES[each].before, CASES[each].wanted, now.get(each) ?? ""]);
  return [["", "Before", "Wanted", "Now"], ["---", "---", "---", "---"], ...rows].map(row).join("\n");
};
