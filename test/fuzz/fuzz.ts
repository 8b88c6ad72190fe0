import { type ChildProcess, fork } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A second of sound takes a few hundredths of a second; what takes this long, on however busy a machine, hangs. */
const HANGS = 20_000;

export interface Fuzzed {
  /** How often each thing became of a file: `taken`, or the code of its refusal. */
  readonly outcomes: ReadonlyMap<string, number>;
  /** Files, by number, with what went wrong. */
  readonly faults: readonly string[];
  /** Names of files that were left in the folder. */
  readonly left: readonly string[];
}

/**
 * Takes in mutated files in processes of their own.
 * @param options.first number of the first; a number makes the same file each time
 */
export const fuzz = async (options: {
  readonly count: number;
  readonly first?: number;
  readonly processes?: number;
  readonly onDone?: (done: number) => void;
}): Promise<Fuzzed> => {
  const { count, first = 1, processes = 1, onDone = () => {} } = options;
  const folder = mkdtempSync(join(tmpdir(), "lull-fuzz-"));
  const outcomes = new Map<string, number>();
  const faults: string[] = [];
  let [next, done] = [first, 0];

  const open = (): ChildProcess =>
    fork(new URL("./fuzzProcess.ts", import.meta.url), [folder], {
      stdio: ["ignore", "ignore", "ignore", "ipc"],
      execArgv: [],
    });

  const ask = (child: ChildProcess, number: number): Promise<string> =>
    new Promise((resolve) => {
      const answer = (outcome: string) => {
        clearTimeout(limit);
        child.off("message", answer);
        child.off("exit", died);
        resolve(outcome);
      };
      const died = (code: number | null, signal: string | null) => answer(`crashed: ${code ?? signal}`);
      const limit = setTimeout(() => {
        child.kill("SIGKILL");
        answer("hangs: it took 20 s");
      }, HANGS);
      child.on("message", answer);
      child.on("exit", died);
      child.send(number);
    });

  const work = async () => {
    let child = open();
    while (next < first + count) {
      const number = next++;
      const outcome = await ask(child, number);
      const plain = /^[a-z-]+$/.test(outcome);
      if (!plain) faults.push(`${number} ${outcome}`);
      outcomes.set(plain ? outcome : "fault", (outcomes.get(plain ? outcome : "fault") ?? 0) + 1);
      if (child.exitCode !== null || child.signalCode !== null || child.killed) child = open();
      onDone(++done);
    }
    const gone = new Promise((resolve) => child.once("exit", resolve));
    child.disconnect();
    await gone;
  };

  await Promise.all(Array.from({ length: processes }, work));
  const left = readdirSync(folder);
  rmSync(folder, { recursive: true, force: true });
  return { outcomes, faults, left };
};
