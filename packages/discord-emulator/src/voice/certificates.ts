import { createHash, randomUUID, X509Certificate } from "node:crypto";
import { linkSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { generate } from "selfsigned";
import { z } from "zod";
import { hours, type Millis } from "../shared/units.ts";

/** A certificate with its key, and the authority to trust for it. */
export interface Certificates {
  /** PEM file of the authority that signed the certificate. */
  readonly authority: string;
  readonly certificate: string;
  readonly key: string;
}

const YEAR: Millis = hours(24 * 365);

/** An authority's certificate, and what it has signed, each in PEM. */
const Kept = z.object({ authority: z.string(), certificate: z.string(), key: z.string() });
type Kept = z.infer<typeof Kept>;

const make = async (): Promise<Kept> => {
  const notBeforeDate = new Date(Date.now() - hours(24));
  const common = {
    keyType: "ec",
    algorithm: "sha256",
    notBeforeDate,
    notAfterDate: new Date(Date.now() + YEAR),
  } as const;
  const authority = await generate([{ name: "commonName", value: "Discord emulator" }], {
    ...common,
    extensions: [
      { name: "basicConstraints", cA: true, critical: true },
      { name: "keyUsage", keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
  const served = await generate([{ name: "commonName", value: "127.0.0.1" }], {
    ...common,
    ca: { key: authority.private, cert: authority.cert },
    extensions: [
      { name: "basicConstraints", cA: false, critical: true },
      { name: "keyUsage", digitalSignature: true, critical: true },
      { name: "extKeyUsage", serverAuth: true },
      { name: "subjectAltName", altNames: [{ type: 7, ip: "127.0.0.1" }] },
    ],
  });
  return { authority: authority.cert, certificate: served.cert, key: served.private };
};

/** What is kept in a file; undefined when there is none that is good for another day. */
const read = (file: string): Kept | undefined => {
  try {
    const kept = Kept.parse(JSON.parse(readFileSync(file, "utf8")));
    const { validToDate } = new X509Certificate(kept.certificate);
    return validToDate.getTime() > Date.now() + hours(24) ? kept : undefined;
  } catch {
    return undefined;
  }
};

/** Writes a file as a whole, for its owner's eyes. @param publish what makes it appear under its name */
const write = (file: string, text: string, publish: (from: string, to: string) => void) => {
  const partial = `${file}.${randomUUID()}`;
  writeFileSync(partial, text, { mode: 0o600 });
  try {
    publish(partial, file);
  } finally {
    rmSync(partial, { force: true });
  }
};

/** Keeps what was made, unless another process that starts at the same time has been quicker. */
const keep = (file: string, made: Kept): Kept => {
  try {
    if (read(file) === undefined) rmSync(file, { force: true });
    write(file, JSON.stringify(made), linkSync);
    return made;
  } catch (error) {
    const others = read(file);
    if (others === undefined) throw error;
    return others;
  }
};

/**
 * A certificate for 127.0.0.1 and the authority that signed it; the authority's own key is thrown away.
 * @param folder where they are kept for the next time, and for others that start at the same time; a new temporary one
 *   otherwise
 */
export const certificates = async (
  folder = mkdtempSync(join(tmpdir(), "discord-emulator-")),
): Promise<Certificates> => {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, "certificates.json");
  const { authority, certificate, key } = read(file) ?? keep(file, await make());
  // Named by what is in it: a process that trusts it is never given another one.
  const name = createHash("sha256").update(authority).digest("hex").slice(0, 12);
  const path = join(folder, `authority-${name}.pem`);
  write(path, authority, renameSync);
  return { authority: path, certificate, key };
};
