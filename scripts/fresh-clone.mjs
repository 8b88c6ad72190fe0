// What a newcomer waits for: node scripts/fresh-clone.mjs start, or test
// Clones the last commit into a temporary folder, runs the command there with an empty npm cache, and prints what it says
// with the seconds, then the megabytes. `start` ends once the page's address is there.
import { execFileSync, spawn } from "node:child_process";
import { lstatSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const command = process.argv[2] ?? "";
if (!["start", "test"].includes(command)) {
  process.stderr.write("Say which command: node scripts/fresh-clone.mjs start, or test.\n");
  process.exit(2);
}
const folder = mkdtempSync(join(tmpdir(), "lull-fresh-"));
const clone = join(folder, "lull");
execFileSync("git", ["clone", "--quiet", root, clone]);

const began = performance.now();
const say = (line) => console.log(`${((performance.now() - began) / 1_000).toFixed(1).padStart(6)} s  ${line}`);
say(`$ npm ${command}`);
const child = spawn("npm", [command], {
  cwd: clone,
  env: {
    ...process.env,
    npm_config_cache: join(folder, "npm"),
    DISCORD_TOKEN: "",
    REHEARSAL_PORT: "0",
    // As if it were started by hand, with nothing of what this process was started with.
    NODE_COMPILE_CACHE: undefined,
    CHROMIUM_PATH: undefined,
  },
  stdio: ["ignore", "pipe", "pipe"],
});
/** Megabytes (MiB) on the disk of everything in a folder, as `du -sm` counts them. */
const sizeOf = (path) => {
  const files = readdirSync(path, { recursive: true });
  const blocks = files.reduce((sum, file) => sum + lstatSync(join(path, file)).blocks, 0);
  return Math.round((blocks * 512) / 2 ** 20);
};
for (const stream of [child.stdout, child.stderr])
  createInterface({ input: stream }).on("line", (line) => {
    if (line.trim() !== "") say(line);
    if (command === "start" && line.startsWith("http://127.0.0.1:")) child.kill("SIGTERM");
  });
child.on("close", (code) => {
  say(`npm ${command} has ended (${code ?? "on a signal"}).`);
  const [cpu] = cpus();
  console.log(
    `${sizeOf(join(clone, "node_modules"))} MB of packages, on ${cpus().length} cores (${cpu?.model.trim()})`,
  );
  rmSync(folder, { recursive: true, force: true });
  process.exitCode = code ?? 0;
});
