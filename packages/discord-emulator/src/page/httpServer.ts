import type { IncomingMessage, ServerResponse } from "node:http";
import type { PageFile, PageFiles } from "./pageFiles.ts";

/** Of this machine, for browsers. */
export const NAMES = ["127.0.0.1", "localhost"];

/** Whether a request names this server, so that a foreign name that resolves to 127.0.0.1 (DNS rebinding) is refused. */
export const isOwnHost = (host: string | undefined, port: number): boolean =>
  NAMES.some((name) => host === `${name}:${port}`);

/** Whether a request was made by our own page. */
export const isOwnOrigin = (origin: string | undefined, port: number): boolean =>
  NAMES.some((name) => origin === `http://${name}:${port}`);

/**
 * What the page may load: itself, pictures and sounds that the bot has sent, WebAssembly for the decoder, nothing else.
 * @param media origins of files that the bot has sent
 * @param frames origins of pages that it shows
 */
const contentSecurityPolicy = (port: number, media: string, frames: string): string =>
  [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "style-src 'self'",
    `img-src 'self' data: ${media}`,
    `media-src ${media}`,
    `connect-src 'self' ${NAMES.map((name) => `ws://${name}:${port}`).join(" ")}`,
    ...(frames === "" ? [] : [`frame-src ${frames}`]),
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; ");

const refuse = (response: ServerResponse, status: number, why: string) =>
  response.writeHead(status, { "content-type": "text/plain; charset=utf-8" }).end(`${why}\n`);

/**
 * Answers plain HTTP requests with the page's files, and with nothing to strangers.
 * @param more what else there is, looked for when it is asked for
 */
export const serveFiles =
  (
    files: PageFiles,
    port: () => number,
    media: string,
    frames: string,
    more: (path: string) => Promise<PageFile | undefined> = async () => undefined,
  ) =>
  (request: IncomingMessage, response: ServerResponse): void => {
    const { host, origin } = request.headers;
    if (!isOwnHost(host, port())) return void refuse(response, 403, "This page answers to 127.0.0.1 only.");
    if (origin !== undefined && !isOwnOrigin(origin, port())) return void refuse(response, 403, "Not from there.");
    if (request.method !== "GET" && request.method !== "HEAD") return void refuse(response, 405, "Only GET.");
    const path = request.url?.split("?", 1)[0] ?? "/";
    const answer = ({ type, body, tag }: PageFile) => {
      const headers = {
        "content-type": type,
        "content-security-policy": contentSecurityPolicy(port(), media, frames),
        "x-content-type-options": "nosniff",
        "referrer-policy": "no-referrer",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
        "cache-control": "no-cache",
        ...(tag !== undefined && { etag: tag }),
      };
      if (tag !== undefined && request.headers["if-none-match"] === tag)
        return void response.writeHead(304, headers).end();
      response.writeHead(200, headers).end(request.method === "HEAD" ? undefined : body);
    };
    const nothing = () => refuse(response, 404, "There is nothing here.");
    const file = files.get(path);
    if (file !== undefined) answer(file);
    else more(path).then((found) => (found === undefined ? nothing() : answer(found)), nothing);
  };
