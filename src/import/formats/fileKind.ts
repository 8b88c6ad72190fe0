import { type Message, message } from "../../i18n/message.ts";
import { damagedFile, emptyFile, isPlaylist, otherKind, unknownKind } from "../refusals.ts";
import { id3Length } from "./id3.ts";
import { readAdtsHeader, readMpegHeader } from "./mpeg.ts";
import { oggCodec } from "./oggStream.ts";
import { framesFollow, framesFoundAt } from "./syncFrames.ts";

/** Kinds of files that are read, and what they are called. */
export const KIND_NAMES = {
  wav: "WAV",
  aiff: "AIFF",
  caf: "CAF",
  au: "AU",
  mp3: "MP3",
  flac: "FLAC",
  oggFlac: "Ogg FLAC",
  vorbis: "Ogg Vorbis",
  opus: "Opus",
  mp4: "M4A",
  aac: "AAC",
  webm: "WebM",
} as const;

/** A kind of file that is read. */
export type FileKind = keyof typeof KIND_NAMES;

/** A file's kind, and its bytes from where the sound begins. */
export interface FoundSound {
  readonly kind: FileKind;
  readonly bytes: Uint8Array;
}

/** How far sound is looked for behind what does not belong there. */
const SEARCHED = 65_536;
const APE_TAG_BYTES = 32;

/** Kinds that are not read, by how they begin (Latin-1). */
const OTHERS: readonly (readonly [begins: readonly string[], name: string | Message])[] = [
  [["\x30\x26\xb2\x75"], "Windows Media Audio (WMA)"],
  [["#!AMR"], "AMR"],
  [["wvpk"], "WavPack"],
  [["MAC "], "Monkey's Audio (APE)"],
  [["TTA1"], "True Audio (TTA)"],
  [["MP+", "MPCK"], "Musepack"],
  [[".RMF"], "RealAudio"],
  [["DSD ", "FRM8"], "DSD"],
  [["riff\x2e\x91\xcf\x11"], "Wave64"],
  [["MThd"], "MIDI"],
  [["FLV"], "Flash video"],
  [["\x56\xe0", "\x56\xe1", "\x56\xe2", "\x56\xe3"], "AAC in LATM"],
  [["ADIF"], "AAC in ADIF"],
  [["PK\x03\x04", "Rar!", "7z\xbc\xaf", "\x1f\x8b"], message("import.kindArchive")],
  [["\x89PNG", "\xff\xd8\xff", "GIF8"], message("import.kindPicture")],
  [["%PDF"], "PDF"],
];

