import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { botEnvironment } from "discord-emulator";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { axeViolations } from "../../packages/discord-emulator/test/support/axe.ts";
import { findChromium } from "../../packages/discord-emulator/test/support/chromium.ts";
import { openPageDriver, type PageDriver } from "../../packages/discord-emulator/test/support/pageDriver.ts";
import { openLullEmulator } from "../../src/rehearsal/lullEmulator.ts";
import { spawnLull } from "../../src/rehearsal/lullProcess.ts";

const ROOT = resolve(import.meta.dirname, "../..");
const TOKEN = "MTAwMDAwMDAwMDAwMDAwMDAwMA.GaBcDe.abcdefghijklmnopqrstuvwxyz0123456789AB";

let data: string;
const running = new Set<ChildProcess>();

beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), "lull-start-"));
});
afterAll(() => rm(data, { recursive: true, force: true }));
afterEach(async () => {
  for (const child of running) {
    child.kill("SIGTERM");
    await once(child, "close");
  }
});

/** What `npm start` runs, once everything is installed. */
const start = (environment: Readonly<Record<string, string>>, { detached = false } = {}) => {
  const child = spawn(process.execPath, ["scripts/run.mjs", "start"], {
    cwd: ROOT,
    detached,
    env: { ...process.env, LULL_DATA: data, REHEARSAL_PORT: "0", DISCORD_TOKEN: "", ...environment },
  });
  running.add(child);
  let [said, complained] = ["", ""];
  child.stdout.on("data", (text) => {
    said += text;
  });
  child.stderr.on("data", (text) => {
    complained += text;
  });
  const ended = once(child, "close").then(([code]) => {
    running.delete(child);
    return code as number;
  });
  return { said: () => said, complained: () => complained, ended, child };
};

const addressOf = async (started: ReturnType<typeof start>): Promise<string> => {
  for (let waited = 0; waited < 60_000; waited += 100) {
    const last = started.said().trimEnd().split("\n").at(-1);
    if (last?.startsWith("http://127.0.0.1:")) return last;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`There was no address.\n${started.said()}\n${started.complained()}`);
};

describe("npm start is refused in one sentence that names the variable", () => {
  test.each([
    [{ DISCORD_TOKEN: "secret" }, /^DISCORD_TOKEN is not a bot token[^\n]*\.\n$/, 78],
    [{ REHEARSAL_PORT: "many" }, /^REHEARSAL_PORT must be a port number[^\n]*\.\n$/, 78],
    [{ TZ: ":/no/such/zone" }, /^TIME_ZONE is needed[^\n]*\(TZ is \/no\/such\/zone\)[^\n]*\.\n$/, 78],
    [{ LULL_DATA: import.meta.filename }, /^LULL_DATA: [^\n]* is not a folder[^\n]*\.\n$/, 78],
    [{ LULL_CACHE: join(import.meta.filename, "x") }, /^LULL_CACHE: [^\n]* is not a folder[^\n]*\.\n$/, 78],
    [{ LULL_SOUNDS: import.meta.filename }, /^LULL_SOUNDS: [^\n]* is not a folder\.\n$/, 78],
    [{ LULL_DATA: "/proc/lull" }, /^LULL_DATA: [^\n]* cannot be used as a folder[^\n]*\.\n$/, 78],
    [{ LULL_LOG: "/proc/lull" }, /^LULL_LOG: [^\n]* cannot be written[^\n]*\.\n$/, 78],
    [{ DISCORD_TOKEN: TOKEN, DISCORD_API_BASE: "http://127.0.0.1:9/api" }, /^DISCORD_API_BASE[^\n]*\.\n$/, 1],
  ])("%o", async (environment, sentence, code) => {
    const started = start(environment);
    expect(await started.ended).toBe(code);
    expect(started.complained()).toMatch(sentence);
  });

  test.skipIf(process.platform === "win32")("too few open files", async () => {
    const child = spawn("sh", ["-c", `ulimit -n 64; exec "${process.execPath}" scripts/run.mjs start`], { cwd: ROOT });
    let complained = "";
    child.stderr.on("data", (part) => {
      complained += part;
    });
    expect(await once(child, "close")).toEqual([78, null]);
    expect(complained).toMatch(/^ulimit -n is 64[^\n]*\.\n$/);
  });

  test("a script that cannot be read", async () => {
    const sounds = await mkdtemp(join(tmpdir(), "lull-scripts-"));
    await mkdir(join(sounds, "scripts"));
    await writeFile(join(sounds, "scripts", "bad.txt"), "Title: x\n\n[pause for ever]\n");
    const started = start({ LULL_SOUNDS: sounds, DISCORD_TOKEN: TOKEN });
    expect(await started.ended).toBe(78);
    expect(started.complained()).toMatch(/^[^\n]*bad\.txt[^\n]*\n$/);
    await rm(sounds, { recursive: true });
  });

  test("a bot that has kept crashing all day, before Discord resets its token", async () => {
    const emulator = await openLullEmulator({ gateway: { identifies: 201 } });
    const crashed = await mkdtemp(join(tmpdir(), "lull-crashed-"));
    const crash = () => spawnLull({ ...botEnvironment(emulator), LULL_DATA: crashed, LULL_RENDER_AHEAD: "off" });
    const first = crash();
    await emulator.waitUntil(
      "it has logged in",
      () => emulator.members().some(({ bot, online }) => bot && online),
      30_000,
    );
    await first.kill();
    const second = crash();
    expect(await second.ended).toBe(78);
    expect(second.lines).toEqual([expect.stringMatching(/^DISCORD_TOKEN has been used to log in 800 times in a day/)]);
    await emulator.close();
    await rm(crashed, { recursive: true, force: true });
  });

  test("a token that Discord refuses", async () => {
    const emulator = await openLullEmulator();
    const started = start({ DISCORD_TOKEN: TOKEN, DISCORD_API_BASE: emulator.apiBase });
    expect(await started.ended).toBe(78);
    expect(started.complained()).toMatch(/^DISCORD_TOKEN [^\n]*\.\n$/);
    await emulator.close();
  });
});

