// npm start, npm test, npm run check …: sets up what is missing, then runs the task on the pinned Node.
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureInstalled, root } from "./setup.mjs";

const bin = (...path) => join(root, "node_modules", ...path);
const tsc = bin("typescript", "bin", "tsc");
const emulator = join("packages", "discord-emulator");
/** Checks types; what it found out about files that stay the same is kept. */
const types = (folder, name) => [
  tsc,
  "-p",
  folder,
  "--incremental",
  "--tsBuildInfoFile",
  join(root, ".cache", "types", `${name}.tsbuildinfo`),
];
const biome = bin("@biomejs", "biome", "bin", "biome");

/** Each task: the steps it takes, in order; a step is a name and the arguments for Node. */
const tasks = {
  start: [["", ["src/main.ts"]]],
  dev: [["", ["src/main.ts", "--watch-path=src", "--watch-preserve-output"]]],
  test: [
    ["Preparing sounds and Chromium for the tests", ["test/support/prepare.ts"]],
    ["Tests", ["scripts/test.mjs"]],
  ],
  check: [
    ["Format and lint", [biome, "check", "--error-on-warnings"]],
    ["Messages", ["scripts/message-arguments.mjs", "--check"]],
    ["Types", types(".", "lull")],
    ["Types of the emulator", types(emulator, "emulator")],
    ["Types of the emulator's page", types(join(emulator, "src", "page", "client"), "page")],
    ["Types of the emulator's tests", types(join(emulator, "test"), "emulator-tests")],
    [
      "Import boundaries",
      [
        bin("dependency-cruiser", "bin", "dependency-cruiser.mjs"),
        "src",
        "demo",
        "tools",
        "packages",
        "test",
        "bench",
        "--config",
        "scripts/import-boundaries.mjs",
      ],
    ],
    ["Dead code", [bin("knip", "bin", "knip.js")]],
    ["Words", ["scripts/check-glossary.mjs"]],
    ["Docs", ["scripts/check-docs.mjs"]],
    ["Licences", ["scripts/check-licences.mjs"]],
    ["Docstrings", ["scripts/check-docstrings.mjs"]],
    ["Failed starts", ["scripts/check-failed-starts.mjs"]],
  ],
  i18n: [["", ["scripts/message-arguments.mjs"]]],
  sounds: [["", ["tools/sound-lab/sounds.ts"]]],
  "sounds:add": [["", ["src/chore.ts", "sounds:add"]]],
  "sounds:check": [["", ["src/chore.ts", "sounds:check"]]],
  "sounds:references": [["", ["tools/sound-lab/texture/measureRecordings.ts"]]],
  visuals: [["", ["tools/sound-lab/visuals.ts"]]],
  bench: [["", ["bench/streams.ts"]]],
  pictures: [["", ["bench/pictures.ts"]]],
  "pictures:tour": [["", ["bench/tour.ts"]]],
  clip: [["", ["demo/clip.ts"]]],
  demo: [["", ["demo/build.ts"]]],
  dashboard: [["", ["bench/dashboard.ts"]]],
  "bench:splice": [["", ["bench/splice.ts"]]],
  "bench:start": [["", ["bench/start.ts"]]],
  "bench:answer": [["", ["bench/answer.ts"]]],
  "bench:schedule": [["", ["bench/schedule.ts"]]],
  "bench:search": [["", ["bench/search.ts"]]],
  "bench:codec": [["", ["bench/codec.ts"]]],
  "bench:scale": [["", ["bench/scale.ts"]]],
  "bench:hour": [["", ["bench/hour.ts"]]],
  "bench:database": [["", ["bench/databaseAway.ts"]]],
  "bench:remote": [["", ["bench/remote.ts"]]],
  "pictures:activity": [["", ["bench/activityPictures.ts"]]],
  "bench:replicas": [["", ["bench/replicas.ts"]]],
  "bench:visuals": [["", ["bench/visuals.ts"]]],
  "bench:page": [["", ["bench/page.ts"]]],
  fuzz: [["", ["test/fuzz/run.ts"]]],
  leases: [["", ["test/leases/run.ts"]]],
  chaos: [["", ["test/chaos/run.ts"]]],
  backup: [["", ["src/chore.ts", "backup"]]],
  restore: [["", ["src/chore.ts", "restore"]]],
  move: [["", ["src/chore.ts", "move"]]],
  doctor: [["", ["src/chore.ts", "doctor"]]],
  format: [["Format", [biome, "check", "--write"]]],
};

