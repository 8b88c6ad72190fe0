import { createHash } from "node:crypto";
import { loadBundle } from "./bundle.ts";
import type { PageSettings } from "./settings.ts";

/** A file of the page. */
export interface PageFile {
  /** MIME type. */
  readonly type: string;
  readonly body: Uint8Array;
  /** Entity tag, in quotes; a file without one is sent whole each time. */
  readonly tag?: string;
}

/** The page's files, by the path under which they are served. */
export type PageFiles = ReadonlyMap<string, PageFile>;

/** What one bot has the page say and show. */
export interface PageContent {
  readonly settings: PageSettings;
  /** Source of an SVG image: the page's icon, and the bot's avatar. */
  readonly icon?: string | undefined;
}

const TYPES: Readonly<Record<string, string>> = {
  html: "text/html; charset=utf-8",
  css: "text/css; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  svg: "image/svg+xml",
};

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => ENTITIES[sign] ?? sign);

/** The page's HTML with its settings in it: as JSON that is data for its script, and runs as nothing. */
const fillIn = (template: string, settings: PageSettings): string =>
  template
    .replace("{{title}}", () => escaped(settings.title))
    .replace("{{opening}}", () => escaped(settings.opening))
    .replace('"{{settings}}"', () => JSON.stringify(settings).replaceAll("<", "\\u003c"));

const toPageFile = (name: string, body: Buffer): PageFile => ({
  type: TYPES[name.slice(name.lastIndexOf(".") + 1)] ?? "application/octet-stream",
  body,
  tag: `"${createHash("sha256").update(body).digest("hex").slice(0, 32)}"`,
});

/**
 * The page's files, with a bot's settings and icon in them.
 * @param cache folder of bundles; may be deleted at any time
 * @throws esbuild's error when the page's own source is wrong
 */
export const pageFiles = async ({ settings, icon }: PageContent, cache?: string): Promise<PageFiles> => {
  const files = new Map(await loadBundle(cache));
  files.set("index.html", Buffer.from(fillIn(String(files.get("index.html")), settings)));
  if (icon !== undefined) files.set("favicon.svg", Buffer.from(icon));
  return new Map([...files].map(([name, body]) => [name === "index.html" ? "/" : `/${name}`, toPageFile(name, body)]));
};
