import { readFileSync } from "node:fs";
import type { Example } from "./naming.ts";
import { GROUPS, type Statistics } from "./statistics.ts";

interface Line {
  readonly kind: string;
  readonly looks: readonly Statistics[];
}

/** The mean of what several looks at a sound gave. */
export const meanStatistics = (looks: readonly Statistics[]): Statistics =>
  Object.fromEntries(
    GROUPS.map((group) => [
      group,
      looks[0]![group].map((_, i) => looks.reduce((sum, look) => sum + look[group][i]!, 0) / looks.length),
    ]),
  ) as unknown as Statistics;

/**
 * What was measured of the recordings (`references.json`).
 * @returns all of them; those that sounds are compared with; and those, a third of each kind, that are kept out of that
 */
export const readReferences = (): {
  readonly all: readonly Example[];
  readonly used: readonly Example[];
  readonly held: readonly Example[];
} => {
  const lines = JSON.parse(readFileSync(new URL("references.json", import.meta.url), "utf8")) as readonly Line[];
  const all = lines.map(({ kind, looks }) => ({ kind, statistics: meanStatistics(looks) }));
  const place = (one: Example) => all.filter(({ kind }) => kind === one.kind).indexOf(one);
  const isHeld = (one: Example) => place(one) % 3 === 1;
  return { all, used: all.filter((one) => !isHeld(one)), held: all.filter(isHeld) };
};
