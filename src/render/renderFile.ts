import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { KEYFRAME_INTERVAL } from "../audio/format.ts";
import { readStoredSound, writeStoredSound } from "../audio/storedSound.ts";
import type { Frames } from "../kernel/units.ts";
import { writeFileAtomic } from "../kernel/writeFileAtomic.ts";
import { encodeLoop } from "./encodeLoop.ts";
import { renderLoop } from "./loop.ts";
import { makeSound } from "./makeSound.ts";
import { master } from "./master.ts";
import type { RenderJob } from "./renderJob.ts";
import { encodeTake } from "./take.ts";

/** Shares of the time that rendering, setting the level and encoding take. */
const [RENDERED, MASTERED] = [0.6, 0.75];
/** Every ten seconds of sound. */
const TIDY: Frames = 500;
/** The smallest step of progress that is reported. */
const STEP = 0.02;

/** Renders what a job names into its file. Takes seconds; for a process of its own. */
export const renderFile = async (job: RenderJob, advanced: (fraction: number) => void): Promise<void> => {
  let told = 0;
  const tell = (fraction: number) => {
    if (fraction < told + STEP) return;
    told = fraction;
    advanced(fraction);
  };
  const first = job.take && readStoredSound(job.take.first);
  const made = await makeSound(job.origin, job.opening, job.take?.number);
  const raw = renderLoop(made.layers, made.length, (done, of) => {
    tell((RENDERED * done) / of);
    // Short sounds are created and discarded; left alone, the garbage collector lets hundreds of
    // megabytes pile up.
    if (done % TIDY === 0) globalThis.gc?.();
  });
  const loop = master(raw, made);
  const encoded = (done: Frames, of: Frames) => tell(MASTERED + ((1 - MASTERED) * done) / of);
  const packets = first ? encodeTake(loop, first, made.period, encoded) : encodeLoop(loop, encoded);
  // The stream's number is arbitrary, but must be the same each time.
  const serial = createHash("sha256").update(job.path.slice(-17)).digest().readUInt32LE(0);
  const sound = { packets, keyframeInterval: KEYFRAME_INTERVAL, title: job.title, licence: job.licence };
  const pages = writeStoredSound({ ...sound, loudness: made.loudness, bedFrom: made.bedFrom }, serial);
  if (job.part === undefined) writeFileAtomic(job.path, pages);
  else writeFileSync(job.part, Buffer.concat([...pages]), { mode: 0o600 });
};
