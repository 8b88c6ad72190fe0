import { readFileSync } from "node:fs";
import { z } from "zod";

const OwnPackage = z.object({ version: z.string(), repository: z.object({ url: z.string() }).optional() });

const read = (): z.infer<typeof OwnPackage> =>
  OwnPackage.parse(JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as unknown);

/** The version of this Lull, of `package.json`. */
export const versionOf = (): string => read().version;

/** Where its sources are published, as `package.json` says; undefined where it does not. */
export const repositoryOf = (): string | undefined => read().repository?.url;
