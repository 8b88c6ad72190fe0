import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { forkChild } from "../../src/kernel/forkChild.ts";
import { createStrippedCode, type StrippedCode, sourcesOf } from "../../src/kernel/strippedCode.ts";

const script = new URL("./fixtures/greets.ts", import.meta.url);
const folder = mkdtempSync(join(tmpdir(), "lull-stripped-"));
const find = createStrippedCode(folder);
afterAll(() => rmSync(folder, { recursive: true }));

/** What the script says in a process of its own without a compile cache, as sandboxed ones have none. */
const run = async (code: StrippedCode | undefined) => {
  const child = forkChild(script, {
    stdio: ["ignore", "ignore", "inherit", "ipc"],
    execArgv: code === undefined ? [] : [code.flag],
    env: { ...process.env, NODE_COMPILE_CACHE: "", NODE_DISABLE_COMPILE_CACHE: "1" },
  });
  child.send("Lull");
  const [told] = await once(child, "message");
  child.kill();
  return told;
};
const SAID = ["Hello, Lull", "Goodbye, Lull", new URL("./fixtures/greeting.ts", import.meta.url).href];

test("a process without a compile cache does the same with code that has been stripped, without stripping any", async () => {
  expect(await run(undefined)).toEqual({ said: SAID, stripped: true });
  await expect.poll(() => find(script)).toBeDefined();
  expect(await run(find(script))).toEqual({ said: SAID, stripped: false });
});

test("modules that are loaded later belong to it, and those that only give types do not", () => {
  const names = [...sourcesOf(script).keys()].map((url) => url.slice(url.lastIndexOf("/") + 1));
  expect(names).toEqual(["greets.ts", "greeting.ts", "farewell.ts"]);
});

test("code that cannot be read is stripped as it is loaded", async () => {
  await expect.poll(() => find(script)).toBeDefined();
  const code = find(script)!;
  writeFileSync(code.path, readFileSync(code.path).subarray(0, 100));
  expect(await run(code)).toEqual({ said: SAID, stripped: true });
});

test("what was made of other sources is removed, and without a folder nothing is made", async () => {
  for (const name of readdirSync(folder)) rmSync(join(folder, name));
  writeFileSync(join(folder, "greets-0123456789abcdef.json"), "[]");
  const again = createStrippedCode(folder);
  await expect.poll(() => again(script)).toBeDefined();
  await expect.poll(() => readdirSync(folder)).toEqual([expect.not.stringContaining("0123456789abcdef")]);
  expect(createStrippedCode(undefined)(script)).toBeUndefined();
});
