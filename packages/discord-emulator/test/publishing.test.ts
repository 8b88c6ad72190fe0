import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";

const run = promisify(execFile);
const PACKAGE = resolve(import.meta.dirname, "..");
const REPOSITORY = resolve(PACKAGE, "../..");

/** A copy of the package at the same depth, so that packing it changes nothing that other tests import. */
let copy: string;
beforeAll(async () => {
  const cache = join(REPOSITORY, ".cache");
  await mkdir(cache, { recursive: true });
  copy = await mkdtemp(join(cache, "pack-"));
  const isOurs = (path: string) => !["test", "dist", ".pack", "node_modules"].includes(basename(path));
  await cp(PACKAGE, copy, { recursive: true, filter: isOurs });
});
afterAll(() => rm(copy, { recursive: true, force: true }));

test("what is packed is JavaScript with declarations and the page's bundle, runs as such, and leaves the sources as they were", async () => {
  const before = await readFile(join(copy, "package.json"), "utf8");
  await run(process.execPath, [join(copy, "scripts", "prepack.mjs")]);

  const manifest = JSON.parse(await readFile(join(copy, "package.json"), "utf8"));
  expect(manifest.files).toEqual(["dist"]);
  const named = [
    manifest.bin["discord-emulator"],
    ...Object.values<Record<string, string>>(manifest.exports).flatMap((each) => Object.values(each)),
  ];
  for (const path of named) await readFile(join(copy, path));
  for (const name of ["index.html", "favicon.svg", "page.js", "page.css", "jitterWorklet.js"])
    await readFile(join(copy, "dist", "page", "client", name));
  expect(await readFile(join(copy, manifest.exports["."].default), "utf8")).not.toContain('.ts"');

  const { stdout } = await run(process.execPath, [join(copy, manifest.bin["discord-emulator"]), "--help"]);
  expect(stdout).toContain("discord-emulator [options] -- node bot.js");

  await run(process.execPath, [join(copy, "scripts", "postpack.mjs")]);
  expect(await readFile(join(copy, "package.json"), "utf8")).toBe(before);
});
