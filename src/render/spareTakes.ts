import { existsSync } from "node:fs";
import { basename } from "node:path";
import type { Sound } from "../catalogue/sound.ts";
import { createDerivedFiles } from "../kernel/derivedFiles.ts";
import type { SoundId } from "../kernel/ids.ts";
import type { Log } from "../kernel/log.ts";
import { hours, type Millis, minutes } from "../kernel/units.ts";
import { isTake, type RenderJob, takeJobsOf } from "./renderJob.ts";
import type { openRenderPool } from "./renderPool.ts";

/** One that had to make room is not made again sooner than this. */
const AGAIN_AFTER: Millis = hours(24);

/** Renders further takes of what is played, while nothing else is rendered. */
export interface SpareTakes {
  /** Somebody plays this sound. */
  played(sound: Sound): void;
  close(): void;
}

/**
 * @param options.most bytes that takes other than the first may use; those of the sounds played longest ago make room
 * @param options.rest how long nobody has to have asked for a sound
 */
export const openSpareTakes = (options: {
  readonly cache: string;
  readonly pool: Pick<ReturnType<typeof openRenderPool>, "run" | "size">;
  readonly most: number;
  readonly log: Log;
  readonly rest?: Millis;
}): SpareTakes => {
  const { cache, pool, most, log, rest = minutes(1) } = options;
  const files = createDerivedFiles({ folder: cache, isDerived: isTake, most });
  /** Their takes that are missing; the sound played last comes last. */
  const missing = new Map<SoundId, readonly RenderJob[]>();
  /** When each was tried, by its path. */
  const tried = new Map<string, number>();
  let timer: NodeJS.Timeout | undefined;
  let isRendering = false;
  let closed = false;

  const schedule = () => {
    clearTimeout(timer);
    if (closed || missing.size === 0) return;
    timer = setTimeout(renderNext, rest);
    timer.unref();
  };

  /** The next of the sound that has fewest. */
  const takeNext = (): RenderJob | undefined => {
    const sounds = [...missing].filter(([, [job]]) => job !== undefined);
    const most = Math.max(...sounds.map(([, jobs]) => jobs.length));
    const [id, [job, ...others]] = sounds.find(([, jobs]) => jobs.length === most) ?? [undefined, []];
    if (id === undefined) return undefined;
    if (others.length > 0) missing.set(id, others);
    else missing.delete(id);
    return job;
  };

  const render = async (job: RenderJob): Promise<void> => {
    if (existsSync(job.path) || !existsSync(job.take?.first ?? "")) return;
    tried.set(job.path, performance.now());
    try {
      const { memory, processor } = await pool.run(job, false, () => {});
      await files.made(job.path);
      log.info("A take is rendered", { file: basename(job.path), memory, processor });
    } catch (error) {
      if (!closed) log.error("A take could not be rendered", { file: basename(job.path), error: String(error) });
    }
  };

  const renderNext = async (): Promise<void> => {
    if (isRendering || closed) return;
    isRendering = true;
    while (!closed && pool.size() === 0) {
      const job = takeNext();
      if (job === undefined) break;
      await render(job);
    }
    isRendering = false;
    schedule();
  };

  return {
    played(sound) {
      if (most === 0 || closed) return;
      const jobs = takeJobsOf(sound, cache);
      for (const { path } of jobs) if (existsSync(path)) void files.used(path);
      const isDue = ({ path }: RenderJob) =>
        !existsSync(path) && performance.now() - (tried.get(path) ?? Number.NEGATIVE_INFINITY) > AGAIN_AFTER;
      missing.delete(sound.id);
      const due = jobs.filter(isDue);
      if (due.length > 0) missing.set(sound.id, due);
      schedule();
    },
    close() {
      closed = true;
      clearTimeout(timer);
    },
  };
};
