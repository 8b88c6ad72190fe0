import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rename, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";

const CLIENT = resolve(import.meta.dirname, "client");
const ROOT = resolve(import.meta.dirname, "../../..");
const DEFAULT_CACHE = join(ROOT, ".cache/page");

/** The page's files, by the path under which they are served. */
export type PageFiles = ReadonlyMap<string, { readonly type: string; readonly body: Buffer; readonly tag: string }>;

const NAMES = ["index.html", "favicon.svg", "page.js", "page.css", "jitterWorklet.js"] as const;

const TYPES: Readonly<Record<string, string>> = {
  html: "text/html; charset=utf-8",
  css: "text/css; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  svg: "image/svg+xml",
};

const hashOf = (...parts: readonly (string | Buffer)[]): string => {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part).update("\0");
  return hash.digest("hex").slice(0, 32);
};

/** Names what the bundle is made of: our sources, and the lockfile for the packages'. */
const contentKey = async (): Promise<string> => {
  const names = (await readdir(CLIENT)).sort();
  const sources = await Promise.all(names.map((name) => readFile(join(CLIENT, name))));
  return hashOf(...names, ...sources, await readFile(join(ROOT, "package-lock.json")));
};

const build = async (): Promise<ReadonlyMap<string, Buffer>> => {
  const { build: bundle } = await import("esbuild");
  const { outputFiles } = await bundle({
    entryPoints: ["page.ts", "page.css", "jitterWorklet.ts"].map((name) => join(CLIENT, name)),
    bundle: true,
    minify: true,
    format: "esm",
    platform: "browser",
    target: ["es2022", "chrome110", "firefox115", "safari16.4"],
    outdir: CLIENT,
    write: false,
    logLevel: "silent",
  });
  const files = new Map(
    outputFiles.map(({ path, contents }) => [path.slice(CLIENT.length + 1), Buffer.from(contents)]),
  );
  for (const name of ["index.html", "favicon.svg"]) files.set(name, await readFile(join(CLIENT, name)));
  return files;
};

const readCached = async (directory: string): Promise<ReadonlyMap<string, Buffer> | undefined> => {
  try {
    return new Map(
      await Promise.all(NAMES.map(async (name) => [name, await readFile(join(directory, name))] as const)),
    );
  } catch {
    return undefined;
  }
};

/** Written beside and moved into place, so that a half-written bundle is never found. */
const writeCached = async (directory: string, files: ReadonlyMap<string, Buffer>): Promise<void> => {
  const fresh = `${directory}.${process.pid}`;
  await mkdir(fresh, { recursive: true });
  await Promise.all([...files].map(([name, body]) => writeFile(join(fresh, name), body)));
  await rename(fresh, directory);
};

/**
 * The page's files, bundled unless the cache has them already; a cache that cannot be written does no harm.
 * @throws esbuild's error when our own source is wrong
 */
export const pageFiles = async (cache: string = DEFAULT_CACHE): Promise<PageFiles> => {
  const directory = join(cache, await contentKey());
  let files = await readCached(directory);
  if (files === undefined) {
    files = await build();
    await writeCached(directory, files).catch(() => undefined);
  }
  return new Map(
    [...files].map(([name, body]) => {
      const path = name === "index.html" ? "/" : `/${name}`;
      const type = TYPES[name.slice(name.lastIndexOf(".") + 1)] ?? "application/octet-stream";
      return [path, { type, body, tag: `"${hashOf(body)}"` }];
    }),
  );
};
