import type { Sound } from "../../../src/catalogue/sound.ts";
import { learnNames, leaveOneOut } from "./naming.ts";
import { readReferences } from "./references.ts";
import { GROUPS } from "./statistics.ts";
import { createYardstick, kindOf, renderedPcm } from "./textures.ts";

const row = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;

/**
 * Prints how near sounds are to recordings of their kind (docs/sounds-texture.md), and how well recordings are named.
 * @param length seconds of each sound that are measured
 * @returns what is outside the bar, in words
 */
export const printTextures = async (sounds: readonly Sound[], length: number): Promise<readonly string[]> => {
  const { all, used, held } = readReferences();
  const right = leaveOneOut(all);
  const count = right.reduce((sum, one) => sum + one.right, 0);
  const kinds = right.map(({ kind, right: good, of }) => `${kind} ${good} of ${of}`).join(", ");
  console.log(`Recordings named rightly by the others: ${count} of ${all.length} (${kinds})`);
  const name = learnNames(used);
  const heldRight = held.filter(({ kind, statistics }) => name(statistics) === kind).length;
  console.log(`Those kept out, named by the references: ${heldRight} of ${held.length}\n`);
  const yardstick = createYardstick();
  const head = ["sound", "kind", "out", "distance", "noise of its spectrum", "named", ...GROUPS];
  console.log(`${row(head)}\n${row(head.map(() => "---"))}`);
  const wrong: string[] = [];
  for (const { id, origin } of sounds) {
    if (origin.kind !== "recipe") continue;
    const kind = kindOf(origin);
    if (kind === undefined) continue;
    const { distance, noise, named, wrong: own } = yardstick(kind, await renderedPcm(origin, length));
    const groups = GROUPS.map(
      (group) => `${distance.groups[group].toFixed(1)}${distance.out.includes(group) ? " out" : ""}`,
    );
    console.log(row([id, kind, `${distance.out.length}`, distance.all.toFixed(2), noise.toFixed(2), named, ...groups]));
    wrong.push(...own.map((words) => `${id}: ${words}`));
  }
  return wrong;
};
