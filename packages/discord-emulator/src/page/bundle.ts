import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rename, writeFile } from "node:fs/promises";
import { join, relative, resolve } from "node:path";

/** The page's sources in the repository; its bundle in the published package. */
const CLIENT = resolve(import.meta.dirname, "client");
const REPOSITORY = resolve(import.meta.dirname, "../../../..");
const DEFAULT_CACHE = join(REPOSITORY, ".cache/page");

const NAMES = ["index.html", "favicon.svg", "page.js", "page.css", "jitterWorklet.js", "activityFrame.js"] as const;

/** The files of the page's bundle, by name. */
export type Bundle = ReadonlyMap<string, Buffer>;

const hashOf = (...parts: readonly (string | Buffer)[]): string => {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part).update("\0");
  return hash.digest("hex").slice(0, 32);
};

/** Names what the bundle is made of: the page's own sources, and the lockfile for the packages'. */
const contentKey = async (): Promise<string> => {
  const entries = await readdir(CLIENT, { recursive: true, withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => relative(CLIENT, join(parentPath, name)))
    .sort();
  const sources = await Promise.all(names.map((name) => readFile(join(CLIENT, name))));
  return hashOf(...names, ...sources, await readFile(join(REPOSITORY, "package-lock.json")));
};

/**
 * Bundles the page for browsers.
 * @param sources folder of the page's client
 * @throws esbuild's error when the page's own source is wrong
 * @public scripts/prepack.mjs calls it in what it has built
 */
export const buildBundle = async (sources: string): Promise<Bundle> => {
  const { build } = await import("esbuild");
  const { outputFiles } = await build({
    entryPoints: ["page.ts", "page.css", "jitterWorklet.ts", "activityFrame.ts"].map((name) => join(sources, name)),
    bundle: true,
    minify: true,
    format: "esm",
    platform: "browser",
    target: ["es2022", "chrome110", "firefox115", "safari16.4"],
    outdir: sources,
    write: false,
    logLevel: "silent",
  });
  const files = new Map(
    outputFiles.map(({ path, contents }) => [path.slice(sources.length + 1), Buffer.from(contents)]),
  );
  for (const name of ["index.html", "favicon.svg"]) files.set(name, await readFile(join(sources, name)));
  return files;
};

const read = async (directory: string): Promise<Bundle> =>
  new Map(await Promise.all(NAMES.map(async (name) => [name, await readFile(join(directory, name))] as const)));

/** Written beside and moved into place, so that a half-written bundle is never found. */
const writeCached = async (directory: string, files: Bundle): Promise<void> => {
  const fresh = `${directory}.${process.pid}`;
  await mkdir(fresh, { recursive: true });
  await Promise.all([...files].map(([name, body]) => writeFile(join(fresh, name), body)));
  await rename(fresh, directory);
};

/**
 * The page's bundle: the published one, one that the cache has, or one that is built now. A cache that cannot be
 * written does no harm.
 * @param cache folder of bundles, one for each state of the sources
 * @throws esbuild's error when the page's own source is wrong
 */
export const loadBundle = async (cache: string = DEFAULT_CACHE): Promise<Bundle> => {
  if (existsSync(join(CLIENT, "page.js"))) return read(CLIENT);
  const directory = join(cache, await contentKey());
  const cached = await read(directory).catch(() => undefined);
  if (cached !== undefined) return cached;
  const built = await buildBundle(CLIENT);
  await writeCached(directory, built).catch(() => undefined);
  return built;
};
