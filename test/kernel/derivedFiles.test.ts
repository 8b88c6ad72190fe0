import { mkdtempSync, readdirSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createDerivedFiles } from "../../src/kernel/derivedFiles.ts";

const folderWith = (...names: readonly string[]) => {
  const folder = mkdtempSync(join(tmpdir(), "lull-derived-"));
  for (const [at, name] of names.entries()) {
    writeFileSync(join(folder, name), "1234567890");
    utimesSync(join(folder, name), 1_000 + at, 1_000 + at);
  }
  return folder;
};
const open = (folder: string, most: number) =>
  createDerivedFiles({ folder, isDerived: (file) => file.startsWith("own-"), most });

test("where they take too much room, those used longest ago go, and nothing else does", async () => {
  const folder = folderWith("own-a", "own-b", "own-c", "own-d", "rain");
  const files = open(folder, 25);
  expect(await files.size()).toBe(40);
  await files.used(join(folder, "own-a"));
  await files.made(join(folder, "own-d"));
  expect(readdirSync(folder).sort()).toEqual(["own-a", "own-d", "rain"]);
  // One alone that is larger than all may be stays: it is about to be played.
  await open(folder, 5).made(join(folder, "own-d"));
  expect(readdirSync(folder).sort()).toEqual(["own-d", "rain"]);
});

test("those whose source is gone are removed; a folder that is not there holds none", async () => {
  const folder = folderWith("own-a", "own-b", "rain");
  await open(folder, 100).keepOnly((file) => file === "own-b");
  expect(readdirSync(folder).sort()).toEqual(["own-b", "rain"]);
  expect(await open(join(folder, "nowhere"), 100).size()).toBe(0);
});
