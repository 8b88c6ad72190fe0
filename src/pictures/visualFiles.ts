import { createHash } from "node:crypto";
import { join } from "node:path";
import type { VisualFormat } from "../ports/pictures.ts";
import { DELAY, SIZE } from "../visuals/film.ts";
import { DRAWINGS } from "../visuals/scenes.ts";

/** Raised when what happens between drawing and file changes what is seen. */
const PIPELINE = 1;

const ENDINGS = { gif: "gif", webp: "webp", still: "png", thumbnail: "webp" } as const;
/** Pixels a side of a thumbnail: Discord shows one at 85, screens at twice that. */
export const THUMBNAIL_SIZE = 192;

/** Whether a file of the cache belongs to a visual as it is drawn now, or was drawn earlier. */
export const isVisualFile = (file: string, id: string): boolean =>
  file.startsWith(`${id}-`) && /^[0-9a-f]{12}\.(gif|webp|png)$/.test(file.slice(id.length + 1));

/**
 * The path of a visual's file, named by everything it depends on; undefined for an unknown visual.
 */
export const visualPath = (id: string, kind: VisualFormat, cache: string): string | undefined => {
  const drawing = DRAWINGS.get(id);
  if (drawing === undefined) return undefined;
  const { version, seed, seconds, still } = drawing;
  const size = kind === "thumbnail" ? THUMBNAIL_SIZE : SIZE;
  const from = JSON.stringify([PIPELINE, size, DELAY, id, version, seed, seconds, still]);
  const name = createHash("sha256").update(from).digest("hex").slice(0, 12);
  return join(cache, `${id}-${name}.${ENDINGS[kind]}`);
};
