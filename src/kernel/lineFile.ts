import { closeSync, fstatSync, openSync, renameSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { isMissingFile } from "./fileErrors.ts";
import { makeFolder } from "./makeFolder.ts";

/** Lines that cannot be written wait up to this many bytes; then the oldest are dropped and counted. */
const MAX_WAITING = 256 * 1024;
const RETRY_INTERVAL = 5_000;
/** A pipe whose reader is slow is full for a moment only. */
const SOON = 20;

/** A file that is larger than this is put aside as FILE.1, and so on; the oldest goes. */
const MAX_BYTES = 10 * 2 ** 20;
const KEPT = 4;

/** A file that lines are appended to. */
export interface LineFile {
  /** Appends a line, with its line feed, as soon as the file takes it. Never throws. */
  write(line: string): void;
}

/** What is told of a file that takes no lines. */
export interface LineFileEvents {
  /** Writing has begun to fail; called once until it works again. */
  onFailure(error: Error): void;
  /** Writing works again; `lost` lines could not be kept. May write a line itself. */
  onRecovery(lost: number, error: Error): void;
}

const renameIfThere = (from: string, to: string): void => {
  try {
    renameSync(from, to);
  } catch (error) {
    if (!isMissingFile(error)) throw error;
  }
};

/**
 * Opens a file for whole lines, written at once so that the last one before a crash is there. A file
 * that cannot be written costs nothing but its lines: they wait, and the oldest are dropped. One that
 * has grown large is put aside, four deep.
 * @param path path of the file, or "-" for standard output
 * @throws the file system's error when the file cannot be opened
 */
export const openLineFile = (path: string, events: LineFileEvents, maxBytes = MAX_BYTES): LineFile => {
  if (path !== "-") makeFolder(dirname(path));
  let file = path === "-" ? 1 : openSync(path, "a", 0o600);
  let size = fstatSync(file).size;
  let waiting: Buffer[] = [];
  let bytes = 0;
  /** How much of the first line is in the file already. */
  let written = 0;
  let lost = 0;
  let failure: Error | undefined;
  let willRetry = false;

  const append = (line: Buffer) => {
    waiting.push(line);
    bytes += line.length;
    // A line that is half in the file is finished first.
    const first = written > 0 ? 1 : 0;
    while (bytes > MAX_WAITING && waiting.length > first + 1) {
      const [dropped] = waiting.splice(first, 1);
      bytes -= dropped?.length ?? 0;
      lost++;
    }
  };

  const retryIn = (delay: number) => {
    if (willRetry) return;
    willRetry = true;
    setTimeout(() => {
      willRetry = false;
      flush();
    }, delay).unref();
  };

  /** Between two lines. A folder that allows no renaming keeps its one file, which grows. */
  const rotate = () => {
    size = 0;
    try {
      for (let number = KEPT - 1; number > 0; number--) renameIfThere(`${path}.${number}`, `${path}.${number + 1}`);
      renameSync(path, `${path}.1`);
      const next = openSync(path, "a", 0o600);
      closeSync(file);
      file = next;
    } catch {
      // Tried again once as much has been written again.
    }
  };

  const flush = () => {
    try {
      for (let [line] = waiting; line !== undefined; [line] = waiting) {
        if (path !== "-" && written === 0 && size > 0 && size + line.length > maxBytes) rotate();
        const taken = writeSync(file, line, written);
        written += taken;
        size += taken;
        if (written < line.length) continue;
        waiting = waiting.slice(1);
        bytes -= line.length;
        written = 0;
      }
    } catch (error) {
      const isBusy = (error as NodeJS.ErrnoException).code === "EAGAIN";
      retryIn(isBusy ? SOON : RETRY_INTERVAL);
      if (isBusy || failure !== undefined) return;
      failure = error as Error;
      events.onFailure(failure);
      return;
    }
    if (failure === undefined) return;
    const [count, cause] = [lost, failure];
    [lost, failure] = [0, undefined];
    events.onRecovery(count, cause);
  };

  return {
    write(line) {
      append(Buffer.from(line));
      // While it fails, lines wait for the next try rather than cost a call to the system each.
      if (failure === undefined) flush();
      else retryIn(RETRY_INTERVAL);
    },
  };
};
