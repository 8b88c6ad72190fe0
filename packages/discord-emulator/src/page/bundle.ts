import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rename, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { PageSettings } from "./settings.ts";

const CLIENT = resolve(import.meta.dirname, "client");
const LOCKFILE = resolve(import.meta.dirname, "../../../../package-lock.json");
const DEFAULT_CACHE = resolve(import.meta.dirname, "../../../../.cache/page");

/** A file of the page. */
export interface PageFile {
  /** MIME type. */
  readonly type: string;
  readonly body: Buffer;
  /** Entity tag, in quotes; a file without one is sent whole each time. */
  readonly tag?: string;
}

/** The page's files, by the path under which they are served. */
export type PageFiles = ReadonlyMap<string, PageFile>;

/** What one bot has the page say. */
export interface PageContent {
  readonly settings: PageSettings;
  /** Source of an SVG image: the page's icon, and the bot's avatar. */
  readonly icon?: string | undefined;
}

const NAMES = ["index.html", "favicon.svg", "page.js", "page.css", "jitterWorklet.js"] as const;

const TYPES: Readonly<Record<string, string>> = {
  html: "text/html; charset=utf-8",
  css: "text/css; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  svg: "image/svg+xml",
};

const hashOf = (...context: readonly (string | Buffer)[]): string => {
  const hash = createHash("sha256");
  for (const part of context) hash.update(part).update("\0");
  return hash.digest("hex").slice(0, 32);
};

/** Names what the bundle is made of: our sources, and the lockfile for the packages'. */
const contentKey = async (): Promise<string> => {
  const names = (await readdir(CLIENT)).sort();
  const sources = await Promise.all(names.map((name) => readFile(join(CLIENT, name))));
  return hashOf(...names, ...sources, await readFile(LOCKFILE));
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

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => ENTITIES[sign] ?? sign);

/** The page's HTML with its settings in it: as JSON that is data for its script, and runs as nothing. */
const filled = (template: string, settings: PageSettings): string =>
  template
    .replace("{{title}}", () => escaped(settings.title))
    .replace("{{opening}}", () => escaped(settings.opening))
    .replace('"{{settings}}"', () => JSON.stringify(settings).replaceAll("<", "\\u003c"));

/**
 * The page's files, bundled unless the cache has them already; a cache that cannot be written does no harm.
 * @param cache directory of bundles, one for each state of the sources
 * @throws esbuild's error when the page's own source is wrong
 */
export const pageFiles = async ({ settings, icon }: PageContent, cache: string = DEFAULT_CACHE): Promise<PageFiles> => {
  const directory = join(cache, await contentKey());
  let files = await readCached(directory);
  if (files === undefined) {
    files = await build();
    await writeCached(directory, files).catch(() => undefined);
  }
  const html = Buffer.from(filled(String(files.get("index.html")), settings));
  const designed = new Map([...files, ["index.html", html]]);
  if (icon !== undefined) designed.set("favicon.svg", Buffer.from(icon));
  return new Map(
    [...designed].map(([name, body]) => {
      const path = name === "index.html" ? "/" : `/${name}`;
      const type = TYPES[name.slice(name.lastIndexOf(".") + 1)] ?? "application/octet-stream";
      return [path, { type, body, tag: `"${hashOf(body)}"` }];
    }),
  );
};
