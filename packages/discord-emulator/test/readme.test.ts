import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";

const PACKAGE = resolve(import.meta.dirname, "..");
const CLI = join(PACKAGE, "src", "cli.ts");

/** A folder of somebody's bot, with the README's files in it; packages are found in the repository above. */
let folder: string;
beforeAll(async () => {
  const cache = resolve(PACKAGE, "../../.cache");
  await mkdir(cache, { recursive: true });
  folder = await mkdtemp(join(cache, "readme-"));
  const readme = await readFile(join(PACKAGE, "README.md"), "utf8");
  for (const [, name = "", code = ""] of readme.matchAll(/```js (\S+)\n([\s\S]+?)```/g))
    await writeFile(join(folder, name), code);
  await writeFile(join(folder, "package.json"), '{ "type": "module" }');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Runs Node in that folder, as somebody would in a terminal; `node` of a command line is this Node. */
const runNode = (...args: readonly string[]) => {
  const PATH = `${resolve(process.execPath, "..")}:${process.env.PATH ?? ""}`;
  const child = spawn(process.execPath, args, { cwd: folder, env: { ...process.env, PATH } });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (text) => {
      output += text;
    });
  const ended = once(child, "close").then(([code]) => code as number | null);
  return { child, ended, output: () => output };
};

test("the README's example test passes with its bot", async () => {
  const { ended, output } = runNode("--test", "ping.test.js");
  const code = await ended;
  expect(output()).toMatch(/pass 1/);
  expect(code).toBe(0);
});

test("the command starts the emulator, the page and the README's bot, and ends them cleanly", async () => {
  const { child, ended, output } = runNode(CLI, "--port", "0", "--bot-name", "Moth", "--", "node", "bot.js");
  await expect.poll(output).toContain("Moth is ready.");
  for (const name of ["DISCORD_TOKEN", "DISCORD_API_BASE", "NODE_EXTRA_CA_CERTS"])
    expect(output()).toContain(`${name}=`);
  const address = /^Page: (\S+)$/m.exec(output())?.[1] ?? "";
  expect(await (await fetch(address)).text()).toContain("<title>Moth · Discord emulator</title>");
  child.kill("SIGTERM");
  expect(await ended).toBe(0);
});

test("the command ends with the bot, and with its exit code", async () => {
  await writeFile(join(folder, "broken.js"), "process.exit(3);");
  const { ended } = runNode(CLI, "--no-page", "--", "node", "broken.js");
  expect(await ended).toBe(3);
});

test.each([
  [["--port", "many"], /^--port takes a port number from 0 to 65535\.\n$/],
  [["--colour"], /^Unknown option '--colour'/],
])("%o is refused in a sentence", async (args, sentence) => {
  const { ended, output } = runNode(CLI, ...args);
  expect(await ended).toBe(2);
  expect(output()).toMatch(sentence);
});
