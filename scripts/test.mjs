// npm test: the evenings, which play sound in real time, the engine's, and beside them the unit tests, then what needs
// Discord or a browser. Evenings mostly wait; unit tests take what they leave of the processor, at a lower priority, so
// that they make no packet late.
import { spawn } from "node:child_process";
import { constants, getPriority, setPriority } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { stripVTControlCharacters } from "node:util";
import { root } from "./setup.mjs";

const vitest = join(root, "node_modules", "vitest", "vitest.mjs");
const began = performance.now();
const say = (text) => process.stderr.write(`[${Math.round((performance.now() - began) / 1_000)} s] ${text}\n`);

/** From here on, vitest tells what has failed, and sums up. */
const isEnding = (line) => /^\s*(⎯+ (Failed|Unhandled)|Test Files )/.test(stripVTControlCharacters(line));

/**
 * Runs projects of vitest.config.ts. Their lines are passed on as they come; what it says at its end is kept, so that
 * all that failed is told at the end of everything.
 */
const runProjects = (projects, priority = getPriority()) =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, [vitest, "run", ...projects.map((project) => `--project=${project}`)], {
      cwd: root,
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...(process.stdout.isTTY ? { FORCE_COLOR: "1" } : {}), ...process.env },
    });
    process.on("SIGTERM", () => child.kill());
    // Whatever it starts inherits its priority.
    setPriority(child.pid, priority);
    const ending = [];
    for (const stream of [child.stdout, child.stderr])
      createInterface({ input: stream }).on("line", (line) => {
        if (ending.length > 0 || isEnding(line)) ending.push(line);
        else process.stdout.write(`${line}\n`);
      });
    child.on("close", (code) => {
      const project = projects.join(" and ");
      say(`The ${project} tests are through.`);
      resolve({ project, ending, code: code ?? 1 });
    });
  });

/** Runs vitest with what was asked for, one project after the other. */
const runSome = (args) =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, [vitest, "run", ...args], { cwd: root, stdio: "inherit" });
    process.on("SIGTERM", () => child.kill());
    child.on("exit", (code) => resolve(code ?? 1));
  });

const args = process.argv.slice(2);
// Ctrl+C goes to the whole group: this process waits for the others.
process.on("SIGINT", () => {});
if (args.length > 0) process.exit(await runSome(args));

say("Running the evenings, and the unit tests beside them: some minutes.");
const runUnitsFirst = async () => [
  await runProjects(["unit", "storage", "memory"], Math.max(getPriority(), constants.priority.PRIORITY_BELOW_NORMAL)),
  await runProjects(["discord", "apart"]),
];
const results = (await Promise.all([runProjects(["evenings"]), runProjects(["engine"]), runUnitsFirst()])).flat();
for (const { project, ending } of results) process.stdout.write(`\n${project}\n${ending.join("\n")}\n`);
process.exit(Math.max(...results.map(({ code }) => code)));
