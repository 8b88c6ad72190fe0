import { readdir, readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { z } from "zod";
import { MAX_PACK_SOUNDS, PACK_MANIFEST, type Pack, parsePack } from "../../catalogue/pack.ts";
import { askSandboxed } from "../../kernel/askSandboxed.ts";
import { findNetworkIsolation } from "../../kernel/childProcess.ts";
import { UserError } from "../../kernel/errors.ts";
import { minutes } from "../../kernel/units.ts";

/** What a pack may hold; counted while it is unpacked. */
export const PACK_LIMITS = {
  /** Files and folders; a few beside its sounds may say something about it. */
  entries: MAX_PACK_SOUNDS + 100,
  /** Bytes of its manifest, of one sound, and of everything that it says it holds. */
  manifest: 2 ** 20,
  sound: 350 * 2 ** 20,
  bytes: 2 ** 30,
};

/** A zip to be unpacked into an empty folder. */
export interface UnpackRequest {
  readonly zip: string;
  readonly folder: string;
}

const unpackAnswer = z.discriminatedUnion("type", [
  z.object({ type: z.literal("unpacked") }),
  z.object({ type: z.literal("refused"), reason: z.string().max(1_000) }),
]);
/** What the process answers. It has read a stranger's file. */
export type UnpackAnswer = z.infer<typeof unpackAnswer>;

/**
 * Unpacks a pack: its manifest, and the files that the manifest lists, and nothing else. A process
 * reads the zip that may write into this folder and do nothing else.
 * @param folder empty
 * @throws UserError that says why it can't be used; what has been written so far stays
 */
export const unpack = async (zip: string, folder: string): Promise<Pack> => {
  const answer = await askSandboxed(
    new URL("./unpackProcess.ts", import.meta.url),
    { zip: resolve(zip), folder: resolve(folder) },
    {
      answer: unpackAnswer,
      sandbox: {
        read: [resolve(zip)],
        write: [join(resolve(folder), "*")],
        isolation: await findNetworkIsolation(),
      },
      patience: minutes(5),
    },
  );
  if (answer.type === "refused") throw new UserError("bad-pack", answer.reason);
  const pack = parsePack(await readFile(join(folder, PACK_MANIFEST), "utf8"));
  const listed = new Set([PACK_MANIFEST, ...pack.sounds.map(({ file }) => file)]);
  const there = await readdir(folder);
  if (there.length !== listed.size || !there.every((name) => listed.has(name)))
    throw new UserError("bad-pack", "The pack can't be used: it does not hold what its manifest lists.");
  return pack;
};
