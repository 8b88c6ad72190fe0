import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import SQLite from "better-sqlite3";
import { DiscordAPIError, HTTPError, RateLimitError } from "discord.js";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import WebSocket from "ws";
import { z } from "zod";
import { named } from "../../src/i18n/message.ts";
import { UserError } from "../../src/kernel/errors.ts";
import { openLineFile } from "../../src/kernel/lineFile.ts";
import { openLog } from "../../src/kernel/log.ts";
import { canMountDisks, mountSmallDisk } from "../support/smallDisk.ts";

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "lull-log-"));
});
afterAll(() => rmSync(directory, { recursive: true }));

/** What a member wrote or avoids, a token and a body: none of them may be in the log. */
const SECRET = "whisper-and-wet-mouth-sounds";
const TOKEN = "aW50ZXJhY3Rpb246MTAwMDAwMDAwMDAwMDAwMDAwMDpBYmNkZWZnaGlqa2xtbm9w";
const BOT_TOKEN = "MTAwMDAwMDAwMDAwMDAwMDAwMA.GaBcDe.abcdefghijklmnopqrstuvwxyz0123456789AB";
const URL_WITH_TOKEN = `https://discord.com/api/v10/interactions/1234567890/${TOKEN}/callback?with=${SECRET}`;
const BODY = { files: [{ name: SECRET, data: Buffer.alloc(100_000, 65) }], json: { content: SECRET } };

const thrown = async (act: () => unknown): Promise<unknown> => {
  try {
    await act();
  } catch (error) {
    return error;
  }
  throw new Error("Nothing was thrown");
};

const errors: Readonly<Record<string, () => unknown>> = {
  DiscordAPIError: () =>
    new DiscordAPIError(
      {
        code: 50035,
        message: "Invalid Form Body",
        errors: { data: { content: { _errors: [{ code: "X", message: `Value "${SECRET}" is too long.` }] } } },
      } as never,
      50035,
      400,
      "POST",
      URL_WITH_TOKEN,
      BODY as never,
    ),
  HTTPError: () => new HTTPError(503, "Service Unavailable", "PATCH", URL_WITH_TOKEN, BODY as never),
  RateLimitError: () =>
    new RateLimitError({
      timeToReset: 1_000,
      limit: 5,
      method: "POST",
      hash: "h",
      url: URL_WITH_TOKEN,
      route: "/interactions/:id/:token/callback",
      majorParameter: TOKEN,
      global: false,
      retryAfter: 1,
      sublimitTimeout: 0,
      scope: "user",
    } as never),
  ZodError: () =>
    thrown(() =>
      z
        .object({ title: z.string().max(3), mode: z.enum(["a"]), n: z.record(z.string(), z.number()) })
        .parse({ title: SECRET, mode: SECRET, n: { [SECRET]: SECRET } }, { reportInput: true }),
    ),
  "SyntaxError of JSON": () => thrown(() => JSON.parse(`{"avoid": ${SECRET}`)),
  SqliteError: () =>
    thrown(() => {
      const file = new SQLite(":memory:");
      file.exec("create table avoid (user text unique)");
      file.prepare("insert into avoid values (?)").run(SECRET);
      file.prepare("insert into avoid values (?)").run(SECRET);
    }),
  "ws error": () =>
    new Promise((resolve) =>
      new WebSocket("ws://127.0.0.1:1/", { headers: { authorization: BOT_TOKEN } }).on("error", (error) =>
        resolve(Object.assign(error, { target: { token: BOT_TOKEN, body: SECRET } })),
      ),
    ),
  "undici error": () => thrown(() => fetch(`http://127.0.0.1:1/${SECRET}`, { method: "POST", body: SECRET })),
  "undici error of an address": () => thrown(() => fetch(`http://${SECRET} ${SECRET}/?token=${BOT_TOKEN}`)),
  AbortError: () => thrown(() => fetch("http://127.0.0.1:1/", { signal: AbortSignal.abort() })),
  TimeoutError: () => thrown(() => AbortSignal.abort(new DOMException("late", "TimeoutError")).throwIfAborted()),
  ERR_INVALID_ARG_TYPE: () => thrown(() => Buffer.from({ [SECRET]: SECRET } as never)),
  ERR_INVALID_ARG_VALUE: () => thrown(() => readFileSync(`${SECRET}\0`)),
  UserError: () => new UserError("no-such-favourite", named(SECRET)),
  "AggregateError with causes": () =>
    new AggregateError(
      Array.from(
        { length: 50 },
        (_, index) =>
          new Error(`${index} “${SECRET}” ${"x".repeat(5_000)}`, {
            cause: Object.assign(new Error(`'${SECRET}' of ${BOT_TOKEN}`), { body: SECRET, url: URL_WITH_TOKEN }),
          }),
      ),
      `all of "${SECRET}"`,
      { cause: new Error("deep", { cause: new Error("deeper", { cause: new Error("deepest") }) }) },
    ),
  "an error with everything": () =>
    Object.assign(new Error("Everything"), { request: BODY, headers: { authorization: BOT_TOKEN }, note: SECRET }),
  "an address of a database": () => new Error(`No way to postgres://lull:${SECRET}@db/lull`),
  "a text": () => `"${SECRET}" ${BOT_TOKEN} ${"y".repeat(100_000)}`,
  "an object": () => ({ message: `"${SECRET}"`, body: SECRET }),
  nothing: () => undefined,
};

const logged = (details: Record<string, unknown>): string => {
  const file = join(directory, `${Math.random()}.log`);
  openLog(file, "info").error("An interaction failed", details);
  return readFileSync(file, "utf8");
};

