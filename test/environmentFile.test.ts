import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { loadConfig } from "../src/config.ts";

const TOKEN = "MTAwMDAwMDAwMDAwMDAwMDAwMA.GaBcDe.abcdefghijklmnopqrstuvwxyz0123456789AB";
const LINES = `# mine\r\nDISCORD_TOKEN=${TOKEN}\r\nLULL_LOG_LEVEL="warn"\r\n`;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lull-env-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const put = (name: string, content: string | Uint8Array) => writeFileSync(join(folder, name), content);
const load = (environment: Record<string, string> = {}) => loadConfig(environment, folder);

const utf16 = (text: string, mark: boolean, isBig = false) => {
  const bytes = Buffer.from(`${mark ? "\ufeff" : ""}${text}`, "utf16le");
  return isBig ? bytes.swap16() : bytes;
};

describe("a token in .env is found", () => {
  test.each<[string, string | Uint8Array]>([
    ["UTF-8", LINES],
    ["UTF-8 with a mark", `\ufeff${LINES}`],
    ["UTF-16, as PowerShell's > writes it", utf16(LINES, true)],
    ["UTF-16, the bytes the other way round", utf16(LINES, true, true)],
    ["UTF-16 without a mark", utf16(LINES, false)],
    ["quotes, spaces and export", `export DISCORD_TOKEN = '${TOKEN}' \nLULL_LOG_LEVEL=warn`],
  ])("in %s", (_, content) => {
    put(".env", content);
    expect(load()).toMatchObject({ config: { token: TOKEN, logLevel: "warn" }, notices: [] });
  });

  test.each(["", "  "])("when DISCORD_TOKEN is exported as “%s”", (empty) => {
    put(".env", LINES);
    expect(load({ DISCORD_TOKEN: empty }).config.token).toBe(TOKEN);
  });

  test("unless the environment has another, which wins", () => {
    put(".env", LINES);
    const other = TOKEN.replace("MTAw", "MTAx");
    expect(load({ DISCORD_TOKEN: other }).config.token).toBe(other);
  });
});

describe("without a token, what was found instead is said in one line", () => {
  test.each<[string, string, RegExp]>([
    [".env", "TOKEN=x\nLULL_LOG_LEVEL=warn", /^\.env sets TOKEN, LULL_LOG_LEVEL, and no DISCORD_TOKEN\.$/],
    [".env", "DISCORD_TOKEN=\n", /^DISCORD_TOKEN is empty in \.env\.$/],
    [".env", "", /^\.env sets nothing/],
    [".env", "hello\u0000\u0001", /^\.env sets nothing/],
    [".env.txt", LINES, /^There is a file \.env\.txt, but only \.env is read: rename it\.$/],
    ["env", LINES, /^There is a file env, but only \.env is read: rename it\.$/],
  ])("%s with %j", (name, content, sentence) => {
    put(name, content);
    const { config, notices } = load();
    expect(config.token).toBeUndefined();
    expect(notices).toEqual([expect.stringMatching(sentence)]);
  });

  test("nothing, where there is no such file", () => {
    put(".env.example", "DISCORD_TOKEN=");
    expect(load().notices).toEqual([]);
  });
});

test("a .env that cannot be read is refused in one sentence", () => {
  mkdirSync(join(folder, ".env"));
  expect(() => load()).toThrow(/^\.env in [^\n]* cannot be read \(EISDIR\)[^\n]*\.$/);
});

test.skipIf(process.platform === "win32" || process.getuid?.() === 0)("nor one of another user", () => {
  put(".env", LINES);
  chmodSync(join(folder, ".env"), 0);
  expect(() => load()).toThrow(/^\.env in [^\n]* cannot be read \(EACCES\)[^\n]*\.$/);
});
