// npm start, npm test, npm run check …: sets up what is missing, then runs the task on the pinned Node.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureInstalled, root } from "./setup.mjs";

const bin = (...path) => join(root, "node_modules", ...path);
const biome = bin("@biomejs", "biome", "bin", "biome");

/** Each task: the steps it takes, in order; a step is a name and the arguments for Node. */
const tasks = {
  start: [["", ["src/main.ts"]]],
  test: [["Tests", [bin("vitest", "vitest.mjs"), "run"]]],
  check: [
    ["Format and lint", [biome, "check", "--error-on-warnings"]],
    ["Messages", ["scripts/message-arguments.mjs", "--check"]],
    ["Types", [bin("typescript", "bin", "tsc"), "-p", "."]],
    [
      "Import boundaries",
      [
        bin("dependency-cruiser", "bin", "dependency-cruiser.mjs"),
        "src",
        "tools",
        "--config",
        "scripts/import-boundaries.mjs",
      ],
    ],
    ["Dead code", [bin("knip", "bin", "knip.js")]],
    ["Words", ["scripts/check-glossary.mjs"]],
    ["Docs", ["scripts/check-docs.mjs"]],
  ],
  i18n: [["", ["scripts/message-arguments.mjs"]]],
  sounds: [["", ["tools/sound-lab/sounds.ts"]]],
  visuals: [["", ["tools/sound-lab/visuals.ts"]]],
  bench: [["", ["bench/streams.ts"]]],
  pictures: [["", ["bench/pictures.ts"]]],
  "bench:splice": [["", ["bench/splice.ts"]]],
  "bench:start": [["", ["bench/start.ts"]]],
  "bench:answer": [["", ["bench/answer.ts"]]],
  "bench:search": [["", ["bench/search.ts"]]],
  "bench:codec": [["", ["bench/codec.ts"]]],
  "bench:hour": [["", ["bench/hour.ts"]]],
  fuzz: [["", ["test/fuzz/run.ts"]]],
  format: [["Format", [biome, "check", "--write"]]],
};

/** What Node has made of our sources is kept: every process starts sooner, and without the 15 MB in which TypeScript is turned into JavaScript. */
const env = { NODE_COMPILE_CACHE: join(root, ".cache", "node"), ...process.env };

const run = (node, args) =>
  new Promise((resolve) => {
    const child = spawn(node, args, { cwd: root, stdio: "inherit", env });
    // The terminal sends Ctrl+C to the whole group; a service manager signals this process alone.
    const pass = (signal) => child.kill(signal);
    process.on("SIGTERM", pass);
    process.on("SIGINT", () => {});
    child.on("exit", (code, signal) => {
      process.off("SIGTERM", pass);
      resolve(code ?? (signal === "SIGINT" || signal === "SIGTERM" ? 0 : 1));
    });
  });

const [name, ...rest] = process.argv.slice(2);
const task = tasks[name];
if (task === undefined) {
  process.stderr.write(`There is no task "${name}". Known: ${Object.keys(tasks).join(", ")}.\n`);
  process.exit(2);
}
const node = ensureInstalled(name === "start" ? "runtime" : "everything");
if (name !== "start") {
  // Tests and benchmarks leave folders by the hundred; with their own place for them, all of them go at the end.
  const scratch = mkdtempSync(join(tmpdir(), "lull-"));
  env.TMPDIR = scratch;
  process.on("exit", () => rmSync(scratch, { recursive: true, force: true }));
}
for (const [index, [title, args]] of task.entries()) {
  if (title !== "") process.stderr.write(`${title} (${index + 1} of ${task.length})\n`);
  const last = index === task.length - 1;
  const code = await run(node, last ? [...args, ...rest] : args);
  if (code !== 0) process.exit(code);
}
