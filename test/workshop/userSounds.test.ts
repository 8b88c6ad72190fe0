import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { writeStoredSound } from "../../src/audio/stored.ts";
import { type Log, silentLog } from "../../src/kernel/log.ts";
import { openCatalogue } from "../../src/workshop/openCatalogue.ts";
import { findUserSounds } from "../../src/workshop/userSounds.ts";

const opus = (title: string) =>
  Buffer.concat([
    ...writeStoredSound(
      {
        packets: Array.from({ length: 100 }, () => Uint8Array.of(0xfc, 0xff, 0xfe)),
        keyframeInterval: 50,
        title,
        licence: "CC-BY-4.0",
        loudness: -30,
      },
      1,
    ),
  ]);

const folderWith = (files: Readonly<Record<string, Uint8Array | string>>) => {
  const folder = mkdtempSync(join(tmpdir(), "lull-"));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(join(folder, name, ".."), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
};

const listening = () => {
  const lines: string[] = [];
  const log: Log = { ...silentLog, warn: (line) => lines.push(line) };
  return { lines, log };
};

test("Ogg Opus files in the folder and below become sounds, by the folder's trigger", () => {
  const folder = folderWith({
    "My cat.opus": opus("Minka purrs"),
    "rain/on_the_roof.ogg": opus(""),
    "notes.txt": "not a sound",
    "catalogue.json": "{}",
  });
  const sounds = findUserSounds(folder, new Set(), silentLog);
  expect(sounds).toMatchObject([
    { id: "own-my-cat", title: "Minka purrs", trigger: "recordings", licence: "CC-BY-4.0" },
    { id: "own-rain-on-the-roof", title: "on the roof", trigger: "rain", origin: { kind: "file" } },
  ]);
});

test("a bad file is skipped with a sentence, and the others stay", () => {
  const folder = folderWith({
    "good.opus": opus("Good"),
    "renamed.opus": "ID3 this is an MP3 after all, with another name",
    "cut.ogg": opus("Cut").subarray(0, 150),
    "empty.ogg": "",
  });
  const { lines, log } = listening();
  expect(findUserSounds(folder, new Set(), log)).toMatchObject([{ title: "Good" }]);
  expect(lines).toHaveLength(3);
  for (const line of lines) expect(line).toMatch(/^\S+ was skipped\. .*(Export|Convert) it/);
});

test("a link that leaves the folder is not followed", () => {
  const elsewhere = folderWith({ "secret.opus": opus("Secret") });
  const folder = folderWith({ "own.opus": opus("Own") });
  symlinkSync(join(elsewhere, "secret.opus"), join(folder, "away.opus"));
  symlinkSync(elsewhere, join(folder, "away"));
  symlinkSync(join(folder, "own.opus"), join(folder, "within.opus"));
  const { lines, log } = listening();
  expect(findUserSounds(folder, new Set(), log).map(({ title }) => title)).toEqual(["Own", "Own"]);
  expect(lines).toEqual([
    expect.stringMatching(/^away.opus .*leaves the folder/),
    expect.stringMatching(/secret.opus .*leaves the folder/),
  ]);
});

test("titles cannot turn the line around, and ids stay apart", () => {
  const folder = folderWith({
    "a.opus": opus("\u202eexe.gnp\u0000 <@&1>\n two"),
    "b!.opus": opus("e\u0301".normalize("NFD").repeat(200)),
    "b.opus": opus("x"),
    "雨.opus": opus(""),
  });
  const sounds = findUserSounds(folder, new Set(["own-a"]), silentLog);
  expect(new Set(sounds.map(({ id }) => id)).size).toBe(4);
  expect(sounds.map(({ id }) => String(id))).not.toContain("own-a");
  expect(sounds[0]?.title).toBe("exe.gnp <@&1> two");
  expect(sounds[1]?.title).toBe("é".repeat(80));
});

test("the built-in catalogue opens, with a folder that is not there", () => {
  const catalogue = openCatalogue({ folder: "/nowhere", log: silentLog });
  for (const name of ["rain-window", "ocean", "brown-noise", "fire", "tap-wood", "crinkle-paper", "brush-ears"]) {
    expect(catalogue.find(name)).toBeDefined();
  }
});
