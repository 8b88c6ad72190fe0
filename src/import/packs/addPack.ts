import { mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Pack } from "../../catalogue/pack.ts";
import { message } from "../../i18n/message.ts";
import { UserError } from "../../kernel/errors.ts";
import { slug } from "../../kernel/names.ts";
import { minutes } from "../../kernel/units.ts";
import { saveBody } from "../saveBody.ts";
import { openAddress, type Resolve } from "../sources/openAddress.ts";
import type { SourceList } from "../sources/sourceList.ts";
import { unpack } from "./unpack.ts";

/** Bytes of a zip that is fetched. */
const LARGEST = 2 ** 30;
const PATIENCE = minutes(15);

const tooLarge = () => new UserError("bad-pack", "The pack is larger than 1 GB.");

/** Where packs lie in the folder with the operator's recordings. */
const PACKS_FOLDER = "packs";

const fetchZip = async (
  address: string,
  to: string,
  { sources, resolve }: { readonly sources: SourceList; readonly resolve?: Resolve | undefined },
): Promise<void> => {
  const { response } = await openAddress(address, { sources, signal: AbortSignal.timeout(PATIENCE), resolve });
  try {
    const length = Number(response.headers["content-length"] ?? 0);
    if (length > LARGEST) throw tooLarge();
    await saveBody(to, () => response, { most: LARGEST, tooLarge, least: length });
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError("source-unreachable", message("sources.unreachable", { host: new URL(address).hostname }));
  } finally {
    response.destroy();
  }
};

/** What became of a pack. */
export interface AddedPack {
  readonly pack: Pack;
  /** Where its files are now. */
  readonly folder: string;
  /** Whether there was one of that name, which it has replaced. */
  readonly replaced: boolean;
}

/**
 * Adds a pack to the operator's recordings, where a bot that runs finds it. One of the same name is replaced.
 * @param zip path of a zip file, or an address on a site that the operator has listed
 * @param options.sounds the folder with the operator's recordings
 * @throws UserError that says why it can't be used; nothing is changed then
 */
export const addPack = async (
  zip: string,
  {
    sounds,
    ...from
  }: { readonly sounds: string; readonly sources: SourceList; readonly resolve?: Resolve | undefined },
): Promise<AddedPack> => {
  await mkdir(join(sounds, PACKS_FOLDER), { recursive: true });
  // A name that begins with a dot is not looked into.
  const staging = await mkdtemp(join(sounds, ".pack-"));
  try {
    const fetched = join(staging, "pack.zip");
    const isAddress = /^https?:\/\//i.test(zip);
    if (isAddress) await fetchZip(zip, fetched, from);
    const unpacked = join(staging, "pack");
    await mkdir(unpacked);
    const pack = await unpack(isAddress ? fetched : zip, unpacked);
    const folder = join(sounds, PACKS_FOLDER, slug(pack.name) || "pack");
    const before = join(staging, "before");
    const replaced = await rename(folder, before).then(
      () => true,
      () => false,
    );
    await rename(unpacked, folder);
    return { pack, folder, replaced };
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
};
