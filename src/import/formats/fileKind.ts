import { message } from "../../i18n/message.ts";
import { damagedFile, emptyFile, isPlaylist, unknownKind } from "../refusals.ts";
import { id3Length, isAdtsStream, isMpegStream } from "./mpeg.ts";

export type FileKind = "wav" | "aiff" | "mp3" | "flac" | "vorbis" | "opus" | "mp4" | "aac" | "webm";

const latin = (bytes: Uint8Array, from: number, to: number): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1", from, to);

/** What an Ogg file's first packet says. */
const oggKind = (bytes: Uint8Array): FileKind | undefined => {
  const first = latin(bytes, 0, 100);
  if (first.includes("OpusHead")) return "opus";
  if (first.includes("\u0001vorbis")) return "vorbis";
  return undefined;
};

/** Texts that other players follow to other files, and addresses; here they are never read. */
const PLAYLIST = /^\s*(#EXTM3U|\[playlist\]|ffconcat|file\s+['"./\w]|<\?xml|<asx|<smil|https?:\/\/|rtsp:|#EXT-)/i;

const kindWithin = (bytes: Uint8Array): FileKind | undefined => {
  const start = latin(bytes, 0, 12);
  if (/^(RIFF|RIFX|RF64)/.test(start)) return start.startsWith("RIFF") && start.endsWith("WAVE") ? "wav" : undefined;
  if (start.startsWith("FORM")) return /(AIFF|AIFC)$/.test(start) ? "aiff" : undefined;
  if (start.startsWith("fLaC")) return "flac";
  if (start.startsWith("OggS")) return oggKind(bytes);
  if (start.slice(4, 8) === "ftyp") return "mp4";
  if (start.startsWith("\x1a\x45\xdf\xa3")) return "webm";
  if (isAdtsStream(bytes)) return "aac";
  if (isMpegStream(bytes)) return "mp3";
  return undefined;
};

/**
 * What a file is, by its own first bytes and never by its name.
 * @param whole false where `bytes` is only the beginning of the file
 * @throws UserError when it is nothing that can be read
 */
export const fileKindOf = (bytes: Uint8Array, whole = true): FileKind => {
  if (bytes.length === 0) throw emptyFile();
  const tag = id3Length(bytes);
  if (tag >= bytes.length && tag > 0) {
    if (whole) throw damagedFile(message("import.reasonNothingAfterTag"));
    // A tag may stand before anything; where all that is here is the tag, the sound behind it is taken to be MP3.
    return "mp3";
  }
  const kind = kindWithin(bytes.subarray(tag));
  if (kind !== undefined) return kind;
  throw PLAYLIST.test(latin(bytes, 0, 512)) ? isPlaylist() : unknownKind();
};
