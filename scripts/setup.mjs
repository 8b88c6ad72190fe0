// Makes a fresh clone ready: installs the locked packages once, and the pinned Node that everything else runs on.
// This file and run.mjs are the only ones that the host's own Node (20 or newer) has to understand.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

const say = (text) => process.stderr.write(`${text}\n`);
const stampFile = join(root, "node_modules", ".lull-installed");
const pinnedNode = join(root, "node_modules", "node", "bin", process.platform === "win32" ? "node.exe" : "node");

/** Install scripts that may run; every other package's are ignored (.npmrc). */
const allowedInstallScripts = ["node"];

const lockHash = () =>
  createHash("sha256")
    .update(readFileSync(join(root, "package-lock.json")))
    .digest("hex");

const installedHash = () => (existsSync(stampFile) ? readFileSync(stampFile, "utf8").trim() : "");

const npm = (args) => {
  const { status } = spawnSync("npm", args, {
    cwd: root,
    stdio: ["ignore", 2, 2],
    shell: process.platform === "win32",
    // EBADENGINE speaks of the host's Node; the packages run on the pinned one.
    env: { ...process.env, npm_config_loglevel: "error", npm_config_progress: "true" },
  });
  if (status !== 0) {
    say(`Setting up failed at "npm ${args.join(" ")}". Check the network and the free disk space, then run it again.`);
    process.exit(status ?? 1);
  }
};

/**
 * Installs what the lockfile names and is not there yet.
 * @returns the path of the pinned Node's executable
 */
export const ensureInstalled = () => {
  const wanted = lockHash();
  if (installedHash() === wanted && existsSync(pinnedNode)) return pinnedNode;
  say("Setting up Lull: 1 of 2, installing packages (once, about half a minute).");
  npm(["ci", "--ignore-scripts"]);
  say("Setting up Lull: 2 of 2, installing its own Node.");
  npm(["rebuild", ...allowedInstallScripts, "--ignore-scripts=false"]);
  if (!existsSync(pinnedNode)) {
    say("Its own Node did not arrive in node_modules/node. Delete node_modules and run it again.");
    process.exit(1);
  }
  writeFileSync(stampFile, `${wanted}\n`);
  return pinnedNode;
};
