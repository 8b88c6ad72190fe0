import { X509Certificate } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { generate } from "selfsigned";
import { hours, type Millis } from "../shared/units.ts";

/** A certificate with its key, and the authority to trust for it. */
export interface Certificates {
  /** PEM file of the authority that signed the certificate. */
  readonly authority: string;
  readonly certificate: string;
  readonly key: string;
}

const YEAR: Millis = hours(24 * 365);

const make = async () => {
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
  return { "authority.pem": authority.cert, "certificate.pem": served.cert, "key.pem": served.private };
};

const stillGood = (file: string): boolean =>
  existsSync(file) && new X509Certificate(readFileSync(file)).validToDate.getTime() > Date.now() + hours(24);

/**
 * A certificate for 127.0.0.1 and the authority that signed it; the authority's own key is thrown away.
 * @param folder where they are kept for the next time; a new temporary one otherwise
 */
export const certificates = async (
  folder = mkdtempSync(join(tmpdir(), "discord-emulator-")),
): Promise<Certificates> => {
  const path = (name: string) => join(folder, name);
  if (!stillGood(path("certificate.pem")) || !existsSync(path("key.pem")) || !existsSync(path("authority.pem"))) {
    mkdirSync(folder, { recursive: true });
    for (const [name, pem] of Object.entries(await make())) writeFileSync(path(name), pem, { mode: 0o600 });
  }
  return {
    authority: path("authority.pem"),
    certificate: readFileSync(path("certificate.pem"), "utf8"),
    key: readFileSync(path("key.pem"), "utf8"),
  };
};
