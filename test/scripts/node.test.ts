import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { afterEach, expect, test } from "vitest";
import { chooseNode, packageOfNode } from "../../scripts/node.mjs";

const ROOT = resolve(import.meta.dirname, "../..");
const host = (version: string) => ({ path: "/usr/bin/node", version });

const clones: string[] = [];
afterEach(() => {
  for (const clone of clones.splice(0)) rmSync(clone, { recursive: true, force: true });
});

/** A clone whose packages count as installed, with a program that says what it runs on, and this as its Node. */
const cloneWith = (node: string | undefined) => {
  const clone = mkdtempSync(join(tmpdir(), "clone-"));
  clones.push(clone);
  cpSync(join(ROOT, "scripts"), join(clone, "scripts"), { recursive: true });
  cpSync(join(ROOT, "package.json"), join(clone, "package.json"));
  const lock = readFileSync(join(ROOT, "package-lock.json"));
  writeFileSync(join(clone, "package-lock.json"), lock);
  mkdirSync(join(clone, "src"));
  writeFileSync(join(clone, "src", "main.ts"), "const path: string = process.execPath;\nconsole.log(path);\n");
  const directory = packageOfNode(join(clone, "node_modules"));
  if (directory === undefined) throw new Error("npm has no Node for this platform.");
  const executable = join(directory, "bin", process.platform === "win32" ? "node.exe" : "node");
  mkdirSync(dirname(executable), { recursive: true });
  if (node !== undefined) {
    writeFileSync(executable, node);
    chmodSync(executable, 0o755);
  }
  const hash = createHash("sha256").update(lock).digest("hex");
  writeFileSync(join(clone, "node_modules", ".lull-installed"), `runtime ${hash}\n`);
  return clone;
};

const start = (clone: string) =>
  spawnSync(process.execPath, ["scripts/run.mjs", "start"], { cwd: clone, encoding: "utf8" });

test("the Node that npm installed is used, however new the machine's own is", () => {
  expect(chooseNode({ path: "/modules/node", version: "24.21.0" }, host("26.10.0"))).toEqual({ path: "/modules/node" });
});

test("where npm has no Node for the platform, the machine's own is used from 24 on", () => {
  const choice = chooseNode({}, host("24.0.0"));
  expect(choice.path).toBe("/usr/bin/node");
  expect(choice.notice).toContain("24.0.0");
});

test("with neither, the sentence says which Node to install", () => {
  expect(() => chooseNode({ path: "/modules/node" }, host("22.9.0"))).toThrow(/22\.9\.0, is too old\. Install Node 24/);
});

test.skipIf(process.platform === "win32")("Lull starts on Alpine, where the installed Node has no loader", () => {
  const started = start(cloneWith("#!/lib/ld-of-another-libc.so.2\n"));
  expect(started.stdout.trim()).toBe(process.execPath);
  expect(started.stderr).toMatch(/cannot run here.*uses this machine's own/);
});

test("Lull starts where npm installed no Node", () => {
  const started = start(cloneWith(undefined));
  expect(started.stdout.trim()).toBe(process.execPath);
  expect(started.stderr).toContain("uses this machine's own");
});
