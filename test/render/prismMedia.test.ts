import { createReadStream, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import prism from "prism-media";
import { afterAll, expect, test } from "vitest";
import { readStoredSound } from "../../src/audio/storedSound.ts";
import { importSound } from "../../src/import/importSound.ts";
import { framesIn, hours, seconds } from "../../src/kernel/units.ts";
import { openCatalogue } from "../../src/render/openCatalogue.ts";
import { renderFile } from "../../src/render/renderFile.ts";
import type { RenderableOrigin } from "../../src/render/renderJob.ts";
import { aac, flac, m4a, mp3, noise, opus, vorbis, wav } from "../support/soundFiles.ts";

// Our files are plain Ogg Opus: any Discord bot can play them, for prism-media is how the others read.

const folder = mkdtempSync(join(tmpdir(), "lull-prism-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const SHORT = framesIn(seconds(8));
const limits = { longest: framesIn(hours(3)), seconds: 60, memory: 512 * 2 ** 20 };

/** What another bot would send to Discord, and the titles it would show. */
const readByPrism = async (path: string) => {
  const demuxer = createReadStream(path).pipe(new prism.opus.OggDemuxer());
  const comments: Buffer[] = [];
  demuxer.on("tags", (comment: Buffer) => comments.push(comment));
  const packets: Buffer[] = [];
  for await (const packet of demuxer) packets.push(packet);
  return { packets, comments: Buffer.concat(comments).toString("utf8") };
};

const expectSamePackets = async (path: string, title: string) => {
  const [theirs, ours] = [await readByPrism(path), readStoredSound(path)];
  expect(theirs.packets).toHaveLength(ours.length);
  expect(Buffer.concat(theirs.packets).equals(Buffer.concat(ours.packets))).toBe(true);
  expect(theirs.packets.map(({ length }) => length)).toEqual(ours.packets.map(({ length }) => length));
  expect(theirs.comments).toContain(`TITLE=${title}`);
};

const builtIn = openCatalogue().sounds.flatMap((sound) =>
  sound.origin.kind === "recipe" || sound.origin.kind === "script"
    ? [{ ...sound, origin: sound.origin as RenderableOrigin }]
    : [],
);

test.each(builtIn)("prism-media reads $id as we do", async ({ id, title, licence, origin }) => {
  const path = join(folder, `${id}.opus`);
  await renderFile({ title, licence, path, origin, opening: SHORT }, () => {});
  await expectSamePackets(path, title);
});

const recording = noise(3);
const uploads: readonly [string, () => Uint8Array | Promise<Uint8Array>][] = [
  ["WAV", () => wav(recording)],
  ["FLAC", () => flac(recording)],
  ["MP3", () => mp3(recording)],
  ["Ogg Vorbis", () => vorbis(recording)],
  ["Ogg Opus", () => opus(recording)],
  ["AAC", () => aac(recording)],
  ["M4A", () => m4a(recording)],
];

test.each(uploads)("prism-media reads what an upload in %s becomes as we do", async (kind, make) => {
  const [source, path] = [join(folder, "upload"), join(folder, `${kind}.opus`)];
  writeFileSync(source, await make());
  const job = { source, path, title: kind, licence: "CC0-1.0", serial: 1, soften: true, loop: true, limits };
  await importSound(job, () => {});
  await expectSamePackets(path, kind);
});
