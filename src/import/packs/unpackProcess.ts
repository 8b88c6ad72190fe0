import { closeSync, openSync, writeFileSync, writeSync } from "node:fs";
import { constants, setPriority } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import yauzl from "yauzl";
import { PACK_MANIFEST, parsePack } from "../../catalogue/pack.ts";
import { UserError } from "../../kernel/errors.ts";
import { foldName } from "../../kernel/names.ts";
import { endWithParent } from "../../kernel/parentProcess.ts";
import { PACK_LIMITS, type UnpackAnswer, type UnpackRequest } from "./unpack.ts";

setPriority(constants.priority.PRIORITY_LOW);
endWithParent();

const refuse = (why: string): never => {
  throw new UserError("bad-pack", `The pack can't be used: ${why}.`);
};

const openZip = (path: string): Promise<yauzl.ZipFile> =>
  new Promise((resolve, reject) => {
    yauzl.open(path, { lazyEntries: true, strictFileNames: true, autoClose: false }, (error, zip) =>
      error ? reject(new UserError("bad-pack", "The pack can't be used: it is no zip file, or is cut.")) : resolve(zip),
    );
  });

const SYMLINK = 0o120000;
const isLink = ({ externalFileAttributes }: yauzl.Entry): boolean =>
  ((externalFileAttributes >>> 16) & 0o170000) === SYMLINK;

/** The zip's table of contents, by folded names; nothing is read that it doesn't list. */
const entriesOf = (zip: yauzl.ZipFile): Promise<ReadonlyMap<string, yauzl.Entry>> =>
  new Promise((resolve, reject) => {
    const entries = new Map<string, yauzl.Entry>();
    let bytes = 0;
    zip.on("entry", (entry: yauzl.Entry) => {
      try {
        const name = foldName(entry.fileName);
        if (entries.has(name)) refuse("two of its files have one name");
        entries.set(name, entry);
        bytes += entry.uncompressedSize;
        if (entries.size > PACK_LIMITS.entries) refuse(`it holds more than ${PACK_LIMITS.entries} files`);
        if (bytes > PACK_LIMITS.bytes) refuse("unpacked, it takes more than 1 GB");
        if (entry.isEncrypted()) refuse("it is encrypted");
        if (isLink(entry)) refuse("it holds a link");
        zip.readEntry();
      } catch (error) {
        reject(error);
      }
    });
    zip.once("end", () => resolve(entries));
    zip.once("error", () =>
      reject(new UserError("bad-pack", "The pack can't be used: one of its names leads elsewhere, or it is damaged.")),
    );
    zip.readEntry();
  });

const contents = (zip: yauzl.ZipFile, entry: yauzl.Entry): Promise<Readable> =>
  new Promise((resolve, reject) => {
    zip.openReadStream(entry, (error, stream) => (error ? reject(error) : resolve(stream)));
  });

/** Reads an entry, counting bytes rather than believing what it says. */
const readEntry = async (
  zip: yauzl.ZipFile,
  entry: yauzl.Entry,
  most: number,
  take: (part: Uint8Array) => void,
): Promise<void> => {
  let bytes = 0;
  for await (const part of (await contents(zip, entry)) as AsyncIterable<Uint8Array>) {
    bytes += part.length;
    if (bytes > most) refuse(`${entry.fileName} is too large`);
    take(part);
  }
};

const unpack = async ({ zip: path, folder }: UnpackRequest): Promise<void> => {
  const zip = await openZip(path);
  const entries = await entriesOf(zip);
  const manifest = entries.get(foldName(PACK_MANIFEST)) ?? refuse(`it has no ${PACK_MANIFEST}`);
  const parts: Uint8Array[] = [];
  await readEntry(zip, manifest, PACK_LIMITS.manifest, (part) => parts.push(part));
  const json = Buffer.concat(parts).toString("utf8");
  for (const { file } of parsePack(json).sounds) {
    const entry = entries.get(foldName(file)) ?? refuse(`${file} is listed, but not in it`);
    const out = openSync(join(folder, file), "wx", 0o600);
    try {
      await readEntry(zip, entry, PACK_LIMITS.sound, (part) => {
        for (let at = 0; at < part.length; ) at += writeSync(out, part, at);
      });
    } finally {
      closeSync(out);
    }
  }
  writeFileSync(join(folder, PACK_MANIFEST), json, { flag: "wx", mode: 0o600 });
};

const answer = (message: UnpackAnswer) =>
  new Promise<void>((sent) => (process.send === undefined ? sent() : process.send(message, () => sent())));

// The parent is the only one that sends to this process.
process.once("message", (request: UnpackRequest) => {
  unpack(request)
    .then(() => answer({ type: "unpacked" }))
    .catch((error: unknown) =>
      answer({
        type: "refused",
        reason: error instanceof UserError ? error.message : "The pack can't be used: one of its files is damaged.",
      }),
    )
    .finally(() => process.exit());
});
