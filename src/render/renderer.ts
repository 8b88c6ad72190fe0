import { existsSync, readdirSync, rmSync } from "node:fs";
import { availableParallelism } from "node:os";
import { basename, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { createStoredLengths } from "../audio/storedLengths.ts";
import type { Catalogue } from "../catalogue/catalogue.ts";
import type { PlayableSound, Sound } from "../catalogue/sound.ts";
import { message, named } from "../i18n/message.ts";
import { restarting, UserError } from "../kernel/errors.ts";
import type { SoundId } from "../kernel/ids.ts";
import type { Log } from "../kernel/log.ts";
import { createLimit } from "../kernel/serialise.ts";
import { type Millis, seconds } from "../kernel/units.ts";
import type { SharedFiles } from "../ports/sharedFiles.ts";
import type { SoundSource } from "../ports/sounds.ts";
import type { WorkClaims } from "../ports/workClaims.ts";
import { isRenderOf, type RenderJob, renderJobOf, takeJobsOf } from "./renderJob.ts";
import { openRenderPool } from "./renderPool.ts";
import { createSharedRenders } from "./sharedRenders.ts";
import { openSpareTakes } from "./spareTakes.ts";

/** How far the rendering of the library is. */
export interface RenderProgress {
  /** The sound that has just come further. */
  readonly sound: Sound;
  /** 0 to 1, of that sound. */
  readonly fraction: number;
  /** How many of the rendered sounds are ready. */
  readonly done: number;
  readonly total: number;
}

/**
 * Renders the catalogue's recipes and scripts into Ogg Opus files, each once, in processes of their
 * own.
 */
export interface Renderer extends SoundSource {
  /**
   * As `prepare`, for a sound of no catalogue.
   * @param owner whose it is, a guild's ID: owners take turns
   */
  prepareSound(sound: Sound, onWhole?: (whole: PlayableSound) => void, owner?: string): Promise<PlayableSound>;
  /**
   * Renders what is not there yet, in the catalogue's order, and says at once when nothing is
   * missing; resolves when all has been tried.
   */
  renderAll(): Promise<void>;
  /** How many files are being rendered or wait for it. */
  queueSize(): number;
  /** Ends the processes; what they were rendering is rendered again next time. */
  close(): Promise<void>;
}

/** How often it is looked for what another machine is rendering, which somebody here waits for, and for the rest. */
const POLLS = { urgent: 500, other: seconds(2) };

const unknownSound = () => new UserError("unknown-sound", message("sounds.notInCatalogue"));
const renderFailed = ({ title }: Sound) =>
  new UserError("sound-not-made", message("sounds.notPrepared", { title: named(title) }));

/** Opens the place where recipes become files. Nothing is rendered before it is asked for. */
export const openRenderer = ({
  catalogue,
  cache,
  log,
  sharedFiles,
  workClaims,
  onProgress = () => {},
  processes: count = availableParallelism(),
  takes: takesOptions,
}: {
  readonly catalogue: Catalogue;
  /** Directory; may be deleted whenever Lull does not run. */
  readonly cache: string;
  readonly log: Log;
  /** Where the catalogue's sounds are for other machines too; undefined: on this one alone. */
  readonly sharedFiles?: SharedFiles | undefined;
  /** What says which machine renders one of them; undefined: this one does. */
  readonly workClaims?: WorkClaims | undefined;
  readonly onProgress?: (progress: RenderProgress) => void;
  readonly processes?: number;
  /** Further takes of what is played; none without. */
  readonly takes?: {
    /** Bytes that they may use. */
    readonly most: number;
    /** How long nobody has to have asked for a sound before one is rendered. */
    readonly rest?: Millis;
  };
}): Renderer => {
  const pool = openRenderPool(count);
  const spareTakes = takesOptions && openSpareTakes({ ...takesOptions, cache, pool, log });
  const lengthOf = createStoredLengths();
  const shared = sharedFiles && createSharedRenders(sharedFiles, log);
  const jobs = new Map<SoundId, RenderJob>();
  for (const sound of catalogue.sounds) {
    // Rendered when it is asked for, as a variant is: most servers never turn it on.
    if (sound.optIn) continue;
    const job = renderJobOf(sound, cache);
    if (job === undefined) {
      log.error("A sound names no recipe", { sound: sound.id });
      continue;
    }
    jobs.set(sound.id, job);
    // After a restart, nothing plays an opening any more.
    const opening = renderJobOf(sound, cache, true)!;
    if (existsSync(job.path)) rmSync(opening.path, { force: true });
  }
  /** By path. */
  const rendering = new Map<string, Promise<boolean>>();
  /** What is held until others can fetch what was rendered. */
  const claimed = new Set<Promise<unknown>>();
  const inBackground = createLimit(count);
  let closed = false;

  /** Only grows, so that the operator never sees it go backwards. */
  const ready = new Set([...jobs].filter(([, { path }]) => existsSync(path)).map(([id]) => id));
  const tell = (sound: Sound, fraction: number) => onProgress({ sound, fraction, done: ready.size, total: jobs.size });

  /** Whether a job makes the whole of a sound of the catalogue. */
  const isWhole = (sound: Sound, job: RenderJob): boolean => job.opening === undefined && jobs.has(sound.id);
  const isReady = (sound: Sound) => {
    ready.add(sound.id);
    tell(sound, 1);
  };

  const render = async (sound: Sound, job: RenderJob, urgent: boolean, owner?: string): Promise<void> => {
    const started = performance.now();
    const counts = isWhole(sound, job);
    const advanced = (fraction: number) => {
      if (counts) tell(sound, fraction);
    };
    const { memory, processor } = await pool.run(job, urgent, advanced, owner);
    if (job.opening === undefined) sweep(sound, job);
    const part = job.opening === undefined ? "whole" : "beginning";
    const ms = Math.round(performance.now() - started);
    log.info("A sound is rendered", { sound: sound.id, part, ms, memory, processor });
    if (counts) isReady(sound);
  };

  /**
   * Renders a sound, unless another machine is doing so.
   * @returns whether it is here
   */
  const renderOnce = (sound: Sound, job: RenderJob, urgent: boolean, owner?: string): Promise<boolean> => {
    const { promise, resolve, reject } = Promise.withResolvers<boolean>();
    if (shared === undefined || !isWhole(sound, job)) {
      render(sound, job, urgent, owner).then(() => resolve(true), reject);
      return promise;
    }
    const work = async () => {
      // Another machine may have put it there just before.
      if ((await bring(sound, job)) === undefined) await render(sound, job, urgent, owner);
      resolve(true);
      await shared.share(sound, job.path);
    };
    const done = workClaims === undefined ? work().then(() => true) : workClaims.tryDo(basename(job.path), work);
    const held = done.then(resolve, reject).finally(() => claimed.delete(held));
    claimed.add(held);
    return promise;
  };

  /**
   * Removes files of earlier recipes, and takes of an earlier rendering; the opening stays, because a session may be about
   * to play it.
   */
  const sweep = (sound: Sound, job: RenderJob) => {
    const kept = [job.path, renderJobOf(sound, cache, true)?.path];
    for (const file of readdirSync(cache)) {
      const path = join(cache, file);
      if (isRenderOf(file, sound) && !kept.includes(path)) rmSync(path, { force: true });
    }
  };

  /** @returns whether it is here; false: another machine is rendering it */
  const make = (sound: Sound, job: RenderJob, urgent: boolean, owner?: string): Promise<boolean> => {
    const running = rendering.get(job.path);
    if (running !== undefined) {
      if (urgent) pool.hurry(job.path);
      return running;
    }
    const promise = renderOnce(sound, job, urgent, owner).finally(() => rendering.delete(job.path));
    rendering.set(job.path, promise);
    return promise;
  };

  /** Renders a sound, or waits until another machine has. */
  const makeOrWait = async (sound: Sound, job: RenderJob, owner?: string): Promise<void> => {
    while (!(await make(sound, job, true, owner))) {
      await pause(POLLS.urgent);
      if (closed) throw restarting();
      if ((await find(sound, job)) !== undefined) return;
    }
  };

  /** A file that is whole, or undefined. */
  const read = async (sound: Sound, path: string): Promise<PlayableSound | undefined> => {
    if (!existsSync(path)) return undefined;
    try {
      const hasTakes = spareTakes !== undefined && takeJobsOf(sound, cache)[0]?.take?.first === path;
      return { id: sound.id, title: sound.title, path, ...(await lengthOf(path)), ...(hasTakes && { takes: true }) };
    } catch (error) {
      log.warn("A stored sound cannot be read", { sound: sound.id, path, error: String(error) });
      return undefined;
    }
  };

  /** A file that is brought from where another machine has put it, or undefined. */
  const bring = async (sound: Sound, job: RenderJob): Promise<PlayableSound | undefined> => {
    if (shared === undefined || !(await shared.obtain(job.path))) return undefined;
    const brought = await read(sound, job.path);
    if (brought === undefined) await shared.discard(job.path);
    else {
      sweep(sound, job);
      isReady(sound);
    }
    return brought;
  };

  /** A file that is whole, on this machine or brought from another, or undefined. */
  const find = async (sound: Sound, job: RenderJob): Promise<PlayableSound | undefined> => {
    const there = await read(sound, job.path);
    if (there !== undefined || shared === undefined || !isWhole(sound, job) || rendering.has(job.path)) return there;
    return bring(sound, job);
  };

  const prepareJob = async (sound: Sound, job: RenderJob, owner?: string): Promise<PlayableSound> => {
    const there = await find(sound, job);
    if (there !== undefined) return there;
    try {
      if (!rendering.has(job.path)) rmSync(job.path, { force: true });
      await makeOrWait(sound, job, owner);
    } catch (error) {
      if (!closed) log.error("A sound could not be rendered", { sound: sound.id, error: String(error) });
      throw closed ? restarting() : renderFailed(sound);
    }
    const made = await read(sound, job.path);
    if (made === undefined) throw renderFailed(sound);
    return made;
  };

  /** Its beginning at once, and the whole of it when that is there. */
  const prepareSoon = async (
    sound: Sound,
    job: RenderJob,
    onWhole: (whole: PlayableSound) => void,
    owner?: string,
  ): Promise<PlayableSound> => {
    const there = await find(sound, job);
    const opening = renderJobOf(sound, cache, true);
    if (there !== undefined || opening === undefined) return there ?? prepareJob(sound, job, owner);
    const beginning = prepareJob(sound, opening, owner);
    // The beginning is first in line, and has a process of its own where the machine has two.
    const whole = prepareJob(sound, job, owner);
    const first = await Promise.race([beginning, whole]);
    if (first.path !== job.path) whole.then(onWhole, () => {});
    return first;
  };

  const prepareSound: Renderer["prepareSound"] = async (sound, onWhole, owner) => {
    const job = jobs.get(sound.id) ?? renderJobOf(sound, cache);
    if (job === undefined) throw renderFailed(sound);
    // Who only looks at it or listens to a sample waits for the whole.
    if (onWhole !== undefined) spareTakes?.played(sound);
    return onWhole === undefined ? prepareJob(sound, job, owner) : prepareSoon(sound, job, onWhole, owner);
  };

  return {
    prepareSound,
    async prepare(id, onWhole) {
      const sound = catalogue.find(id);
      if (sound === undefined) throw unknownSound();
      return prepareSound(sound, onWhole);
    },
    async renderAll() {
      const missing = catalogue.sounds.filter(({ id }) => jobs.has(id) && !existsSync(jobs.get(id)!.path));
      const last = catalogue.sounds.findLast(({ id }) => jobs.has(id));
      if (missing.length === 0 && last !== undefined) tell(last, 1);
      await Promise.all(
        missing.map(async (sound) => {
          const job = jobs.get(sound.id)!;
          try {
            // One at a time for each process, so that other machines find some left to do.
            const isHere = async () => (await find(sound, job)) !== undefined || (await make(sound, job, false));
            while (!(shared === undefined ? await make(sound, job, false) : await inBackground(isHere)) && !closed)
              await pause(POLLS.other, undefined, { ref: false });
          } catch (error) {
            if (!closed) log.error("A sound could not be rendered", { sound: sound.id, error: String(error) });
          }
        }),
      );
    },
    queueSize: pool.size,
    async close() {
      closed = true;
      spareTakes?.close();
      await pool.close();
      await Promise.all(claimed);
      await shared?.close();
    },
  };
};
