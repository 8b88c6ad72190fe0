import { spawnSync } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";

export interface Compiled {
  readonly path: string;
  /** The flags with which it could be compiled. */
  readonly flags: readonly string[];
}

/**
 * Compiles a C program into a temporary folder with the first set of flags that works.
 * @returns undefined if there is no compiler or none of the sets works
 */
export const compile = (source: URL, flagSets: readonly (readonly string[])[]): Compiled | undefined => {
  const path = join(mkdtempSync(join(tmpdir(), "lull-bench-")), basename(fileURLToPath(source), ".c"));
  const flags = flagSets.find((set) => {
    const { status } = spawnSync("cc", ["-O3", "-std=gnu11", "-o", path, fileURLToPath(source), ...set]);
    return status === 0;
  });
  return flags === undefined ? undefined : { path, flags };
};
