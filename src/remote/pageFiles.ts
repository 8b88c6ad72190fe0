import { readFile } from "node:fs/promises";
import type { ServerResponse } from "node:http";
import { join } from "node:path";
import { type HttpServer, sendText } from "../http/httpServer.ts";
import { languageOf, sayIn } from "../i18n/languages.ts";
import { bundleClient } from "./bundleClient.ts";
import { pageWords } from "./pageWords.ts";

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

/** @throws esbuild's error when the page's own source is wrong */
const bundlePage = async (): Promise<PageBundle> => {
  const files = await bundleClient(CLIENT, ["page.ts", "page.css", "visualWorker.ts"]);
  return {
    html: await readFile(join(CLIENT, "index.html"), "utf8"),
    files: new Map([...files].map(([name, body]) => [name, body.toString("utf8")])),
  };
};

/** What the page may do: nothing that is not its own. */
const policyFor = (origin: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "worker-src 'self'",
    "style-src 'self'",
    "img-src data:",
    // Older Safaris do not count a socket as 'self'.
    `connect-src 'self' ${origin.replace(/^http/, "ws")}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; ");

const secured = (response: ServerResponse, origin: string): ServerResponse => {
  response.setHeader("Content-Security-Policy", policyFor(origin));
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
 * @param path such as `/remote/`
 */
export const servePageFiles = (http: HttpServer, path: string, origin: string): void => {
  let bundled: Promise<PageBundle> | undefined;
  const bundle = (): Promise<PageBundle> => {
    bundled ??= bundlePage().catch((error: unknown) => {
      bundled = undefined;
      throw error;
    });
    return bundled;
  };

  http.route("GET", path, async ({ headers }, response, { pathname }) => {
    const name = pathname.slice(path.length);
    const { html, files } = await bundle();
    const file = files.get(name);
    if (file !== undefined) return sendText(secured(response, origin), 200, file, TYPES[name.split(".").at(-1) ?? ""]);
    if (name !== "") return sendText(response, 404, "Not found\n");
    const [locale = "en"] = (headers["accept-language"] ?? "en").split(/[,;]/);
    const language = languageOf(locale.trim());
    const page = html
      .replace('lang="en"', `lang="${language}"`)
      .replace(">{}<", () => `>${inHtml(pageWords(sayIn(language)))}<`);
    return sendText(secured(response, origin), 200, page, "text/html; charset=utf-8");
  });
};