/** What an operator runs, without the packages of tests and checks. */
const OPERATORS = new Set(["start", "backup", "restore", "move", "doctor", "sounds:add", "sounds:check"]);

/** What Node has made of our sources is kept: every process starts sooner, and without the 15 MB in which TypeScript is turned into JavaScript. */
const env = { NODE_COMPILE_CACHE: join(root, ".cache", "node"), ...process.env };

/** How long the bot may take to end after it was told that nobody is left. */
const LEAVE_LIMIT = 12_000;

/** The parent of another process, where the system tells it in a file. */
const parentOf = (pid) => {
  try {
    return /\) \S (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, "utf8"))?.[1];
  } catch {
    return undefined;
  }
};

/** Calls back once the process that started this one has ended: npm ends without a word to what it runs. */
const onOrphaned = (then) => {
  const started = process.ppid;
  const above = parentOf(started);
  const isGone = () => {
    // npm runs a shell, which may outlive it.
    if (process.platform !== "win32") return process.ppid !== started || parentOf(started) !== above;
    try {
      process.kill(started, 0);
      return false;
    } catch (error) {
      return error.code === "ESRCH";
    }
  };
  const timer = setInterval(() => {
    if (!isGone()) return;
    clearInterval(timer);
    then();
  }, 1_000).unref();
};

/** What a child says that cannot even start: this file has no stack to show. */
const cannotRun = (node, error) =>
  process.stderr.write(
    `Lull's own Node cannot run on this system (${error.code ?? error.message}, ${node}). ` +
      "It needs Linux with glibc 2.28 or newer, macOS 13.5 or Windows 10: see docs/hosting.md.\n",
  );

/**
 * @param isService whether it runs until it is stopped: it then has a channel to this process, and ends on a ramp when
 *   that is gone
 */
const run = (node, args, isService) =>
  new Promise((resolve) => {
    const inherited = ["inherit", "inherit", "inherit"];
    const child = spawn(node, args, { cwd: root, stdio: isService ? [...inherited, "ipc"] : inherited, env });
    // The terminal sends Ctrl+C to the whole group; a service manager signals this process alone.
    const pass = (signal) => child.kill(signal);
    process.on("SIGTERM", pass);
    const wait = () => {};
    process.on("SIGINT", wait);
    // Started by hand, it may be detached from its shell on purpose; npm is never left on purpose.
    if (isService && process.env.npm_lifecycle_event !== undefined)
      onOrphaned(() => {
        child.kill("SIGTERM");
        setTimeout(() => child.kill("SIGKILL"), LEAVE_LIMIT).unref();
      });
    child.on("error", (error) => {
      cannotRun(node, error);
      resolve(EX_CONFIG);
    });
    child.on("exit", (code, signal) => {
      process.off("SIGTERM", pass);
      process.off("SIGINT", wait);
      resolve(code ?? (signal === "SIGINT" || signal === "SIGTERM" ? 0 : 1));
    });
  });

/** Of sysexits.h: starting again would change nothing. */
const EX_CONFIG = 78;

const [name, ...rest] = process.argv.slice(2);
const task = tasks[name];
if (task === undefined) {
  process.stderr.write(`There is no task "${name}". Known: ${Object.keys(tasks).join(", ")}.\n`);
  process.exit(2);
}
const node = ensureInstalled(OPERATORS.has(name) ? "runtime" : "everything");
// A token in .env is for `npm start`: development happens in rehearsal.
if (name === "dev") env.DISCORD_TOKEN = "";
if (!OPERATORS.has(name) && name !== "dev") {
  // Tests and benchmarks leave folders by the hundred; with their own place for them, all of them go at the end.
  const scratch = mkdtempSync(join(tmpdir(), "lull-"));
  env.TMPDIR = scratch;
  process.on("exit", () => rmSync(scratch, { recursive: true, force: true }));
}
for (const [index, [title, args]] of task.entries()) {
  if (title !== "") process.stderr.write(`${title} (${index + 1} of ${task.length})\n`);
  const last = index === task.length - 1;
  const code = await run(node, last ? [...args, ...rest] : args, name === "start" || name === "dev");
  if (code === 0) continue;
  // What the system's loader says of a library that is too old is no help.
  const { status, error } = spawnSync(node, ["--version"], { stdio: "ignore" });
  if (error === undefined && status !== 0) cannotRun(node, { code: `exit code ${status}` });
  process.exit(status === 0 ? code : EX_CONFIG);
}
