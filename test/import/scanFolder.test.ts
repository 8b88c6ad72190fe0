import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { writeStoredSound } from "../../src/audio/storedSound.ts";
import { audioFilesIn } from "../../src/import/audioFilesIn.ts";
import { scanFolder } from "../../src/import/scanFolder.ts";
import { type Log, silentLog } from "../../src/kernel/log.ts";
import { openCatalogue } from "../../src/render/openCatalogue.ts";
import { noise, wav } from "../support/soundFiles.ts";

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

test("sound files in the folder and below become sounds, by the folder's trigger", async () => {
  const folder = folderWith({
    "My cat.opus": opus("Minka purrs"),
    "rain/on_the_roof.ogg": opus(""),
    "water/Bath.WAV": wav(noise(0.1)),
    "notes.txt": "not a sound",
    "catalogue.json": "{}",
  });
  const sounds = (await scanFolder(folder, new Set(), silentLog)).map(({ sound }) => sound);
  expect(sounds).toMatchObject([
    { id: "own-my-cat", title: "Minka purrs", trigger: "recordings", licence: "CC-BY-4.0" },
    { id: "own-rain-on-the-roof", title: "on the roof", trigger: "rain", origin: { kind: "file" } },
    { id: "own-water-bath", title: "Bath", trigger: "water", licence: "unknown" },
  ]);
});

test("what is no sound is skipped with a sentence, whatever its name, and the others stay", async () => {
  const folder = folderWith({
    "good.opus": opus("Good"),
    "renamed.mp3": "#EXTM3U\nhttp://example.org/stream.mp3",
    "letter.wav": "Dear neighbour, your dryer",
    "empty.ogg": "",
  });
  const { lines, log } = listening();
  expect(await scanFolder(folder, new Set(), log)).toMatchObject([{ sound: { title: "Good" } }]);
  expect(lines).toEqual([
    expect.stringMatching(/^empty.ogg was skipped. The file is empty/),
    expect.stringMatching(/^letter.wav was skipped. I can’t read this type of file/),
    expect.stringMatching(/^renamed.mp3 was skipped. This is a playlist/),
  ]);
});

test("a link that leaves the folder is not followed", async () => {
  const elsewhere = folderWith({ "secret.opus": opus("Secret") });
  const folder = folderWith({ "own.opus": opus("Own") });
  symlinkSync(join(elsewhere, "secret.opus"), join(folder, "away.opus"));
  symlinkSync(elsewhere, join(folder, "away"));
  symlinkSync(join(folder, "own.opus"), join(folder, "within.opus"));
  const { lines, log } = listening();
  expect((await scanFolder(folder, new Set(), log)).map(({ sound }) => sound.title)).toEqual(["Own", "Own"]);
  expect(lines).toEqual([
    expect.stringMatching(/^away was skipped: .*leaves the folder/),
    expect.stringMatching(/^away.opus .*leaves the folder/),
  ]);
});

test("links that lead round in circles are followed once", async () => {
  const folder = folderWith({ "own.opus": opus("Own"), "below/cat.opus": opus("Cat") });
  for (const name of ["self", "again", "below/up", "below/round"]) symlinkSync(folder, join(folder, name));
  symlinkSync(join(folder, "loop.opus"), join(folder, "loop.opus"));
  const { lines, log } = listening();
  const titles = (await scanFolder(folder, new Set(), log)).map(({ sound }) => sound.title);
  expect(titles.sort()).toEqual(["Cat", "Own"]);
  expect(lines).toEqual(["loop.opus was skipped: it cannot be read."]);
});

test("a catalogue.json is not read, and says so where it is not Lull's own", async () => {
  const { lines, log } = listening();
  await audioFilesIn(folderWith({ "a.opus": opus("A"), "catalogue.json": "{}" }), log);
  expect(lines).toEqual([expect.stringMatching(/^catalogue\.json in the sounds folder is not read/)]);
  const own = listening();
  await audioFilesIn(resolve(import.meta.dirname, "../../sounds"), own.log);
  expect(own.lines.join()).not.toMatch(/catalogue/);
});

test("what is passed over, and what is one too many, is said", async () => {
  const folder = folderWith({ "a.opus": opus("A"), "notes.txt": "x", "cover.jpg": "x", "scripts/night.txt": "x" });
  const { lines, log } = listening();
  await scanFolder(folder, new Set(), log);
  expect(lines).toEqual([expect.stringMatching(/^Passed over .*: cover.jpg, notes.txt\.$/)]);
  for (let count = 0; count < 5_003; count++) writeFileSync(join(folder, `b${count}.opus`), "");
  const more = listening();
  await audioFilesIn(folder, more.log);
  expect(more.lines).toContainEqual(expect.stringMatching(/^4 sound files were left out: 5,000 are read at most/));
});

test("titles cannot turn the line around, and ids stay apart", async () => {
  const folder = folderWith({
    "a.opus": opus("\u202eexe.gnp\u0000 <@&1>\n two"),
    "b!.opus": opus("e\u0301".normalize("NFD").repeat(200)),
    "b.opus": opus("x"),
    "雨.opus": opus(""),
  });
  const sounds = (await scanFolder(folder, new Set(["own-a"]), silentLog)).map(({ sound }) => sound);
  expect(new Set(sounds.map(({ id }) => id)).size).toBe(4);
  expect(sounds.map(({ id }) => String(id))).not.toContain("own-a");
  expect(sounds[0]?.title).toBe("exe.gnp <@&1> two");
  expect(sounds[1]?.title).toBe("é".repeat(80));
});

test("the built-in catalogue opens", () => {
  const catalogue = openCatalogue();
  for (const name of ["rain-window", "ocean", "brown-noise", "fire", "tap-wood", "crinkle-paper", "brush-ears"]) {
    expect(catalogue.find(name)).toBeDefined();
  }
});