/** Texts that other players follow to other files, and addresses; here they are never read. */
const PLAYLIST = /^\s*(#EXTM3U|\[playlist\]|ffconcat|file\s+['"./\w]|<\?xml|<asx|<smil|https?:\/\/|rtsp:|#EXT-)/i;
/** How MP4 and QuickTime begin: the oldest without `ftyp`. */
const MP4 = /^.{4}(ftyp|moov|mdat|wide|pnot)/s;

const latin = (bytes: Uint8Array, from: number, to: number): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1", from, to);

const oggKind = (bytes: Uint8Array): FileKind | undefined => {
  const codec = oggCodec(bytes);
  if (codec === "speex") throw otherKind("Speex");
  return codec;
};

/** The kind that begins right here, by its magic. */
const kindByMagic = (bytes: Uint8Array, start: string): FileKind | undefined => {
  if (/^(RIFF|RIFX|RF64|BW64)....WAVE/s.test(start)) return "wav";
  if (/^FORM....AIF[FC]/s.test(start)) return "aiff";
  if (start.startsWith("caff")) return "caf";
  if (start.startsWith(".snd")) return "au";
  if (start.startsWith("fLaC")) return "flac";
  if (start.startsWith("OggS")) return oggKind(bytes);
  if (MP4.test(start)) return "mp4";
  if (start.startsWith("\x1a\x45\xdf\xa3")) return "webm";
  return undefined;
};

const kindAt = (bytes: Uint8Array): FileKind | undefined => {
  const kind = kindByMagic(bytes, latin(bytes, 0, 16));
  if (kind !== undefined) return kind;
  if (framesFollow(bytes, 0, readAdtsHeader)) return "aac";
  return framesFollow(bytes, 0, readMpegHeader) ? "mp3" : undefined;
};

/** Length of an APEv2 tag that stands at the beginning; 0 where there is none. */
const apeLength = (bytes: Uint8Array): number =>
  bytes.length >= APE_TAG_BYTES && latin(bytes, 0, 8) === "APETAGEX"
    ? APE_TAG_BYTES + new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(12, true)
    : 0;

/** Bytes of zeros and white space; those of the length with which MP4 begins are none. */
const paddingLength = (bytes: Uint8Array): number => {
  const found = bytes.findIndex((byte) => byte !== 0 && byte !== 0x20 && (byte < 9 || byte > 13));
  const end = found < 0 ? bytes.length : found;
  const back = [4, 3, 2, 1, 0].find((count) => end >= count && MP4.test(latin(bytes, end - count, end - count + 8)));
  return end - (back ?? 0);
};

/** Where tags and padding end, of which any number may stand before the sound. */
const afterTags = (bytes: Uint8Array): { readonly at: number; readonly tagged: boolean } => {
  let at = 0;
  let tagged = false;
  while (at < bytes.length) {
    const rest = bytes.subarray(at);
    const tag = id3Length(rest) || apeLength(rest);
    if (tag > 0) tagged = true;
    const length = tag || paddingLength(rest);
    if (length === 0) break;
    at += length;
  }
  return { at, tagged };
};

/**
 * Sound behind bytes that do not belong there, such as the end of a frame or a web server's header.
 */
const searched = (bytes: Uint8Array): FoundSound | undefined => {
  for (let at = 1; at < Math.min(SEARCHED, bytes.length); at++) {
    const first = bytes[at];
    if (first !== 0xff && first !== 0x4f && first !== 0x66 && first !== 0x52) continue;
    const rest = bytes.subarray(at);
    const start = latin(rest, 0, 16);
    if (/^(OggS|fLaC|RIFF....WAVE)/s.test(start)) {
      const kind = kindByMagic(rest, start);
      if (kind !== undefined) return { kind, bytes: rest };
    } else if (first === 0xff && framesFoundAt(rest, 0, readAdtsHeader)) return { kind: "aac", bytes: rest };
    else if (first === 0xff && framesFoundAt(rest, 0, readMpegHeader)) return { kind: "mp3", bytes: rest };
  }
  return undefined;
};

/**
 * Finds what a file is and where its sound begins, by its own bytes and never by its name. This is
 * the one place that knows of tags and junk before the sound: readers get it from its first byte.
 * @param whole false where `bytes` is only the beginning of the file
 * @throws UserError when it is nothing that can be read
 */
export const findSound = (bytes: Uint8Array, whole = true): FoundSound => {
  if (bytes.length === 0) throw emptyFile();
  const { at, tagged } = afterTags(bytes);
  if (at >= bytes.length && tagged) {
    if (whole) throw damagedFile(message("import.reasonNothingAfterTag"));
    // A tag may stand before anything; where all that is here is the tag, MP3 is most likely.
    return { kind: "mp3", bytes: bytes.subarray(bytes.length) };
  }
  const rest = bytes.subarray(at);
  const kind = kindAt(rest);
  if (kind !== undefined) return { kind, bytes: rest };
  const start = latin(rest, 0, 512);
  if (PLAYLIST.test(start)) throw isPlaylist();
  const other = OTHERS.find(([begins]) => begins.some((each) => start.startsWith(each)));
  if (other !== undefined) throw otherKind(other[1]);
  const found = searched(rest);
  if (found === undefined) throw unknownKind();
  return found;
};
