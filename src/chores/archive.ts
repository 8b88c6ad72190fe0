import { createHash } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Readable, Transform } from "node:stream";
import { buffer } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import yauzl from "yauzl";
import yazl from "yazl";
import { z } from "zod";
import { UserError } from "../kernel/errors.ts";
import { isMissingFile } from "../kernel/fileErrors.ts";

/** Names of files in a backup: the database, the operator's settings, uploads and whispers. */
const FILE_NAME = /^(lull\.sqlite|settings\.env|(uploads|whispers)\/(?!.*(^|\/)\.\.?(\/|$))[\w.\-/]+)$/;
const MANIFEST = "manifest.json";
/** For some hundred thousand files. */
const MAX_MANIFEST_BYTES = 64 * 2 ** 20;

const Manifest = z.object({
  format: z.literal(1),
  /** The version of Lull that wrote it. */
  lull: z.string(),
  createdAt: z.string(),
  /** The migrations of the database. */
  schema: z.array(z.string()),
  files: z.record(z.string().regex(FILE_NAME), z.object({ bytes: z.number(), sha256: z.string() })),
});

/** What a backup says of itself: the version that wrote it, its files and their checksums. */
export type Manifest = z.infer<typeof Manifest>;

const unreadable = (file: string, why: string) =>
  new UserError("bad-backup", `${file} is not a whole backup of Lull's: ${why}. Nothing has been changed.`);

const sha256 = async (path: string): Promise<string> => {
  const digest = createHash("sha256");
  for await (const part of createReadStream(path)) digest.update(part as Buffer);
  return digest.digest("hex");
};

/**
 * Writes a ZIP file that only its owner can read.
 * @param file must not exist
 * @param folder where the files are, by the names that they get
 * @throws the file system's error when it cannot be written
 */
export const writeArchive = async (
  file: string,
  folder: string,
  names: readonly string[],
  about: Omit<Manifest, "format" | "files">,
): Promise<Manifest> => {
  const files: Manifest["files"] = {};
  for (const name of names) {
    const path = join(folder, name);
    files[name] = { bytes: (await stat(path)).size, sha256: await sha256(path) };
  }
  const manifest: Manifest = { format: 1, ...about, files };
  const zip = new yazl.ZipFile();
  zip.addBuffer(Buffer.from(JSON.stringify(manifest, undefined, 1)), MANIFEST);
  // Sounds are compressed already.
  for (const name of names) zip.addFile(join(folder, name), name, { compress: !name.startsWith("uploads/") });
  const written = pipeline(Readable.from(zip.outputStream), createWriteStream(file, { flags: "wx", mode: 0o600 }));
  zip.end();
  await written;
  return manifest;
};

/** A backup that has been opened. */
export interface Archive {
  readonly manifest: Manifest;
  /**
   * Writes all files into a folder.
   * @throws UserError when one differs from its checksum
   */
  extract(folder: string): Promise<void>;
  close(): void;
}

const openZip = (file: string): Promise<yauzl.ZipFile> =>
  new Promise((resolve, reject) => {
    yauzl.open(file, { lazyEntries: true, autoClose: false }, (error, zip) => (error ? reject(error) : resolve(zip)));
  });

const entriesOf = (zip: yauzl.ZipFile): Promise<ReadonlyMap<string, yauzl.Entry>> =>
  new Promise((resolve, reject) => {
    const entries = new Map<string, yauzl.Entry>();
    zip.on("entry", (entry: yauzl.Entry) => {
      entries.set(entry.fileName, entry);
      zip.readEntry();
    });
    zip.once("end", () => resolve(entries));
    zip.once("error", reject);
    zip.readEntry();
  });

const contents = (zip: yauzl.ZipFile, entry: yauzl.Entry): Promise<Readable> =>
  new Promise((resolve, reject) => {
    zip.openReadStream(entry, (error, stream) => (error ? reject(error) : resolve(stream)));
  });

const readManifest = async (zip: yauzl.ZipFile, entries: ReadonlyMap<string, yauzl.Entry>): Promise<Manifest> => {
  const entry = entries.get(MANIFEST);
  if (entry === undefined || entry.uncompressedSize > MAX_MANIFEST_BYTES) throw new Error(`it has no ${MANIFEST}`);
  const { data, success } = Manifest.safeParse(JSON.parse((await buffer(await contents(zip, entry))).toString("utf8")));
  if (!success) throw new Error(`its ${MANIFEST} is of another kind`);
  for (const [name, { bytes }] of Object.entries(data.files))
    if (entries.get(name)?.uncompressedSize !== bytes) throw new Error(`${name} is missing or cut`);
  return data;
};

/**
 * Opens a backup and compares its table of contents with what it should hold.
 * @throws UserError when it is not whole
 */
export const openArchive = async (file: string): Promise<Archive> => {
  let zip: yauzl.ZipFile | undefined;
  try {
    const opened = await openZip(file);
    zip = opened;
    const entries = await entriesOf(opened);
    const manifest = await readManifest(opened, entries);
    const extractOne = async (name: string, expected: string, to: string): Promise<void> => {
      await mkdir(dirname(to), { recursive: true, mode: 0o700 });
      const digest = createHash("sha256");
      const count = new Transform({
        transform(part: Buffer, _encoding, done) {
          digest.update(part);
          done(null, part);
        },
      });
      await pipeline(await contents(opened, entries.get(name)!), count, createWriteStream(to, { mode: 0o600 }));
      if (digest.digest("hex") !== expected) throw unreadable(file, `${name} differs from its checksum`);
    };
    return {
      manifest,
      async extract(folder) {
        for (const [name, { sha256: expected }] of Object.entries(manifest.files))
          await extractOne(name, expected, join(folder, name));
      },
      close: () => opened.close(),
    };
  } catch (error) {
    zip?.close();
    if (isMissingFile(error)) throw new UserError("bad-backup", `There is no file ${file}.`);
    throw unreadable(file, (error as Error).message);
  }
};
