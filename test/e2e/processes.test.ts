import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { canListProcesses, processesWith } from "../support/processes.ts";

const ROOT = resolve(import.meta.dirname, "../..");
const NPM = process.platform === "win32" ? "npm.cmd" : "npm";

let data: string;
let mark: string;
const started: ChildProcess[] = [];

beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), "lull-processes-"));
  mark = `LULL_TEST_MARK=${randomUUID()}`;
});
afterEach(async () => {
  for (const pid of processesWith(mark).keys()) process.kill(pid, "SIGKILL");
  started.length = 0;
  await rm(data, { recursive: true, force: true });
});

/** What a start prints, and its end. */
const start = (command: readonly [string, ...string[]], environment: Readonly<Record<string, string>> = {}) => {
  const [program, ...args] = command;
  const child = spawn(program, args, {
    cwd: ROOT,
    env: {
      ...process.env,
      DISCORD_TOKEN: "",
      LULL_DATA: data,
      LULL_CACHE: join(data, "cache"),
      LULL_ENGINES: "2",
      REHEARSAL_PORT: "0",
      npm_lifecycle_event: undefined,
      LULL_TEST_MARK: mark.split("=")[1],
      ...environment,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  started.push(child);
  let said = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (part) => {
      said += part;
    });
  return { child, said: () => said, ended: once(child, "exit").then(([code]) => code as number | null) };
};

const PAGE = /^http:\/\/127\.0\.0\.1:\d+/m;
const isOpen = async (one: ReturnType<typeof start>) => {
  await expect.poll(one.said, { timeout: 40_000, interval: 100 }).toMatch(PAGE);
  // The bot, its second engine and a renderer are processes of their own.
  await expect
    .poll(() => commands().filter((command) => /renderProcess/.test(command)).length, { timeout: 20_000 })
    .toBeGreaterThan(0);
};
const commands = () => [...processesWith(mark).values()];
const pidOf = (pattern: RegExp): number => {
  const [pid] = [...processesWith(mark)].find(([, command]) => pattern.test(command)) ?? [];
  if (pid === undefined) throw new Error(`No process is ${pattern}:\n${commands().join("\n")}`);
  return pid;
};
const allGone = () => expect.poll(commands, { timeout: 30_000, interval: 100 }).toEqual([]);

describe.skipIf(!canListProcesses)("nothing runs that nobody owns", () => {
  test("npm is killed, as process managers do that know only its pid", async () => {
    const npm = start([NPM, "start"]);
    await isOpen(npm);
    npm.child.kill("SIGKILL");
    await allGone();
  }, 120_000);

  test("scripts/run.mjs is killed", async () => {
    const run = start([process.execPath, "scripts/run.mjs", "start"]);
    await isOpen(run);
    run.child.kill("SIGKILL");
    await allGone();
  }, 120_000);

  test("the rehearsal is killed, and its bot ends on a ramp with all that it has", async () => {
    const run = start([process.execPath, "src/main.ts"]);
    await isOpen(run);
    run.child.kill("SIGKILL");
    await allGone();
  }, 120_000);

  test("the bot is killed: engines and renderers end, the rehearsal says so and stays", async () => {
    const run = start([process.execPath, "src/main.ts"]);
    await isOpen(run);
    const rehearsal = run.child.pid;
    const bot = [...processesWith(mark)].find(([pid, command]) => /main\.ts/.test(command) && pid !== rehearsal)?.[0];
    process.kill(bot ?? 0, "SIGKILL");
    const others = () => [...processesWith(mark)].filter(([pid]) => pid !== rehearsal);
    await expect.poll(others, { timeout: 30_000 }).toEqual([]);
    await expect.poll(run.said).toMatch(/The bot has ended\./);
    run.child.kill("SIGTERM");
    expect(await run.ended).toBe(0);
  }, 120_000);

  test("a start that fails takes its bot along", async () => {
    const taken = createServer().listen(0, "127.0.0.1");
    await once(taken, "listening");
    const { port } = taken.address() as { port: number };
    const run = start([process.execPath, "scripts/run.mjs", "start"], { REHEARSAL_PORT: String(port) });
    expect(await run.ended).not.toBe(0);
    expect(run.said()).toMatch(/REHEARSAL_PORT/);
    await allGone();
    taken.close();
  }, 120_000);

  test("a stop that was asked for ends all of it, and asks nobody to start it again", async () => {
    const run = start([process.execPath, "scripts/run.mjs", "start"]);
    await isOpen(run);
    process.kill(pidOf(/run\.mjs/), "SIGTERM");
    expect(await run.ended).toBe(0);
    expect(run.said()).not.toMatch(/start again/);
    await allGone();
  }, 120_000);

  test("a second one on the same folder ends with a sentence and 78, and the first goes on", async () => {
    const first = start([process.execPath, "src/main.ts"]);
    await isOpen(first);
    const second = start([process.execPath, "src/main.ts"]);
    expect(await second.ended).toBe(78);
    expect(second.said()).toMatch(/LULL_DATA: [^\n]* is in use by another Lull\./);
    expect(first.child.exitCode).toBeNull();
  }, 120_000);
});
