import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { canListProcesses, processesWith } from "../support/processes.ts";

const ROOT = resolve(import.meta.dirname, "../..");
const NPM = process.platform === "win32" ? "npm.cmd" : "npm";

/** A folder for one bot's data, and what marks all of its processes. */
interface Place {
  readonly data: string;
  readonly mark: string;
}

let here: Place;

const newPlace = async (): Promise<Place> => ({
  data: await mkdtemp(join(tmpdir(), "lull-processes-")),
  mark: `LULL_TEST_MARK=${randomUUID()}`,
});
const clear = async ({ data, mark }: Place) => {
  for (const pid of processesWith(mark).keys()) process.kill(pid, "SIGKILL");
  await rm(data, { recursive: true, force: true });
};

beforeEach(async () => {
  here = await newPlace();
});
afterEach(() => clear(here));

/** What a start prints, and its end. */
const start = (
  command: readonly [string, ...string[]],
  environment: Readonly<Record<string, string>> = {},
  { data, mark } = here,
) => {
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
  let said = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (part) => {
      said += part;
    });
  return { child, said: () => said, ended: once(child, "exit").then(([code]) => code as number | null) };
};

const PAGE = /^http:\/\/127\.0\.0\.1:\d+/m;
const hasPage = (one: ReturnType<typeof start>) =>
  vi.waitFor(() => expect(one.said()).toMatch(PAGE), { timeout: 40_000, interval: 100 });
const isOpen = async (one: ReturnType<typeof start>) => {
  await hasPage(one);
  // The bot, its second engine and a renderer are processes of their own.
  await vi.waitFor(() => expect(commands().join("\n")).toMatch(/renderProcess/), { timeout: 30_000 });
};
const commands = () => [...processesWith(here.mark).values()];
const pidOf = (pattern: RegExp): number => {
  const [pid] = [...processesWith(here.mark)].find(([, command]) => pattern.test(command)) ?? [];
  if (pid === undefined) throw new Error(`No process is ${pattern}:\n${commands().join("\n")}`);
  return pid;
};
const allGone = () => expect.poll(() => commands(), { interval: 100 }).toEqual([]);

/** Two Lulls on one folder, while the other tests run: the second waits ten seconds for the first. */
const meet = async (place: Place) => {
  // All the while, it would render.
  const first = start([process.execPath, "src/main.ts"], { LULL_RENDER_AHEAD: "off" }, place);
  await hasPage(first);
  const second = start([process.execPath, "src/main.ts"], {}, place);
  return { first, second, code: await second.ended };
};

describe.skipIf(!canListProcesses)("nothing runs that nobody owns", () => {
  let shared: Place;
  let meeting: ReturnType<typeof meet>;
  beforeAll(async () => {
    shared = await newPlace();
    meeting = meet(shared);
    // It is looked at by the last test.
    meeting.catch(() => {});
  });
  afterAll(() => clear(shared));

  test("npm is killed, as process managers do that know only its pid", async () => {
    const npm = start([NPM, "start"]);
    await isOpen(npm);
    npm.child.kill("SIGKILL");
    await allGone();
  });

  test("scripts/run.mjs is killed", async () => {
    const run = start([process.execPath, "scripts/run.mjs", "start"]);
    await isOpen(run);
    run.child.kill("SIGKILL");
    await allGone();
  });

  test("the rehearsal is killed, and its bot ends on a ramp with all that it has", async () => {
    const run = start([process.execPath, "src/main.ts"]);
    await isOpen(run);
    run.child.kill("SIGKILL");
    await allGone();
  });

  test("the bot is killed: engines and renderers end, and the rehearsal says so and starts it again", async () => {
    const run = start([process.execPath, "src/main.ts"]);
    await isOpen(run);
    const rehearsal = run.child.pid;
    const before = [...processesWith(here.mark)].filter(([pid]) => pid !== rehearsal);
    const [bot = 0] = before.find(([, command]) => /main\.ts/.test(command)) ?? [];
    process.kill(bot, "SIGKILL");
    const left = () => {
      const now = processesWith(here.mark);
      return before.filter(([pid]) => now.has(pid));
    };
    await expect.poll(left).toEqual([]);
    const again = /Lull has ended, and starts again in 1 s\..*Lull is back\./s;
    await expect.poll(run.said).toMatch(again);
    run.child.kill("SIGTERM");
    expect(await run.ended).toBe(0);
    await allGone();
  });

  test("a start that fails takes its bot along", async () => {
    const taken = createServer().listen(0, "127.0.0.1");
    await once(taken, "listening");
    const { port } = taken.address() as { port: number };
    const run = start([process.execPath, "scripts/run.mjs", "start"], { REHEARSAL_PORT: String(port) });
    expect(await run.ended).not.toBe(0);
    expect(run.said()).toMatch(/REHEARSAL_PORT/);
    await allGone();
    taken.close();
  });

  test("a stop that was asked for ends all of it, and asks nobody to start it again", async () => {
    const run = start([process.execPath, "scripts/run.mjs", "start"]);
    await isOpen(run);
    process.kill(pidOf(/run\.mjs/), "SIGTERM");
    expect(await run.ended).toBe(0);
    expect(run.said()).not.toMatch(/has ended|starts? again/);
    await allGone();
  });

  test("a second one on the same folder ends with a sentence and 78, and the first goes on", async () => {
    const { first, second, code } = await meeting;
    expect(code).toBe(78);
    expect(second.said()).toMatch(/LULL_DATA: [^\n]* is in use by another Lull\./);
    expect(first.child.exitCode).toBeNull();
  });
});
