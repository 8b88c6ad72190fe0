import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { chmod, cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, relative, resolve } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

const ROOT = resolve(import.meta.dirname, "../..");
/** Where a clone has its own Node: this test runs on it. */
const NODE = relative(ROOT, process.execPath);

let clone: string;
beforeEach(async () => {
  clone = await mkdtemp(join(tmpdir(), "lull-clone-"));
  await cp(join(ROOT, "scripts"), join(clone, "scripts"), { recursive: true });
  await cp(join(ROOT, "package-lock.json"), join(clone, "package-lock.json"));
  await mkdir(dirname(join(clone, NODE)), { recursive: true });
  const lock = createHash("sha256").update(await readFile(join(clone, "package-lock.json")));
  await writeFile(join(clone, "node_modules", ".lull-installed"), `runtime ${lock.digest("hex")}\n`);
  await mkdir(join(clone, "src"));
  await writeFile(join(clone, "src", "main.ts"), 'process.stdout.write("started\\n");\n');
});
afterEach(() => rm(clone, { recursive: true, force: true }));

describe.skipIf(process.platform === "win32" || NODE.startsWith(".."))("a Node of its own that cannot run here", () => {
  test.each([
    ["a C library that is too old", "#!/bin/sh\necho \"node: version 'GLIBC_2.28' not found\" >&2\nexit 1\n"],
    ["no loader for it, as on musl", "#!/no/such/loader\n"],
  ])("%s: says so in one sentence, and runs on the machine's own, which is new enough", async (_, program) => {
    await writeFile(join(clone, NODE), program);
    await chmod(join(clone, NODE), 0o755);
    const { status, stdout, stderr } = spawnSync(process.execPath, ["scripts/run.mjs", "start"], {
      cwd: clone,
      encoding: "utf8",
    });
    expect(stderr).toMatch(
      /^The Node that npm installs is missing or cannot run here .* so Lull uses this machine's own/m,
    );
    expect(stderr).not.toMatch(/^ {4}at /m);
    expect(stdout).toBe("started\n");
    expect(status).toBe(0);
  });
});
