import { readAac } from "./aac.ts";
import { readMp4, readWebm } from "./boxed.ts";
import { type Kind, kindOf } from "./kind.ts";
import { readOpus } from "./opusFile.ts";
import { readAiff, readWav } from "./pcmFile.ts";
import type { Pieces } from "./piece.ts";
import { readFlac, readMp3, readVorbis } from "./streamed.ts";

const READERS: Readonly<Record<Kind, (bytes: Uint8Array) => Pieces>> = {
  wav: readWav,
  aiff: readAiff,
  mp3: readMp3,
  flac: readFlac,
  vorbis: readVorbis,
  opus: readOpus,
  mp4: readMp4,
  webm: readWebm,
  aac: readAac,
};

/**
 * Opens a sound of somebody else's making. One reader is chosen by the file's own first bytes; none of them opens another file or the network.
 * @param bytes the whole file
 * @throws UserError when it is nothing that can be read, here or while the pieces are read
 */
export const openSound = (bytes: Uint8Array): { readonly kind: Kind; readonly pieces: () => Pieces } => {
  const kind = kindOf(bytes);
  return { kind, pieces: () => READERS[kind](bytes) };
};
