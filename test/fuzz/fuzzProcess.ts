import { existsSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "../../src/kernel/errors.ts";
import { framesIn, seconds } from "../../src/kernel/units.ts";
import { importFile } from "../support/importFile.ts";
import { mutant, seedFiles } from "./mutate.ts";

// Takes in one mutated file after another, and tells what became of each; dying is what the other
// side looks for.
for (const level of ["log", "warn", "error"] as const) console[level] = () => {};
const folder = process.argv[2]!;
const source = join(folder, `mutant-${process.pid}`);
const path = join(folder, `made-${process.pid}.opus`);
const limits = { longest: framesIn(seconds(60)), seconds: 60, memory: 2 ** 30 };
const making = seedFiles();

const one = async (number: number): Promise<string> => {
  writeFileSync(source, mutant(await making, number));
  try {
    await importFile({ source, path, title: "M", licence: "-", serial: 1, soften: true, loop: true, limits });
    return "taken";
  } catch (error) {
    if (existsSync(path)) return `left a file behind after ${String(error)}`;
    return error instanceof UserError ? error.code : `is no refusal: ${String((error as Error)?.stack ?? error)}`;
  } finally {
    rmSync(path, { force: true });
    rmSync(source, { force: true });
  }
};

process.on("message", (number: number) => {
  void one(number).then((outcome) => process.send?.(outcome));
});
process.on("disconnect", () => process.exit());
