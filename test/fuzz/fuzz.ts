import { type ChildProcess, fork } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openImporter } from "../../src/import/importer.ts";
import { UserError } from "../../src/kernel/errors.ts";
import { framesIn, seconds } from "../../src/kernel/units.ts";
import { mutant, seedFiles } from "./mutate.ts";

/**
 * A second of sound takes a few hundredths of a second; what takes this long, on however busy a
 * machine, hangs.
 */
const HANGS = 20_000;
const HUNG = "hung";

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
  const { count, first: from = 1, processes = 1, onDone = () => {} } = options;
  const folder = mkdtempSync(join(tmpdir(), "lull-fuzz-"));
  const outcomes = new Map<string, number>();
  const faults: string[] = [];
  let [next, done] = [from, 0];

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
        answer(HUNG);
      }, HANGS);
      child.on("message", answer);
      child.on("exit", died);
      child.send(number);
    });

  /**
   * What does not come back is given to a process with the limits that uploads have: it has to be
   * ended and refused.
   */
  const limited = async (number: number, child: ChildProcess): Promise<string> => {
    const [source, path] = [join(folder, `again-${number}`), join(folder, `again-${number}.opus`)];
    writeFileSync(source, mutant(await seedFiles(), number));
    const limits = { longest: framesIn(seconds(60)), seconds: 5, memory: 2 ** 30 };
    // The importer alone keeps no program running.
    const awake = setInterval(() => {}, 1_000);
    const made = { title: "M", licence: "-", serial: 1, soften: true, loop: true };
    try {
      await openImporter().run({ source, path, ...made, limits });
      return "hangs, but not under limits";
    } catch (error) {
      return error instanceof UserError ? error.code : `is no refusal: ${String(error)}`;
    } finally {
      clearInterval(awake);
      rmSync(source, { force: true });
      rmSync(join(folder, `mutant-${child.pid}`), { force: true });
    }
  };

  const work = async () => {
    let child = open();
    while (next < from + count) {
      const number = next++;
      const first = await ask(child, number);
      const outcome = first === HUNG ? await limited(number, child) : first;
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