test.skipIf(process.platform === "win32").each([
  ["SIGTERM, as a service manager sends it", (pid: number) => process.kill(pid, "SIGTERM")],
  ["Ctrl+C, which goes to all of its processes", (pid: number) => process.kill(-pid, "SIGINT")],
])("rehearsal ends promptly and cleanly on %s", async (_what, stop) => {
  const started = start({}, { detached: true });
  await addressOf(started);
  stop(started.child.pid ?? 0);
  expect(await started.ended).toBe(0);
  expect(started.complained()).toBe("");
  expect(started.said()).toMatch(/\nGood night\.\n$/);
  // That is for a bot that nobody has stopped.
  expect(started.said()).not.toMatch(/has ended|starts? again/);
});

describe.skipIf(findChromium() === undefined)("a newcomer's first evening, in a real browser", () => {
  let page: PageDriver;
  afterEach(() => page?.close());

  test("a welcome in their language; one tap, sound; pause, silence; /sleep, and the bot leaves", async () => {
    // What is rendered for later evenings is no part of this one, and takes the other tests' processor time.
    page = await openPageDriver(await addressOf(start({ LULL_RENDER_AHEAD: "off" })));
    const at = page.page;
    await at.getByLabel("Your language").selectOption("de");
    await at.getByRole("heading", { name: /^Guten (Morgen|Tag|Abend)$/ }).waitFor();
    await at.locator("#draft").fill("/");
    expect(await at.getByRole("option").first().innerText()).toContain("/abspielen");
    await at.locator("#draft").fill("");
    await at.getByLabel("Deine Sprache").selectOption("en-US");
    await at.getByRole("heading", { name: /^Good (morning|afternoon|evening)$/ }).waitFor();
    await at.getByRole("button", { name: "Rain", exact: true }).click();
    await page.levelBecomes("heard");
    await page.command("play", { sound: "brown-noise" });
    await page.message(/Deep Brown/);
    await page.levelBecomes("heard");
    await page.press("Pause");
    await page.levelBecomes("silent");
    await page.press("Resume");
    await page.levelBecomes("heard");
    await page.command("sleep in", { duration: "6s" });
    await page.message(/Silent since/);
    await page.levelBecomes("silent");
    await at.goto(new URL("/visuals/de", at.url()).href);
    await at.getByRole("link", { name: "Zurück zur Probe" }).waitFor();
    expect(await axeViolations(at)).toEqual([]);
    expect(page.complaints).toEqual([]);
  });
});