describe("an error in the log has neither body, token, text nor more than 4 kB", () => {
  test.each(Object.entries(errors))("%s", async (_, make) => {
    const error = await make();
    const line = logged({ error, ...(error instanceof Error && { also: error }) });
    expect(line.split("\n")).toHaveLength(2);
    expect(() => JSON.parse(line)).not.toThrow();
    expect(Buffer.byteLength(line)).toBeLessThanOrEqual(4_096);
    for (const secret of [SECRET, TOKEN, BOT_TOKEN, "AAAAAAAA"]) expect(line).not.toContain(secret);
  });

  test("says what it needs to be found again", async () => {
    expect(JSON.parse(logged({ error: await errors.DiscordAPIError?.() }))).toMatchObject({
      error: {
        type: "DiscordAPIError[50035]",
        code: 50035,
        status: 400,
        method: "POST",
        route: "/api/v10/interactions/1234567890/<token>/callback",
      },
    });
    expect(JSON.parse(logged({ error: await thrown(() => readFileSync("/no/such")) }))).toMatchObject({
      error: { code: "ENOENT", syscall: "open", message: expect.stringContaining("/no/such") },
    });
    expect(JSON.parse(logged({ error: await errors.ZodError?.() }))).toMatchObject({
      error: { issues: [{ code: "too_big", path: "title" }, { path: "mode" }, { path: "n.…" }] },
    });
  });

  test("an interaction is named, and what was typed, chosen or attached is not", () => {
    const request = {
      kind: "command",
      name: "avoid",
      subcommand: "set",
      options: { string: () => SECRET },
      values: [SECRET],
      typed: SECRET,
      message: { files: [{ name: SECRET }] },
    };
    const line = logged({ request });
    expect(line).not.toContain(SECRET);
    expect(JSON.parse(line)).toMatchObject({ request: { kind: "command", name: "avoid", subcommand: "set" } });
  });

  test("details of any size stay one line of 4 kB", () => {
    const huge = Array.from({ length: 100 }, () => Array.from({ length: 100 }, () => "é".repeat(500)));
    const line = logged({ huge, bytes: Buffer.alloc(1e6), big: 10n, forged: "x\n{}" });
    expect(Buffer.byteLength(line)).toBeLessThanOrEqual(4_096);
    expect(JSON.parse(line)).toMatchObject({ msg: "An interaction failed" });
  });
});

describe("a log that cannot be written costs nothing but its lines", () => {
  test.skipIf(process.platform !== "linux")("a full disk: nothing is thrown, and the cause is told once", () => {
    const causes: string[] = [];
    const log = openLog("/dev/full", "info", (error) => causes.push(error.message));
    for (let i = 0; i < 20_000; i++) log.warn("A line", { i });
    expect(causes).toEqual([expect.stringMatching(/ENOSPC/)]);
  });

  test("a reader that is gone: the process lives", async () => {
    const script = `
      const { openLog } = await import(${JSON.stringify(new URL("../../src/kernel/log.ts", import.meta.url).href)});
      const log = openLog("-", "info", (error) => process.stderr.write("told " + error.code + "\\n"));
      const timer = setInterval(() => log.info("line"), 5);
      setTimeout(() => { clearInterval(timer); process.stderr.write("lives\\n"); }, 500);`;
    const child = spawn(process.execPath, ["--input-type=module", "-e", script], { stdio: ["ignore", "pipe", "pipe"] });
    child.stdout.once("data", () => child.stdout.destroy());
    let said = "";
    child.stderr.on("data", (part) => {
      said += part;
    });
    expect(await once(child, "close")).toEqual([0, null]);
    expect(said).toBe("told EPIPE\nlives\n");
  });

  test.skipIf(!canMountDisks)("room again: what waited is written whole, and the log says what was lost", async () => {
    const folder = join(directory, "disk");
    const disk = mountSmallDisk(folder, "64k");
    try {
      const file = join(folder, "lull.log");
      const log = openLog(file, "info");
      writeFileSync(join(folder, "ballast"), Buffer.alloc(40_000));
      for (let i = 0; i < 10_000; i++) log.info("A line", { i });
      rmSync(join(folder, "ballast"));
      disk.resize("4m");
      await expect.poll(() => readFileSync(file, "utf8")).toContain("can be written again");
      const lines = readFileSync(file, "utf8").trimEnd().split("\n");
      const parsed = lines.map((line) => JSON.parse(line) as { msg: string; lost?: number; i?: number });
      expect(parsed.filter(({ msg }) => msg === "A line").at(-1)?.i).toBe(9_999);
      expect(parsed.at(-1)).toMatchObject({ msg: "The log can be written again", error: { code: "ENOSPC" } });
      expect(parsed.at(-1)?.lost).toBe(10_000 - (lines.length - 1));
    } finally {
      disk.unmount();
    }
  });

  test.skipIf(process.platform === "win32")("its file is its owner's alone", () => {
    const file = join(directory, "own.log");
    openLog(file, "info").info("A line");
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });
});

test("a file that has grown large is put aside, four deep, without losing a line", () => {
  const path = join(directory, "rotated.log");
  const file = openLineFile(path, { onFailure() {}, onRecovery() {} }, 100);
  for (let number = 10; number < 60; number++) file.write(`line ${number} ${"x".repeat(20)}\n`);
  const parts = [".4", ".3", ".2", ".1", ""].map((end) => readFileSync(`${path}${end}`, "utf8"));
  for (const part of parts) expect(Buffer.byteLength(part)).toBeLessThanOrEqual(100);
  const numbers = [...parts.join("").matchAll(/^line (\d+)/gm)].map(([, number]) => Number(number));
  expect(numbers).toEqual(Array.from({ length: numbers.length }, (_, index) => 60 - numbers.length + index));
  expect(numbers.length).toBeGreaterThanOrEqual(13);
  expect(() => readFileSync(`${path}.5`)).toThrow(/ENOENT/);
});
