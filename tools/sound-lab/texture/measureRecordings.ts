import { execFileSync } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { cochlearEnvelopes, looksAt } from "./envelopes.ts";
import { RECORDINGS } from "./recordings.ts";
import { GROUPS, statisticsOf } from "./statistics.ts";

/**
 * Measures the recordings of the unpacked packages: `npm run sounds:references -- FOLDER`; docs/sounds-texture.md says how
 * the folder comes about. Writes their figures to `references.json`. Needs ffmpeg.
 */
const folder = process.argv[2];
if (folder === undefined) throw new Error("Name the folder with the unpacked packages");

const RATE = 48_000;
const pathOf = (file: string) => join(folder, file.replace(/\.(zip|pk3)!/u, ".$1.d/"));

const samplesOf = (path: string): Float32Array => {
  const args = ["-v", "error", "-i", path, "-af", "pan=mono|c0=c0", "-ar", String(RATE), "-f", "f32le", "-"];
  const bytes = execFileSync("ffmpeg", args, { maxBuffer: 2 ** 30 });
  return new Float32Array(bytes.buffer, bytes.byteOffset, Math.floor(bytes.length / 4));
};

const lines = RECORDINGS.map((recording) => {
  const path = pathOf(recording.file);
  if (!existsSync(path)) throw new Error(`${recording.file} of ${recording.package} is missing`);
  const looks = looksAt(samplesOf(path), RATE).map((look) => {
    const statistics = statisticsOf(cochlearEnvelopes(look, RATE));
    return Object.fromEntries(GROUPS.map((group) => [group, statistics[group].map((x) => Math.round(100 * x) / 100)]));
  });
  return JSON.stringify({ ...recording, looks });
});
writeFileSync(resolve(import.meta.dirname, "references.json"), `[\n${lines.join(",\n")}\n]\n`);
console.log(`${lines.length} recordings measured`);
