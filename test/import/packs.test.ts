import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { describe, expect, test } from "vitest";
import yazl from "yazl";
import { parsePack } from "../../src/catalogue/pack.ts";
import { addPack } from "../../src/import/packs/addPack.ts";
import { checkTakes } from "../../src/import/packs/checkTakes.ts";
import { scanFolder } from "../../src/import/scanFolder.ts";
import { parseSourceList } from "../../src/import/sources/sourceList.ts";
import { silentLog } from "../../src/kernel/log.ts";
import { noise, wav } from "../support/soundFiles.ts";

const folderOf = (name: string) => mkdtempSync(join(tmpdir(), `lull-${name}-`));

const attic = {
  file: "attic.wav",
  title: "Attic Rain",
  trigger: "rain",
  flags: ["bright"],
  authors: ["Ana"],
  licence: "CC0-1.0",
  ends: true,
};
const manifest = {
  format: 1,
  name: "Rainy Attic",
  authors: ["Ana", "Bo"],
  licence: "CC-BY-4.0",
  sounds: [attic, { file: "stairs.wav", title: "Stairs", trigger: "tapping", flags: [] }],
};

type Contents = Readonly<Record<string, Uint8Array | string>>;

const zipOf = async (files: Contents, how: Partial<yazl.Options> = {}): Promise<Buffer> => {
  const zip = new yazl.ZipFile();
  for (const [name, bytes] of Object.entries(files)) zip.addBuffer(Buffer.from(bytes as Uint8Array), name, how);
  zip.end();
  return buffer(zip.outputStream);
};

const packed = (files: Contents = {}, said: object = manifest, how: Partial<yazl.Options> = {}) => {
  const recording = wav(noise(2));
  return zipOf({ "pack.json": JSON.stringify(said), "attic.wav": recording, "stairs.wav": recording, ...files }, how);
};

const add = (bytes: Uint8Array | string, sounds = folderOf("sounds"), listed = "") => {
  const zip = typeof bytes === "string" ? bytes : join(folderOf("zip"), "pack.zip");
  if (typeof bytes !== "string") writeFileSync(zip, bytes);
  return addPack(zip, { sounds, sources: parseSourceList(listed) });
};

/** Replaces a name by one as long, wherever the zip has it. */
const renamed = (zip: Buffer, from: string, to: string): Buffer => {
  expect(to).toHaveLength(from.length);
  return Buffer.from(zip.toString("latin1").replaceAll(from, to), "latin1");
};

