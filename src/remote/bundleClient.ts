import { join } from "node:path";

/**
 * Bundles scripts and styles for the browsers that Lull's pages are for.
 * @param directory folder of the sources
 * @param names entry points in it, such as "page.ts"
 * @param define constants that stand for an expression each
 * @returns the files by name, such as "page.js"
 * @throws esbuild's error when a source is wrong
 */
export const bundleClient = async (
  directory: string,
  names: readonly string[],
  define: Readonly<Record<string, string>> = {},
): Promise<ReadonlyMap<string, Buffer>> => {
  const { build, stop } = await import("esbuild");
  try {
    const { outputFiles } = await build({
      entryPoints: names.map((name) => join(directory, name)),
      bundle: true,
      minify: true,
      format: "esm",
      platform: "browser",
      target: ["es2022", "chrome110", "firefox115", "safari16.4"],
      outdir: directory,
      write: false,
      logLevel: "silent",
      define: { ...define },
    });
    return new Map(outputFiles.map(({ path, contents }) => [path.slice(directory.length + 1), Buffer.from(contents)]));
  } finally {
    // Its process has nothing more to do.
    await stop();
  }
};
