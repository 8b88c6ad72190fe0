import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { forkChild } from "./forkChild.ts";

/** What a module loads of ours; what it imports for its types alone is gone once they are stripped. */
const IMPORTS =
  /^(?:import|export) (?!type\b)[^"';]*?from "(\.[^"]+\.ts)"|^import "(\.[^"]+\.ts)"|\bimport\("(\.[^"]+\.ts)"\)/gm;

/** The modules of ours that a script loads, itself among them, by URL. */
export const sourcesOf = (script: URL): ReadonlyMap<string, string> => {
  const sources = new Map<string, string>();
  const add = (url: URL): void => {
    if (sources.has(url.href)) return;
    const text = readFileSync(fileURLToPath(url), "utf8");
    sources.set(url.href, text);
    for (const [, from, alone, later] of text.matchAll(IMPORTS)) add(new URL(from ?? alone ?? later ?? "", url));
  };
  add(script);
  return sources;
};

/** Has Node take our modules from a file: pairs of their URL and JavaScript. A thread of the process loads none of them. */
const preload = (path: string): string => `
import { readFileSync } from "node:fs";
import { registerHooks } from "node:module";
import { isMainThread } from "node:worker_threads";
const read = () => {
  try {
    return new Map(JSON.parse(readFileSync(${JSON.stringify(path)}, "utf8")));
  } catch {
    return new Map();
  }
};
const code = isMainThread ? read() : new Map();
if (code.size > 0) registerHooks({
  load: (url, context, next) =>
    code.has(url) ? { format: "module", source: code.get(url), shortCircuit: true } : next(url, context),
});`;

/** How a process gets a script's code as JavaScript. */
export interface StrippedCode {
  /** A file that it has to read. */
  readonly path: string;
  /** What its Node is started with. */
  readonly flag: string;
}

/**
 * Creates a function that finds a script's code, and all that it imports, as JavaScript. Node's compile cache is only for
 * processes that may write it, which one with strangers' data must not; without it, such a process takes longer to turn
 * TypeScript into JavaScript than with most of what it is asked. Where that is not there yet, a process makes it, and those
 * that are started meanwhile do without.
 * @param folder where it is kept; undefined to keep none
 */
export const createStrippedCode = (folder: string | undefined): ((script: URL) => StrippedCode | undefined) => {
  /** Sources stay what they were when this process began: others would not be those that it has loaded. */
  const paths = new Map<string, string>();
  const making = new Set<string>();
  const pathIn = (place: string, script: URL): string | undefined => {
    const sources = createHash("sha256").update(process.version);
    try {
      for (const [url, text] of sourcesOf(script)) sources.update(`${url}\0${text}\0`);
    } catch {
      // The process itself says best what is missing.
      return undefined;
    }
    return join(place, `${basename(script.pathname, ".ts")}-${sources.digest("hex").slice(0, 16)}.json`);
  };
  const make = (script: URL, path: string): void => {
    if (making.has(path)) return;
    making.add(path);
    const args = { STRIP_SCRIPT: script.href, STRIP_INTO: path };
    const maker = new URL("./stripProcess.ts", import.meta.url);
    const child = forkChild(maker, {
      stdio: ["ignore", "ignore", "ignore", "ipc"],
      execArgv: [],
      env: { ...process.env, ...args },
    });
    // Without it, everything is as slow as before.
    child.on("error", () => {});
    child.unref();
    child.channel?.unref();
  };
  return (script) => {
    if (folder === undefined) return undefined;
    const path = paths.get(script.href) ?? pathIn(folder, script);
    if (path === undefined) return undefined;
    paths.set(script.href, path);
    if (existsSync(path)) return { path, flag: `--import=data:text/javascript,${encodeURIComponent(preload(path))}` };
    make(script, path);
    return undefined;
  };
};