describe("a pack", () => {
  test("becomes the operator's recordings, with what it says of them, and replaces the one before it", async () => {
    const sounds = folderOf("sounds");
    const { pack, folder, replaced } = await add(await packed({ "README.txt": "Recorded in May." }), sounds);
    expect(pack.name).toBe("Rainy Attic");
    expect(replaced).toBe(false);
    // What the manifest does not list stays in the zip.
    expect(readdirSync(folder).sort()).toEqual(["attic.wav", "pack.json", "stairs.wav"]);
    const found = await scanFolder(sounds, new Set(), silentLog);
    expect(found.map(({ sound }) => sound)).toMatchObject([
      {
        id: "own-packs-rainy-attic-attic",
        title: "Attic Rain",
        trigger: "rain",
        risks: ["bright"],
        licence: "CC0-1.0",
        authors: ["Ana"],
        pack: "Rainy Attic",
        origin: { kind: "file", ends: true },
      },
      { title: "Stairs", trigger: "tapping", licence: "CC-BY-4.0", authors: ["Ana", "Bo"] },
    ]);
    const again = await add(await packed({}, { ...manifest, sounds: [attic] }), sounds);
    expect(again.replaced).toBe(true);
    expect(readdirSync(folder).sort()).toEqual(["attic.wav", "pack.json"]);
    expect(readdirSync(sounds)).toEqual(["packs"]);
  });

  test("is fetched from a site that the operator has listed, and from no other", async () => {
    const zip = await packed();
    const server = createServer((_, response) => void response.end(zip));
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    try {
      const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/attic.zip`;
      expect((await add(address, folderOf("sounds"), new URL(address).origin)).pack.name).toBe("Rainy Attic");
      const sounds = folderOf("sounds");
      await expect(add(address, sounds, "media.example.org")).rejects.toMatchObject({ code: "source-not-listed" });
      expect(readdirSync(join(sounds, "packs"))).toEqual([]);
    } finally {
      server.close();
      server.closeAllConnections();
    }
  });

  const without = (key: string) => Object.fromEntries(Object.entries(manifest).filter(([name]) => name !== key));
  test.each([
    ["without a licence", without("licence"), /licence/],
    ["under another licence", { ...manifest, licence: "CC-BY-NC-4.0" }, /licence/],
    ["that names nobody", { ...manifest, authors: [] }, /who made it/],
    ["with an empty title", { ...manifest, sounds: [{ ...attic, title: "\u200b" }] }, /sound 1 \(attic.wav\), title/],
    ["with a file in a folder", { ...manifest, sounds: [{ ...attic, file: "../attic.wav" }] }, /without folders/],
    ["that lists a file twice", { ...manifest, sounds: [attic, { ...attic, file: "ATTIC.WAV" }] }, /listed twice/],
    ["of no known trigger", { ...manifest, sounds: [{ ...attic, trigger: "thunder" }] }, /trigger/],
  ])("%s is refused, and says where", (_, said, where) => {
    expect(() => parsePack(JSON.stringify(said))).toThrow(where);
  });
});

describe("a hostile zip", () => {
  const refused = async (zip: Uint8Array, why: RegExp) => {
    const sounds = folderOf("sounds");
    await expect(add(zip, sounds)).rejects.toThrow(why);
    expect(readdirSync(sounds)).toEqual(["packs"]);
    expect(readdirSync(join(sounds, "packs"))).toEqual([]);
  };

  test("whose names lead elsewhere, are twice there, or are links, is refused", async () => {
    const traversal = renamed(await packed({ "aaaaaaaa.wav": "x" }), "aaaaaaaa.wav", "../../ab.wav");
    await refused(traversal, /leads elsewhere/);
    await refused(renamed(await packed({ "attic.WAV": "x" }), "attic.WAV", "attic.wav"), /one name/);
    await refused(await packed({}, manifest, { mode: 0o120777 }), /a link/);
  });

  test("that is no zip, has no manifest, lacks a file or is cut is refused", async () => {
    await refused(Buffer.from("PK but no zip"), /no zip file/);
    await refused(await zipOf({ "attic.wav": "x" }), /no pack.json/);
    await refused(await zipOf({ "pack.json": JSON.stringify({ ...manifest, sounds: [attic] }) }), /not in it/);
    const whole = await packed();
    await refused(whole.subarray(0, whole.length - 200), /no zip file|damaged/);
  });

  test("that swells beyond what it says, or says more than may be, or holds too many files, is refused", async () => {
    // A hundred megabytes of nothing, in a hundred kilobytes; it claims to be ten bytes.
    const bomb = await packed({ "attic.wav": Buffer.alloc(100_000_000) });
    const central = bomb.indexOf(Buffer.from("PK\u0001\u0002"));
    const at = bomb.indexOf("attic.wav", central) - 46;
    const small = Buffer.from(bomb);
    small.writeUInt32LE(10, at + 24);
    await refused(small, /damaged/);
    const huge = Buffer.from(bomb);
    huge.writeUInt32LE(0xf000_0000, at + 24);
    await refused(huge, /more than 1 GB/);
    const many = Object.fromEntries(Array.from({ length: 301 }, (_, index) => [`${index}.txt`, "x"]));
    await refused(await packed(many), /more than 300 files/);
    await refused(await packed({ "pack.json": " ".repeat(2 ** 20 + 1) }), /pack.json is too large/);
  });
});

describe("a take that is checked", () => {
  const check = async (bytes: Uint8Array) => {
    const path = join(folderOf("take"), "take.wav");
    writeFileSync(path, bytes);
    const { lines, toMend } = await checkTakes(path);
    return { text: lines.join("\n"), toMend };
  };
  const SECONDS = 5;

  test("is fit where nothing is wrong with it", async () => {
    expect(await check(wav(noise(31)))).toMatchObject({ toMend: 0, text: expect.stringContaining("It is fit.") });
  });

  test("is told what to mend: clipping, hum, rumble, one ear, low rates, what is short, silent or sudden", async () => {
    const loud = noise(SECONDS, 48_000, () => 40);
    for (const side of [loud.left, loud.right])
      for (let i = 0; i < side.length; i++) side[i] = Math.max(-1, Math.min(1, side[i]!));
    expect((await check(wav(loud))).text).toMatch(/Mend: It clips in \d+ places/);

    const humming = noise(SECONDS);
    for (let i = 0; i < humming.left.length; i++) humming.left[i]! += 0.03 * Math.sin((2 * Math.PI * 100 * i) / 48_000);
    expect((await check(wav(humming))).text).toMatch(/mains hum/);

    const rumbling = noise(SECONDS);
    for (let i = 0; i < rumbling.left.length; i++) {
      const sway = 0.1 * Math.sin((2 * Math.PI * 14 * i) / 48_000);
      rumbling.left[i]! += sway;
      rumbling.right[i]! += sway;
    }
    expect((await check(wav(rumbling))).text).toMatch(/below 40 Hz/);

    const oneSided = noise(SECONDS);
    oneSided.right.forEach((sample, i) => {
      oneSided.right[i] = sample / 4;
    });
    expect((await check(wav(oneSided))).text).toMatch(/Left is louder/);

    expect((await check(wav(noise(SECONDS, 22_050), { rate: 22_050 }))).text).toMatch(/22050 samples per second/);
    expect((await check(wav(noise(4)))).text).toMatch(/lasts 0:04/);
    const slam = noise(8, 48_000, (second) => (second > 5 && second < 5.2 ? 12 : 1));
    expect((await check(wav(slam))).text).toMatch(/Note: Sudden sounds at 0:05/);
    expect((await check(Buffer.from("no sound at all"))).toMend).toBe(1);
  });

  test("may be a whole pack", async () => {
    const path = join(folderOf("zip"), "pack.zip");
    writeFileSync(path, await packed());
    const { lines } = await checkTakes(path);
    expect(lines[0]).toBe("pack.json: “Rainy Attic” by Ana, Bo (CC-BY-4.0), 2 sounds.");
    expect(
      lines.filter((line) => line.startsWith("attic.wav: WAV") || line.startsWith("stairs.wav: WAV")),
    ).toHaveLength(2);
    expect(readFileSync(path).length).toBeGreaterThan(0);
  });
});

test("a pack whose manifest was changed by hand and can't be read leaves its recordings, and says so", async () => {
  const sounds = folderOf("sounds");
  mkdirSync(join(sounds, "packs", "mine"), { recursive: true });
  writeFileSync(join(sounds, "packs", "mine", "pack.json"), "{}");
  writeFileSync(join(sounds, "packs", "mine", "rain.wav"), wav(noise(2)));
  const lines: string[] = [];
  const found = await scanFolder(sounds, new Set(), { ...silentLog, warn: (line: string) => lines.push(line) });
  expect(found.map(({ sound }) => [sound.title, sound.licence])).toEqual([["rain", "unknown"]]);
  expect(lines).toEqual([expect.stringMatching(/pack.json: The pack's pack.json can't be read: format/)]);
});
