import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

const NAMES = ["chromium", "chromium-browser", "google-chrome"];

/** The path of a Chromium on this machine: CHROMIUM_PATH, Debian's places, or anywhere on the PATH; undefined without one. */
export const findChromium = (): string | undefined => {
  const { CHROMIUM_PATH, PATH = "" } = process.env;
  const onPath = PATH.split(delimiter).flatMap((directory) => NAMES.map((name) => join(directory, name)));
  const places = [CHROMIUM_PATH, "/usr/bin/chromium", "/usr/bin/chromium-browser", ...onPath];
  return places.find((place) => place !== undefined && place !== "" && existsSync(place));
};

/** Says why tests of the page are left out. */
export const NO_CHROMIUM = "There is no Chromium here, so the page is not tested: install one, or set CHROMIUM_PATH.";
