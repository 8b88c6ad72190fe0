import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { makePrivateFolder } from "../../src/kernel/privateFolder.ts";

test.skipIf(process.platform === "win32")("what others may read of ours is taken from them, and nothing else", () => {
  const outside = mkdtempSync(join(tmpdir(), "lull-private-"));
  const data = join(outside, "data");
  const modeOf = (...path: string[]) => (statSync(join(data, ...path)).mode & 0o777).toString(8);
  makePrivateFolder(data, () => true);
  expect(modeOf()).toBe("700");
  mkdirSync(join(data, "uploads", "originals"), { recursive: true });
  for (const path of ["lull.sqlite", "lull.sqlite-wal", "notes.txt", "uploads/a.opus", "uploads/originals/b"])
    writeFileSync(join(data, path), "");
  writeFileSync(join(outside, "theirs"), "");
  symlinkSync(join(outside, "theirs"), join(data, "uploads", "link"));
  for (const path of ["", "uploads", "uploads/originals"]) chmodSync(join(data, path), 0o755);
  for (const path of ["lull.sqlite", "notes.txt", "uploads/a.opus", "uploads/originals/b", "../theirs"])
    chmodSync(join(data, path), 0o644);
  chmodSync(join(data, "lull.sqlite-wal"), 0o400);
  makePrivateFolder(data, (name) => name !== "notes.txt");
  expect([modeOf(), modeOf("uploads"), modeOf("uploads/originals")]).toEqual(["700", "700", "700"]);
  expect([modeOf("lull.sqlite"), modeOf("uploads/a.opus"), modeOf("uploads/originals/b")]).toEqual([
    "600",
    "600",
    "600",
  ]);
  expect([modeOf("lull.sqlite-wal"), modeOf("notes.txt"), modeOf("../theirs")]).toEqual(["400", "644", "644"]);
  rmSync(outside, { recursive: true });
});
