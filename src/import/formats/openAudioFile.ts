import { readAac } from "./aac.ts";
import { readFlac, readMp3, readVorbis } from "./compressed.ts";
import { readMp4, readWebm } from "./containers.ts";
import { type FileKind, fileKindOf } from "./fileKind.ts";
import { readOpus } from "./opusFile.ts";
import type { PcmChunks } from "./pcmChunk.ts";
import { readAiff, readWav } from "./pcmFile.ts";

const READERS: Readonly<Record<FileKind, (bytes: Uint8Array) => PcmChunks>> = {
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
export const openAudioFile = (bytes: Uint8Array): { readonly kind: FileKind; readonly pieces: () => PcmChunks } => {
  const kind = fileKindOf(bytes);
  return { kind, pieces: () => READERS[kind](bytes) };
};
