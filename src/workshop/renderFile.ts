import { createHash } from "node:crypto";
import { writeStoredSound } from "../audio/stored.ts";
import type { Frames } from "../kernel/units.ts";
import { encodeLoop, KEYFRAME_INTERVAL } from "./encodeLoop.ts";
import type { Job } from "./job.ts";
import { renderLoop } from "./loop.ts";
import { make } from "./making.ts";
import { master } from "./master.ts";
import { writeWhole } from "./writeWhole.ts";

/** Shares of the time that rendering, setting the level and encoding take. */
const [RENDERED, MASTERED] = [0.6, 0.75];
/** Every ten seconds of sound. */
const TIDY: Frames = 500;
/** A step of progress that is worth telling. */
const STEP = 0.02;

/** Renders what a job names into its file. Takes seconds; for a process of its own. */
export const renderFile = async (job: Job, advanced: (fraction: number) => void): Promise<void> => {
  let told = 0;
  const tell = (fraction: number) => {
    if (fraction < told + STEP) return;
    told = fraction;
    advanced(fraction);
  };
  const made = await make(job.making, job.opening);
  const raw = renderLoop(made.layers, made.length, (done, of) => {
    tell((RENDERED * done) / of);
    // Sounds of seconds are made and thrown away; left to itself the collector lets hundreds of megabytes lie.
    if (done % TIDY === 0) globalThis.gc?.();
  });
  const loop = master(raw, made);
  const packets = encodeLoop(loop, (done, of) => tell(MASTERED + ((1 - MASTERED) * done) / of));
  // The stream's number is arbitrary, but must be the same each time.
  const serial = createHash("sha256").update(job.path.slice(-17)).digest().readUInt32LE(0);
  const sound = { packets, keyframeInterval: KEYFRAME_INTERVAL, title: job.title, licence: job.licence };
  writeWhole(job.path, writeStoredSound({ ...sound, loudness: made.loudness }, serial));
};
