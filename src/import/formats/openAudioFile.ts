import { readAac } from "./aac.ts";
import { readAiff } from "./aiff.ts";
import { readAu } from "./au.ts";
import { readCaf } from "./caf.ts";
import { readMp4, readWebm } from "./containers.ts";
import { type FileKind, findSound } from "./fileKind.ts";
import { readFlac, readOggFlac } from "./flac.ts";
import { readMp3 } from "./mp3.ts";
import { readOpus } from "./opusFile.ts";
import type { PcmChunks } from "./pcmChunk.ts";
import { readVorbis } from "./vorbis.ts";
import { readWav } from "./wav.ts";

const READERS: Readonly<Record<FileKind, (bytes: Uint8Array) => PcmChunks>> = {
  wav: readWav,
  aiff: readAiff,
  caf: readCaf,
  au: readAu,
  mp3: readMp3,
  flac: readFlac,
  oggFlac: readOggFlac,
  vorbis: readVorbis,
  opus: readOpus,
  mp4: readMp4,
  webm: readWebm,
  aac: readAac,
};

/**
 * Opens an audio file. The reader is chosen by the file's own bytes; none of them opens another
 * file or the network.
 * @param bytes the whole file
 * @returns its kind, and a function that decodes it from the beginning, as often as it is called
 * @throws UserError when it cannot be read, here or while it is decoded
 */
export const openAudioFile = (bytes: Uint8Array): { readonly kind: FileKind; readonly chunks: () => PcmChunks } => {
  const { kind, bytes: sound } = findSound(bytes);
  return { kind, chunks: () => READERS[kind](sound) };
};
