import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { readStoredSound } from "../../src/audio/storedSound.ts";
import type { Sound } from "../../src/catalogue/sound.ts";
import { type Importer, openImporter } from "../../src/import/importer.ts";
import { type OperatorFolder, openOperatorFolder } from "../../src/import/operatorFolder.ts";
import { id, type SoundId } from "../../src/kernel/ids.ts";
import { silentLog } from "../../src/kernel/log.ts";
import { decodeLoop } from "../../src/render/decodeLoop.ts";
import { createReferenceMeter } from "../support/referenceMeter.ts";
import { noise, opus, wav } from "../support/soundFiles.ts";

let opened: { operators: OperatorFolder; importer: Importer } | undefined;
afterEach(async () => {
  await opened?.importer.close();
  await opened?.operators.close();
});

const openFolder = async (
  files: Readonly<Record<string, Uint8Array>>,
  folder = mkdtempSync(join(tmpdir(), "lull-own-")),
) => {
  const cache = mkdtempSync(join(tmpdir(), "lull-cache-"));
  for (const [name, bytes] of Object.entries(files)) writeFileSync(join(folder, name), bytes);
  const [lines, heard]: [string[], (readonly Sound[])[]] = [[], []];
  const log = { ...silentLog, warn: (line: string) => lines.push(line) };
  const importer = openImporter();
  const onChange = (sounds: readonly Sound[]) => heard.push(sounds);
  const operators = await openOperatorFolder({ folder, cache, importer, taken: new Set(), log, onChange });
  opened = { operators, importer };
  return { folder, cache, lines, heard, operators, titles: () => (heard.at(-1) ?? []).map(({ title }) => title) };
};

const until = async (condition: () => boolean) => {
  for (let count = 0; count < 400 && !condition(); count++) await new Promise((resolve) => setTimeout(resolve, 50));
  expect(condition()).toBe(true);
};

test("a loud recording comes to the level of the built-in sounds, and is left as it is on disk", async () => {
  const file = wav(noise(4, 48_000, () => 6));
  const { folder, operators } = await openFolder({ "dryer.wav": file });
  const { path, title } = await operators.prepare(id<SoundId>("own-dryer"));
  expect(title).toBe("dryer");
  const meter = await createReferenceMeter();
  expect(Math.abs(meter.loudness(decodeLoop(readStoredSound(path).packets)) + 30)).toBeLessThan(0.5);
  expect(readFileSync(join(folder, "dryer.wav")).equals(file)).toBe(true);
});

test("a file that is copied there while Lull runs is found, and one that goes is gone", async () => {
  const { folder, cache, operators, titles } = await openFolder({ "one.wav": wav(noise(2)) });
  expect(titles()).toEqual(["one"]);
  await operators.prepare(id<SoundId>("own-one"));
  mkdirSync(join(folder, "rain"));
  copyFileSync(join(folder, "one.wav"), join(folder, "rain", "two.wav"));
  await until(() => titles().includes("two"));
  await operators.prepare(id<SoundId>("own-rain-two"));
  rmSync(join(folder, "one.wav"));
  await until(() => !titles().includes("one"));
  await expect(operators.prepare(id<SoundId>("own-one"))).rejects.toThrow(/no longer available/);
  // Nor is anything left of what was made of it.
  await until(() => !readdirSync(cache).some((name) => name.startsWith("own-one-")));
  expect(readdirSync(cache)).toEqual([expect.stringMatching(/^own-rain-two-/)]);
});

test("a file that is broken further in leaves the library with a sentence, and nothing of it is kept", async () => {
  const cut = opus(noise(3)).subarray(0, 9_000);
  const { cache, lines, operators, titles } = await openFolder({ "cut.ogg": cut, "whole.wav": wav(noise(2)) });
  expect(titles()).toEqual(["cut", "whole"]);
  await operators.prepareAll();
  expect(titles()).toEqual(["whole"]);
  expect(lines).toEqual([expect.stringMatching(/cut.ogg was skipped. The file is damaged/)]);
  expect(readdirSync(cache)).toEqual([expect.stringMatching(/^own-whole-.*\.opus$/)]);
});

test("a folder that links to itself is scanned and watched", async () => {
  const folder = mkdtempSync(join(tmpdir(), "lull-own-"));
  writeFileSync(join(folder, "one.wav"), wav(noise(2)));
  for (const name of ["self", "again"]) symlinkSync(folder, join(folder, name));
  const { titles } = await openFolder({}, folder);
  expect(titles()).toEqual(["one"]);
  copyFileSync(join(folder, "one.wav"), join(folder, "two.wav"));
  await until(() => titles().includes("two"));
});
