// Makes a fresh clone ready: installs the locked packages once, Node among them.
// This file, node.mjs and run.mjs are the only ones that the machine's own Node (20 or newer) has to understand.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { findNode, packageOfNode } from "./node.mjs";

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

const modules = join(root, "node_modules");
const stampFile = join(modules, ".lull-installed");

const say = (text) => process.stderr.write(`${text}\n`);

const lockHash = () =>
  createHash("sha256")
    .update(readFileSync(join(root, "package-lock.json")))
    .digest("hex");

/** What is installed: "runtime" (all that `npm start` needs) or "everything", and from which lockfile. */
const installed = () => {
  const [set, hash] = existsSync(stampFile) ? readFileSync(stampFile, "utf8").trim().split(" ") : [];
  return { set, hash };
};

const npm = (args) => {
  const { status } = spawnSync("npm", args, {
    cwd: root,
    stdio: ["ignore", 2, 2],
    shell: process.platform === "win32",
    // EBADENGINE speaks of the machine's Node; the packages run on the pinned one.
    env: { ...process.env, npm_config_loglevel: "error", npm_config_progress: "true" },
  });
  if (status !== 0) {
    say(`Setting up failed at "npm ${args.join(" ")}". Check the network and the free disk space, then run it again.`);
    process.exit(status ?? 1);
  }
};

/** Takes away what comes with Node's package and is of no use here. */
const tidyNode = () => {
  const remove = (path) => rmSync(path, { recursive: true, force: true });
  const directory = packageOfNode(modules);
  // Half as large as Node itself, and only for compiling C++, which nothing here does.
  if (directory !== undefined) remove(join(directory, "include"));
  // npm scripts would start on it, and Windows cannot replace a program that is running.
  if (process.platform === "win32")
    for (const name of ["node", "node.cmd", "node.ps1"]) remove(join(modules, ".bin", name));
};

const install = (set) => {
  const hash = lockHash();
  const before = installed();
  if (before.hash === hash && (before.set === set || before.set === "everything")) return;
  // A developer's clone stays one when the lockfile changes.
  const wanted = before.set === "everything" ? "everything" : set;
  if (before.hash === hash) {
    // Adds to what is there: a Lull that is running from it can go on.
    say("Installing what tests and checks need besides (once, about half a minute).");
    npm(["install", "--no-save", "--ignore-scripts"]);
  } else if (wanted === "runtime") {
    say("Installing what Lull needs to run, its own Node included (once, about half a minute).");
    npm(["ci", "--omit=dev", "--ignore-scripts"]);
  } else {
    say("Installing what Lull, its tests and its checks need (once, about half a minute).");
    npm(["ci", "--ignore-scripts"]);
  }
  tidyNode();
  writeFileSync(stampFile, `${wanted} ${hash}\n`);
};

/**
 * Installs what the lockfile names and is not there yet.
 * @param set "runtime" or "everything"
 * @returns the path of the Node to run
 */
export const ensureInstalled = (set) => {
  install(set);
  try {
    const { path, notice } = findNode(modules);
    if (notice !== undefined) say(notice);
    return path;
  } catch (error) {
    say(error.message);
    // EX_CONFIG: starting again would change nothing.
    process.exit(78);
  }
};
