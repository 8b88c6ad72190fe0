import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { PACK_MANIFEST } from "../../catalogue/pack.ts";
import { UserError } from "../../kernel/errors.ts";
import { isMissingFile } from "../../kernel/fileErrors.ts";
import { measureTake } from "./measureTake.ts";
import { adviceFor, measuresLine } from "./takeAdvice.ts";
import { unpack } from "./unpack.ts";

/** What has been found, line by line. */
interface CheckReport {
  readonly lines: readonly string[];
  /** How many things are to be mended. */
  readonly toMend: number;
}

const isZip = (bytes: Uint8Array): boolean => Buffer.from(bytes.subarray(0, 4)).toString("latin1") === "PK\u0003\u0004";

const checkOne = async (name: string, bytes: Uint8Array): Promise<CheckReport> => {
  try {
    const take = await measureTake(bytes);
    const advice = adviceFor(take);
    const toMend = advice.filter(({ kind }) => kind === "mend").length;
    const found = advice.map(({ kind, text }) => `  ${kind === "mend" ? "Mend" : "Note"}: ${text}`);
    return { lines: [`${name}: ${measuresLine(take)}`, ...found, ...(toMend === 0 ? ["  It is fit."] : [])], toMend };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { lines: [`${name}: ${error.message}`], toMend: 1 };
  }
};

const checkPack = async (zip: string): Promise<CheckReport> => {
  const folder = await mkdtemp(join(tmpdir(), "lull-pack-"));
  try {
    const pack = await unpack(zip, folder);
    const reports: CheckReport[] = [];
    for (const { file } of pack.sounds) reports.push(await checkOne(file, await readFile(join(folder, file))));
    return {
      lines: [
        `${PACK_MANIFEST}: “${pack.name}” by ${pack.authors.join(", ")} (${pack.licence}), ${pack.sounds.length} sounds.`,
        ...reports.flatMap(({ lines }) => lines),
      ],
      toMend: reports.reduce((sum, { toMend }) => sum + toMend, 0),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

/**
 * Measures a creator's own recording, or each of a pack, and says what to mend.
 * @throws UserError when there is no such file, or the pack can't be used
 */
export const checkTakes = async (path: string): Promise<CheckReport> => {
  try {
    const bytes = await readFile(path);
    return isZip(bytes) ? await checkPack(path) : await checkOne(basename(path), bytes);
  } catch (error) {
    if (isMissingFile(error)) throw new UserError("no-file", `There is no file ${path}.`);
    throw error;
  }
};
