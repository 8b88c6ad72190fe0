import { randomUUID } from "node:crypto";
import { type FileHandle, mkdir, open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { type Child, findNetworkIsolation, startSandboxed } from "../kernel/childProcess.ts";
import { restarting, UserError } from "../kernel/errors.ts";
import { createFairQueue } from "../kernel/fairQueue.ts";
import type { CpuBudget } from "./cpuBudget.ts";
import { type ImportJob, type ImportResult, UNLIMITED } from "./importJob.ts";
import { type ImportReport, importReport } from "./importReport.ts";
import { cannotStart, tooMuchMemory, tooMuchWork } from "./refusals.ts";

/**
 * Waiting costs no processor time, and a machine may be busy; but a file does not wait for ever.
 */
const PATIENCE = 5;

/** Turns files of others into sounds. */
export interface Importer {
  /**
   * Makes a sound of a file, in a sandboxed process that is ended when it takes too much.
   * @param options.owner whose turn and budget it takes: a guild's ID; absent for the operator
   * @param options.onProgress called with 0 to 1, now and then
   * @throws UserError that says what is wrong with the file and what to do; nothing is left behind
   */
  run(
    job: ImportJob,
    options?: { readonly owner?: string; readonly onProgress?: (fraction: number) => void },
  ): Promise<ImportResult>;
  /** Ends what is under way. */
  close(): Promise<void>;
}

/** Errors of a machine that has no file descriptor or process left. */
const EXHAUSTED = new Set(["EMFILE", "ENFILE", "EAGAIN", "ENOMEM"]);
const isExhausted = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error && EXHAUSTED.has((error as NodeJS.ErrnoException).code ?? "");

/** What became of a process: its last report where there is one, and what it used. */
const outcomeOf = async (
  child: Child,
  onProgress: (fraction: number) => void,
): Promise<Exclude<ImportReport, { type: "advanced" }> | { readonly type: "ended"; readonly refusal: Error }> => {
  let last: Exclude<ImportReport, { type: "advanced" }> | undefined;
  child.onMessage((message) => {
    const { data: report } = importReport.safeParse(message);
    if (report === undefined) return child.kill();
    if (report.type === "advanced") onProgress(report.fraction);
    else last ??= report;
  });
  const { code, signal, error } = await child.ended;
  if (last !== undefined) return last;
  if (error !== undefined) return { type: "ended", refusal: cannotStart(error) };
  if (code === UNLIMITED)
    return { type: "ended", refusal: cannotStart(new Error("There is no thread for its limits")) };
  if (signal === "SIGTERM") return { type: "ended", refusal: tooMuchWork() };
  // A full heap aborts; the limit thread kills for the rest.
  if (signal === null && code === 0) return { type: "ended", refusal: new Error("The import process ended early") };
  return { type: "ended", refusal: tooMuchMemory() };
};

/**
 * Opens an importer that works on one file at a time; owners take turns.
 * @param options.budget processor time of each owner; absent for no limit
 */
export const openImporter = ({ budget }: { readonly budget?: CpuBudget } = {}): Importer => {
  const queue = createFairQueue();
  const running = new Set<Child>();
  let closed = false;

  /**
   * Runs the process with both files open: it needs no path of its own, and may write nowhere else.
   */
  const runProcess = async (
    { source: _source, path: _path, ...options }: ImportJob,
    files: readonly [FileHandle, FileHandle],
    { owner, onProgress }: { readonly owner: string | undefined; readonly onProgress: (fraction: number) => void },
  ): Promise<ImportResult> => {
    const sandbox = { worker: true, isolation: await findNetworkIsolation() };
    if (closed) throw restarting();
    const started = performance.now();
    let late = false;
    const child = startSandboxed(new URL("./importProcess.ts", import.meta.url), {
      sandbox,
      flags: [`--max-old-space-size=${Math.round(options.limits.memory / 2 ** 20)}`],
      files: files.map(({ fd }) => fd),
      // Native code is not confined; libopus in WebAssembly is.
      env: { OPUS_FORCE_WASM: "1" },
    });
    running.add(child);
    const limit = setTimeout(
      () => {
        late = true;
        child.kill();
      },
      options.limits.seconds * PATIENCE * 1_000,
    );
    limit.unref();
    try {
      child.send(options);
      const outcome = await outcomeOf(child, onProgress);
      const took = "cpuSeconds" in outcome ? outcome.cpuSeconds : (performance.now() - started) / 1_000;
      if (owner !== undefined) budget?.charge(owner, Math.min(took, options.limits.seconds));
      if (closed) throw restarting();
      if (outcome.type === "done") return outcome.findings;
      if (outcome.type === "refused") throw new UserError(outcome.code, outcome.reason);
      if (outcome.type === "failed") throw new Error(outcome.reason);
      throw late ? tooMuchWork() : outcome.refusal;
    } finally {
      clearTimeout(limit);
      running.delete(child);
    }
  };

  /**
   * Writes the sound whole or not at all; syncing is up to this process, as the sandbox forbids it.
   */
  const importFile = async (job: ImportJob, more: Parameters<typeof runProcess>[2]): Promise<ImportResult> => {
    const part = `${job.path}.${randomUUID()}.part`;
    const opened: FileHandle[] = [];
    const openFile = async (path: string, mode: "r" | "wx") => {
      const file = await open(path, mode, 0o600);
      opened.push(file);
      return file;
    };
    try {
      await mkdir(dirname(job.path), { recursive: true });
      const files = [await openFile(job.source, "r"), await openFile(part, "wx")] as const;
      const result = await runProcess(job, files, more);
      await files[1].sync();
      await rename(part, job.path);
      return result;
    } catch (error) {
      await rm(part, { force: true });
      throw isExhausted(error) ? cannotStart(error) : error;
    } finally {
      await Promise.all(opened.map((file) => file.close()));
    }
  };

  return {
    async run(job, { owner, onProgress = () => {} } = {}) {
      const check = () => {
        if (closed) throw restarting();
        if (owner !== undefined) budget?.check(owner);
      };
      check();
      return queue.run(owner ?? "", async () => {
        check();
        return importFile(job, { owner, onProgress });
      });
    },
    async close() {
      closed = true;
      for (const child of running) child.kill();
      await Promise.all([...running].map(({ ended }) => ended));
    },
  };
};
