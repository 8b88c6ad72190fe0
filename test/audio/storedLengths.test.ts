import { mkdtempSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createStoredLengths } from "../../src/audio/storedLengths.ts";
import { writeStoredSound } from "../../src/audio/storedSound.ts";

const sound = (length: number) => {
  const packets = Array.from({ length }, () => Uint8Array.of(0xfc, 0xff, 0xfe));
  return Buffer.concat([
    ...writeStoredSound({ packets, keyframeInterval: 50, title: "", licence: "", loudness: -30 }, 1),
  ]);
};

test("a file is read once, until it changes", async () => {
  const path = join(mkdtempSync(join(tmpdir(), "lull-lengths-")), "sound.opus");
  const lengthOf = createStoredLengths();
  writeFileSync(path, sound(130));
  utimesSync(path, 1, 1);
  expect(await Promise.all([lengthOf(path), lengthOf(path)])).toEqual([{ length: 130 }, { length: 130 }]);

  // What can't be read again and looks unchanged has not been read again.
  writeFileSync(path, Buffer.alloc(statSync(path).size));
  utimesSync(path, 1, 1);
  expect(await lengthOf(path)).toEqual({ length: 130 });

  utimesSync(path, 2, 2);
  await expect(lengthOf(path)).rejects.toThrow(/Ogg/);
  writeFileSync(path, sound(99));
  expect(await lengthOf(path)).toEqual({ length: 99 });
  await expect(lengthOf(`${path}.gone`)).rejects.toThrow("ENOENT");
});
