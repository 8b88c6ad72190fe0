import { readFile } from "node:fs/promises";
import type { ServerResponse } from "node:http";
import { join } from "node:path";
import { type HttpServer, sendText } from "../http/httpServer.ts";
import { languageOf, sayIn } from "../i18n/languages.ts";
import type { Say } from "../i18n/say.ts";
import { bundleClient } from "./bundleClient.ts";
import type { PageWords } from "./protocol.ts";

const CLIENT = join(import.meta.dirname, "client");

const TYPES: Readonly<Record<string, string>> = {
  js: "text/javascript; charset=utf-8",
  css: "text/css; charset=utf-8",
};

/** The page without its words and language, and its scripts and styles by name. */
interface PageBundle {
  readonly html: string;
  readonly files: ReadonlyMap<string, string>;
}

/** Where and how the page is served. */
export interface PageFilesOptions {
  /** Such as `/remote/`. */
  readonly path: string;
  /** The script with which the page begins: the folder of its source, and its name without an extension. */
  readonly script: { readonly directory: string; readonly name: string };
  /** The page's origins, as a browser sees them. */
  readonly connects: readonly string[];
  /** Origins whose pages may show it in a frame. */
  readonly ancestors: readonly string[];
  wordsIn(say: Say): PageWords;
  /** Of the page's root element. */
  readonly attributes?: Readonly<Record<string, string>>;
}

/** The remote's own script. */
export const REMOTE_SCRIPT = { directory: CLIENT, name: "page" };

/** @throws esbuild's error when the page's own source is wrong */
const bundlePage = async ({ directory, name }: PageFilesOptions["script"]): Promise<PageBundle> => {
  const bundled = [
    ...(await bundleClient(CLIENT, ["page.css", "visualWorker.ts"])),
    ...(await bundleClient(directory, [`${name}.ts`])),
  ];
  const html = await readFile(join(CLIENT, "index.html"), "utf8");
  return {
    html: html.replace('src="page.js"', `src="${name}.js"`),
    files: new Map(bundled.map(([file, body]) => [file, body.toString("utf8")])),
  };
};

/** What the page may do: nothing that is not its own. */
const policyFor = ({ connects, ancestors }: PageFilesOptions): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "worker-src 'self'",
    "style-src 'self'",
    "img-src data:",
    // Older Safaris do not count a socket as 'self'.
    `connect-src 'self' ${connects.map((origin) => origin.replace(/^http/, "ws")).join(" ")}`,
    "base-uri 'none'",
    "form-action 'none'",
    `frame-ancestors ${ancestors.length === 0 ? "'none'" : ancestors.join(" ")}`,
  ].join("; ");

const secured = (response: ServerResponse, policy: string): ServerResponse => {
  response.setHeader("Content-Security-Policy", policy);
  response.setHeader("Referrer-Policy", "no-referrer");
  response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
  response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
  return response;
};

/** JSON that stays text inside HTML. */
const inHtml = (value: unknown): string => JSON.stringify(value).replaceAll("<", "\\u003c");

/**
 * Serves the page's files. They are the same for everyone; until the server knows whose the page is, its words are in the
 * browser's language.
 */
export const servePageFiles = (http: HttpServer, options: PageFilesOptions): void => {
  const { path, script, wordsIn, attributes = {} } = options;
  const policy = policyFor(options);
  const further = Object.entries(attributes).map(([name, value]) => ` ${name}="${value}"`);
  let bundled: Promise<PageBundle> | undefined;
  const bundle = (): Promise<PageBundle> => {
    bundled ??= bundlePage(script).catch((error: unknown) => {
      bundled = undefined;
      throw error;
    });
    return bundled;
  };

  http.route("GET", path, async ({ headers }, response, { pathname }) => {
    const name = pathname.slice(path.length);
    const { html, files } = await bundle();
    const file = files.get(name);
    if (file !== undefined) return sendText(secured(response, policy), 200, file, TYPES[name.split(".").at(-1) ?? ""]);
    if (name !== "") return sendText(response, 404, "Not found\n");
    const [locale = "en"] = (headers["accept-language"] ?? "en").split(/[,;]/);
    const language = languageOf(locale.trim());
    const page = html
      .replace('lang="en"', `lang="${language}"${further.join("")}`)
      .replace(">{}<", () => `>${inHtml(wordsIn(sayIn(language)))}<`);
    return sendText(secured(response, policy), 200, page, "text/html; charset=utf-8");
  });
};
