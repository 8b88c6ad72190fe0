import { writeFileAtomic } from "../kernel/writeFileAtomic.ts";
import type { VisualFormat } from "../ports/pictures.ts";
import { encodeGif, encodeStill, encodeThumbnail, encodeWebp } from "../visuals/encode.ts";
import { drawFilm, drawStill } from "../visuals/film.ts";
import { failures, GATES, type Measured } from "../visuals/gates.ts";
import { DRAWINGS, type Drawing } from "../visuals/scenes.ts";
import { THUMBNAIL_SIZE, visualPath } from "./visualFiles.ts";

const writeVisual = (id: string, kind: VisualFormat, cache: string, data: Uint8Array): void => {
  if (data.length > GATES.bytes) throw new Error(`${id} as ${kind} has ${data.length} bytes`);
  writeFileAtomic(visualPath(id, kind, cache)!, [data]);
};

const drawingOf = (id: string): Drawing => {
  const drawing = DRAWINGS.get(id);
  if (drawing === undefined) throw new Error(`There is no visual ${id}`);
  return drawing;
};

/** Draws the still alone, which is a matter of a second. @throws Error when it is unknown */
export const drawOneStill = async (id: string, cache: string): Promise<void> =>
  writeVisual(id, "still", cache, await encodeStill(drawStill(drawingOf(id))));

/** The same for a thumbnail. @throws Error when it is unknown */
export const drawOneThumbnail = async (id: string, cache: string): Promise<void> =>
  writeVisual(id, "thumbnail", cache, await encodeThumbnail(drawStill(drawingOf(id), THUMBNAIL_SIZE)));

/**
 * Draws a visual and writes its files, the quickest format first.
 * @throws Error when it is unknown, fails a gate, or a file is too large
 */
export const drawVisual = async (id: string, cache: string): Promise<Measured> => {
  const drawing = drawingOf(id);
  await drawOneStill(id, cache);
  const film = drawFilm(drawing);
  const failed = failures(film.measured);
  if (failed.length > 0) throw new Error(`${id} is outside its gates: ${failed.join(", ")}`);
  writeVisual(id, "webp", cache, await encodeWebp(film));
  writeVisual(id, "gif", cache, await encodeGif(film, GATES.bytes));
  return film.measured;
};
